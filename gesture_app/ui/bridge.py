"""The one place where the runner's threads meet Qt.

Between two turns of the event loop there is at most one queued signal. What arrives meanwhile is
folded together: of results only the newest is kept, of events, notices and the end nothing is lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PyQt6.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult, GestureEvent
from gesture_app.engine.model_switch import ModelsInUse
from gesture_app.engine.runner import RunStatistics
from gesture_app.ui.picture import Picture, PictureTarget, render_picture
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import SourceInfo

FrameObserver = Callable[[FrameResult], None]
"""Sees every frame on the inference thread; returns at once and never raises."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A model that was to be used, or tried out, and why it is not."""

    folder: Path
    error: AppError


@dataclass(frozen=True, slots=True)
class RunnerUpdate:
    """What happened since the last update.

    Attributes:
        source, backend: set once, when the run has started.
        result: the newest frame's result, None if no frame was recognised meanwhile.
        picture: the result's frame ready to paint; None where nothing is shown yet.
        events: all events, in order.
        notices: all notices, in order.
        models: how things stand with them, if that has changed.
        refusals: models that could not be used, in order.
        finished: whether the run is over; ``error`` says what ended it.
    """

    source: SourceInfo | None = None
    backend: BackendChoice | None = None
    result: FrameResult | None = None
    picture: Picture | None = None
    statistics: RunStatistics | None = None
    events: tuple[GestureEvent, ...] = ()
    notices: tuple[AppError, ...] = ()
    models: ModelsInUse | None = None
    refusals: tuple[Refusal, ...] = ()
    finished: bool = False
    error: AppError | None = None


class RunnerBridge(QObject):
    """Listens to one runner on its threads and tells the GUI thread. A `RunnerListener` and
    a `SwitchListener`."""

    updated = pyqtSignal(RunnerUpdate)
    """Emitted on the bridge's own thread, the GUI thread."""

    _woken = pyqtSignal()

    def __init__(self, target: PictureTarget | None = None) -> None:
        # No parent: a runner that is slow to end may still call, even after the window is gone.
        super().__init__()
        self._lock = threading.Lock()
        self._waiting = RunnerUpdate()
        self._signal_pending = False
        self._target = target
        self._observer: FrameObserver | None = None
        # Queued even if told on the GUI thread. (The stubs lack the second argument.)
        queued = Qt.ConnectionType.QueuedConnection
        self._woken.connect(self._deliver, queued)  # type: ignore[call-arg]

    def set_target(self, target: PictureTarget) -> None:
        """From the next frame on, prepare pictures for this size. GUI thread."""
        self._target = target

    def set_observer(self, observer: FrameObserver | None) -> None:
        """From the next frame on, show each one to ``observer`` too, on the inference thread.

        A frame that is being shown while this is called may still reach the former observer.
        """
        self._observer = observer

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        self._fold(source=source, backend=backend)

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        observer, target = self._observer, self._target
        if observer is not None:
            observer(result)
        picture = None if target is None else render_picture(result.frame.bgr, target)
        self._fold(result=result, picture=picture, statistics=statistics, events=result.events)

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        self._fold(events=events)

    def on_notice(self, notice: AppError) -> None:
        self._fold(notices=(notice,))

    def on_models(self, models: ModelsInUse) -> None:
        self._fold(models=models)

    def on_refused(self, folder: Path, error: AppError) -> None:
        self._fold(refusals=(Refusal(folder, error),))

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        self._fold(statistics=statistics, finished=True, error=error)

    def _fold(
        self,
        *,
        events: tuple[GestureEvent, ...] = (),
        notices: tuple[AppError, ...] = (),
        refusals: tuple[Refusal, ...] = (),
        **newest: object,
    ) -> None:
        with self._lock:
            waiting = self._waiting
            self._waiting = replace(
                waiting,
                events=waiting.events + events,
                notices=waiting.notices + notices,
                refusals=waiting.refusals + refusals,
                **newest,  # type: ignore[arg-type]  # the callers above name fields only
            )
            if self._signal_pending:
                return
            self._signal_pending = True
        self._woken.emit()

    @pyqtSlot()
    def _deliver(self) -> None:
        with self._lock:
            update, self._waiting = self._waiting, RunnerUpdate()
            self._signal_pending = False
        self.updated.emit(update)
