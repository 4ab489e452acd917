"""Beside the picture: what is recorded so far, and what is still asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.samples import RecordingInfo
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.icons import icon
from gesture_app.ui.sample_recording import LEAST_SAMPLES, RecordingState
from gesture_app.ui.theme import Appearance
from gesture_app.ui.variety_ring import VarietyRing
from gesture_app.ui.widgets import make_button, make_label, make_tool

_SIGN_SIDE = 18
ASKED_FOR = 2
"""Recordings of each gesture: one to learn from while the other judges."""


class RecordingPanel(QFrame):
    """Shows figures of one gesture and where to go from here."""

    review_asked = pyqtSignal()
    train_asked = pyqtSignal()

    def __init__(
        self, appearance: Appearance, collection: GestureCollection, intake: QWidget
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._appearance = appearance
        self._collection = collection
        self._label = ""
        self._state = RecordingState()
        self._total = make_label("caption")
        self._total.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.ring = VarietyRing(appearance)
        self._steps = [_Step(appearance) for _ in range(ASKED_FOR)]
        self._advice = make_label("advice", wraps=True)
        self._dropped = make_label("caption", wraps=True)
        self.review = make_tool()
        self.review.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.train = make_button("primary", "")
        self._lay_out(intake)
        self.review.clicked.connect(self.review_asked)
        self.train.clicked.connect(self.train_asked)
        self.retranslate()
        self.tint()

    def show_gesture(self, label: str) -> None:
        self._label = label
        self.refresh()

    def show_state(self, state: RecordingState) -> None:
        self._state = state
        self.refresh()

    def advice(self) -> str:
        return str(self._advice.text())

    def retranslate(self) -> None:
        self.review.setText(self.tr("Review"))
        self.review.setAccessibleName(self.tr("Review the pictures"))
        self.train.setText(self.tr("Train"))
        self.train.setAccessibleName(self.train.text())
        self.ring.retranslate()
        self.refresh()

    def tint(self) -> None:
        self.review.setIcon(icon("review", self._appearance.tokens.text))
        self.refresh()

    def refresh(self) -> None:
        """Figures and advice as they are now."""
        progress = self._state.progress
        sessions = self._sessions()
        others = sum(info.samples for info in sessions if info.recording != progress.recording)
        self._total.setText(self._in_all(others + progress.saved))
        self.ring.show_progress(
            progress.saved, progress.variety.coverage, recording=self._state.recording
        )
        running = progress.recording if self._state.recording else ""
        done = [
            info for info in sessions if info.samples >= LEAST_SAMPLES and info.recording != running
        ]
        names = (self.tr("First recording"), self.tr("Second recording, another place"))
        for index, (step, name) in enumerate(zip(self._steps, names, strict=True)):
            step.show_step(name, done=index < len(done), next_one=index == len(done))
        self._advice.setText(self._advise(len(done)))
        self._dropped.setText(self._skipped())
        self._dropped.setVisible(progress.dropped > 0)
        self.review.setEnabled(bool(sessions))
        self.train.setEnabled(len(done) > 0 and not self._state.recording)

    def _sessions(self) -> Sequence[RecordingInfo]:
        """Recordings on the disk, the one that runs with what it has now."""
        progress = self._state.progress
        infos = list(self._collection.recordings(self._label))
        known = {info.recording for info in infos}
        if progress.saved and progress.recording not in known:
            infos.append(RecordingInfo(self._label, progress.recording, 0.0, "", progress.saved))
        return infos

    def _in_all(self, samples: int) -> str:
        return self.tr("Pictures in all: %1").replace("%1", str(samples))

    def _skipped(self) -> str:
        words = self.tr("%1 frames were left out: saving could not keep up")
        return words.replace("%1", str(self._state.progress.dropped))

    def _advise(self, done: int) -> str:
        if self._label == NO_GESTURE and done == 0:
            return self.tr(
                "Show what your hands do all day, so that none of it is taken for a gesture."
            )
        if 0 < self._state.progress.saved < LEAST_SAMPLES and not self._state.recording:
            return self.tr("That was short: record on, it counts as the same recording.")
        if self._state.recording or done == 0:
            return self.tr("Make the gesture and record. Turn and move your hand a little.")
        if done == 1:
            return self.tr(
                "Now once more, from another place or in another posture. Only with a second "
                "recording can the app judge honestly how well it knows the gesture."
            )
        return self.tr("That is enough to learn from. More recordings make it better still.")

    def _lay_out(self, intake: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(self.ring)
        layout.addWidget(self._total)
        layout.addSpacing(4)
        for step in self._steps:
            layout.addWidget(step)
        layout.addWidget(self._advice)
        layout.addWidget(self._dropped)
        layout.addStretch(1)
        layout.addWidget(intake)
        layout.addWidget(self.review)
        layout.addWidget(self.train)


class _Step(QWidget):
    """One of the recordings that are asked for: done, next, or to come."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._sign = QLabel()
        self._sign.setFixedSize(_SIGN_SIDE, _SIGN_SIDE)
        self._name = make_label("step", wraps=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._name, 1)

    def show_step(self, name: str, *, done: bool, next_one: bool) -> None:
        tokens = self._appearance.tokens
        shape = "done" if done else "record"
        color = tokens.accent if done or next_one else tokens.muted
        self._sign.setPixmap(icon(shape, color).pixmap(_SIGN_SIDE, _SIGN_SIDE))
        self._name.setText(name)
        self._name.setEnabled(done or next_one)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("done") if done else self.tr("to do"))
