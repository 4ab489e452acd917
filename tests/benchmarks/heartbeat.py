"""How live the window stays: lateness of a 10 ms timer while a 1280x720 clip plays at 30 fps.

The whole application runs: window, capture thread, MediaPipe and the network in the inference
thread. Before that the same timer runs in the same window with nothing playing (``idle_…``): what
it is late by there is the machine's doing. At the end the window is closed while the clip plays.
Prints one JSON object. A tool for people, not a test: nothing is asserted about time.

    python -m tests.benchmarks.heartbeat CLIP [--seconds 20] [--model FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PyQt6.QtCore import QEventLoop, Qt, QTimer

from gesture_app.app import compose
from gesture_app.app_window import window_services
from gesture_app.ui.bridge import RunnerUpdate
from gesture_app.ui.session import Phase, SessionState
from gesture_app.ui.window_app import create_application, create_window
from gesture_app.vision.sources import SourceKind, SourceSpec

BEAT_MS = 10
IDLE_MS = 4000
WIDTH, HEIGHT, FPS = 1280, 720, 30.0


def write_hd_clip(source: Path, target: Path, frames: int) -> None:
    """The first ``frames`` of a clip as 1280x720 at 30 fps, from its start again at its end."""
    writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (WIDTH, HEIGHT))
    capture = cv2.VideoCapture(str(source))
    for _ in range(frames):
        read, picture = capture.read()
        if not read:
            capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            read, picture = capture.read()
        writer.write(cv2.resize(picture, (WIDTH, HEIGHT)))
    capture.release()
    writer.release()


class Heartbeat:
    """Fires every `BEAT_MS` and notes by how much each beat was late."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self.frames = 0
        self.last: RunnerUpdate | None = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._before = 0.0

    def start(self) -> None:
        self.late_ms = []
        self._before = time.perf_counter()
        self._timer.start(BEAT_MS)

    def percentile(self, percent: float) -> float:
        return round(float(np.percentile(self.late_ms or [float("nan")], percent)), 2)

    def note(self, update: RunnerUpdate) -> None:
        if update.result is not None:
            if self.frames == 0:
                self.start()
            self.frames += 1
            self.last = update

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max((now - self._before) * 1000 - BEAT_MS, 0.0))
        self._before = now


def measure(clip: Path, model: Path | None, frames: int) -> dict[str, float | str]:
    """Play ``frames`` of ``clip``, then close the window while it still plays."""
    application = compose(model)
    services = replace(window_services(application), list_cameras=tuple)
    app = create_application(sys.argv[:1])
    window = create_window(app, services)
    beat = Heartbeat()
    closing = [0.0]

    def end(state: SessionState) -> None:
        if state.phase in (Phase.ENDED, Phase.FAILED):
            print(state.error or "The clip has ended early", file=sys.stderr)
            app.quit()

    def note(update: RunnerUpdate) -> None:
        beat.note(update)
        if beat.frames == frames and closing[0] == 0.0:
            closing[0] = time.perf_counter()
            QTimer.singleShot(0, window.close)

    window.session.updated.connect(note)
    window.session.state_changed.connect(end)
    window.show()
    beat.start()
    idling = QEventLoop()
    QTimer.singleShot(IDLE_MS, idling.quit)
    idling.exec()
    idle = {"idle_late_p99_ms": beat.percentile(99), "idle_late_max_ms": beat.percentile(100)}
    window.start(SourceSpec(SourceKind.FILE, str(clip), paced=True), None)
    app.exec()
    closed_s = time.perf_counter() - closing[0]
    statistics = beat.last.statistics if beat.last is not None else None
    return {
        "platform": app.platformName(),
        "beats": len(beat.late_ms),
        "late_p50_ms": beat.percentile(50),
        "late_p95_ms": beat.percentile(95),
        "late_p99_ms": beat.percentile(99),
        "late_max_ms": beat.percentile(100),
        **idle,
        "frames_shown": beat.frames,
        "fps": 0.0 if statistics is None else round(statistics.fps, 1),
        "latency_p95_ms": 0.0 if statistics is None else round(statistics.latency_p95_ms, 1),
        "closed_in_s": round(closed_s, 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "hd.mp4"
        frames = round(args.seconds * FPS)
        write_hd_clip(args.clip, clip, frames + round(FPS))
        print(json.dumps(measure(clip, args.model, frames)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
