"""What the window needs to run without cameras and networks, and ways to wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QComboBox

from gesture_app.app import compose
from gesture_app.app_window import teaching_services
from gesture_app.core.errors import AppError, SourceError
from gesture_app.core.types import (
    EventKind,
    Frame,
    FrameResult,
    GestureEvent,
    Hand,
    Handedness,
    HandResult,
    Prediction,
)
from gesture_app.engine.model_switch import SwitchListener
from gesture_app.engine.runner import RunnerListener, RunStatistics
from gesture_app.store.settings import Settings
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.services import CameraChoice, LiveRunner, WindowServices
from gesture_app.ui.session import Phase
from gesture_app.vision.sources import SourceInfo, SourceKind, SourceSpec
from tests.fakes import FAKE_BACKEND, PATIENCE_S, make_frame, make_hand, make_picture

CAMERA = CameraChoice("Test camera", SourceSpec(SourceKind.CAMERA, "Test camera"))
BROKEN = SourceError(
    "The camera cannot be opened", "it is not there, or another program is using it", "Plug it in."
)
INFO = SourceInfo("Test camera", True, 64, 48, 30.0, None)


class FakeSwitch:
    """A `ModelSwitching` that notes what is asked for; tests answer through ``listener``."""

    def __init__(self) -> None:
        self.listener: SwitchListener | None = None
        self.used: list[Path] = []
        self.tried: list[Path | None] = []
        self.off: list[frozenset[str]] = []

    def listen(self, listener: SwitchListener) -> None:
        self.listener = listener

    def use(self, folder: Path) -> None:
        self.used.append(folder)

    def try_out(self, folder: Path | None) -> None:
        self.tried.append(folder)

    def switch_off(self, labels: frozenset[str]) -> None:
        self.off.append(labels)


class FakeRunner:
    """A `LiveRunner` whose threads are the test: `run` calls the listener from another thread.

    Args:
        lets_go: whether asking it to stop ends it, as it does for any well-behaved source.
    """

    def __init__(self, spec: SourceSpec, listener: RunnerListener, lets_go: bool = True) -> None:
        self.spec = spec
        self.listener = listener
        self.switch = FakeSwitch()
        self.started = False
        self.paused: list[bool] = []
        self.shares: list[float] = []
        self.stops: list[float] = []
        self._lets_go = lets_go

    def start(self) -> None:
        self.started = True

    def set_paused(self, paused: bool) -> None:
        self.paused.append(paused)

    def set_share(self, share: float) -> None:
        self.shares.append(share)

    def stop(self, timeout_s: float = 1.0) -> bool:
        self.stops.append(timeout_s)
        if self._lets_go and len(self.stops) == 1:
            self.finish()
        return self._lets_go

    def begin(self) -> None:
        self.run(lambda: self.listener.on_started(INFO, FAKE_BACKEND))

    def show(self, *results: FrameResult) -> None:
        statistics = RunStatistics(frames=30, dropped=2, fps=29.6, latency_p50_ms=31.0)
        self.run(lambda: [self.listener.on_result(result, statistics) for result in results])

    def finish(self, error: AppError | None = None) -> None:
        self.run(lambda: self.listener.on_finished(RunStatistics(), error))

    @staticmethod
    def run(call: Callable[[], object]) -> None:
        """Call on another thread, as the real runner does, and wait for it to return."""
        thread = threading.Thread(target=call, name="fake-inference")
        thread.start()
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), "a listener blocked its caller"


class FakeSettings:
    """A `WindowSettings` in memory; with an error, it cannot save."""

    def __init__(self, settings: Settings, error: AppError | None = None) -> None:
        self.saved: list[Settings] = []
        self._settings = settings
        self._error = error

    def load(self) -> Settings:
        return self._settings

    def save(self, settings: Settings) -> None:
        if self._error is not None:
            raise self._error
        self.saved.append(settings)


@dataclass
class Stage:
    """Services for a window, and the runners that it made."""

    settings: FakeSettings = field(
        default_factory=lambda: FakeSettings(Settings(language="en", theme="light"))
    )
    cameras: tuple[CameraChoice, ...] = (CAMERA,)
    make: Callable[[SourceSpec, RunnerListener], LiveRunner] | None = None
    runners: list[FakeRunner] = field(default_factory=list)

    @property
    def services(self) -> WindowServices:
        application = compose()
        return WindowServices(
            lambda: self.cameras,
            self.make or self._make_runner,
            self.settings,
            "Test model",
            application.folders,
            teaching_services(application),
        )

    @property
    def runner(self) -> FakeRunner:
        """The newest one."""
        return self.runners[-1]

    def _make_runner(self, spec: SourceSpec, listener: RunnerListener) -> FakeRunner:
        self.runners.append(FakeRunner(spec, listener))
        return self.runner


def wait_until(condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Run the event loop, which sleeps until something happens, until ``condition()`` holds."""
    patience = QTimer()
    patience.setSingleShot(True)
    patience.start(round(patience_s * 1000))
    while not condition():
        assert patience.isActive(), "what was waited for never happened"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def settle() -> None:
    """Deliver all that is queued for this thread now, deletions too."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_result(
    *hands: HandResult, events: tuple[GestureEvent, ...] = (), frame: Frame | None = None
) -> FrameResult:
    return FrameResult(frame or make_frame(bgr=make_picture(64, 48)), hands, events)


def make_hand_result(
    gesture: str,
    prob: float = 0.9,
    held: str | None = None,
    hand: Hand | None = None,
) -> HandResult:
    hand = hand or make_hand()
    probabilities = make_picture(1, 1)[0, 0].astype("float32")
    prediction = Prediction(gesture, prob, gesture, prob, probabilities)
    return HandResult(hand, prediction, held)


def make_event(
    kind: EventKind,
    gesture: str = "like",
    t_ms: float = 1000.0,
    hand: Handedness = Handedness.RIGHT,
    prob: float = 0.9,
) -> GestureEvent:
    return GestureEvent(kind, gesture, prob, hand, t_ms)


def begin_run(window: MainWindow, stage: Stage) -> FakeRunner:
    """Open the camera and wait until the window shows it as running."""
    window.start(CAMERA.spec, None)
    stage.runner.begin()
    wait_until(lambda: window.session.state.phase is Phase.RUNNING)
    return stage.runner


def event_names(window: MainWindow) -> list[str]:
    """What the strip of recent gestures says, newest first."""
    model = window.live.events.gestures
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(box: QComboBox, value: object) -> None:
    """Pick a value as a person does."""
    index = [box.itemData(row) for row in range(box.count())].index(value)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def expect_saved(window: MainWindow, stage: Stage, key: str, value: object) -> None:
    """Close the window, which waits for the thread that writes, and look at what it wrote."""
    window.close()
    assert getattr(stage.settings.saved[-1], key) == value
