"""Processor time with a hand in view, and with nobody there for ten seconds and more.

Two clips stand in for a camera, one after the other, over and over and without a window: one with
a hand, then one without. Prints one JSON object. A tool for people, not a test: nothing is
asserted about time.

    python -m tests.benchmarks.idle CLIP_WITH_HAND CLIP_WITHOUT [--seconds 15] [--model FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from gesture_app.app import compose
from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult, GestureEvent
from gesture_app.engine.runner import RunStatistics
from gesture_app.vision.attention import IDLE_AFTER_MS
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import SourceInfo, SourceKind, SourceSpec


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a run stood: processor seconds of the program, frames recognised and with hands."""

    used_s: float
    wall_s: float
    frames: int
    with_hands: int


class Stopwatch:
    """A `RunnerListener` that notes a mark at ``begin_ms`` and at ``end_ms`` of the clip's time."""

    def __init__(self, begin_ms: float, end_ms: float) -> None:
        self.marks: list[Mark] = []
        self.done = threading.Event()
        self._times = [begin_ms, end_ms]
        self._frames = self._with_hands = 0

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        pass

    def on_result(self, result: FrameResult, _statistics: RunStatistics) -> None:
        self._frames += 1
        self._with_hands += bool(result.hands)
        if len(self.marks) < 2 and result.frame.media_ms >= self._times[len(self.marks)]:
            now = time.process_time(), time.perf_counter()
            self.marks.append(Mark(*now, self._frames, self._with_hands))
            if len(self.marks) == 2:
                self.done.set()

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        pass

    def on_notice(self, notice: AppError) -> None:
        print(notice, file=sys.stderr)

    def on_finished(self, _statistics: RunStatistics, error: AppError | None) -> None:
        if error is not None:
            print(error, file=sys.stderr)
        self.done.set()


def used_per_frame(
    clip: Path, model: Path | None, begin_ms: float, end_ms: float
) -> dict[str, float]:
    """Processor milliseconds per frame of the clip between two times of it."""
    app = replace(compose(model), demo_clip=clip)
    watch = Stopwatch(begin_ms, end_ms)
    runner = app.make_runner(SourceSpec(SourceKind.DEMO), watch)
    runner.start()
    watch.done.wait()
    runner.stop(10.0)
    begin, end = watch.marks
    return {
        "recognised_frames": end.frames - begin.frames,
        "frames_with_hands": end.with_hands - begin.with_hands,
        "processor_ms_per_frame": 1000 * (end.used_s - begin.used_s) / (end.frames - begin.frames),
        "processor_share_of_one": (end.used_s - begin.used_s) / (end.wall_s - begin.wall_s),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("with_hand", type=Path)
    parser.add_argument("without", type=Path)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    length_ms = 1000 * args.seconds
    active = used_per_frame(args.with_hand, args.model, 1000.0, 1000.0 + length_ms)
    idle_from = IDLE_AFTER_MS + 1000.0
    idle = used_per_frame(args.without, args.model, idle_from, idle_from + length_ms)
    ratio = idle["processor_ms_per_frame"] / active["processor_ms_per_frame"]
    print(json.dumps({"active": active, "idle": idle, "ratio_idle_to_active": round(ratio, 3)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
