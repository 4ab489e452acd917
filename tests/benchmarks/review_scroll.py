"""How smoothly thousands of pictures scroll on the page Review.

Opens the whole window on a set of so many samples (files of a few real hands under many names),
lets the page Review show them, scrolls some way at reading speed and then through all of them as
fast as it paints. For each step it notes how long the GUI thread was at work until it had nothing
more to do, and meanwhile how late a 10 ms timer was. The model is asked about the samples at the
same time, as in real use. Prints one JSON object. A tool for people, not a test: nothing is
asserted about time.

    python -m tests.benchmarks.review_scroll [--samples 5000] [--sessions 5]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
from PyQt6.QtCore import QCoreApplication, QEventLoop, QTimer

from gesture_app.app import compose
from gesture_app.app_window import window_services
from gesture_app.store.paths import HOME_VARIABLE, gesture_set_folder, user_folders
from gesture_app.store.samples import SampleStore
from gesture_app.ui.pages import Page
from gesture_app.ui.review_page import ReviewPage
from gesture_app.ui.window_app import create_application, create_window
from tests.benchmarks.heartbeat import Heartbeat
from tests.hand_samples import record

LABEL = "wave"
READING_STEP, READING_STEPS, READING_MS = 40, 300, 16
FAST_STEP = 400
MB = 1024 * 1024


def fill(root: Path, samples: int, sessions: int) -> None:
    """A set of so many samples; every thirty of them have different pictures."""
    store = SampleStore(root)
    ids = record(store, LABEL, 29, "session-0")
    contents = [store.picture_path(one).read_bytes() for one in ids]
    for number in range(len(ids), samples):
        folder = store.picture_path(ids[0]).parent.with_name(f"session-{number % sessions}")
        folder.mkdir(exist_ok=True)
        (folder / f"{number:06d}.jpg").write_bytes(contents[number % len(contents)])


def spin(until: Callable[[], bool]) -> None:
    """Run the event loop until something holds."""
    while not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def scroll(page: ReviewPage, places: range, pause_ms: int) -> Steps:
    """From place to place; each step with all that follows from it, its painting included."""
    bar = page.view.verticalScrollBar()
    steps = Steps([], [])
    for value in places:
        wall, cpu = time.perf_counter(), time.thread_time()
        bar.setValue(value)
        QCoreApplication.processEvents()
        steps.wall_ms.append((time.perf_counter() - wall) * 1000)
        steps.cpu_ms.append((time.thread_time() - cpu) * 1000)
        waiting = QEventLoop()
        QTimer.singleShot(pause_ms, waiting.quit)
        waiting.exec()
    return steps


class Steps(NamedTuple):
    """What each step took: on the clock, and of the processor on the GUI thread. The second one
    does not depend on what else the machine is doing."""

    wall_ms: list[float]
    cpu_ms: list[float]

    def spread(self, name: str) -> dict[str, float]:
        return {
            f"{name}_{kind}_{percent}_ms": round(float(np.percentile(times, value)), 2)
            for kind, times in (("wall", self.wall_ms), ("cpu", self.cpu_ms))
            for percent, value in (("p50", 50), ("p95", 95), ("max", 100))
        }


def measure(samples: int) -> dict[str, float | str]:
    app = create_application(sys.argv[:1])
    window = create_window(app, window_services(compose()))
    window.show()
    spin(lambda: window.collection.loaded)
    page, process = window.review, psutil.Process()
    before = process.memory_info().rss
    beat = Heartbeat()
    beat.start()
    started = time.perf_counter()
    page.show_gesture(LABEL)
    window.pages.show_page(Page.REVIEW)
    spin(lambda: page.model.rowCount() > samples)
    page.view.viewport().repaint()
    opened_s = time.perf_counter() - started
    opening = {"opening_late_max_ms": beat.percentile(100)}
    beat.start()
    reading = scroll(page, range(0, READING_STEP * READING_STEPS, READING_STEP), READING_MS)
    fast = scroll(page, range(0, page.view.verticalScrollBar().maximum(), FAST_STEP), 0)
    late = {f"late_p{p}_ms": beat.percentile(p) for p in (50, 95, 99, 100)}
    cpu = time.thread_time()
    page.view.selectAll()
    QCoreApplication.processEvents()
    select_all_ms = (time.thread_time() - cpu) * 1000
    result = {
        "platform": app.platformName(),
        "samples": samples,
        "opened_s": round(opened_s, 3),
        **opening,
        **reading.spread("step"),
        **fast.spread("fast_step"),
        **late,
        "select_all_cpu_ms": round(select_all_ms, 1),
        "asked": page.samples.progress[0],
        "dropped_requests": window.thumbnails.dropped,
        "cache_mb": round(window.thumbnails.cached_bytes / MB, 1),
        "grown_mb": round((process.memory_info().rss - before) / MB, 1),
        "load": round(os.getloadavg()[0], 1),
    }
    window.close()
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--sessions", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        fill(gesture_set_folder(user_folders()), args.samples, args.sessions)
        print(json.dumps(measure(args.samples)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
