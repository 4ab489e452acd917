"""Another gesture model in mid-stream: made ready in a thread, taken over between two frames."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.manifest import ModelManifest
from gesture_app.engine.pipeline import ModelChange
from gesture_app.engine.recognition import ReadyModel

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UsedModel:
    """A model that recognises, and where it was read."""

    folder: Path
    manifest: ModelManifest


@dataclass(frozen=True, slots=True)
class ModelsInUse:
    """How things stand.

    Attributes:
        active: recognises; None until the first one is ready.
        candidate: is tried out beside it.
        opening: folders of those that are being made ready.
    """

    active: UsedModel | None = None
    candidate: UsedModel | None = None
    opening: frozenset[Path] = frozenset()


class SwitchListener(Protocol):
    """Told what happens, on several threads, one at a time. Must return quickly, never raise, and
    not call the switch back."""

    def on_models(self, models: ModelsInUse) -> None:
        """Something about them has changed."""

    def on_refused(self, folder: Path, error: AppError) -> None:
        """The model of that folder cannot be used; whatever ran before goes on."""


class Role(Enum):
    """What a model is made ready for."""

    ACTIVE = auto()
    CANDIDATE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    role: Role
    folder: Path


class ModelSwitch:
    """Makes models ready for one run, and is its pipeline's `ModelFeed`.

    Any thread asks. The thread ``model-switch``, started when it is first needed, reads a model,
    gives it a back end and closes what is not used any more; the pipeline's thread swaps. Of
    several requests for the same role only the last one counts.

    Args:
        open_model: makes a model ready, with whatever it takes; raises `AppError`.
    """

    def __init__(self, open_model: Callable[[Path, Role], ReadyModel]) -> None:
        self._open_model = open_model
        self._changed = threading.Condition()
        self._listener: SwitchListener | None = None
        self._wanted: dict[Role, _Request] = {}
        """Not begun yet."""
        self._latest: dict[Role, _Request] = {}
        """The only ones that still count."""
        self._offered: dict[Role, ReadyModel] = {}
        self._retired: list[ReadyModel] = []
        self._ends_trial = False
        self._off: frozenset[str] | None = None
        self._models = ModelsInUse()
        self._serving = False
        """The run's first model is there, or was given up: the thread may start."""
        self._closed = False
        self._thread: threading.Thread | None = None

    def listen(self, listener: SwitchListener) -> None:
        """Tell this one; before the run starts."""
        self._listener = listener

    def use(self, folder: Path) -> None:
        """Recognise with the model of this folder as soon as it is ready."""
        self._request(_Request(Role.ACTIVE, folder))

    def try_out(self, folder: Path | None) -> None:
        """Run the model of this folder beside the active one, or none any more."""
        if folder is not None:
            self._request(_Request(Role.CANDIDATE, folder))
            return
        with self._changed:
            if self._closed:
                return
            self._forget(Role.CANDIDATE)
            self._latest.pop(Role.CANDIDATE, None)
            self._ends_trial = True
            self._say()

    def switch_off(self, labels: frozenset[str]) -> None:
        """From the next frame on, these labels count as no gesture."""
        with self._changed:
            self._off = labels

    def open_first(self, open_default: Callable[[], ReadyModel]) -> ReadyModel:
        """The model that a run starts on: one asked for before, else the default. The run's thread.

        Raises:
            AppError: the default cannot be used.
        """
        with self._changed:
            request = self._wanted.pop(Role.ACTIVE, None)
        try:
            model = None if request is None else self._open(request)
            return open_default() if model is None else model
        finally:
            with self._changed:
                self._serving = True
                if self._latest.get(Role.ACTIVE) is request:
                    self._latest.pop(Role.ACTIVE, None)
                self._wake()

    def take(self) -> ModelChange | None:
        with self._changed:
            if not self._offered and not self._ends_trial and self._off is None:
                return None
            change = ModelChange(
                active=self._offered.pop(Role.ACTIVE, None),
                candidate=self._offered.pop(Role.CANDIDATE, None),
                ends_trial=self._ends_trial,
                off=self._off,
            )
            self._ends_trial, self._off = False, None
            return change

    def retire(self, model: ReadyModel) -> None:
        with self._changed:
            self._retired.append(model)
            self._wake()

    def report(self, active: ReadyModel, candidate: ReadyModel | None) -> None:
        with self._changed:
            used = None if candidate is None else _used(candidate)
            self._say(active=_used(active), candidate=used)

    def refuse(self, folder: Path, error: AppError) -> None:
        _log.error("The model in %s is not used: %s", folder, error)
        with self._changed:
            if self._listener is not None:
                self._listener.on_refused(folder, error)

    def close(self) -> None:
        """End the thread, whatever it does, and close every model that no pipeline took. Whatever
        was asked for and whoever asks later gets nothing from this run any more."""
        with self._changed:
            self._closed = True
            self._wanted.clear()
            self._latest.clear()
            self._say()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        with self._changed:
            left = [*self._offered.values(), *self._retired]
            self._offered.clear()
            self._retired.clear()
        for model in left:
            model.close()

    def _request(self, request: _Request) -> None:
        with self._changed:
            if self._closed:
                return
            self._forget(request.role)
            self._wanted[request.role] = self._latest[request.role] = request
            self._wake()
            self._say()

    def _forget(self, role: Role) -> None:
        """Whatever was asked for before in this role is not wanted any more."""
        self._wanted.pop(role, None)
        unused = self._offered.pop(role, None)
        if unused is not None:
            self._retired.append(unused)
            self._wake()

    def _wake(self) -> None:
        """Give the thread its work. Call with the lock held."""
        if not self._serving or self._closed or not (self._wanted or self._retired):
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="model-switch")
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._wanted or self._retired)
                retired, self._retired = self._retired, []
                role = next(iter(self._wanted), None)
                request = None if role is None else self._wanted.pop(role)
                closed = self._closed
            for model in retired:
                model.close()
            if closed:
                return
            model_or_none = None if request is None else self._open(request)
            if request is not None and model_or_none is not None:
                self._offer(request, model_or_none)

    def _open(self, request: _Request) -> ReadyModel | None:
        """The model, or None after saying why not."""
        try:
            return self._open_model(request.folder, request.role)
        except AppError as error:
            refusal = error
        except Exception as error:
            _log.exception("A bug kept a model from being used")
            refusal = AppError(
                "The model is not used because of a bug in this app",
                f"{type(error).__name__}: {error}",
                "The model before it goes on; report this with the log.",
            )
        with self._changed:
            if self._latest.get(request.role) is request:
                del self._latest[request.role]
                self.refuse(request.folder, refusal)
                self._say()
        return None

    def _offer(self, request: _Request, model: ReadyModel) -> None:
        """Hand a model to the pipeline, unless it was asked for something else meanwhile."""
        with self._changed:
            if self._latest.get(request.role) is request:
                del self._latest[request.role]
                self._offered[request.role] = model
                self._say()
                return
        model.close()

    def _say(self, **used: UsedModel | None) -> None:
        """Tell the listener how things stand. Call with the lock held, so that the order holds."""
        opening = frozenset(request.folder for request in self._latest.values())
        now = {"active": self._models.active, "candidate": self._models.candidate, **used}
        models = ModelsInUse(now["active"], now["candidate"], opening)
        if models != self._models:
            self._models = models
            if self._listener is not None:
                self._listener.on_models(models)


def _used(model: ReadyModel) -> UsedModel:
    return UsedModel(model.folder, model.classifier.manifest)
