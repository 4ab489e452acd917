"""The page where a gesture is recorded: the live picture, the coach, and what is saved so far."""

from __future__ import annotations

import logging

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError, SourceError
from gesture_app.core.types import NO_GESTURE
from gesture_app.ui.banner import Banner
from gesture_app.ui.bridge import RunnerUpdate
from gesture_app.ui.camera_search import CameraSearch
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.icons import icon
from gesture_app.ui.picture import PictureTarget
from gesture_app.ui.picture_intake import PictureIntake, paths_in
from gesture_app.ui.record_controls import RecordControls
from gesture_app.ui.record_stage import RecordStage
from gesture_app.ui.recording_panel import RecordingPanel
from gesture_app.ui.sample_recording import SampleRecording
from gesture_app.ui.session import LiveSession, Phase, SessionState
from gesture_app.ui.source_cards import SourceSteps, source_card
from gesture_app.ui.source_picker import SourcePicker
from gesture_app.ui.state_card import CardContent
from gesture_app.ui.theme import Appearance
from gesture_app.ui.training_process import TrainingProcess
from gesture_app.ui.widgets import SqueezableLabel, make_heading, make_tool
from gesture_app.vision.sources import SourceSpec

_SIDE_WIDTH = 268
_CLOSE_TIMEOUT_S = 2.0
_END_TIMEOUT_S = 0.2

_log = logging.getLogger(__name__)


class RecordPage(QWidget):
    """Records samples of one gesture at a time.

    While it is shown, hands are watched and features of new samples are computed, so that
    training starts with them. Nothing of it runs while it is hidden.

    Args:
        training_command: starts `gesture-train`, see `TrainingProcess`.
    """

    back = pyqtSignal()
    review_asked = pyqtSignal(str)
    train_asked = pyqtSignal()
    source_chosen = pyqtSignal(SourceSpec)

    def __init__(
        self,
        appearance: Appearance,
        session: LiveSession,
        search: CameraSearch,
        collection: GestureCollection,
        training_command: tuple[str, ...],
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._session = session
        self._collection = collection
        self._label = NO_GESTURE
        self.recording = SampleRecording(session, collection.store, self)
        self._features = TrainingProcess(training_command, self)
        self._features_failed = False
        self.leave = make_tool("flat")
        self._title = SqueezableLabel("heading")
        self._title.setFont(make_heading(1.35).font())
        self.picker = SourcePicker(appearance, search)
        self.banner = Banner(appearance)
        self.stage = RecordStage(appearance)
        self.controls = RecordControls(appearance)
        self.intake = PictureIntake(appearance, training_command, collection.store.root)
        self.panel = RecordingPanel(appearance, collection, self.intake)
        self._steps = SourceSteps(
            self.picker.showMenu, self.source_chosen.emit, lambda: session.set_paused(False)
        )
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()

    def show_gesture(self, label: str) -> None:
        """Record this one from now on: an own label, `NO_GESTURE` or a built-in one."""
        self._label = label
        for part in (self.stage, self.panel, self.intake):
            part.show_gesture(label)
        self.banner.dismiss()
        if self.recording.watching:
            self.recording.watch(label)
        self.retranslate()

    def set_mirrored(self, mirrored: bool) -> None:
        self.stage.video.set_mirrored(mirrored)

    def shut_down(self) -> None:
        """End the recording and every thread and process; the window closes."""
        if not self.recording.close(_CLOSE_TIMEOUT_S):
            _log.warning("The disk did not take the last pictures in time")
        self.intake.close_process(_CLOSE_TIMEOUT_S)
        # It loses nothing by being ended: each feature is on the disk or will be computed again.
        self._features.close(_END_TIMEOUT_S)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        if event is not None and event.spontaneous():
            return  # the window was minimised; a hands-free series went on
        self.recording.watch(self._label)
        self._follow_samples()
        self._show_session(self._session.state)

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        if event is not None and event.spontaneous():
            return
        self.recording.unwatch()
        self._features.cancel()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape and self.recording.state.series:
            self.recording.stop()
        elif not self.controls.hold.take_key(event, pressed=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if not self.controls.hold.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and paths_in(event.mimeData()) and not self.intake.running:
            event.acceptProposedAction()
            self.stage.show_card(
                CardContent(
                    "add",
                    self.tr("Drop to add to “%1”").replace("%1", self._name()),
                    self.tr("Pictures, videos, folders or a Teachable Machine zip"),
                )
            )

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:
        super().dragLeaveEvent(event)
        self._show_session(self._session.state)

    def dropEvent(self, event: QDropEvent | None) -> None:
        if event is not None:
            event.acceptProposedAction()
            self._show_session(self._session.state)
            self.intake.take(paths_in(event.mimeData()))

    def retranslate(self) -> None:
        self._show_names()
        self.leave.setText(self.tr("Back"))
        self.leave.setAccessibleName(self.leave.text())
        self.leave.setToolTip(self.tr("Back (Escape)"))
        for part in (self.picker, self.banner, self.stage, self.controls, self.intake, self.panel):
            part.retranslate()
        self._show_session(self._session.state)

    def tint(self) -> None:
        """Icons and painted colours, after the theme has changed."""
        self.leave.setIcon(icon("back", self._appearance.tokens.text))
        for part in (self.picker, self.banner, self.stage, self.controls, self.intake, self.panel):
            part.tint()
        self._show_recording()
        self.update()

    def _connect(self) -> None:
        self.leave.clicked.connect(self.back)
        self.picker.chosen.connect(self.source_chosen)
        self.controls.hold.held.connect(self.recording.hold)
        self.controls.hold.let_go.connect(self.recording.let_go)
        self.controls.series_asked.connect(self.recording.start_series)
        self.controls.stop_asked.connect(self.recording.stop)
        self.recording.changed.connect(self._show_recording)
        self.recording.ended.connect(self._collection.reload)
        self.recording.failed.connect(self.banner.show_notice)
        self.panel.review_asked.connect(lambda: self.review_asked.emit(self._label))
        self.panel.train_asked.connect(self.train_asked)
        self.intake.changed.connect(self._collection.reload)
        self.intake.failed.connect(self.banner.show_notice)
        self._features.failed.connect(self._note_features)
        self._features.cancelled.connect(self._follow_samples)
        self._collection.changed.connect(self._show_names)
        self._session.state_changed.connect(self._show_session)
        self._session.updated.connect(self._show_update)
        self.stage.video.target_changed.connect(self._want_pictures)

    def _want_pictures(self, target: PictureTarget) -> None:
        # Other pages show the same session in another size.
        if self.isVisible():
            self._session.set_target(target)

    def _show_update(self, update: RunnerUpdate) -> None:
        if update.source is not None:
            self._show_source()
        if update.result is not None and self.isVisible():
            self.stage.video.show_result(update.result, update.picture)
            if isinstance(self.banner.notice, SourceError):
                self.banner.dismiss()  # pictures are coming: its trouble is over
        for notice in update.notices:
            if self.isVisible():
                self.banner.show_notice(notice)

    def _show_names(self) -> None:
        """The gestures as the person calls them now."""
        entries = self._collection.entries
        names = {entry.label: entry.name for entry in entries if not entry.built_in}
        self.stage.video.set_names(names)
        self._title.setText(self.tr("Record: %1").replace("%1", self._name()))
        self.panel.refresh()

    def _name(self) -> str:
        entry = self._collection.entry(self._label)
        return self._label if entry is None else entry.name

    def _show_session(self, state: SessionState) -> None:
        self._show_source()
        if state.phase in (Phase.STARTING, Phase.FAILED, Phase.IDLE):
            self.stage.video.clear()
        self.stage.video.set_dimmed(state.phase is not Phase.RUNNING)
        self.stage.show_card(source_card(state, self.picker.text(), self._steps))
        self._show_recording()
        focused = self.focusWidget()
        if self.isVisible() and (focused is None or not focused.hasFocus()):
            self.controls.hold.setFocus()  # which has no effect before there are pictures

    def _show_source(self) -> None:
        spec = self._session.state.spec
        if spec is not None:
            self.picker.show_source(spec, self.recording.source)

    def _show_recording(self) -> None:
        """What the coach says, and what can be done now."""
        state = self.recording.state
        self.panel.show_state(state)
        self.stage.show_recording(state)
        self.controls.show_recording(state)

    def _follow_samples(self) -> None:
        """Have features of new samples computed while more are recorded."""
        if self.isVisible() and not self._features_failed:
            root = str(self._collection.store.root)
            self._features.start(("features", root, "--follow", "--json"), awaited=True)

    def _note_features(self, error: AppError) -> None:
        """Nothing is lost: training computes what is missing. It only takes longer then."""
        self._features_failed = True
        _log.warning("Features are not computed while recording: %s", error)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self.leave)
        bar.addWidget(self._title, 1)
        bar.addWidget(self.picker)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(bar)
        left.addWidget(self.banner)
        left.addWidget(self.stage, 1)
        left.addWidget(self.controls)
        self.panel.setFixedWidth(_SIDE_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(16)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)
