"""Two models side by side, live: what each says of each hand, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from gesture_app.core.types import Handedness, HandResult
from gesture_app.engine.model_switch import ModelsInUse
from gesture_app.ui.gesture_names import OwnNames, hand_name
from gesture_app.ui.hands_panel import HandRow, shown_hands
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import SqueezableLabel, make_button, make_heading

_SIGN_SIDE = 20
_TYPE = 1.2
_HANDS = (Handedness.LEFT, Handedness.RIGHT)


class TryoutStrip(QFrame):
    """Shown while a model is tried out; hidden, and without any work, otherwise."""

    chosen = pyqtSignal()
    """Use it from now on."""

    stopped = pyqtSignal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("card")
        self._appearance = appearance
        self._models = ModelsInUse()
        self._differs: dict[Handedness, bool] = {}
        self._sign = QLabel()
        self._title, self._hint = make_heading(1.05), SqueezableLabel("muted")
        self.use, self.stop = make_button("primary", ""), make_button("secondary", "")
        self.active = {hand: HandRow(appearance, hand, _TYPE) for hand in _HANDS}
        self.candidate = {hand: HandRow(appearance, hand, _TYPE) for hand in _HANDS}
        self.use.clicked.connect(self.chosen)
        self.stop.clicked.connect(self.stopped)
        self._lay_out()
        self.retranslate()
        self.tint()
        self.hide()

    def show_models(self, models: ModelsInUse) -> None:
        self._models = models
        self.setVisible(models.candidate is not None)
        self.retranslate()

    def show_answers(self, hands: Sequence[HandResult], trial: Sequence[HandResult]) -> None:
        """The answers of both models on the same hands."""
        if self.isHidden():
            return
        now, new = shown_hands(hands), shown_hands(trial)
        for hand in _HANDS:
            mine, other = now.get(hand), new.get(hand)
            self.active[hand].show_hand(mine)
            self.candidate[hand].show_hand(other)
            differs = mine is not None and other is not None and mine.gesture != other.gesture
            self.candidate[hand].set_marked(differs)
            self._tell(hand, differs)

    def differs(self, hand: Handedness) -> bool:
        """Whether the two say different things of this hand right now."""
        return self._differs.get(hand, False)

    def set_names(self, names: OwnNames) -> None:
        """What the person calls own gestures."""
        for row in (*self.active.values(), *self.candidate.values()):
            row.set_names(names)

    def retranslate(self) -> None:
        candidate, active = self._models.candidate, self._models.active
        name = "" if candidate is None else candidate.manifest.name
        self._title.setText(self.tr("Try-out: %1").replace("%1", name))
        beside = "" if active is None else active.manifest.name
        self._hint.setText(self.tr("beside “%1”").replace("%1", beside) if beside else "")
        self.use.setText(self.tr("Switch on"))
        self.use.setToolTip(self.tr("Recognise with the model that is tried out from now on"))
        self.stop.setText(self.tr("Stop trying out"))
        self.stop.setToolTip(self.tr("Go on with the present model alone"))
        for button in (self.use, self.stop):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(button.toolTip())
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._hint.text())
        for hand in _HANDS:
            self.active[hand].set_caption(self.tr("%1, in use").replace("%1", hand_name(hand)))
            self._tell(hand, self.differs(hand))

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self._sign.setPixmap(icon("compare", tokens.accent).pixmap(_SIGN_SIDE, _SIGN_SIDE))
        self.update()

    def _tell(self, hand: Handedness, differs: bool) -> None:
        """In words too, not by the ground's colour alone."""
        self._differs[hand] = differs
        text = self.tr("%1, try-out: differs") if differs else self.tr("%1, try-out")
        self.candidate[hand].set_caption(text.replace("%1", hand_name(hand)))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._sign)
        top.addWidget(self._title)
        top.addWidget(self._hint, 1)
        top.addWidget(self.use)
        top.addWidget(self.stop)
        rows = QGridLayout()
        rows.setHorizontalSpacing(14)
        for place, hand in enumerate(_HANDS):
            rows.addWidget(self.active[hand], 0, 2 * place)
            rows.addWidget(self.candidate[hand], 0, 2 * place + 1)
        for column in range(4):
            rows.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 9, 12, 9)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(rows)
