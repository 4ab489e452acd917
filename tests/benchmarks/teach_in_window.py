"""How long it takes in the window from the last picture of new gestures to a model that is judged.

Real pictures of a person's gestures are taken first. Then a window opens on an empty set, with the
demo clip in place of a camera and recognised all the time, and shows the page where gestures are
recorded, which has features computed meanwhile. The pictures' hands are written into the set at
the rate of a recording, half of each gesture's as a second one. From the last of them on it counts:
to the page Train, its button, the process, until the judgement is shown.

    python -m tests.benchmarks.teach_in_window --shared FOLDER [--person mar] [--letters B,C,L]
        [--pictures 40] [--per-second 8]

Prints one JSON object; nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QEventLoop, QTimer

from gesture_app.app import compose
from gesture_app.app_window import window_services
from gesture_app.store.gesture_set import GestureSet, save_gesture_set
from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.paths import HOME_VARIABLE, user_folders
from gesture_app.store.samples import HandSample, SampleStore
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.pages import Page
from gesture_app.ui.session import Phase
from gesture_app.ui.source_picker import demo_spec
from gesture_app.ui.training_run import TrainingPhase
from gesture_app.ui.window_app import create_application, create_window

SETTLING_S = 5.0
"""Until the process that computes features has started; a person looks at the page meanwhile."""


def take(
    shared: Path, person: str, letters: list[str], pictures: int
) -> dict[str, list[HandSample]]:
    """Letter → hands of its first pictures, found by `gesture-train take`."""
    taken = {}
    for letter in letters:
        with tempfile.TemporaryDirectory() as folder:
            chosen = Path(folder) / letter
            chosen.mkdir()
            source = shared / "data" / "personal" / person / letter
            for picture in sorted(source.glob("*.jpg"))[:pictures]:
                shutil.copy(picture, chosen)
            root = Path(folder) / "set"
            command = [sys.executable, "-m", "training", "take", str(root), letter, str(chosen)]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            store = SampleStore(root)
            taken[letter] = [store.read(info.id) for info in store.samples()]
    return taken


def wait(milliseconds: float) -> None:
    """Let the window do its work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def record(window: MainWindow, taken: dict[str, list[HandSample]], per_second: float) -> None:
    """Write the hands as recordings do, two for each gesture."""
    for letter, hands in taken.items():
        half = len(hands) // 2
        for part in (hands[:half], hands[half:]):
            writer = window.collection.store.begin(letter, "benchmark")
            for hand in part:
                writer.add(hand)
                wait(1000 / per_second)
            writer.close()


def train(window: MainWindow) -> dict[str, object]:
    """Ask for training at once; the figures when its judgement is shown."""
    frames = 0
    begun: dict[str, float] = {}

    def count(update: object) -> None:
        nonlocal frames
        frames += getattr(update, "result", None) is not None

    def note_stage() -> None:
        for stage in window.train.run.seen_stages:
            begun.setdefault(stage.value, round(time.perf_counter() - began, 2))

    began = time.perf_counter()
    window.session.updated.connect(count)
    window.train.run.progressed.connect(note_stage)
    window.collection.reload()
    window.pages.show_page(Page.TRAIN)
    page = window.train
    _until(page.plan.train.isEnabled)
    page.plan.train.click()
    _until(lambda: page.run.state.phase in (TrainingPhase.DONE, TrainingPhase.FAILED))
    seconds = time.perf_counter() - began
    result = page.run.state.result
    return {
        "seconds": round(seconds, 2),
        "stages_began": begun,
        "in_the_process": None if result is None else round(result.seconds, 2),
        "error": None if page.run.state.error is None else str(page.run.state.error),
        "shown": page.result.judgement.isVisible(),
        "frames_shown_per_second": round(frames / seconds, 1),
    }


def _until(condition: Callable[[], object]) -> None:
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else ""
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--person", default="mar")
    parser.add_argument("--letters", default="B,C,L")
    parser.add_argument("--pictures", type=int, default=40)
    parser.add_argument("--per-second", type=float, default=8.0)
    options = parser.parse_args()
    letters = options.letters.split(",")
    hand_model = hand_model_path(user_folders())
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        place = hand_model_path(user_folders())
        place.parent.mkdir(parents=True)
        shutil.copy(hand_model, place)
        taken = take(options.shared, options.person, letters, options.pictures)
        gestures = GestureSet()
        for letter in letters:
            gestures, _ = gestures.adding(letter, ())
        services = window_services(compose())
        save_gesture_set(services.teaching.store.root, gestures)
        application = create_application(["benchmark"])
        window = create_window(application, services)
        window.show()
        window.start(demo_spec(), None)
        _until(lambda: window.session.state.phase is Phase.RUNNING and window.collection.loaded)
        window.gestures.record_asked.emit(letters[0])
        wait(1000 * SETTLING_S)
        record(window, taken, options.per_second)
        figures = train(window)
        window.end()
    counts = {letter: len(hands) for letter, hands in taken.items()}
    print(json.dumps({"pictures": counts, "processors": os.cpu_count(), **figures}, indent=2))


if __name__ == "__main__":
    main()
