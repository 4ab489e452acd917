"""Per gesture, how often it is recognised and how often it is right when named: new and old model
with their intervals, as figures and bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PyQt6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gesture_app.store.judgement import GestureJudgement, Share
from gesture_app.ui.cell_tables import CellTable
from gesture_app.ui.judgement_words import JudgementWords
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font
from gesture_app.ui.wording import filled, percent

_NARROWEST = 120
_WIDEST_NAME = 220
_PAD_X = 10
_FIGURE_WIDTH = 0.42
"""Of a cell, for its figures; bars have the rest."""
_NEW_BAR, _OLD_BAR = 8.0, 4.0


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A share of the new model, and the same of the old one where there is one."""

    new: Share
    old: Share | None


class JudgementTable(QAbstractTableModel):
    """Rows are gestures; columns their name, recall and precision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GestureJudgement, ...] = ()
        self._words: JudgementWords | None = None

    def show_gestures(self, rows: tuple[GestureJudgement, ...], words: JudgementWords) -> None:
        self.beginResetModel()
        self._rows, self._words = rows, words
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, _parent: QModelIndex | None = None) -> int:
        return 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        assert self._words is not None
        if index.column() == 0:
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self._words.name(row.label) if role in texts else None
        if index.column() == 1:
            figure = ShownFigure(row.recall, row.old_recall)
        else:
            figure = ShownFigure(row.precision, row.old_precision)
        if role == Qt.ItemDataRole.UserRole:
            return figure
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._described(figure)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Gesture"), self.tr("Recognised"), self.tr("Right when named"))[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                "",
                self.tr("Recall: of the pictures that show the gesture, how many are named so"),
                self.tr("Precision: of the pictures that are named so, how many show the gesture"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def figures(self, share: Share) -> str:
        """The new model's share in short."""
        if not share.of:
            return self.tr("no pictures")
        return filled(self.tr("%1 of %2"), share.count, share.of)

    def old_figures(self, share: Share) -> str:
        return filled(self.tr("before: %1"), percent(share.share) if share.of else "–")

    def _described(self, figure: ShownFigure) -> str:
        assert self._words is not None
        text = self._words.share(figure.new)
        if figure.old is not None and figure.old.of:
            text = filled(self.tr("%1; before: %2"), text, self._words.share(figure.old))
        return text


class FigureTexts(Protocol):
    """What stands beside the bars."""

    def figures(self, share: Share) -> str:
        """Of the upper bar."""

    def old_figures(self, share: Share) -> str:
        """Of the lower bar."""


class FigureDelegate(QStyledItemDelegate):
    """Paints a share: percent and counts on the left, a bar with its interval on the right."""

    def __init__(self, appearance: Appearance, texts: FigureTexts, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._texts = texts

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        figure: ShownFigure | None = index.data(Qt.ItemDataRole.UserRole)
        lines = 1 if figure is None or figure.old is None else 2
        height = round(QFontMetricsF(option.font).height() * lines + 16)
        if figure is not None:
            return QSize(_NARROWEST, height)
        bold = QFontMetricsF(scaled_font(option.font, 1.0, option.font.Weight.DemiBold))
        width = round(bold.horizontalAdvance(index.data() or "")) + 2 * _PAD_X + 2
        return QSize(min(max(width, _NARROWEST), _WIDEST_NAME), height)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        tokens = self._appearance.tokens
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 6, 6)
        inner = area.adjusted(_PAD_X, 4, -_PAD_X, -4)
        figure: ShownFigure | None = index.data(Qt.ItemDataRole.UserRole)
        if figure is None:
            painter.setPen(QColor(tokens.text))
            painter.setFont(scaled_font(option.font, 1.0, option.font.Weight.DemiBold))
            draw_line(painter, inner, index.data())
        else:
            self._paint_figure(painter, inner, option, figure)
        painter.restore()

    def _paint_figure(
        self, painter: QPainter, inner: QRectF, option: QStyleOptionViewItem, figure: ShownFigure
    ) -> None:
        tokens = self._appearance.tokens
        words, bars = QRectF(inner), QRectF(inner)
        words.setWidth(inner.width() * _FIGURE_WIDTH)
        bars.setLeft(words.right() + 8)
        new, old = QRectF(words), QRectF(words)
        if figure.old is not None:
            new.setBottom(words.center().y())
            old.setTop(words.center().y())
            painter.setFont(scaled_font(option.font, 0.9))
            painter.setPen(QColor(tokens.muted))
            draw_line(painter, old, self._texts.old_figures(figure.old))
        self._paint_words(painter, new, option, figure.new)
        if figure.new.of:
            self._paint_bar(painter, bars, new.center().y(), figure.new, new=True)
        if figure.old is not None and figure.old.of:
            self._paint_bar(painter, bars, old.center().y(), figure.old, new=False)

    def _paint_words(
        self, painter: QPainter, line: QRectF, option: QStyleOptionViewItem, share: Share
    ) -> None:
        tokens = self._appearance.tokens
        left = line.left()
        if share.of:
            bold = scaled_font(option.font, 1.0, option.font.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(QColor(tokens.text))
            draw_line(painter, line, percent(share.share))
            left += QFontMetricsF(bold).horizontalAdvance("100%") + 8
        painter.setFont(scaled_font(option.font, 0.9))
        painter.setPen(QColor(tokens.muted))
        rest = QRectF(line)
        rest.setLeft(left)
        draw_line(painter, rest, self._texts.figures(share))

    def _paint_bar(
        self, painter: QPainter, area: QRectF, y: float, share: Share, *, new: bool
    ) -> None:
        tokens, thickness = self._appearance.tokens, _NEW_BAR if new else _OLD_BAR
        groove = QRectF(area.left(), y - thickness / 2, area.width(), thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, thickness / 2, thickness / 2)
        bar = QRectF(groove)
        bar.setWidth(groove.width() * share.share)
        painter.setBrush(QColor(tokens.accent if new else tokens.muted))
        painter.drawRoundedRect(bar, thickness / 2, thickness / 2)
        low, high = (groove.left() + groove.width() * end for end in (share.low, share.high))
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        for end in (low, high):
            painter.drawLine(QPointF(end, y - 5), QPointF(end, y + 5))


class JudgementTableView(CellTable):
    """A table as high as its rows; the page around it scrolls."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = JudgementTable(self)
        self.setObjectName("figures")
        self.setModel(self.table)
        self.setItemDelegate(FigureDelegate(appearance, self.table, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        assert vertical is not None and horizontal is not None
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        horizontal.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        horizontal.setSectionsClickable(False)
        horizontal.setHighlightSections(False)

    def show_gestures(self, rows: tuple[GestureJudgement, ...], words: JudgementWords) -> None:
        self.table.show_gestures(rows, words)
        if rows:
            self.setCurrentIndex(self.table.index(0, 0))
        self.setFixedHeight(self.sizeHint().height())

    def retranslate(self) -> None:
        self.table.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)

    def sizeHint(self) -> QSize:
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        assert vertical is not None and horizontal is not None
        frame = self.frameWidth() * 2 + 4
        return QSize(560, horizontal.sizeHint().height() + vertical.length() + frame)
