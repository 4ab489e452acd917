"""Recording as the page steers it: held, or counted in; where a recorder's thread meets Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.engine.recorder import Recorder
from gesture_app.engine.sample_taking import RecordingOrder, RecordingPlace, RecordingProgress
from gesture_app.ui.bridge import RunnerUpdate
from gesture_app.ui.countdown import Countdown, CountdownPlan
from gesture_app.ui.session import LiveSession, Phase, SessionState

LEAST_SAMPLES = 8
"""A recording of fewer samples is no session of its own: the next one goes on with it."""


class _RecorderBridge(QObject):
    """A `RecorderListener` whose signals arrive on the GUI thread."""

    progressed = pyqtSignal(RecordingProgress)
    ended = pyqtSignal(RecordingProgress)
    failed = pyqtSignal(AppError)
    closed = pyqtSignal()

    def on_progress(self, progress: RecordingProgress) -> None:
        self.progressed.emit(progress)

    def on_ended(self, progress: RecordingProgress) -> None:
        self.ended.emit(progress)

    def on_failed(self, error: AppError) -> None:
        self.failed.emit(error)

    def on_closed(self) -> None:
        self.closed.emit()


@dataclass(frozen=True, slots=True)
class RecordingState:
    """What the page shows.

    Attributes:
        possible: pictures are coming.
        recording: samples are taken now.
        series: a hands-free series runs, and its turn, from 1; 0 for none.
        count: what is being counted in: 3, 2, 1, or 0.
        progress: of the recording that runs or of the last one.
    """

    possible: bool = False
    recording: bool = False
    series: int = 0
    count: int = 0
    progress: RecordingProgress = field(default_factory=RecordingProgress)


class SampleRecording(QObject):
    """Records one gesture at a time from a live session. Lives on the GUI thread, never waits.

    Args:
        place: where samples go.
    """

    changed = pyqtSignal()
    ended = pyqtSignal()
    """A recording is over and on the disk."""

    failed = pyqtSignal(AppError)

    def __init__(
        self, session: LiveSession, place: RecordingPlace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._place = place
        self._label = ""
        self._source = ""
        self._recording = False
        self._count = 0
        self._progress = RecordingProgress()
        self._recorder: Recorder | None = None
        self._bridge: _RecorderBridge | None = None
        self._ending: list[tuple[Recorder, _RecorderBridge]] = []
        self._countdown = Countdown(self)
        self._countdown.counted.connect(self._count_in)
        self._countdown.begun.connect(self._begin_turn)
        self._countdown.paused.connect(self._end)
        self._countdown.finished.connect(self._finish_series)
        session.state_changed.connect(self._follow_session)
        session.updated.connect(self._note_source)

    @property
    def state(self) -> RecordingState:
        possible = self._recorder is not None and self._session.state.phase is Phase.RUNNING
        return RecordingState(
            possible, self._recording, self._countdown.turn, self._count, self._progress
        )

    @property
    def source(self) -> str:
        """What the running source calls itself; empty before it has said so."""
        return self._source

    @property
    def watching(self) -> bool:
        return self._recorder is not None

    def watch(self, label: str) -> None:
        """Coach whoever is about to record ``label``."""
        self.unwatch()
        self._label = label
        self._progress = RecordingProgress()
        bridge = _RecorderBridge()
        recorder = Recorder(self._place, bridge)
        bridge.progressed.connect(self._take_progress)
        bridge.ended.connect(self._take_end)
        bridge.failed.connect(self._fail)
        bridge.closed.connect(self._let_go_of_ended)
        self._recorder, self._bridge = recorder, bridge
        recorder.start()
        self._session.set_observer(recorder.observe)
        self.changed.emit()

    def unwatch(self) -> None:
        """End the recording, if one runs, and watch no more; the thread ends by itself."""
        self.stop()
        recorder, bridge = self._recorder, self._bridge
        self._recorder = self._bridge = None
        if recorder is None or bridge is None:
            return
        self._session.set_observer(None)
        bridge.progressed.disconnect(self._take_progress)
        self._ending.append((recorder, bridge))
        recorder.close()

    def close(self, timeout_s: float) -> bool:
        """End all threads and wait for them so long; False if a disk does not answer."""
        self.unwatch()
        ended = all(recorder.join(timeout_s) for recorder, _ in self._ending)
        self._ending.clear()
        return ended

    def hold(self) -> None:
        """Record until `let_go`. Nothing happens where nothing can be recorded."""
        if self.state.possible and not self._countdown.running:
            self._begin(self._goes_on())

    def let_go(self) -> None:
        if not self._countdown.running:
            self._end()

    def start_series(self, plan: CountdownPlan) -> None:
        """Record hands-free: one recording, however many turns it takes."""
        if self.state.possible and not self._recording:
            self._countdown.start(plan)

    def stop(self) -> None:
        """End whatever runs: a held recording, or a series."""
        self._countdown.stop()
        self._end()

    def _goes_on(self) -> bool:
        return 0 < self._progress.saved < LEAST_SAMPLES

    def _begin(self, resume: bool) -> None:
        if self._recorder is None or self._recording:
            return
        self._recording = True
        if not resume:
            self._progress = RecordingProgress(hint=self._progress.hint)
        self._recorder.begin(RecordingOrder(self._label, self._source, resume))
        self.changed.emit()

    def _end(self) -> None:
        if self._recorder is not None and self._recording:
            self._recording = False
            self._recorder.end()
            self.changed.emit()

    def _count_in(self, left: int) -> None:
        self._count = left
        self.changed.emit()

    def _begin_turn(self) -> None:
        self._count = 0
        self._begin(self._countdown.turn > 1 or self._goes_on())

    def _finish_series(self) -> None:
        self._count = 0
        self.changed.emit()

    def _take_progress(self, progress: RecordingProgress) -> None:
        self._progress = progress
        self.changed.emit()

    def _take_end(self, progress: RecordingProgress) -> None:
        if self._recorder is not None:
            self._progress = progress
        self.changed.emit()
        self.ended.emit()

    def _fail(self, error: AppError) -> None:
        self.stop()
        self.failed.emit(error)

    def _let_go_of_ended(self) -> None:
        """A recorder has said its last word: its thread is ending."""
        bridge = self.sender()
        for pair in [pair for pair in self._ending if pair[1] is bridge]:
            pair[0].join(1.0)
            self._ending.remove(pair)

    def _follow_session(self, state: SessionState) -> None:
        if state.phase is Phase.STARTING:
            self._source = ""
        if state.phase is not Phase.RUNNING:
            self.stop()
        self.changed.emit()

    def _note_source(self, update: RunnerUpdate) -> None:
        if update.source is not None:
            self._source = update.source.name
