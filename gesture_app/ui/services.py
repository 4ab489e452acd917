"""What the window needs from the rest of the application. The composition root provides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from gesture_app.engine.runner import RunnerListener
from gesture_app.store.settings import Settings
from gesture_app.vision.sources import SourceSpec


class WindowSettings(Protocol):
    """Where the window keeps what a person chose."""

    def load(self) -> Settings:
        """The stored settings, defaults where there are none."""

    def save(self, settings: Settings) -> None:
        """Store them.

        Raises:
            SettingsError: they cannot be written.
        """


class LiveRunner(Protocol):
    """A pipeline running on a source, see `gesture_app.engine.runner.PipelineRunner`."""

    def start(self) -> None:
        """Start and return at once."""

    def set_paused(self, paused: bool) -> None:
        """Pause or go on."""

    def stop(self, timeout_s: float = 1.0) -> bool:
        """Ask it to end and wait; with 0.0 only ask, the listener hears of the end."""


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera that a person can pick.

    Attributes:
        name: shown to people.
        spec: what to open.
    """

    name: str
    spec: SourceSpec


@dataclass(frozen=True, slots=True)
class WindowServices:
    """Everything the window calls.

    Attributes:
        list_cameras: the cameras of this machine; may take a while, called off the GUI thread.
        make_runner: a runner for a source, not yet started. May raise `AppError`.
        settings: where choices are kept.
        model_name: name of the active model, shown with the back end.
    """

    list_cameras: Callable[[], tuple[CameraChoice, ...]]
    make_runner: Callable[[SourceSpec, RunnerListener], LiveRunner]
    settings: WindowSettings
    model_name: str
