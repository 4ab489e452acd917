"""What lies over the picture while a recording is counted in or runs."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from gesture_app.ui.theme import DARK, STAGE, scaled_font

_NUMBER_SIDE = 132
_NUMBER_FONT = 5.5
_SIGN_HEIGHT = 30
_DOT = 5.0
_OPAQUE = 220


class _Sign(QWidget):
    """Dark in both themes, since it lies over the picture; lets the mouse through."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def text(self) -> str:
        return self._text

    def show_text(self, text: str) -> None:
        """Nothing is shown for an empty text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()
        self.setVisible(bool(text))

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(STAGE)
        ground.setAlpha(_OPAQUE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        return painter


class CountSign(_Sign):
    """Three, two, one in the middle of the picture."""

    def sizeHint(self) -> QSize:
        return QSize(_NUMBER_SIDE, _NUMBER_SIDE)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = self._begin()
        area = QRectF(self.rect())
        painter.drawEllipse(area)
        painter.setFont(scaled_font(self.font(), _NUMBER_FONT, self.font().Weight.DemiBold))
        painter.setPen(QColor(DARK.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class RecordingSign(_Sign):
    """A red dot and a word in the picture's corner."""

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.font()).horizontalAdvance(self._text)
        return QSize(round(width) + 46, _SIGN_HEIGHT)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = self._begin()
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setBrush(QColor(DARK.danger))
        painter.drawEllipse(QPointF(18, area.center().y()), _DOT, _DOT)
        painter.setPen(QColor(DARK.text))
        left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(32, 0, 0, 0), left | middle, self._text)
        painter.end()
