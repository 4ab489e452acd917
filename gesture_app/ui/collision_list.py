"""Gestures that are taken for each other, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gesture_app.ui.icons import icon
from gesture_app.ui.judgement_words import Advice
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_heading, make_label

_SIGN_SIDE = 20


class CollisionList(QWidget):
    """One card per pair, the worst first."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._signs: list[tuple[QLabel, bool]] = []
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(8)

    def show_advice(self, pairs: Sequence[tuple[Advice, bool]]) -> None:
        """Args: pairs: each with whether it is a loss already, not only near to one."""
        self._signs = []
        while (item := self._cards.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()
        for advice, lost in pairs:
            self._cards.addWidget(self._card(advice, lost))
        self.setVisible(bool(pairs))
        self.tint()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        for sign, lost in self._signs:
            color = tokens.danger if lost else tokens.notice
            sign.setPixmap(icon("notice", color).pixmap(_SIGN_SIDE, _SIGN_SIDE))

    def _card(self, advice: Advice, lost: bool) -> QFrame:
        card, sign = QFrame(), QLabel()
        card.setObjectName("card")
        card.setAccessibleName(f"{advice.what} {advice.next_step}")
        self._signs.append((sign, lost))
        what = make_heading(1.0, advice.what)
        what.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(what)
        words.addWidget(make_label("muted", wraps=True, text=advice.next_step))
        layout = QHBoxLayout(card)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(12)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        return card
