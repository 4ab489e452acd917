"""Says that a training run did not come to its end, and offers to go on with it."""

from __future__ import annotations

from PyQt6.QtCore import QDateTime, QLocale, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel

from gesture_app.store.training_job import TeachingMode, TrainingJob
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_button, make_label

_SIGN_SIDE = 22


class UnfinishedBar(QFrame):
    """One line with two buttons."""

    go_on_asked = pyqtSignal()
    discard_asked = pyqtSignal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._job: TrainingJob | None = None
        self.setObjectName("banner")
        self.setProperty("tone", "notice")
        self._sign = QLabel()
        self._text = make_label("notice", wraps=True)
        self.go_on, self.discard = make_button("secondary", ""), make_button("flat", "")
        self.go_on.clicked.connect(self.go_on_asked)
        self.discard.clicked.connect(self.discard_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 8)
        layout.setSpacing(12)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.go_on)
        layout.addWidget(self.discard)
        self.retranslate()
        self.tint()
        self.hide()

    def show_job(self, job: TrainingJob) -> None:
        self._job = job
        self.retranslate()

    def text(self) -> str:
        return str(self._text.text())

    def retranslate(self) -> None:
        for button, text in (
            (self.go_on, self.tr("Go on")),
            (self.discard, self.tr("Leave it")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        if self._job is None:
            return
        full = self._job.mode is TeachingMode.FULL
        words = self.tr(
            "%1 training, begun %2, has not come to its end. What was done so far is kept."
        )
        begun = QDateTime.fromSecsSinceEpoch(round(self._job.started_s))
        when = QLocale().toString(begun, QLocale.FormatType.ShortFormat)
        mode = self.tr("Full") if full else self.tr("Quick")
        self._text.setText(words.replace("%1", mode).replace("%2", when))
        self.setAccessibleName(self._text.text())

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self._sign.setPixmap(icon("notice", tokens.notice).pixmap(_SIGN_SIDE, _SIGN_SIDE))
