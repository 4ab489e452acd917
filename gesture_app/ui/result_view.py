"""A finished run: how good the new model is, and whether it is used from now on."""

from __future__ import annotations

from enum import Enum, auto

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gesture_app.ui.icons import icon
from gesture_app.ui.judgement_view import JudgementView
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.training_run import TrainingResult
from gesture_app.ui.widgets import make_button, make_heading, make_label

_SIGN_SIDE = 22


class Decision(Enum):
    """What became of the new model."""

    OPEN = auto()
    SWITCHING = auto()
    LIVE = auto()


class ResultView(QWidget):
    """Shows a `TrainingResult` and asks what to do with it."""

    switch_asked = pyqtSignal()
    try_out_asked = pyqtSignal()
    keep_asked = pyqtSignal()
    go_back_asked = pyqtSignal()
    live_asked = pyqtSignal()
    done = pyqtSignal()

    def __init__(self, appearance: Appearance, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._appearance = appearance
        self._result: TrainingResult | None = None
        self._decision = Decision.OPEN
        self._sign = QLabel()
        self._title, self._note = make_heading(1.2), make_label("muted", wraps=True)
        self.judgement = JudgementView(appearance, thumbnails)
        self._scroll = QScrollArea()
        self._unjudged = make_label("muted", wraps=True)
        self.switch, self.try_out = make_button("primary", ""), make_button("secondary", "")
        self.keep, self.see_live = make_button("secondary", ""), make_button("primary", "")
        self.go_back, self.leave = make_button("secondary", ""), make_button("secondary", "")
        for button, signal in (
            (self.switch, self.switch_asked),
            (self.try_out, self.try_out_asked),
            (self.keep, self.keep_asked),
            (self.see_live, self.live_asked),
            (self.go_back, self.go_back_asked),
            (self.leave, self.done),
        ):
            button.clicked.connect(signal)
        self._lay_out()
        self.retranslate()

    def show_result(self, result: TrainingResult) -> None:
        """A new model that nobody decided about yet."""
        self._result = result
        self.judgement.setVisible(result.judgement is not None)
        self._unjudged.setVisible(result.judgement is None)
        if result.judgement is not None:
            self.judgement.show_judgement(result.judgement)
        self._scroll.ensureVisible(0, 0)  # where one had read in the last one means nothing
        self.show_decision(Decision.OPEN)

    def show_decision(self, decision: Decision) -> None:
        self._decision = decision
        self.retranslate()
        self.tint()

    def retranslate(self) -> None:
        decision = self._decision
        seconds = 0.0 if self._result is None else self._result.seconds
        name = "" if self._result is None else self._result.model.manifest.name
        title, note = {
            Decision.OPEN: (
                self.tr("The new model is ready after %1 s").replace("%1", f"{seconds:.0f}"),
                self.tr("Nothing has changed yet. See how good it is, then decide."),
            ),
            Decision.SWITCHING: (self.tr("Switching on…"), name),
            Decision.LIVE: (
                self.tr("Live now"),
                self.tr("“%1” recognises from now on. One click takes you back.").replace(
                    "%1", name
                ),
            ),
        }[decision]
        self._title.setText(title)
        self._note.setText(note)
        self._unjudged.setText(self.tr("This model was not judged."))
        for button, text in (
            (self.switch, self.tr("Switch on")),
            (self.try_out, self.tr("Try out")),
            (self.keep, self.tr("Keep the present one")),
            (self.see_live, self.tr("See it live")),
            (self.go_back, self.tr("Go back to the one before")),
            (self.leave, self.tr("Train again")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.try_out.setToolTip(self.tr("Both models side by side on the live picture"))
        self.keep.setToolTip(self.tr("The new one stays among the models, unused"))
        for button in (self.switch, self.try_out, self.keep):
            button.setVisible(decision is not Decision.LIVE)
            button.setEnabled(decision is Decision.OPEN)
            button.setAccessibleDescription(button.toolTip())
        for button in (self.see_live, self.go_back, self.leave):
            button.setVisible(decision is Decision.LIVE)
        self.judgement.retranslate()

    def tint(self) -> None:
        sign = "live" if self._decision is Decision.LIVE else "done"
        drawn = icon(sign, self._appearance.tokens.accent)
        self._sign.setPixmap(drawn.pixmap(_SIGN_SIDE, _SIGN_SIDE))
        self.judgement.tint()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._note)
        bar = QFrame()
        bar.setObjectName("card")
        line = QHBoxLayout(bar)
        line.setContentsMargins(18, 12, 14, 12)
        line.setSpacing(10)
        line.addWidget(self._sign)
        line.addLayout(words, 1)
        for button in (
            self.switch,
            self.try_out,
            self.keep,
            self.see_live,
            self.go_back,
            self.leave,
        ):
            line.addWidget(button)
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        body.setObjectName("scrolled")
        body_layout = QVBoxLayout(body)
        body_layout.setContentsMargins(0, 0, 0, 0)
        body_layout.addWidget(self._unjudged)
        body_layout.addWidget(self.judgement, 1)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(bar)
        layout.addWidget(scroll, 1)
