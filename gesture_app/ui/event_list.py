"""The strip of recent events: one row per gesture shown, newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gesture_app.core.types import EventKind, GestureEvent, Handedness
from gesture_app.ui.gesture_names import (
    NO_NAMES,
    OwnNames,
    gesture_name,
    hand_letter,
    hand_name,
)
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font

MAX_ROWS = 100


@dataclass(frozen=True, slots=True)
class ShownGesture:
    """A gesture from its start to its end.

    Attributes:
        start_ms: source's clock at the start event.
        end_ms: at its end event, None while it is held.
        prob: the highest probability of its events.
    """

    gesture: str
    hand: Handedness
    prob: float
    start_ms: float
    end_ms: float | None = None


class RecentGestures(QAbstractListModel):
    """Events folded into rows: a start adds one, hold and end of the same gesture change it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ShownGesture] = []
        self._names: OwnNames = NO_NAMES

    @property
    def rows(self) -> tuple[ShownGesture, ...]:
        return tuple(self._rows)

    def set_names(self, names: OwnNames) -> None:
        """What the person calls own gestures."""
        self._names = names
        self.retranslate()

    def name(self, row: ShownGesture) -> str:
        return gesture_name(row.gesture, self._names)

    def add(self, events: tuple[GestureEvent, ...]) -> None:
        for event in events:
            if event.kind is EventKind.START:
                self._insert(event)
            else:
                self._change(event)

    def clear(self) -> None:
        self.beginResetModel()
        self._rows = []
        self.endResetModel()

    def retranslate(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                (self.name(row), hand_name(row.hand), self.when(row), self.how_long(row))
            )
        return None

    def when(self, row: ShownGesture) -> str:
        """Time of the start on the source's clock, ``1:02.3``."""
        tenths = round(row.start_ms / 100)
        return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"

    def how_long(self, row: ShownGesture) -> str:
        if row.end_ms is None:
            return self.tr("now")
        return self.tr("%1 s").replace("%1", f"{(row.end_ms - row.start_ms) / 1000:.1f}")

    def _insert(self, event: GestureEvent) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        row = ShownGesture(event.gesture, event.hand, event.prob, event.t_ms)
        self._rows.insert(0, row)
        self.endInsertRows()
        if len(self._rows) > MAX_ROWS:
            self.beginRemoveRows(QModelIndex(), MAX_ROWS, len(self._rows) - 1)
            del self._rows[MAX_ROWS:]
            self.endRemoveRows()

    def _change(self, event: GestureEvent) -> None:
        for position, row in enumerate(self._rows):
            same = (row.gesture, row.hand) == (event.gesture, event.hand)
            if not same or row.end_ms is not None:
                continue
            self._rows[position] = replace(
                row,
                prob=max(row.prob, event.prob),
                end_ms=event.t_ms if event.kind is EventKind.END else None,
            )
            self.dataChanged.emit(self.index(position), self.index(position))
            return


class GestureRowDelegate(QStyledItemDelegate):
    """Paints a row: badge of the hand, gesture, hand and duration, time."""

    def __init__(self, appearance: Appearance, model: RecentGestures, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        height = QFontMetricsF(option.font).height()
        return QSize(160, round(height * 2 + 18))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        row: ShownGesture = index.data(Qt.ItemDataRole.UserRole)
        tokens = self._appearance.tokens
        color = QColor(tokens.right_hand if row.hand is Handedness.RIGHT else tokens.left_hand)
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(area, 8, 8)
        self._paint_badge(painter, row, area, color)
        inner = area.adjusted(46, 4, -8, -4)
        top, bottom = QRectF(inner), QRectF(inner)
        top.setBottom(inner.center().y())
        bottom.setTop(inner.center().y())
        title, detail = option.font, scaled_font(option.font, 0.9)
        title.setWeight(title.Weight.DemiBold)
        time_width = QFontMetricsF(detail).horizontalAdvance(self._model.when(row)) + 8
        painter.setFont(title)
        painter.setPen(QColor(tokens.text))
        draw_line(painter, top.adjusted(0, 0, -time_width, 0), self._model.name(row))
        painter.setFont(detail)
        painter.setPen(QColor(tokens.muted))
        draw_line(painter, top, self._model.when(row), right=True)
        draw_line(painter, bottom, hand_name(row.hand))
        painter.setPen(QColor(tokens.muted if row.end_ms is not None else color))
        draw_line(painter, bottom, self._model.how_long(row), right=True)
        painter.restore()

    def _paint_badge(
        self, painter: QPainter, row: ShownGesture, area: QRectF, color: QColor
    ) -> None:
        """The hand's letter: filled while the gesture is held, a ring once it has ended."""
        tokens = self._appearance.tokens
        badge = QRectF(area.left() + 6, area.center().y() - 15, 30, 30)
        held = row.end_ms is None
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(color if held else Qt.GlobalColor.transparent)
        painter.drawEllipse(badge)
        painter.setPen(QColor(tokens.card) if held else color)
        painter.setFont(scaled_font(painter.font(), 1.0, painter.font().Weight.DemiBold))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, hand_letter(row.hand))


class EventList(QListView):
    """The strip as a list that the keyboard can walk through."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gestures = RecentGestures(self)
        self.setObjectName("events")
        self.setModel(self.gestures)
        self.setItemDelegate(GestureRowDelegate(appearance, self.gestures, self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Recent gestures"))
        self.setAccessibleDescription(self.tr("Gestures recognised so far, newest first"))
        self.gestures.retranslate()
