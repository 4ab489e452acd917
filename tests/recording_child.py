"""Records made-up hands until it is killed; says after each sample how many it counts."""

from __future__ import annotations

import itertools
import sys
import threading
from pathlib import Path

from gesture_app.core.errors import AppError
from gesture_app.engine.recorder import Recorder
from gesture_app.engine.sample_taking import RecordingOrder, RecordingProgress
from gesture_app.store.samples import SampleStore
from tests.test_recorder import make_result, moving_hand


class Counting:
    """A `RecorderListener` that prints what the screen would count."""

    def __init__(self) -> None:
        self.looked = threading.Semaphore(0)

    def on_progress(self, progress: RecordingProgress) -> None:
        print(progress.saved, flush=True)
        self.looked.release()

    def on_ended(self, progress: RecordingProgress) -> None:
        """Never asked to."""

    def on_failed(self, error: AppError) -> None:
        print(error, file=sys.stderr, flush=True)

    def on_closed(self) -> None:
        """Killed before."""


def main() -> None:
    listener = Counting()
    recorder = Recorder(SampleStore(Path(sys.argv[1])), listener)
    recorder.start()
    recorder.begin(RecordingOrder("wave", "Test camera"))
    for index in itertools.count():
        listener.looked.acquire()
        recorder.observe(make_result(index, moving_hand(index)))


if __name__ == "__main__":
    main()
