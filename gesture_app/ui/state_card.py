"""What stands in place of the picture when there is none: why, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_button, make_heading, make_label

_SIGN_SIDE = 40
_WIDTH = 420


@dataclass(frozen=True, slots=True)
class CardAction:
    """A button: its text and what it does."""

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card says.

    Attributes:
        sign: name of an icon; ``danger`` marks an error.
        title, body, hint: what, why, what to do next; the last two may be empty.
        actions: the first one is the suggested one.
    """

    sign: str
    title: str
    body: str = ""
    hint: str = ""
    actions: tuple[CardAction, ...] = ()


class StateCard(QFrame):
    """A card in the middle of the picture area."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._content = CardContent("live", "")
        self.setObjectName("card")
        self._sign = QLabel()
        self._title = make_heading(1.35)
        self._title.setWordWrap(True)
        self._body, self._hint = make_label("muted", wraps=True), make_label("hint", wraps=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(30, 26, 30, 26)
        layout.setSpacing(10)
        for label in (self._sign, self._title, self._body, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addLayout(self._buttons)
        self.setMaximumWidth(_WIDTH)

    def show_content(self, content: CardContent) -> None:
        self._content = content
        self._title.setText(content.title)
        for label, text in ((self._body, content.body), (self._hint, content.hint)):
            label.setText(text)
            label.setVisible(bool(text))
        self._replace_buttons(content.actions)
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(" ".join((content.body, content.hint)).strip())
        self.tint()
        self.show()

    def tint(self) -> None:
        tokens, sign = self._appearance.tokens, self._content.sign
        color = tokens.danger if sign == "danger" else tokens.accent
        self._sign.setPixmap(icon(sign, color).pixmap(_SIGN_SIDE, _SIGN_SIDE))

    def text(self) -> str:
        return "\n".join((self._content.title, self._content.body, self._content.hint))

    def buttons(self) -> list[QPushButton]:
        items = (self._buttons.itemAt(i) for i in range(self._buttons.count()))
        widgets = (None if item is None else item.widget() for item in items)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _replace_buttons(self, actions: tuple[CardAction, ...]) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons())
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch(1)
        for place, action in enumerate(actions):
            button = make_button("primary" if place == 0 else "secondary", action.text)
            button.clicked.connect(action.run)
            self._buttons.addWidget(button)
            if place == 0 and had_focus:
                button.setFocus()
        self._buttons.addStretch(1)
