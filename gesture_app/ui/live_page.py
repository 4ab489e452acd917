"""The live page: the picture, what the hands show, what happened, and how it all runs."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from gesture_app.core.errors import SourceError
from gesture_app.engine.model_switch import ModelsInUse
from gesture_app.engine.runner import RunStatistics
from gesture_app.ui.banner import Banner
from gesture_app.ui.bridge import Refusal, RunnerUpdate
from gesture_app.ui.camera_search import CameraSearch
from gesture_app.ui.developer_overlay import KEY as OVERLAY_KEY
from gesture_app.ui.developer_overlay import DeveloperOverlay
from gesture_app.ui.event_list import EventList
from gesture_app.ui.gesture_names import NO_NAMES, OwnNames
from gesture_app.ui.hands_panel import HandsPanel
from gesture_app.ui.icons import icon
from gesture_app.ui.session import LiveSession, Phase, SessionState
from gesture_app.ui.source_cards import SourceSteps, source_card
from gesture_app.ui.source_picker import SourcePicker
from gesture_app.ui.state_card import StateCard
from gesture_app.ui.status_strip import StatusStrip
from gesture_app.ui.theme import Appearance
from gesture_app.ui.tryout_strip import TryoutStrip
from gesture_app.ui.video_view import VideoView
from gesture_app.ui.widgets import SqueezableLabel, make_heading, make_label, make_tool
from gesture_app.vision.sources import SourceInfo, SourceSpec

_SIDE_WIDTH = 268


class LivePage(QWidget):
    """Shows a `LiveSession` and steers it."""

    candidate_chosen = pyqtSignal()
    """What is tried out is to be switched on."""

    mirror_changed = pyqtSignal(bool)
    source_chosen = pyqtSignal(SourceSpec)

    def __init__(
        self,
        appearance: Appearance,
        session: LiveSession,
        search: CameraSearch,
        model_name: str,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._session = session
        self._info: SourceInfo | None = None
        self.picker = SourcePicker(appearance, search)
        self.mirror, self.pause = make_tool(checkable=True), make_tool()
        self.banner = Banner(appearance)
        self.video = VideoView(appearance)
        self.overlay = DeveloperOverlay()
        self.card = StateCard(appearance)
        self.hands = HandsPanel(appearance)
        self.events = EventList(appearance)
        self.tryout = TryoutStrip(appearance)
        self.status = StatusStrip(appearance, model_name)
        self._own_names: OwnNames = NO_NAMES
        self._steps = SourceSteps(
            self.picker.showMenu, self._open_from_card, lambda: session.set_paused(False)
        )
        self._details = SqueezableLabel("muted", all_or_nothing=True)
        self._hands_title, self._events_title = make_heading(), make_heading()
        self.model = SqueezableLabel("muted")
        self._no_events = make_label("muted", wraps=True)
        self._no_events.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()
        self._show_state(session.state)

    def set_mirrored(self, mirrored: bool) -> None:
        self.mirror.setChecked(mirrored)
        self.video.set_mirrored(mirrored)

    def toggle_pause(self) -> None:
        self._session.set_paused(self._session.state.phase is Phase.RUNNING)

    def open(self, spec: SourceSpec) -> None:
        self._info = None
        self.banner.dismiss()
        self.events.gestures.clear()
        self._note_events()
        self._session.open(spec)

    def set_own_names(self, names: OwnNames) -> None:
        """What the person calls own gestures now; models keep the names of when they were made."""
        self._own_names = names
        self._show_names()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.mirror.setText(self.tr("Mirror"))
        self.mirror.setToolTip(self.tr("Show the picture as in a mirror (M)"))
        self.mirror.setAccessibleName(self.tr("Mirror"))
        self.mirror.setAccessibleDescription(self.tr("Show the picture as in a mirror"))
        self._hands_title.setText(self.tr("Now"))
        self._show_model(self._session.models)
        self._events_title.setText(self.tr("Recent gestures"))
        self._no_events.setText(self.tr("Show a gesture to the camera: it will be listed here."))
        for part in (self.picker, self.banner, self.video, self.hands, self.events, self.status):
            part.retranslate()
        self.overlay.retranslate()
        self.tryout.retranslate()
        self._show_state(self._session.state)

    def tint(self) -> None:
        """Icons and painted colours, after the theme has changed."""
        self.mirror.setIcon(icon("mirror", self._appearance.tokens.text))
        for part in (self.picker, self.banner, self.card, self.tryout, self.status):
            part.tint()
        self._show_pause(self._session.state.phase)
        self.update()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self.picker, 0)
        bar.addWidget(self._details, 1)
        bar.addWidget(self.mirror)
        bar.addWidget(self.pause)
        stage = QGridLayout()
        stage.setContentsMargins(0, 0, 0, 0)
        stage.addWidget(self.video, 0, 0)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        stage.addWidget(self.overlay, 0, 0, corner)
        stage.addWidget(self.card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(bar)
        left.addWidget(self.banner)
        left.addLayout(stage, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        middle.addWidget(self._side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(14)
        layout.addLayout(middle, 1)
        layout.addWidget(self.tryout)
        layout.addWidget(self.status)

    def _side(self) -> QWidget:
        side = QFrame()
        side.setObjectName("card")
        side.setFixedWidth(_SIDE_WIDTH)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(16, 14, 12, 12)
        layout.setSpacing(8)
        titles = QHBoxLayout()
        titles.setSpacing(10)
        titles.addWidget(self._hands_title)
        titles.addWidget(self.model, 1)
        layout.addLayout(titles)
        layout.addWidget(self.hands)
        layout.addSpacing(12)
        layout.addWidget(self._events_title)
        layout.addWidget(self._no_events, 1)
        layout.addWidget(self.events, 1)
        return side

    def _connect(self) -> None:
        self._session.updated.connect(self._show_update)
        self._session.state_changed.connect(self._show_state)
        self._session.models_changed.connect(self._show_models)
        self._session.model_refused.connect(self._show_refusal)
        self.tryout.stopped.connect(lambda: self._session.try_out(None))
        self.tryout.chosen.connect(self.candidate_chosen)
        self.video.target_changed.connect(self._session.set_target)
        self.video.painted.connect(self.overlay.note_painted)
        self.picker.chosen.connect(self.source_chosen)
        self.mirror.toggled.connect(self.video.set_mirrored)
        self.mirror.toggled.connect(self.mirror_changed)
        self.pause.clicked.connect(self.toggle_pause)
        # Not the button's own shortcut, which Qt forgets whenever the text changes.
        QShortcut(QKeySequence("M"), self, self.mirror.toggle)
        QShortcut(QKeySequence(OVERLAY_KEY), self, self.overlay.toggle)

    def _show_update(self, update: RunnerUpdate) -> None:
        if update.source is not None:
            self._info = update.source
        if update.backend is not None:
            self.status.show_backend(update.backend)
        if update.result is not None:
            self._resolve_notice()
            self.video.show_result(update.result, update.picture)
            self.hands.show_hands(update.result.hands)
            self.tryout.show_answers(update.result.hands, update.result.trial)
        if update.statistics is not None:
            self.status.show_statistics(update.statistics)
            self.overlay.show_statistics(update.statistics)
        if update.events:
            self.events.gestures.add(update.events)
            self._note_events()
        for notice in update.notices:
            self.banner.show_notice(notice)

    def _show_models(self, models: ModelsInUse) -> None:
        if models.active is not None:
            self.status.show_model(models.active.manifest.name)
        self._show_model(models)
        self.tryout.show_models(models)
        self._show_names()

    def _show_model(self, models: ModelsInUse) -> None:
        """Which model names the gestures, or that another one is on its way."""
        name = "" if models.active is None else models.active.manifest.name
        ready = self.tr("with “%1”").replace("%1", name) if name else ""
        text = self.tr("Getting another model ready…") if models.opening else ready
        self.model.setText(text)
        self.model.setToolTip(text)
        self.model.setAccessibleName(text)

    def _show_names(self) -> None:
        models = self._session.models
        names: dict[str, str] = {}
        for model in (models.candidate, models.active):
            names.update({} if model is None else model.manifest.names)
        names.update(self._own_names)
        for part in (self.video, self.hands, self.events.gestures, self.tryout):
            part.set_names(names)

    def _show_refusal(self, refusal: Refusal) -> None:
        self.banner.show_notice(refusal.error)

    def _resolve_notice(self) -> None:
        """Pictures are coming: a source's trouble is over. Other notices stay until dismissed."""
        if self._session.state.phase is Phase.RUNNING and isinstance(
            self.banner.notice, SourceError
        ):
            self.banner.dismiss()

    def _note_events(self) -> None:
        empty = not self.events.gestures.rows
        self._no_events.setVisible(empty)
        self.events.setVisible(not empty)

    def _show_state(self, state: SessionState) -> None:
        phase = state.phase
        if phase in (Phase.STARTING, Phase.FAILED, Phase.IDLE):
            self.video.clear()
            self.overlay.clear()
            self.status.show_statistics(RunStatistics())
        if phase is not Phase.RUNNING:
            self.hands.show_hands(())
            self.tryout.show_answers((), ())
        self.video.set_dimmed(phase is not Phase.RUNNING)
        if state.spec is not None:
            self.picker.show_source(state.spec, self._info.name if self._info else "")
        self._details.setText("" if self._info is None else _describe(self._info))
        self._show_pause(phase)
        content = source_card(state, self.picker.text(), self._steps)
        if content is None:
            self.card.hide()
        else:
            self.card.show_content(content)

    def _show_pause(self, phase: Phase) -> None:
        paused = phase is Phase.PAUSED
        self.pause.setEnabled(phase in (Phase.RUNNING, Phase.PAUSED))
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.setAccessibleName(self.pause.text())
        self.pause.setToolTip(self.tr("Pause or resume (Space)"))
        self.pause.setAccessibleDescription(self.tr("Pause or resume (Space)"))
        self.pause.setIcon(icon("play" if paused else "pause", self._appearance.tokens.text))

    def _open_from_card(self, spec: SourceSpec) -> None:
        if spec == self._session.state.spec:
            self.open(spec)
        else:
            self.source_chosen.emit(spec)


def _describe(info: SourceInfo) -> str:
    size = f"{info.width} × {info.height}"
    return f"{size} · {info.fps:.0f} fps" if info.fps else size
