"""One source at a time: starts runners, leaves them, and knows how the current run stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.engine.model_switch import ModelsInUse
from gesture_app.ui.bridge import FrameObserver, Refusal, RunnerBridge, RunnerUpdate
from gesture_app.ui.picture import PictureTarget
from gesture_app.ui.services import LiveRunner, ModelSwitching, WindowServices
from gesture_app.vision.sources import SourceSpec

STOP_TIMEOUT_S = 1.0
LEAVE_TIMEOUT_MS = 3000
"""A source that has not let go by then (a driver that hangs) no longer holds up the next one."""


class Phase(Enum):
    """How the current run stands."""

    IDLE = auto()
    STARTING = auto()
    RUNNING = auto()
    PAUSED = auto()
    ENDED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class SessionState:
    """Phase, source, and the error in `Phase.FAILED`."""

    phase: Phase = Phase.IDLE
    spec: SourceSpec | None = None
    error: AppError | None = None


class LiveSession(QObject):
    """Owns the runner. Lives on the GUI thread and never waits there, except in `close`."""

    state_changed = pyqtSignal(SessionState)
    updated = pyqtSignal(RunnerUpdate)
    """Every update of the current run, before the change of state that follows from it."""

    models_changed = pyqtSignal(ModelsInUse)
    model_refused = pyqtSignal(Refusal)
    """A model that `use_model` or `try_out` asked for cannot be used; the one before it goes on."""

    def __init__(self, services: WindowServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state = SessionState()
        self._target: PictureTarget | None = None
        self._observer: FrameObserver | None = None
        self._runner: LiveRunner | None = None
        self._bridge: RunnerBridge | None = None
        self._models = ModelsInUse()
        self._model: Path | None = None
        self._candidate: Path | None = None
        self._off: frozenset[str] | None = None
        self._share: float | None = None
        self._next: SourceSpec | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LEAVE_TIMEOUT_MS)
        self._patience.timeout.connect(self._start_next)

    @property
    def state(self) -> SessionState:
        return self._state

    @property
    def models(self) -> ModelsInUse:
        """Which models recognise, or did when the last run ended."""
        return self._models

    def open(self, spec: SourceSpec) -> None:
        """Leave the current source and start on another, as soon as the old one has let go."""
        self._next = spec
        self._set_state(Phase.STARTING, spec)
        if self._runner is None:
            self._start_next()
        else:
            self._runner.stop(0.0)
            self._patience.start()

    def set_paused(self, paused: bool) -> None:
        expected = Phase.RUNNING if paused else Phase.PAUSED
        if self._runner is None or self._state.phase is not expected:
            return
        self._runner.set_paused(paused)
        self._set_state(Phase.PAUSED if paused else Phase.RUNNING, self._state.spec)

    def set_target(self, target: PictureTarget) -> None:
        """The size in which pictures are wanted."""
        self._target = target
        if self._bridge is not None:
            self._bridge.set_target(target)

    def set_observer(self, observer: FrameObserver | None) -> None:
        """Show every frame of this and the following sources to ``observer`` too.

        It is called on the inference thread, has to return at once and must not raise; None ends
        it, though a frame that is being shown meanwhile may still arrive.
        """
        self._observer = observer
        if self._bridge is not None:
            self._bridge.set_observer(observer)

    def use_model(self, folder: Path) -> None:
        """Recognise with another model, in this run between two of its frames, and in the next.

        Until it is ready the one before it goes on; `models_changed` or `model_refused` tell.
        """
        self._model = folder
        if (switch := self._switch) is not None:
            switch.use(folder)

    def try_out(self, folder: Path | None) -> None:
        """Run a model beside the active one, see `FrameResult.trial`; None ends it."""
        self._candidate = folder
        if (switch := self._switch) is not None:
            switch.try_out(folder)

    def switch_off(self, labels: frozenset[str]) -> None:
        """These gestures count as no gesture, whatever the model says."""
        self._off = labels
        if (switch := self._switch) is not None:
            switch.switch_off(labels)

    def set_share(self, share: float) -> None:
        """How much of all processors recognition may use, in (0, 1], in this run and the next."""
        self._share = share
        if self._runner is not None:
            self._runner.set_share(share)

    def close(self) -> bool:
        """Stop and wait at most `STOP_TIMEOUT_S`; False if a thread is still busy."""
        self._patience.stop()
        self._next = None
        runner, self._runner = self._runner, None
        self._forget_bridge()
        return runner is None or runner.stop(STOP_TIMEOUT_S)

    def _start_next(self) -> None:
        self._patience.stop()
        spec, self._next = self._next, None
        self._runner = None
        self._forget_bridge()
        if spec is None:
            return
        bridge = RunnerBridge(self._target)
        bridge.set_observer(self._observer)
        try:
            runner = self._services.make_runner(spec, bridge)
        except AppError as error:
            self._set_state(Phase.FAILED, spec, error)
            return
        self._bridge, self._runner = bridge, runner
        bridge.updated.connect(self._take)
        if self._share is not None:
            runner.set_share(self._share)
        if runner.switch is not None:
            self._set_up(runner.switch, bridge)
        runner.start()

    @property
    def _switch(self) -> ModelSwitching | None:
        return None if self._runner is None else self._runner.switch

    def _set_up(self, switch: ModelSwitching, bridge: RunnerBridge) -> None:
        """What was chosen during earlier runs holds for this one."""
        switch.listen(bridge)
        if self._model is not None:
            switch.use(self._model)
        if self._candidate is not None:
            switch.try_out(self._candidate)
        if self._off is not None:
            switch.switch_off(self._off)

    def _forget_bridge(self) -> None:
        if self._bridge is not None:
            self._bridge.set_observer(None)
            self._bridge.updated.disconnect(self._take)
            self._bridge = None

    def _take(self, update: RunnerUpdate) -> None:
        leaving = self._next is not None
        # Of a run that is being left, only the ends of its gestures still matter.
        self.updated.emit(RunnerUpdate(events=update.events) if leaving else update)
        if not leaving:
            self._take_models(update)
        if update.finished:
            self._finish(update.error)
        elif update.source is not None and not leaving:
            self._set_state(Phase.RUNNING, self._state.spec)

    def _take_models(self, update: RunnerUpdate) -> None:
        for refusal in update.refusals:
            if refusal.folder == self._candidate:
                self._candidate = None
            if refusal.folder == self._model:
                self._model = None if self._models.active is None else self._models.active.folder
            self.model_refused.emit(refusal)
        if update.models is not None and update.models != self._models:
            self._models = update.models
            self.models_changed.emit(update.models)

    def _finish(self, error: AppError | None) -> None:
        if self._next is not None:
            self._start_next()
            return
        self._runner = None
        self._forget_bridge()
        phase = Phase.ENDED if error is None else Phase.FAILED
        self._set_state(phase, self._state.spec, error)

    def _set_state(
        self, phase: Phase, spec: SourceSpec | None, error: AppError | None = None
    ) -> None:
        self._state = SessionState(phase, spec, error)
        self.state_changed.emit(self._state)
