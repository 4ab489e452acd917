"""The ways to record: a button to hold, and a hands-free series."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from gesture_app.ui.countdown import CountdownPlan
from gesture_app.ui.hold_button import HoldButton
from gesture_app.ui.icons import icon
from gesture_app.ui.plan_button import PlanButton
from gesture_app.ui.sample_recording import RecordingState
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_tool

_HEIGHT = 50


class RecordControls(QWidget):
    """Tells what is asked for; shows what is possible."""

    series_asked = pyqtSignal(CountdownPlan)
    stop_asked = pyqtSignal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state = RecordingState()
        self.hold, self.hands_free = HoldButton(), make_tool()
        self.plan = PlanButton(appearance)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget, stretch in ((self.hold, 1), (self.hands_free, 0), (self.plan, 0)):
            widget.setMinimumHeight(_HEIGHT)
            layout.addWidget(widget, stretch)
        self.hands_free.clicked.connect(self._toggle_series)
        self.retranslate()

    def show_recording(self, state: RecordingState) -> None:
        """What can be done now, and what the buttons do therefore."""
        self._state = state
        self.hold.setEnabled(state.possible and not state.series)
        self.plan.setEnabled(not state.series)
        self.hands_free.setEnabled(bool(state.series) or (state.possible and not state.recording))
        holding = state.recording and not state.series
        hold = self.tr("Let go to stop") if holding else self.tr("Hold to record")
        hands_free = self.tr("Stop") if state.series else self.tr("Hands-free")
        for button, text in ((self.hold, hold), (self.hands_free, hands_free)):
            button.setText(text)
            button.setAccessibleName(text)
        self.tint()

    def retranslate(self) -> None:
        self.hold.setAccessibleDescription(self.tr("Records while Space or Enter is held"))
        self.hold.setToolTip(self.tr("Hold the mouse button, Space or Enter"))
        self.hands_free.setToolTip(self.tr("Counts to three and records by itself, with pauses"))
        self.plan.retranslate()
        self.show_recording(self._state)

    def tint(self) -> None:
        tokens = self._appearance.tokens
        color = tokens.on_accent if self.hold.isEnabled() else tokens.muted
        self.hold.setIcon(icon("record", color))
        self.hands_free.setIcon(icon("close" if self._state.series else "timer", tokens.text))
        self.plan.tint()

    def _toggle_series(self) -> None:
        if self._state.series:
            self.stop_asked.emit()
        else:
            self.series_asked.emit(self.plan.plan)
