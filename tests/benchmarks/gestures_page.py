"""How long the page of gestures takes to open on a large set, and how much memory it costs.

One real sample is copied under as many names as there are to be pictures. A window opens on an
empty folder; then everything is measured on the large set, from asking for the page until every
card shows its counts and its newest picture:

    without_index   the index has to be made from the files, as after a crash
    first           at once in a new window, with the index, as on every other day
    again           from another page back to it

``held_ms`` is by how much a 5 ms timer was late at most; ``idle_held_ms`` the same with nothing to
do, which is the machine's doing. Prints one JSON object; nothing is asserted.

    python -m tests.benchmarks.gestures_page [--samples 5000] [--labels 10]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time

import psutil
from PyQt6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PyQt6.QtWidgets import QApplication

from gesture_app.app import compose
from gesture_app.app_window import window_services
from gesture_app.store.paths import HOME_VARIABLE
from gesture_app.store.sample_layout import label_folder, sample_name
from gesture_app.store.samples import SampleStore
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.pages import Page
from gesture_app.ui.window_app import create_application, create_window
from tests.hand_samples import record

BEAT_MS = 5
PER_RECORDING = 100
IDLE_S = 2.0


def fill(store: SampleStore, samples: int, labels: int) -> None:
    """``samples`` copies of one real sample, spread over gestures and recordings."""
    made = store.picture_path(record(store, "copied", 1)[0])
    content = made.read_bytes()
    shutil.rmtree(made.parent.parent)
    for number in range(samples):
        place = number // labels
        folder = label_folder(store.root, f"gesture_{number % labels}")
        folder /= f"recording-{place // PER_RECORDING:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sample_name(place % PER_RECORDING)).write_bytes(content)


class Beat:
    """How late a timer is at most."""

    def __init__(self) -> None:
        self.late_ms = 0.0
        self._before = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.late_ms = 0.0
        self._before = time.perf_counter()
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms = max(self.late_ms, (now - self._before) * 1000 - BEAT_MS)
        self._before = now


def run_for(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def open_page(window: MainWindow, beat: Beat, labels: int) -> dict[str, float]:
    """Show the page and wait until it is complete."""

    def complete() -> bool:
        entries = [entry for entry in window.collection.entries if entry.samples]
        return (
            len(entries) == labels
            and all(entry.label in window.gestures.tiles for entry in entries)
            and all(window.thumbnails.pixmap(entry.picture or "") is not None for entry in entries)
        )

    window.pages.show_page(Page.LIVE)
    beat.start()
    began = time.perf_counter()
    window.pages.show_page(Page.GESTURES)
    while not complete():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    opened_s = time.perf_counter() - began
    run_for(0.2)
    return {"open_s": round(opened_s, 3), "held_ms": round(beat.late_ms, 1)}


def open_window(app: QApplication) -> MainWindow:
    window = create_window(app, window_services(compose()))
    window.show()
    return window


def measure(samples: int, labels: int) -> dict[str, object]:
    app = create_application(sys.argv[:1])
    beat = Beat()
    window = open_window(app)
    run_for(IDLE_S)
    beat.start()
    run_for(IDLE_S)
    idle_ms = beat.late_ms
    before = psutil.Process().memory_info().rss
    fill(window.collection.store, samples, labels)
    without_index = open_page(window, beat, labels)
    window.close()
    window = open_window(app)
    first = open_page(window, beat, labels)
    again = open_page(window, beat, labels)
    grown = psutil.Process().memory_info().rss - before
    window.close()
    return {
        "samples": samples,
        "labels": labels,
        "without_index": without_index,
        "first": first,
        "again": again,
        "idle_held_ms": round(idle_ms, 1),
        "memory_grew_mb": round(grown / 2**20, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--labels", type=int, default=10)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        print(json.dumps(measure(args.samples, args.labels)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
