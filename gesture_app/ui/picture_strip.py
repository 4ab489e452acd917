"""A row of samples' pictures."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QFrame, QListView, QWidget

from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.wording import filled

_SIDE = 88
_SPACING = 6


class ShownPictures(QAbstractListModel):
    """Samples by id; their pictures come as they are decoded."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._ids: tuple[str, ...] = ()
        thumbnails.ready.connect(self._show)

    @property
    def ids(self) -> tuple[str, ...]:
        return self._ids

    def set_ids(self, ids: tuple[str, ...]) -> None:
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sample = self._ids[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            pixmap = self._thumbnails.pixmap(sample)
            return None if pixmap is None else QIcon(pixmap)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            text = filled(self.tr("Picture %1 of %2"), index.row() + 1, len(self._ids))
            gone = self._thumbnails.failure(sample) is not None
            return filled(self.tr("%1, no longer there"), text) if gone else text
        return None

    def _show(self, sample: str) -> None:
        if sample in self._ids:
            index = self.index(self._ids.index(sample))
            self.dataChanged.emit(index, index)


class PictureStrip(QListView):
    """Pictures side by side, of one height."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = ShownPictures(thumbnails, self)
        self.setObjectName("pictures")
        self.setModel(self.pictures)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setGridSize(QSize(_SIDE + _SPACING, _SIDE + _SPACING))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFixedHeight(_SIDE + _SPACING + 22)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Pictures behind the chosen cell"))
