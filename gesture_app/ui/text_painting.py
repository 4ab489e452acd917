"""Single lines of text in painted widgets."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter


def draw_line(painter: QPainter, area: QRectF, text: str, *, right: bool = False) -> None:
    """One line of text, elided to the area's width and on a baseline that is the same for all.

    Qt's own vertical alignment goes by the fonts a text happens to need, so that Korean beside
    figures would stand on another line.
    """
    metrics = QFontMetricsF(painter.font(), painter.device())
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 0.5)
    left = area.right() - metrics.horizontalAdvance(fitting) if right else area.left()
    # The height of capitals is centred: it is what the eye takes for the middle of a line.
    baseline = area.center().y() + metrics.capHeight() / 2
    painter.drawText(QPointF(left, baseline), fitting)
