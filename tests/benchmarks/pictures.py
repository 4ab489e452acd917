"""Takes a picture of the window at every gesture that it names in a clip.

For looking at, and for the README. The whole application runs, with its real threads and models.

    python -m tests.benchmarks.pictures CLIP FOLDER [--theme dark] [--language ko] [--size 900x600]

Set ``QT_SCALE_FACTOR=2`` for a screen of 200 %, and ``QT_QPA_PLATFORM=offscreen`` without one.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from gesture_app.app import compose
from gesture_app.app_window import window_services
from gesture_app.core.types import EventKind, GestureEvent
from gesture_app.store.settings import Settings
from gesture_app.ui.bridge import RunnerUpdate
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.session import Phase, SessionState
from gesture_app.ui.window_app import create_application, create_window
from gesture_app.vision.sources import SourceKind, SourceSpec


class GivenSettings:
    """Settings from the command line; the user's own are neither read nor written."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def load(self) -> Settings:
        return self._settings

    def save(self, settings: Settings) -> None:
        self._settings = settings


class Photographer:
    """Saves the window as ``NN_gesture.png`` some frames after each start of a gesture."""

    def __init__(self, window: MainWindow, folder: Path, delay_frames: int) -> None:
        self._window = window
        self._folder = folder
        self._delay_frames = delay_frames
        self._waiting: list[tuple[int, GestureEvent]] = []
        self._frames = 0
        self._taken = 0
        window.session.updated.connect(self._note)

    def _note(self, update: RunnerUpdate) -> None:
        self._frames += update.result is not None
        due = self._frames + self._delay_frames
        self._waiting += [(due, e) for e in update.events if e.kind is EventKind.START]
        while self._waiting and self._waiting[0][0] <= self._frames:
            _, event = self._waiting.pop(0)
            self._taken += 1
            path = self._folder / f"{self._taken:02d}_{event.gesture}.png"
            self._window.grab().save(str(path))
            print(f"{event.t_ms / 1000:7.2f} s  {event.gesture:14} {path}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--language", choices=["en", "ko"], default="en")
    parser.add_argument("--size", default="1180x760")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--delay-frames", type=int, default=8)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    application = compose(args.model)
    settings = GivenSettings(Settings(language=args.language, theme=args.theme))
    services = replace(window_services(application), list_cameras=tuple, settings=settings)
    app = create_application(sys.argv[:1])
    window = create_window(app, services)
    width, height = map(int, args.size.split("x"))
    window.resize(width, height)
    photographer = Photographer(window, args.folder, args.delay_frames)

    def close_at_end(state: SessionState) -> None:
        if state.phase in (Phase.ENDED, Phase.FAILED):
            print(state.error or f"{photographer._taken} pictures")
            window.close()

    window.session.state_changed.connect(close_at_end)
    window.show()
    window.start(SourceSpec(SourceKind.FILE, str(args.clip), paced=True), None)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
