"""Equal tiles side by side, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QSizePolicy, QWidget


class TileGrid(QWidget):
    """Lays its tiles out row by row.

    Args:
        tile_width: the least width of a tile in pixels.
    """

    def __init__(self, tile_width: int, spacing: int = 12) -> None:
        super().__init__()
        self._tile_width = tile_width
        self._tiles: tuple[QWidget, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def tiles(self) -> tuple[QWidget, ...]:
        return self._tiles

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these, in this order; Tab goes through them in it too."""
        if tuple(tiles) == self._tiles:
            return
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        self._tiles = tuple(tiles)
        self._place(max(self._columns, 1))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        spacing = self._grid.spacing()
        columns = max((self.width() + spacing) // (self._tile_width + spacing), 1)
        if columns != self._columns:
            self._place(columns)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._tile_width, super().minimumSizeHint().height())

    def _place(self, columns: int) -> None:
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
