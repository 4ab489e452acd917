"""The ring that fills with variety; in its middle, how many pictures are saved."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from gesture_app.ui.theme import Appearance, scaled_font

_SIDE = 132
_WIDTH = 11
_FULL = 360 * 16
_TOP = 90 * 16


class VarietyRing(QWidget):
    """Shows two figures; takes no input."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._coverage = 0.0
        self._saved = 0
        self._recording = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_SIDE)
        self.retranslate()

    @property
    def coverage(self) -> float:
        return self._coverage

    @property
    def saved(self) -> int:
        return self._saved

    def show_progress(self, saved: int, coverage: float, *, recording: bool) -> None:
        """Args: saved: pictures on the disk; coverage: 0 to 1."""
        if (saved, coverage, recording) != (self._saved, self._coverage, self._recording):
            self._saved, self._coverage, self._recording = saved, coverage, recording
            self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Recorded so far"))
        self.setAccessibleDescription(
            self.tr("Pictures saved: %1, variety: %2 percent")
            .replace("%1", str(self._saved))
            .replace("%2", str(round(self._coverage * 100)))
        )
        self.setToolTip(self.tr("The ring fills with variety: turn, move, come closer"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        tokens = self._appearance.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = _SIDE - _WIDTH
        area = QRectF((self.width() - room) / 2, _WIDTH / 2, room, room)
        painter.setPen(QPen(QColor(tokens.line), _WIDTH))
        painter.drawEllipse(area)
        if self._coverage > 0:
            color = QColor(tokens.danger if self._recording else tokens.accent)
            cap = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(color, _WIDTH, Qt.PenStyle.SolidLine, cap))
            painter.drawArc(area, _TOP, -round(_FULL * self._coverage))
        self._paint_figures(painter, area)
        painter.end()

    def _paint_figures(self, painter: QPainter, area: QRectF) -> None:
        tokens, font = self._appearance.tokens, self.font()
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        middle = area.center().y() + area.height() * 0.1
        painter.setFont(scaled_font(font, 2.4, font.Weight.DemiBold))
        painter.setPen(QColor(tokens.text))
        painter.drawText(
            QRectF(area.left(), area.top(), area.width(), middle - area.top()),
            top,
            str(self._saved),
        )
        painter.setFont(scaled_font(font, 0.9))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            QRectF(area.left(), middle, area.width(), area.bottom() - middle),
            below,
            self.tr("saved"),
        )
