"""What tables of figures have in common: they lie in a page that scrolls."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex
from PyQt6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QTableView, QWidget

_ROOM = 8


class CellTable(QTableView):
    """A table whose current cell is kept in view by the page around it, not only by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        page = self._page()
        viewport = self.viewport()
        if page is None or viewport is None or not self.hasFocus() or not current.isValid():
            return
        content = page.widget()
        assert content is not None
        cell = self.visualRect(current)
        middle = viewport.mapTo(content, cell.center())
        across, down = cell.width() // 2 + _ROOM, cell.height() // 2 + _ROOM
        page.ensureVisible(middle.x(), middle.y(), across, down)

    def _page(self) -> QScrollArea | None:
        """The nearest scrolling page around it."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around
