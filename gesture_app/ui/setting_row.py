"""One setting: its name, what it means, and the control that changes it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_heading, make_label

_CONTROL_WIDTH = 220
_CHEVRON = 16


class Choice(QComboBox):
    """One of a few values. The wheel scrolls the page, not the value under the pointer."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setMinimumWidth(_CONTROL_WIDTH)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        place = QRect(
            self.width() - _CHEVRON - 10, (self.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON
        )
        icon("down", self._appearance.tokens.muted).paint(QPainter(self), place)

    def fill(self, values: Sequence[object], chosen: object) -> None:
        """Offer ``values``; texts come from `name`."""
        for value in values:
            self.addItem(str(value), value)
        self.setCurrentIndex(list(values).index(chosen))

    def name(self, texts: Sequence[str]) -> None:
        for index, text in enumerate(texts):
            self.setItemText(index, text)


class SettingRow(QWidget):
    """Name and meaning on the left, the control on the right."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self._control = control
        self._name, self._hint = make_label("text"), make_label("caption", wraps=True)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._name)
        texts.addWidget(self._hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(18)
        layout.addLayout(texts, 1)
        layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def describe(self, name: str, hint: str = "") -> None:
        self._name.setText(name)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._control.setAccessibleName(name)
        self._control.setAccessibleDescription(hint)


class SettingSection(QFrame):
    """A card with a title and rows."""

    def __init__(self, rows: Sequence[QWidget]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title: QLabel = make_heading(1.1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        for row in rows:
            layout.addWidget(row)
