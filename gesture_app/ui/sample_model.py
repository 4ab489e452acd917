"""A gesture's samples as rows for Qt's views: headings, and below each its samples."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from gesture_app.engine.suspicion import Reason, Suspicion
from gesture_app.store.samples import SampleInfo
from gesture_app.ui.gesture_names import NO_NAMES, OwnNames
from gesture_app.ui.sample_rows import Arrangement, Section, Suspicions
from gesture_app.ui.sample_words import (
    count_text,
    reason_badge,
    reason_heading,
    reason_text,
    sample_facts,
    sample_name,
    session_text,
)


class Role(IntEnum):
    """Beyond Qt's own."""

    ROW = Qt.ItemDataRole.UserRole
    """A `Section` for a heading, a `SampleInfo` for a sample."""
    BADGE = Qt.ItemDataRole.UserRole + 1
    """The most telling reason in a word or two, empty for none."""
    COUNT = Qt.ItemDataRole.UserRole + 2
    """Of a heading's samples, in words."""


_SAMPLE_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)


class SampleModel(QAbstractListModel):
    """Shows an `Arrangement`. Headings cannot be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._suspicions: Suspicions = {}
        self._own_names = NO_NAMES
        self._badges: dict[Suspicion, str] = {}
        self._rows: list[Section | SampleInfo] = []
        self._places: dict[str, int] = {}
        self.section_sizes: tuple[int, ...] = ()
        """How many samples stand below each heading, in order."""

    @property
    def sample_ids(self) -> Iterable[str]:
        """In the order of the rows."""
        return self._places.keys()

    def show(self, arrangement: Arrangement, own_names: OwnNames) -> None:
        """Args: own_names: what the person calls own gestures."""
        self.beginResetModel()
        self._own_names = own_names
        self._suspicions = arrangement.suspicions
        self._rows = []
        for section in arrangement.sections:
            self._rows.append(section)
            self._rows += section.samples
        self.section_sizes = tuple(len(section.samples) for section in arrangement.sections)
        self._places = {
            row.id: place for place, row in enumerate(self._rows) if isinstance(row, SampleInfo)
        }
        self.endResetModel()

    def mark(self, suspicions: Suspicions, sample_ids: Iterable[str]) -> None:
        """Other reasons for the same rows; ``sample_ids`` are those that may look different."""
        self._suspicions = suspicions
        # One by one: of a range, views paint all that is in sight anew.
        for one in sample_ids:
            if one in self._places:
                index = self.index(self._places[one])
                self.dataChanged.emit(index, index)

    def retranslate(self) -> None:
        self._badges = {}
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def place_of(self, sample_id: str) -> int:
        """Its row; -1 if it is not shown."""
        return self._places.get(sample_id, -1)

    def sample_at(self, row: int) -> SampleInfo | None:
        """None for a heading and beyond the end."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, SampleInfo) else None

    def reasons(self, sample_id: str) -> tuple[str, ...]:
        """In words, the most telling first."""
        return tuple(
            reason_text(one, self._own_names) for one in self._suspicions.get(sample_id, ())
        )

    def suspicious(self) -> int:
        """How many of the samples shown may be faulty."""
        found = (self._suspicions.get(one) for one in self._places)
        return sum(1 for one in found if one and one[0].reason is not Reason.LOOKS_LIKE)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        # Asked for at each painting of each thumbnail.
        sample = self.sample_at(index.row())
        return Qt.ItemFlag.NoItemFlags if sample is None else _SAMPLE_FLAGS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if isinstance(row, Section):
            return _heading_data(row, role)
        return self._sample_data(row, role)

    def _sample_data(self, sample: SampleInfo, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return sample_name(sample)
        if role == Role.BADGE:
            reasons = self._suspicions.get(sample.id, ())
            return self._badge(reasons[0]) if reasons else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = f"{sample_name(sample)}, {sample_facts(sample)}."
            return " ".join((head, *self.reasons(sample.id)))
        if role == Qt.ItemDataRole.ToolTipRole:
            head = f"{sample_name(sample)} · {sample_facts(sample)}"
            return "\n".join((head, *self.reasons(sample.id)))
        return None

    def _badge(self, suspicion: Suspicion) -> str:
        """In words that were looked up once: it is asked for at each painting."""
        found = self._badges.get(suspicion)
        if found is None:
            found = self._badges[suspicion] = reason_badge(suspicion, self._own_names)
        return found


def heading_text(section: Section) -> str:
    if section.recording is not None:
        return session_text(section.recording)
    return reason_heading(section.reason)


def _heading_data(section: Section, role: int) -> Any:
    count = count_text(len(section.samples))
    if role == Qt.ItemDataRole.DisplayRole:
        return heading_text(section)
    if role == Role.COUNT:
        return count
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{heading_text(section)}. {count}"
    return None
