"""Paints one thumbnail, or a heading between them."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gesture_app.store.samples import SampleInfo
from gesture_app.ui.icons import draw_icon
from gesture_app.ui.sample_model import Role
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font
from gesture_app.ui.thumbnails import Thumbnails

MARGIN = 5
_CHECK = 22
_BADGE_PADDING = 6


def heading_height(font: QFont) -> int:
    return round(QFontMetricsF(font).height() * 2.2)


class SampleTile(QStyledItemDelegate):
    """Draws what is there of a picture now; what is missing is asked for."""

    def __init__(self, appearance: Appearance, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return option.rect.size()

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        row = index.data(Role.ROW)
        if isinstance(row, SampleInfo):
            self._paint_tile(painter, option, index, row)
        else:
            self._paint_heading(painter, option, index)

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        tokens = self._appearance.tokens
        area = QRectF(option.rect).adjusted(MARGIN, 0, -MARGIN, 0)
        count = index.data(Role.COUNT)
        detail = scaled_font(option.font, 0.9)
        width = QFontMetricsF(detail).horizontalAdvance(count)
        painter.setFont(scaled_font(option.font, 1.0, option.font.Weight.DemiBold))
        painter.setPen(QColor(tokens.text))
        draw_line(painter, area.adjusted(0, 0, -width - 12, 0), index.data())
        painter.setFont(detail)
        painter.setPen(QColor(tokens.muted))
        draw_line(painter, area, count, right=True)

    def _paint_tile(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex,
        sample: SampleInfo,
    ) -> None:
        tokens = self._appearance.tokens
        picture = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._paint_picture(painter, picture, sample.id)
        badge = index.data(Role.BADGE)
        if badge:
            self._paint_badge(painter, picture, badge, option.font)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            _frame(painter, picture, QColor(tokens.accent), 3)
            self._paint_check(painter, picture)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _frame(painter, option.rect.adjusted(1, 1, -1, -1), QColor(tokens.focus), 2)

    def _paint_picture(self, painter: QPainter, area: QRect, sample_id: str) -> None:
        tokens = self._appearance.tokens
        pixmap = self._thumbnails.pixmap(sample_id)
        if pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(area, pixmap)
            return
        painter.fillRect(area, QColor(tokens.hover))
        if self._thumbnails.failure(sample_id) is not None:
            side = min(area.width() // 2, 32)
            sign = QRect(0, 0, side, side)
            sign.moveCenter(area.center())
            painter.drawImage(sign, draw_icon("notice", tokens.notice, side * 2))

    def _paint_badge(self, painter: QPainter, area: QRect, text: str, font: QFont) -> None:
        """Along the lower edge, as wide as its text but no wider than the picture."""
        tokens = self._appearance.tokens
        small = scaled_font(font, 0.85, font.Weight.DemiBold)
        metrics = QFontMetricsF(small)
        width = min(metrics.horizontalAdvance(text) + 2 * _BADGE_PADDING, area.width() - 8.0)
        height = metrics.height() + 4
        place = QRectF(area.left() + 4, area.bottom() - 3 - height, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.notice), 1))
        painter.setBrush(QColor(tokens.notice_soft))
        painter.drawRoundedRect(place, 5, 5)
        painter.setPen(QColor(tokens.notice))
        painter.setFont(small)
        draw_line(painter, place.adjusted(_BADGE_PADDING, 0, -_BADGE_PADDING, 0), text)

    def _paint_check(self, painter: QPainter, area: QRect) -> None:
        tokens = self._appearance.tokens
        place = QRect(area.right() - _CHECK - 3, area.top() + 4, _CHECK, _CHECK)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(place)
        inner = place.adjusted(3, 3, -3, -3)
        painter.drawImage(inner, draw_icon("done", tokens.on_accent, inner.width() * 2))


def _frame(painter: QPainter, area: QRect, color: QColor, width: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), 4, 4)
