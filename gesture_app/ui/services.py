"""What the window needs from the rest of the application. The composition root provides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gesture_app.engine.model_switch import SwitchListener
from gesture_app.engine.recognition import ReadyModel
from gesture_app.engine.runner import RunnerListener
from gesture_app.store.library import ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.paths import UserFolders
from gesture_app.store.settings import Settings
from gesture_app.vision.sources import SourceSpec

if TYPE_CHECKING:
    from gesture_app.store.samples import SampleStore


class WindowSettings(Protocol):
    """Where the window keeps what a person chose."""

    def load(self) -> Settings:
        """The stored settings, defaults where there are none."""

    def save(self, settings: Settings) -> None:
        """Store them.

        Raises:
            SettingsError: they cannot be written.
        """


class ModelSwitching(Protocol):
    """Other models in mid-stream, see `gesture_app.engine.model_switch.ModelSwitch`."""

    def listen(self, listener: SwitchListener) -> None:
        """Tell this one what happens; before the run starts."""

    def use(self, folder: Path) -> None:
        """Recognise with the model of this folder as soon as it is ready."""

    def try_out(self, folder: Path | None) -> None:
        """Run the model of this folder beside the active one, or none any more."""

    def switch_off(self, labels: frozenset[str]) -> None:
        """From the next frame on, these labels count as no gesture."""


class LiveRunner(Protocol):
    """A pipeline running on a source, see `gesture_app.engine.runner.PipelineRunner`."""

    @property
    def switch(self) -> ModelSwitching | None:
        """Changes the model; None where it is fixed."""

    def start(self) -> None:
        """Start and return at once."""

    def set_paused(self, paused: bool) -> None:
        """Pause or go on."""

    def set_share(self, share: float) -> None:
        """How much of all processors it may use from now on, in (0, 1]."""

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
class TeachingServices:
    """What teaching own gestures needs.

    Attributes:
        store: the person's pictures.
        library: all models; `active` is the one in use.
        base_labels: of the bundled model, from which every taught one is made.
        training_command: program and first arguments of ``gesture-train``.
        features_cache: where it keeps what it computed from the pictures.
        open_model: the active model on a back end, to ask about single pictures; takes a moment,
            called off the GUI thread. May raise `AppError`.
    """

    store: SampleStore
    library: ModelLibrary
    active: ActiveModel
    base_labels: tuple[str, ...]
    training_command: tuple[str, ...]
    features_cache: Path
    open_model: Callable[[], ReadyModel]


@dataclass(frozen=True, slots=True)
class WindowServices:
    """Everything the window calls.

    Attributes:
        list_cameras: the cameras of this machine; may take a while, called off the GUI thread.
        make_runner: a runner for a source, not yet started. May raise `AppError`.
        settings: where choices are kept.
        model_name: name of the active model, shown with the back end.
        folders: of the user, for the pages that show where things are.
        teaching: what the pages need that teach own gestures.
    """

    list_cameras: Callable[[], tuple[CameraChoice, ...]]
    make_runner: Callable[[SourceSpec, RunnerListener], LiveRunner]
    settings: WindowSettings
    model_name: str
    folders: UserFolders
    teaching: TeachingServices
