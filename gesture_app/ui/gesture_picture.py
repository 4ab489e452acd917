"""The picture of a gesture: its newest sample, its drawn sign, or its first letter."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from gesture_app.ui.gesture_entries import GestureEntry
from gesture_app.ui.gesture_glyphs import draw_glyph
from gesture_app.ui.theme import Appearance, scaled_font
from gesture_app.ui.thumbnails import Thumbnails

_RADIUS = 10
_GLYPH_SHARE = 0.9


class GesturePicture(QWidget):
    """A square, framed in the gesture's colour. Decoration: what it shows stands beside it."""

    def __init__(self, appearance: Appearance, thumbnails: Thumbnails, side: int) -> None:
        super().__init__()
        self._appearance = appearance
        self._thumbnails = thumbnails
        self._entry: GestureEntry | None = None
        self.setFixedSize(QSize(side, side))
        thumbnails.ready.connect(self._take)

    def show_entry(self, entry: GestureEntry) -> None:
        self._entry = entry
        self._glyph(entry)  # drawn now and not together with all others when the page is shown
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        entry = self._entry
        if entry is None:
            return
        tokens = self._appearance.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(1.0 if entry.on else 0.45)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        outline = QPainterPath()
        outline.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(outline, QColor(tokens.accent_soft if entry.built_in else tokens.hover))
        painter.setClipPath(outline)
        self._paint_inside(painter, frame, entry)
        painter.setClipping(False)
        if not entry.built_in:
            painter.setPen(QPen(QColor(entry.color), 3))
            painter.drawPath(outline)

    def _paint_inside(self, painter: QPainter, frame: QRectF, entry: GestureEntry) -> None:
        pixmap = None if entry.picture is None else self._thumbnails.pixmap(entry.picture)
        if pixmap is not None:
            painter.drawPixmap(frame, pixmap, QRectF(pixmap.rect()))
            return
        if (glyph := self._glyph(entry)) is not None:
            margin = frame.width() * (1 - _GLYPH_SHARE) / 2
            painter.drawImage(frame.adjusted(margin, margin, -margin, -margin), glyph)
            return
        painter.setFont(scaled_font(self.font(), 1.6, self.font().Weight.DemiBold))
        painter.setPen(QColor(self._appearance.tokens.muted))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, entry.name[:1])

    def _glyph(self, entry: GestureEntry) -> QImage | None:
        if not entry.built_in:
            return None
        side = round(self.width() * _GLYPH_SHARE * self.devicePixelRatioF())
        return draw_glyph(entry.label, self._appearance.tokens.accent, side)

    def _take(self, sample_id: str) -> None:
        if self._entry is not None and sample_id == self._entry.picture:
            self.update()
