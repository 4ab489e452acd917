"""How the pictures are looked through: in which order, of which session, how large."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QButtonGroup, QHBoxLayout, QSlider, QWidget

from gesture_app.store.samples import RecordingInfo
from gesture_app.ui.sample_rows import Order
from gesture_app.ui.sample_view import LARGEST_TILE, SMALLEST_TILE, USUAL_TILE
from gesture_app.ui.sample_words import session_text
from gesture_app.ui.setting_row import Choice
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_tool

_SLIDER_WIDTH = 110
_SESSION_WIDTH = 130


class ReviewBar(QWidget):
    """Tells what was chosen."""

    order_chosen = pyqtSignal(Order)
    session_chosen = pyqtSignal(str)
    """Name of a recording, empty for all."""
    size_chosen = pyqtSignal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._sessions: tuple[RecordingInfo, ...] = ()
        self.by_session, self.by_suspicion = make_tool(checkable=True), make_tool(checkable=True)
        self._orders = QButtonGroup(self)
        for button, order in (
            (self.by_session, Order.SESSIONS),
            (self.by_suspicion, Order.SUSPICION),
        ):
            self._orders.addButton(button)
            button.clicked.connect(lambda _checked, order=order: self.order_chosen.emit(order))
        self.by_session.setChecked(True)
        self.session = Choice(appearance)
        self.session.setMinimumWidth(_SESSION_WIDTH)
        self.session.activated.connect(
            lambda place: self.session_chosen.emit(self.session.itemData(place))
        )
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setRange(SMALLEST_TILE, LARGEST_TILE)
        self.zoom.setPageStep(24)
        self.zoom.setSingleStep(8)
        self.zoom.setValue(USUAL_TILE)
        self.zoom.setFixedWidth(_SLIDER_WIDTH)
        self.zoom.valueChanged.connect(self.size_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.by_session, self.by_suspicion, self.session):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self.zoom)
        self.retranslate()

    def show_sessions(self, sessions: Sequence[RecordingInfo]) -> None:
        """What can be chosen; the choice is kept as long as it is among them."""
        if tuple(sessions) == self._sessions:
            return
        self._sessions = tuple(sessions)
        self._fill()

    def show_all_sessions(self) -> None:
        self.session.setCurrentIndex(0)

    def retranslate(self) -> None:
        self.by_session.setText(self.tr("By recording"))
        self.by_session.setToolTip(self.tr("In the order in which they were recorded"))
        self.by_suspicion.setText(self.tr("Suspicious first"))
        self.by_suspicion.setToolTip(
            self.tr("First what the model takes for something else, then blurred and equal ones")
        )
        self.session.setAccessibleName(self.tr("Recording"))
        self.zoom.setAccessibleName(self.tr("Size of the pictures"))
        self.zoom.setToolTip(self.tr("Size of the pictures"))
        self._fill()

    def _fill(self) -> None:
        chosen = self.session.currentData()
        self.session.clear()
        self.session.addItem(self.tr("All recordings"), "")
        for info in self._sessions:
            self.session.addItem(session_text(info), info.recording)
        place = self.session.findData(chosen)
        self.session.setCurrentIndex(max(place, 0))
        if place < 0 and chosen:
            self.session_chosen.emit("")
        self.session.setVisible(len(self._sessions) > 1)
