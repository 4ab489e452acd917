"""Paints one thumbnail, or a heading between them."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
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
_MOST_BADGES = 500

_BadgeKey = tuple[str, int, float]
"""Text, width of the picture, physical pixels per logical one."""


def heading_height(font: QFont) -> int:
    return round(QFontMetricsF(font).height() * 2.2)


class SampleTile(QStyledItemDelegate):
    """Draws what is there of a picture now; what is missing is asked for."""

    def __init__(self, appearance: Appearance, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._thumbnails = thumbnails
        self._badges: dict[_BadgeKey, QPixmap] = {}

    def forget(self) -> None:
        """Colours or font are others now."""
        self._badges = {}

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
        """Along the lower edge. Drawn once and kept: with thousands of pictures there are a few
        different badges, and text is what takes longest."""
        device = painter.device()
        scale = 1.0 if device is None else device.devicePixelRatioF()
        key = (text, area.width(), scale)
        badge = self._badges.get(key)
        if badge is None:
            if len(self._badges) >= _MOST_BADGES:
                self._badges = {}
            badge = self._badges[key] = self._draw_badge(text, area.width() - 8, font, scale)
        height = round(badge.height() / scale)
        painter.drawPixmap(area.left() + 4, area.bottom() - 3 - height, badge)

    def _draw_badge(self, text: str, room: int, font: QFont, scale: float) -> QPixmap:
        """As wide as its text but no wider than ``room``."""
        tokens = self._appearance.tokens
        small = scaled_font(font, 0.85, font.Weight.DemiBold)
        metrics = QFontMetricsF(small)
        # One more than the text on each side, for the outline.
        width = min(ceil(metrics.horizontalAdvance(text)) + 2 * _BADGE_PADDING + 2, room)
        height = ceil(metrics.height()) + 4
        badge = QPixmap(round(width * scale), round(height * scale))
        badge.setDevicePixelRatio(scale)
        badge.fill(Qt.GlobalColor.transparent)
        painter = QPainter(badge)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.notice), 1))
        painter.setBrush(QColor(tokens.notice_soft))
        place = QRectF(0.5, 0.5, width - 1, height - 1)
        painter.drawRoundedRect(place, 5, 5)
        painter.setPen(QColor(tokens.notice))
        painter.setFont(small)
        draw_line(painter, place.adjusted(_BADGE_PADDING, 0, -_BADGE_PADDING, 0), text)
        painter.end()
        return badge

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
