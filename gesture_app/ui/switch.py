"""A switch: on or off, at once."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton

from gesture_app.ui.theme import Appearance

_SIZE = QSize(40, 24)
_PILL = QRectF(3, 3, 34, 18)
_KNOB = 12.0


class Switch(QAbstractButton):
    """Checked is on. Name it with `setAccessibleName`; it has no text of its own."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(_SIZE)

    def sizeHint(self) -> QSize:
        return _SIZE

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        tokens, on = self._appearance.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(QRectF(1, 1, 38, 22), 11, 11)
        painter.setPen(QPen(QColor(tokens.accent if on else tokens.muted), 1.5))
        painter.setBrush(QColor(tokens.accent if on else tokens.card))
        painter.drawRoundedRect(_PILL, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.on_accent if on else tokens.muted))
        left = _PILL.right() - 3 - _KNOB if on else _PILL.left() + 3
        painter.drawEllipse(QRectF(left, _PILL.center().y() - _KNOB / 2, _KNOB, _KNOB))
