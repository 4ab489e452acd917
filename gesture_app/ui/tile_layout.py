"""Where headings and tiles lie: arithmetic, so that thousands cost no more than a few."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPoint, QRect


@dataclass(frozen=True, slots=True)
class TileSizes:
    """In pixels.

    Attributes:
        tile: side of a tile, its margin included.
        heading: height of a heading.
        width: of the area that everything has to fit into.
    """

    tile: int
    heading: int
    width: int


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and the tiles below it, the next section's heading follows."""

    row: int
    top: int
    tiles: int
    tiles_top: int


class TileLayout:
    """Sections of equal tiles, each below a heading of the full width.

    Rows are counted as a list model counts them: a heading, its tiles, the next heading …

    Args:
        section_sizes: tiles of each section.
    """

    def __init__(self, section_sizes: Sequence[int], sizes: TileSizes) -> None:
        self._sizes = sizes
        self.columns = max(sizes.width // sizes.tile, 1)
        self._sections: list[_Section] = []
        row = top = 0
        for tiles in section_sizes:
            self._sections.append(_Section(row, top, tiles, top + sizes.heading))
            row += tiles + 1
            top += sizes.heading + -(-tiles // self.columns) * sizes.tile
        self.rows = row
        self.height = top
        self._first_rows = [section.row for section in self._sections]
        self.headings = frozenset(self._first_rows)
        self._tops = [section.top for section in self._sections]

    def rect(self, row: int) -> QRect:
        """Of a heading or tile; empty beyond the end."""
        if not 0 <= row < self.rows:
            return QRect()
        section = self._section_of(row)
        place = row - section.row - 1
        if place < 0:
            return QRect(0, section.top, self._sizes.width, self._sizes.heading)
        line, column = divmod(place, self.columns)
        tile = self._sizes.tile
        return QRect(column * tile, section.tiles_top + line * tile, tile, tile)

    def row_at(self, point: QPoint) -> int:
        """What lies there; -1 for nothing."""
        if not (0 <= point.x() < self._sizes.width and 0 <= point.y() < self.height):
            return -1
        section = self._sections[bisect_right(self._tops, point.y()) - 1]
        if point.y() < section.tiles_top:
            return section.row
        column = point.x() // self._sizes.tile
        line = (point.y() - section.tiles_top) // self._sizes.tile
        place = line * self.columns + column
        inside = column < self.columns and place < section.tiles
        return section.row + 1 + place if inside else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """All rows of which something lies there, and perhaps a few beside them."""
        if not self._sections:
            return range(0)
        return range(self._line_at(top)[0], self._line_at(bottom)[1])

    def rows_in(self, area: QRect) -> list[int]:
        """The tiles that an area touches."""
        rows = self.rows_between(area.top(), area.bottom())
        return [row for row in rows if self.is_tile(row) and self.rect(row).intersects(area)]

    def is_tile(self, row: int) -> bool:
        return 0 <= row < self.rows and row not in self.headings

    def section_rows(self, row: int) -> range:
        """The tiles of the section that a row is in, or heads."""
        section = self._section_of(row)
        return range(section.row + 1, section.row + 1 + section.tiles)

    def neighbour(self, row: int, lines: int) -> int:
        """The tile so many lines above (negative) or below, as near to the same column as there
        is one; the first or last line at the end."""
        column = self.rect(row).center().x()
        for _ in range(abs(lines)):
            next_row = self._in_next_line(row, column, 1 if lines > 0 else -1)
            if next_row < 0:
                break
            row = next_row
        return row

    def beside(self, row: int, step: int) -> int:
        """The tile before (-1) or after (1) it, headings left out; itself at the end."""
        other = row + step
        if 0 <= other < self.rows and not self.is_tile(other):
            other += step
        return other if self.is_tile(other) else row

    def _in_next_line(self, row: int, x: int, step: int) -> int:
        """The tile in the line above or below that is nearest to ``x``; -1 if there is no line."""
        section = self._section_of(row)
        line = (row - section.row - 1) // self.columns + step
        lines = -(-section.tiles // self.columns)
        if not 0 <= line < lines:
            place = self._first_rows.index(section.row) + step
            if not 0 <= place < len(self._sections):
                return -1
            section = self._sections[place]
            line = 0 if step > 0 else -(-section.tiles // self.columns) - 1
        column = min(x // self._sizes.tile, self.columns - 1)
        return section.row + 1 + min(line * self.columns + column, section.tiles - 1)

    def _line_at(self, y: int) -> tuple[int, int]:
        """First row, and the one after the last, of the line at a height."""
        section = self._sections[max(bisect_right(self._tops, y) - 1, 0)]
        if y < section.tiles_top:
            return section.row, section.row + 1
        first = (y - section.tiles_top) // self._sizes.tile * self.columns
        end = min(first + self.columns, section.tiles)
        return section.row + 1 + min(first, section.tiles), section.row + 1 + end

    def _section_of(self, row: int) -> _Section:
        return self._sections[bisect_right(self._first_rows, row) - 1]
