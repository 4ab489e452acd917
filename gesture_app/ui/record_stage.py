"""The picture of the record page with what lies over it: coach, countdown, sign, card."""

from __future__ import annotations

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gesture_app.core.types import NO_GESTURE
from gesture_app.ui.coach_line import CoachLine, coach_words, everyday_words
from gesture_app.ui.recording_signs import CountSign, RecordingSign
from gesture_app.ui.sample_recording import RecordingState
from gesture_app.ui.state_card import CardContent, StateCard
from gesture_app.ui.theme import Appearance
from gesture_app.ui.video_view import VideoView

_EVERYDAY_MS = 5000
"""How long one suggestion of "anything else" stands."""


class RecordStage(QWidget):
    """Shows what it is told to."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._label = NO_GESTURE
        self._state = RecordingState()
        self._turn = 0
        self._everyday = QTimer(self)
        self._everyday.setInterval(_EVERYDAY_MS)
        self._everyday.timeout.connect(self._suggest_next)
        self.video = VideoView(appearance)
        self.card = StateCard(appearance)
        self.coach, self.count, self.sign = CoachLine(), CountSign(), RecordingSign()
        self._lay_out()

    def show_gesture(self, label: str) -> None:
        """What is recorded, and therefore what the coach says."""
        self._label = label
        self._turn = 0

    def show_recording(self, state: RecordingState) -> None:
        self._state = state
        self.count.show_text(str(state.count) if state.count else "")
        self.sign.show_text(self._recording_words() if state.recording else "")
        self.coach.say(self._words() if state.possible else "")
        self._keep_suggesting()

    def show_card(self, content: CardContent | None) -> None:
        if content is None:
            self.card.hide()
        else:
            self.card.show_content(content)

    def retranslate(self) -> None:
        self.video.retranslate()
        self.show_recording(self._state)

    def tint(self) -> None:
        self.card.tint()
        self.update()

    def _recording_words(self) -> str:
        turn = self._state.series
        if turn < 2:
            return self.tr("Recording")
        return self.tr("Recording, turn %1").replace("%1", str(turn))

    def _words(self) -> str:
        hint = self._state.progress.hint
        if self._label == NO_GESTURE and (self._state.recording or self._state.series):
            return everyday_words(hint, self._turn)
        return coach_words(hint, recording=self._state.recording)

    def _keep_suggesting(self) -> None:
        wanted = self._label == NO_GESTURE and self._state.recording
        if wanted and not self._everyday.isActive():
            self._everyday.start()
        elif not wanted and self._everyday.isActive():
            self._everyday.stop()
            self._turn += 1  # the next recording goes on with something else

    def _suggest_next(self) -> None:
        self._turn += 1
        self.show_recording(self._state)

    def _lay_out(self) -> None:
        align = Qt.AlignmentFlag
        over = QVBoxLayout()
        over.setContentsMargins(14, 14, 14, 14)
        over.addWidget(self.sign, 0, align.AlignLeft)
        over.addStretch(1)
        over.addWidget(self.coach)
        stage = QGridLayout(self)
        stage.setContentsMargins(0, 0, 0, 0)
        stage.addWidget(self.video, 0, 0)
        stage.addWidget(self.count, 0, 0, align.AlignCenter)
        stage.addLayout(over, 0, 0)
        stage.addWidget(self.card, 0, 0, align.AlignCenter)
