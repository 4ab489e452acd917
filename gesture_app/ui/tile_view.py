"""A list view of equal tiles below headings; thousands of them scroll smoothly.

A `QListView` for what it knows about selecting, keys and screen readers, with a layout of its own:
Qt asks for the size of every item whenever the width changes (5,000 with a delegate in Python:
250 ms), and knows no headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PyQt6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PyQt6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from gesture_app.ui.tile_layout import TileLayout, TileSizes

_MOST_REPAINTED = 200
"""Of tiles whose selection has changed: beyond it, all that is in sight is painted at once."""

_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_Cursor = QAbstractItemView.CursorAction
_Flag = QItemSelectionModel.SelectionFlag
_Hint = QAbstractItemView.ScrollHint


class TileView(QListView):
    """Lays a model out that has, for each section, a heading and its tiles as its rows.

    Args:
        tile: side of a tile in pixels.
        heading: height of a heading.
    """

    def __init__(self, tile: int, heading: int) -> None:
        super().__init__()
        self._tile, self._heading = tile, heading
        self._section_sizes: tuple[int, ...] = ()
        self._band: QRect | None = None
        """The rubber band, in the coordinates of the content."""
        self.tiles = TileLayout((), TileSizes(tile, heading, tile))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: tiles would be laid out anew whenever it came or went.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # `paintEvent` paints all of it: scrolling then moves pixels and paints what is new.
        self._port().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def tile(self) -> int:
        return self._tile

    def set_section_sizes(self, sizes: Sequence[int]) -> None:
        """How many tiles each section has; the model has the rows for them already."""
        self._section_sizes = tuple(sizes)
        self.doItemsLayout()

    def set_tile(self, side: int) -> None:
        """Larger or smaller tiles; what was in the middle stays in sight."""
        middle = self.verticalOffset() + self._port().height() // 2
        anchor = next(iter(self.tiles.rows_between(middle, middle)), -1)
        self._tile = side
        self.doItemsLayout()
        self._scroll_to_row(anchor, _Hint.PositionAtCenter)

    def rows_in_sight(self) -> range:
        top = self.verticalOffset()
        return self.tiles.rows_between(top, top + self._port().height())

    def row_under(self, point: QPoint) -> int:
        """Args: point: in the viewport. Returns: -1 where nothing is."""
        return self.tiles.row_at(self._in_content(point))

    def selected_rows(self) -> list[int]:
        """Of the tiles, in ascending order. (`selectedIndexes` asks the model about each: with
        5,000 selected, 40 ms.)"""
        chosen = self.selectionModel()
        parts = [] if chosen is None else _parts(chosen.selection())
        rows = (row for part in parts for row in range(part.top(), part.bottom() + 1))
        headings = self.tiles.headings
        return sorted(row for row in rows if row not in headings)

    def select_rows(self, rows: Sequence[int], flags: QItemSelectionModel.SelectionFlag) -> None:
        """Select rows in ascending order; neighbours become one range, which keeps the selection
        of thousands small."""
        chosen, model = self.selectionModel(), self.model()
        assert chosen is not None
        assert model is not None
        selection = QItemSelection()
        start = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                selection.select(model.index(rows[start], 0), model.index(row, 0))
                start = place + 1
        chosen.select(selection, flags)

    # What `QListView` asks of a layout.

    def doItemsLayout(self) -> None:
        sizes = TileSizes(self._tile, self._heading, max(self._port().width(), self._tile))
        self.tiles = TileLayout(self._section_sizes, sizes)
        # And not what QListView does here: it asks for the size of every item.
        self.updateGeometries()
        self._port().update()

    def dataChanged(
        self, first: QModelIndex, last: QModelIndex, _roles: Iterable[int] = ()
    ) -> None:
        # And not what QListView does here: tiles keep their sizes, whatever they show.
        if first == last:
            self.update(first)
        else:
            self._port().update()

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self._port().height()
        assert bar is not None
        bar.setRange(0, max(self.tiles.height - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(self._tile // 3)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        first = self.rows_in_sight()[:1]
        super().resizeEvent(event)
        self.doItemsLayout()
        if event is not None and event.size().width() != event.oldSize().width() and first:
            self._scroll_to_row(first[0], _Hint.PositionAtTop)

    def visualRect(self, index: QModelIndex) -> QRect:
        return self.tiles.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        return self._index(self.row_under(point))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        bar = self.verticalScrollBar()
        return 0 if bar is None else bar.value()

    def scrollTo(self, index: QModelIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        self._scroll_to_row(index.row(), hint)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._port().scroll(dx, dy)

    def isIndexHidden(self, _index: QModelIndex) -> bool:
        return False

    def moveCursor(self, action: _Cursor, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        tiles, row = self.tiles, self.currentIndex().row()
        page = max(self._port().height() // self._tile - 1, 1)
        lines = {
            _Cursor.MoveUp: -1,
            _Cursor.MoveDown: 1,
            _Cursor.MovePageUp: -page,
            _Cursor.MovePageDown: page,
        }
        if action == _Cursor.MoveHome or not tiles.is_tile(row):
            row = tiles.beside(-1, 1)
        elif action == _Cursor.MoveEnd:
            row = tiles.rows - 1
        elif action in lines:
            row = tiles.neighbour(row, lines[action])
        else:
            back = action in (_Cursor.MoveLeft, _Cursor.MovePrevious)
            row = tiles.beside(row, -1 if back else 1)
        return self._index(row)

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        if self.state() == QAbstractItemView.State.DragSelectingState:
            area = rect.normalized().translated(0, self.verticalOffset())
            self.select_rows(self.tiles.rows_in(area), flags)
            return
        # From where the selection began to where it is now, in the order of the rows.
        ends = (self.row_under(rect.topLeft()), self.row_under(rect.bottomRight()))
        rows = sorted(row for row in ends if row >= 0)
        between = range(rows[0], rows[-1] + 1) if rows else range(0)
        self.select_rows([row for row in between if self.tiles.is_tile(row)], flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        parts = _parts(selection)
        if sum(part.height() for part in parts) > _MOST_REPAINTED:
            return QRegion(self._port().rect())
        region = QRegion()
        for part in parts:
            for row in range(part.top(), part.bottom() + 1):
                region += self.visualRect(self._index(row))
        return region

    def paintEvent(self, event: QPaintEvent | None) -> None:
        delegate, chosen = self.itemDelegate(), self.selectionModel()
        if event is None or delegate is None or chosen is None:
            return
        painter = QPainter(self._port())
        painter.fillRect(event.rect(), self.palette().base())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(_SELECTED | _FOCUSED)
        focused = self.currentIndex().row() if self.hasFocus() else -1
        area = event.rect().translated(0, self.verticalOffset())
        for row in self.tiles.rows_between(area.top(), area.bottom()):
            index = self._index(row)
            option.rect = self.visualRect(index)
            state = plain | _SELECTED if chosen.isSelected(index) else plain
            option.state = state | _FOCUSED if row == focused else state
            delegate.paint(painter, option, index)
        if self._band is not None:
            self._paint_band(painter, self._band.translated(0, -self.verticalOffset()))

    # The rubber band; its selection is Qt's.

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._band = QRect(self._in_content(event.position().toPoint()), QSize(0, 0))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        super().mouseMoveEvent(event)
        if event is not None and self._band is not None:
            self._band.setBottomRight(self._in_content(event.position().toPoint()))
            self._port().update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self._port().update()

    def _paint_band(self, painter: QPainter, band: QRect) -> None:
        color = self.palette().highlight().color()
        painter.setPen(QPen(color, 1))
        color.setAlpha(40)
        painter.setBrush(color)
        painter.drawRect(band.normalized())

    def _scroll_to_row(self, row: int, hint: _Hint) -> None:
        bar, height = self.verticalScrollBar(), self._port().height()
        area = self.tiles.rect(row)
        if bar is None or area.isNull():
            return
        # The heading of a section comes into sight together with its first line.
        section = self.tiles.section_rows(row)
        first_line = row in section[: self.tiles.columns]
        top = area.top() - (self._heading if first_line else 0)
        if hint == _Hint.PositionAtCenter:
            bar.setValue(area.center().y() - height // 2)
        elif hint == _Hint.PositionAtTop or top < bar.value():
            bar.setValue(top)
        elif area.bottom() >= bar.value() + height:
            bar.setValue(area.bottom() - height + 1)

    def _in_content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self.verticalOffset())

    def _index(self, row: int) -> QModelIndex:
        model = self.model()
        return QModelIndex() if model is None or row < 0 else model.index(row, 0)

    def _port(self) -> QWidget:
        viewport = self.viewport()
        assert viewport is not None
        return viewport


def _parts(selection: QItemSelection) -> list[QItemSelectionRange]:
    return [selection[place] for place in range(len(selection))]
