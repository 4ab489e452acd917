"""All versions of the model, one below the other, with the one in use marked."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gesture_app.store.library import BrokenModel
from gesture_app.ui.model_shelf import ModelVersion, Shelf
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font
from gesture_app.ui.version_words import VersionWords

_PAD_X, _PAD_Y = 12, 8


class VersionModel(QAbstractListModel):
    """A `Shelf` as rows: first those that can be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = VersionWords()
        self._shelf = Shelf()
        self._rows: tuple[ModelVersion | BrokenModel, ...] = ()

    @property
    def rows(self) -> tuple[ModelVersion | BrokenModel, ...]:
        return self._rows

    def show_shelf(self, shelf: Shelf) -> None:
        self.beginResetModel()
        self._shelf = shelf
        self._rows = (*shelf.versions, *shelf.broken)
        self.endResetModel()

    def is_active(self, row: ModelVersion | BrokenModel) -> bool:
        return row.id == self._shelf.active

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words.name(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = (self.in_use(),) if self.is_active(row) else ()
            return ", ".join(
                (self.words.name(row), *state, self.detail(row), self.words.short(row))
            )
        return None

    def detail(self, row: ModelVersion | BrokenModel) -> str:
        if isinstance(row, BrokenModel):
            return self.tr("Cannot be used")
        return f"{self.words.when(row)} · {self.words.count(row)}"

    def in_use(self) -> str:
        return self.tr("In use")

    def retranslate(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class VersionDelegate(QStyledItemDelegate):
    """Paints a row: name and badge, when and what, the figure that sums it up."""

    def __init__(self, appearance: Appearance, model: VersionModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(180, round(QFontMetricsF(option.font).height() * 3.1 + 2 * _PAD_Y + 4))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        row: ModelVersion | BrokenModel = index.data(Qt.ItemDataRole.UserRole)
        tokens = self._appearance.tokens
        area = QRectF(option.rect).adjusted(1, 2, -1, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(QColor(tokens.accent if selected else tokens.line), 1.4))
        painter.setBrush(QColor(tokens.accent_soft if selected else tokens.card))
        painter.drawRoundedRect(area, 9, 9)
        inner = area.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        lines = [QRectF(inner) for _ in range(3)]
        for place, line in enumerate(lines):
            line.setTop(inner.top() + inner.height() * place / 3)
            line.setHeight(inner.height() / 3)
        small = scaled_font(option.font, 0.9)
        taken = 0.0
        if self._model.is_active(row):
            taken = self._paint_badge(painter, lines[0], small)
        painter.setFont(scaled_font(option.font, 1.0, option.font.Weight.DemiBold))
        painter.setPen(QColor(tokens.text))
        draw_line(painter, lines[0].adjusted(0, 0, -taken, 0), self._model.words.name(row))
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        draw_line(painter, lines[1], self._model.detail(row))
        broken = isinstance(row, BrokenModel)
        painter.setPen(QColor(tokens.danger if broken else tokens.muted))
        draw_line(painter, lines[2], self._model.words.short(row))
        painter.restore()

    def _paint_badge(self, painter: QPainter, line: QRectF, font: Any) -> float:
        """At the right end of the line; the width that it takes."""
        tokens, text = self._appearance.tokens, self._model.in_use()
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(text) + 16
        badge = QRectF(line.right() - width, line.center().y() - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(badge, 10, 10)
        painter.setFont(font)
        painter.setPen(QColor(tokens.on_accent))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return width + 8


class VersionList(QListView):
    """One version is chosen at any time; the keyboard walks through them."""

    chosen = pyqtSignal(str)
    """Identity of the model."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.versions = VersionModel(self)
        self.setObjectName("events")
        self.setModel(self.versions)
        self.setItemDelegate(VersionDelegate(appearance, self.versions, self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        selection = self.selectionModel()
        assert selection is not None
        selection.currentChanged.connect(self._tell)
        self.retranslate()

    @property
    def current(self) -> ModelVersion | BrokenModel | None:
        index = self.currentIndex()
        return self.versions.rows[index.row()] if index.isValid() else None

    def show_shelf(self, shelf: Shelf) -> None:
        """The one that was chosen stays so if it is still there; else the one in use is."""
        before = None if self.current is None else self.current.id
        self.versions.show_shelf(shelf)
        self.choose(before if shelf.find(before) is not None else shelf.active)

    def choose(self, model_id: str | None) -> None:
        for place, row in enumerate(self.versions.rows):
            if row.id == model_id:
                self.setCurrentIndex(self.versions.index(place))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Versions of the model"))
        self.versions.retranslate()

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.versions.rows[index.row()].id)
