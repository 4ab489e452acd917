"""Two versions of the model side by side, gesture by gesture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PyQt6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from gesture_app.store.judgement import Judgement, Share
from gesture_app.ui.judgement_table import FigureDelegate, JudgementTableView, ShownFigure
from gesture_app.ui.model_shelf import ModelVersion
from gesture_app.ui.setting_row import Choice
from gesture_app.ui.theme import Appearance
from gesture_app.ui.version_words import VersionWords
from gesture_app.ui.widgets import make_heading, make_label
from gesture_app.ui.wording import filled, percent

_NOTHING = Share(0.0, 0.0, 1.0, 0, 0)


@dataclass(frozen=True, slots=True)
class ComparedGesture:
    """A gesture that at least one of the two knows; a figure of nothing where it was not measured.

    Attributes:
        recall, precision: each of this version and of the other one.
    """

    label: str
    name: str
    recall: ShownFigure
    precision: ShownFigure


@dataclass(frozen=True, slots=True)
class Comparison:
    """All gestures of two versions.

    Attributes:
        same_hands: whether both were measured on the same pictures.
    """

    gestures: tuple[ComparedGesture, ...]
    same_hands: bool


Figures = dict[str, tuple[Share, Share]]
"""Label → recall and precision."""


def compare(version: ModelVersion, other: ModelVersion, words: VersionWords) -> Comparison:
    """Figures of both. A taught model and the bundled one were judged on the same hands."""
    same_hands = True
    if other.bundled and version.judgement is not None:
        mine, theirs = _figures(version), _base_figures(version.judgement)
    elif version.bundled and other.judgement is not None:
        mine, theirs = _base_figures(other.judgement), _figures(other)
    else:
        mine, theirs = _figures(version), _figures(other)
        same_hands = False
    labels = list(dict.fromkeys((*mine, *theirs)))
    rows = []
    for label in labels:
        known = version if label in version.manifest.labels else other
        left = mine.get(label, (_NOTHING, _NOTHING))
        right = theirs.get(label, (_NOTHING, _NOTHING))
        recall, precision = (ShownFigure(left[i], right[i]) for i in (0, 1))
        rows.append(ComparedGesture(label, words.gesture(known, label), recall, precision))
    return Comparison(tuple(rows), same_hands)


def _figures(version: ModelVersion) -> Figures:
    if version.figures is None:
        return {}
    return {
        one.label: (one.recall or _NOTHING, one.precision or _NOTHING)
        for one in version.figures.gestures
    }


def _base_figures(judgement: Judgement) -> Figures:
    """Of the model before, on the hands that the new one was judged on."""
    return {
        one.label: (one.old_recall or _NOTHING, one.old_precision or _NOTHING)
        for one in judgement.gestures
    }


class ComparisonTable(QAbstractTableModel):
    """Rows are gestures; columns their name, recall and precision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComparedGesture, ...] = ()
        self._other = ""

    @property
    def rows(self) -> tuple[ComparedGesture, ...]:
        return self._rows

    def show_comparison(self, rows: tuple[ComparedGesture, ...], other: str) -> None:
        """Args: other: name of the other version."""
        self.beginResetModel()
        self._rows, self._other = rows, other
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, _parent: QModelIndex | None = None) -> int:
        return 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if index.column() == 0:
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row.name if role in texts else None
        figure = row.recall if index.column() == 1 else row.precision
        if role == Qt.ItemDataRole.UserRole:
            return figure
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            assert figure.old is not None
            mine, theirs = (_share(share) for share in (figure.new, figure.old))
            return filled(self.tr("%1; “%2”: %3"), mine, self._other, theirs)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Gesture"), self.tr("Recognised"), self.tr("Right when named"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def figures(self, share: Share) -> str:
        """Beside the percentage, where there is none."""
        return "" if share.of else self.tr("not measured")

    def old_figures(self, share: Share) -> str:
        return filled(self.tr("other: %1"), percent(share.share) if share.of else "–")


def _share(share: Share) -> str:
    return f"{percent(share.share)} ({share.count}/{share.of})" if share.of else "–"


class ComparisonTableView(JudgementTableView):
    """As high as its rows, like the table that it is in the look of."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.comparison = ComparisonTable(self)
        self.setModel(self.comparison)
        self.setItemDelegate(FigureDelegate(appearance, self.comparison, self))
        horizontal = self.horizontalHeader()
        assert horizontal is not None
        horizontal.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def show_comparison(self, rows: tuple[ComparedGesture, ...], other: str) -> None:
        self.comparison.show_comparison(rows, other)
        if rows:
            self.setCurrentIndex(self.comparison.index(0, 0))
        self.setFixedHeight(self.sizeHint().height())

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Both versions, gesture by gesture"))
        self.comparison.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)


class VersionComparison(QWidget):
    """Chooses the other version and shows both."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._words = VersionWords()
        self._version: ModelVersion | None = None
        self._others: tuple[ModelVersion, ...] = ()
        self._title, self._note = make_heading(1.1), make_label("muted", wraps=True)
        self.other = Choice(appearance)
        self.table = ComparisonTableView(appearance)
        self.other.currentIndexChanged.connect(self._show)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self.other, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._note)
        layout.addWidget(self.table)
        self.retranslate()

    def show_version(self, version: ModelVersion, others: tuple[ModelVersion, ...]) -> None:
        """Compare ``version`` with one of the others, the one chosen before if it is among them."""
        chosen = self._chosen()
        before = None if chosen is None else chosen.id
        self._version, self._others = version, others
        self.other.blockSignals(True)
        self.other.clear()
        for one in others:
            self.other.addItem(f"{self._words.name(one)} ({self._words.when(one)})")
        ids = [one.id for one in others]
        self.other.setCurrentIndex(ids.index(before) if before in ids else 0 if ids else -1)
        self.other.blockSignals(False)
        self._show()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Compare with"))
        self.other.setAccessibleName(self._title.text())
        self.table.retranslate()
        if self._version is not None:
            self.show_version(self._version, self._others)

    def _chosen(self) -> ModelVersion | None:
        place = self.other.currentIndex()
        return self._others[place] if 0 <= place < len(self._others) else None

    def _show(self) -> None:
        other = self._chosen()
        self.setVisible(other is not None)
        if self._version is None or other is None:
            return
        comparison = compare(self._version, other, self._words)
        self.table.show_comparison(comparison.gestures, self._words.name(other))
        self._note.setText(
            self.tr(
                "Both were judged on the same hands. From those of the built-in gestures the "
                "bundled model once learnt, so look at the differences."
            )
            if comparison.same_hands
            else self.tr(
                "Each was judged on the pictures that there were when it was made, so small "
                "differences say nothing."
            )
        )
