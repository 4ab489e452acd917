"""The confusion matrix: what was shown in rows, what it was named in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.judgement import ConfusionCell, Judgement
from gesture_app.ui.cell_tables import CellTable
from gesture_app.ui.judgement_words import JudgementWords
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font

_SIDE, _SMALL_SIDE = 38, 30
_MANY_LABELS = 16
"""From here on, cells are small."""
_MOST_HEIGHT = 560
"""Of the cells; beyond it they scroll below the names of the columns."""
_MOST_NAME_WIDTH = 130.0
_ROOM_FOR_BARS = 18
_STRENGTH = (0.12, 0.5)
"""How much of its colour a cell's ground has, from the smallest to the largest share of its row.
Not more, so that the text's colour stands out on all of them."""


class ConfusionTable(QAbstractTableModel):
    """Cells by label; ``UserRole`` gives the `ConfusionCell`, also of an empty one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._cells: Mapping[tuple[str, str], ConfusionCell] = {}
        self._shown: Mapping[str, int] = {}
        self._words: JudgementWords | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return self._labels

    def show_judgement(
        self, judgement: Judgement, labels: tuple[str, ...], words: JudgementWords
    ) -> None:
        self.beginResetModel()
        self._labels, self._words = labels, words
        self._cells = {(cell.true, cell.named): cell for cell in judgement.cells}
        shown: dict[str, int] = {}
        for cell in judgement.cells:
            shown[cell.true] = shown.get(cell.true, 0) + cell.count
        self._shown = shown
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._labels)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return self.rowCount(parent)

    def share(self, cell: ConfusionCell) -> float:
        """Of the hands that show a gesture, how many are in this cell."""
        return cell.count / max(self._shown.get(cell.true, 0), 1)

    def description(self, cell: ConfusionCell) -> str:
        assert self._words is not None
        return self._words.cell(cell.true, cell.named, cell.count, self._shown.get(cell.true, 0))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        true, named = self._labels[index.row()], self._labels[index.column()]
        cell = self._cells.get((true, named)) or ConfusionCell(true, named, 0, ())
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.count) if cell.count else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.description(cell)
        return None

    def headerData(
        self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if role not in texts or self._words is None:
            return None
        return self._words.name(self._labels[section])


class ConfusionDelegate(QStyledItemDelegate):
    """Paints a cell: its count on a ground that is the deeper, the more of the row it has."""

    def __init__(self, appearance: Appearance, model: ConfusionTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        tokens = self._appearance.tokens
        cell: ConfusionCell = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect).adjusted(1, 1, -1, -1)
        right = cell.true == cell.named
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.accent if right else tokens.danger)
        low, high = _STRENGTH
        ground.setAlphaF(low + (high - low) * self._model.share(cell) if cell.count else 0.0)
        painter.setPen(QPen(QColor(tokens.line), 1) if right else Qt.PenStyle.NoPen)
        for brush in (QColor(tokens.card), ground):
            painter.setBrush(brush)
            painter.drawRoundedRect(area, 4, 4)
        painter.setPen(QColor(tokens.text))
        painter.setFont(scaled_font(option.font, 0.9))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, index.data() or "")
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 4, 4)
        painter.restore()


class UprightHeader(QHeaderView):
    """Names of columns, turned by 90 degrees to be read from below."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._appearance = appearance

    def sizeHint(self) -> QSize:
        model = self.model()
        assert model is not None
        names = [model.headerData(i, self.orientation()) for i in range(self.count())]
        metrics = QFontMetricsF(self.font())
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        return QSize(self.length(), round(min(longest, _MOST_NAME_WIDTH)) + 12)

    def paintSection(self, painter: QPainter | None, rect: Any, section: int) -> None:
        model = self.model()
        if painter is None or model is None:
            return
        painter.save()
        painter.setPen(QColor(self._appearance.tokens.muted))
        painter.setFont(self.font())
        painter.translate(rect.left(), rect.bottom())
        painter.rotate(-90)
        line = QRectF(6, 0, rect.height() - 8, rect.width())
        draw_line(painter, line, model.headerData(section, self.orientation()))
        painter.restore()


class ConfusionMatrix(CellTable):
    """Arrow keys go from cell to cell; Enter, Space or a click opens one."""

    opened = pyqtSignal(object)
    """A `ConfusionCell` whose pictures are wanted."""
    pointed_at = pyqtSignal(str)
    """The current cell in words."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ConfusionTable(self)
        self.setObjectName("matrix")
        self.setModel(self.table)
        self.setItemDelegate(ConfusionDelegate(appearance, self.table, self))
        self.setHorizontalHeader(UprightHeader(appearance, self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            assert header is not None
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(_SMALL_SIDE)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.clicked.connect(self._open)

    def show_judgement(
        self, judgement: Judgement, labels: tuple[str, ...], words: JudgementWords
    ) -> None:
        current = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.table.show_judgement(judgement, labels, words)
        self.setCurrentIndex(self._place_of(current or _worst(judgement, labels)))
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        assert vertical is not None and horizontal is not None
        vertical.setMaximumWidth(round(_MOST_NAME_WIDTH) + 16)
        for header in (vertical, horizontal):
            header.setDefaultSectionSize(_SMALL_SIDE if len(labels) >= _MANY_LABELS else _SIDE)
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        assert vertical is not None and horizontal is not None
        width = vertical.sizeHint().width() + horizontal.length()
        height = horizontal.sizeHint().height() + min(vertical.length(), _MOST_HEIGHT)
        return QSize(width + _ROOM_FOR_BARS, height + _ROOM_FOR_BARS)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Confusion matrix: shown in rows, named in columns"))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        keys = Qt.Key
        opens = (keys.Key_Return, keys.Key_Enter, keys.Key_Space)
        if event is not None and event.key() in opens and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.pointed_at.emit(current.data(Qt.ItemDataRole.ToolTipRole))

    def _place_of(self, cell: ConfusionCell | None) -> QModelIndex:
        """Where a cell's pair of labels is now; else the first cell."""
        labels = self.table.labels
        if cell is None or not {cell.true, cell.named} <= set(labels):
            return self.table.index(0, 0)
        return self.table.index(labels.index(cell.true), labels.index(cell.named))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(Qt.ItemDataRole.UserRole))


def _worst(judgement: Judgement, labels: tuple[str, ...]) -> ConfusionCell | None:
    """The most frequent mistake that has pictures."""
    wrong = [
        cell
        for cell in judgement.cells
        if cell.true != cell.named and cell.samples and {cell.true, cell.named} <= set(labels)
    ]
    return max(wrong, key=lambda cell: cell.count, default=None)


def matrix_labels(judgement: Judgement, *, every: bool) -> tuple[str, ...]:
    """Own gestures first, no gesture last; without ``every``, of the built-in ones only those that
    an own one is taken for, or that are taken for an own one."""
    own = [one.label for one in judgement.gestures if not one.built_in]
    mixed = {
        label
        for cell in judgement.cells
        if cell.count and (cell.true in own or cell.named in own)
        for label in (cell.true, cell.named)
    }
    built_in = [
        one.label for one in judgement.gestures if one.built_in and (every or one.label in mixed)
    ]
    return (*own, *built_in, NO_GESTURE)
