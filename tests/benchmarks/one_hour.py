"""Whether a long run stays as it began: memory, threads and handles of a live run, each minute.

A clip plays over and over at its own speed in place of a camera, without a window. Prints one JSON
object per minute and one at the end, with the growth since the first minute. A tool for people,
not a test: nothing is asserted.

    python -m tests.benchmarks.one_hour CLIP [--minutes 60] [--model FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil

from gesture_app.app import compose
from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult, GestureEvent
from gesture_app.engine.runner import RunStatistics
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import SourceInfo, SourceKind, SourceSpec

MINUTE_S = 60.0


class Counter:
    """A `RunnerListener` that keeps the newest figures only."""

    def __init__(self) -> None:
        self.finished = threading.Event()
        self.statistics = RunStatistics()
        self.events = 0
        self.error: AppError | None = None

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        print(json.dumps({"source": source.name, "backend": backend.active.name}), flush=True)

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        self.statistics = statistics
        self.events += len(result.events)

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        self.events += len(events)

    def on_notice(self, notice: AppError) -> None:
        print(notice, file=sys.stderr)

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        self.statistics, self.error = statistics, error
        self.finished.set()


def holdings(process: psutil.Process) -> dict[str, float]:
    """What the process holds now."""
    handles = process.num_handles() if sys.platform == "win32" else process.num_fds()
    return {
        "rss_mb": round(process.memory_info().rss / 2**20, 1),
        "threads": process.num_threads(),
        "handles": handles,
    }


def measure(clip: Path, model: Path | None, minutes: int) -> AppError | None:
    """Run for ``minutes`` and print; what ended the run before its time, if anything did."""
    app = replace(compose(model), demo_clip=clip)
    counter = Counter()
    process = psutil.Process()
    before = holdings(process)
    runner = app.make_runner(SourceSpec(SourceKind.DEMO), counter)
    runner.start()
    started_s, used_s = time.monotonic(), time.process_time()
    rows = []
    for minute in range(1, minutes + 1):
        if counter.finished.wait(max(started_s + minute * MINUTE_S - time.monotonic(), 0.0)):
            break
        now = counter.statistics
        spent_s, used_s = time.process_time() - used_s, time.process_time()
        row = {"minute": minute, **holdings(process), "frames": now.frames, "dropped": now.dropped}
        row |= {"events": counter.events, "processor_share": round(spent_s / MINUTE_S, 3)}
        rows.append(row)
        print(json.dumps(row), flush=True)
    runner.stop(10.0)
    if rows:
        grown = {
            f"{name}_growth_since_minute_1": round(rows[-1][name] - rows[0][name], 1)
            for name in ("rss_mb", "threads", "handles")
        }
        print(json.dumps({**grown, "before": before, "after": holdings(process)}))
    return counter.error


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    error = measure(args.clip, args.model, args.minutes)
    if error is not None:
        print(error, file=sys.stderr)
    return 1 if error else 0


if __name__ == "__main__":
    sys.exit(main())
