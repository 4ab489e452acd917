"""Where headings and tiles lie, and what is next to what."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect

from gesture_app.ui.tile_layout import TileLayout, TileSizes

SIZES = TileSizes(tile=100, heading=40, width=330)
"""Room for three columns."""


def make_layout(*section_sizes: int) -> TileLayout:
    return TileLayout(section_sizes, SIZES)


def test_tiles_stand_in_columns_below_the_heading_of_their_section() -> None:
    tiles = make_layout(4, 2)
    assert (tiles.columns, tiles.rows, tiles.height) == (3, 8, 40 + 200 + 40 + 100)
    assert tiles.rect(0) == QRect(0, 0, 330, 40)
    assert tiles.rect(1) == QRect(0, 40, 100, 100)
    assert tiles.rect(4) == QRect(0, 140, 100, 100)
    assert tiles.rect(5) == QRect(0, 240, 330, 40)
    assert tiles.rect(7) == QRect(100, 280, 100, 100)
    assert tiles.rect(8).isNull()
    assert tiles.rect(-1).isNull()


def test_every_row_is_found_where_it_lies() -> None:
    tiles = make_layout(4, 1, 7)
    for row in range(tiles.rows):
        assert tiles.row_at(tiles.rect(row).center()) == row


def test_beside_and_below_the_tiles_is_nothing() -> None:
    tiles = make_layout(4)
    for x, y in ((310, 60), (150, 190), (10, 240), (-1, 10), (10, -1)):
        assert tiles.row_at(QPoint(x, y)) == -1
    assert make_layout().row_at(QPoint(0, 0)) == -1


def test_the_rows_of_an_area_are_all_that_can_be_seen_there() -> None:
    tiles = make_layout(4, 1, 700, 3)
    for top in range(0, tiles.height, 37):
        area = QRect(0, top, 330, 250)
        seen = {row for row in range(tiles.rows) if tiles.rect(row).intersects(area)}
        rows = tiles.rows_between(area.top(), area.bottom())
        assert seen <= set(rows)
        assert len(rows) <= len(seen) + tiles.columns
        assert set(tiles.rows_in(area)) == {row for row in seen if tiles.is_tile(row)}
    assert len(make_layout().rows_between(0, 1000)) == 0


def test_left_and_right_go_from_tile_to_tile_and_over_headings() -> None:
    tiles = make_layout(2, 2)
    assert [tiles.beside(row, 1) for row in (-1, 1, 2, 4, 5)] == [1, 2, 4, 5, 5]
    assert [tiles.beside(row, -1) for row in (5, 4, 2, 1)] == [4, 2, 1, 1]


def test_up_and_down_keep_to_the_column_as_far_as_there_is_one() -> None:
    tiles = make_layout(5, 1, 4)
    # Columns:    1 2 3 / 4 5 — 7 — 9 10 11 / 12
    assert [tiles.neighbour(row, 1) for row in (2, 3, 5, 7, 9, 10, 12)] == [5, 5, 7, 9, 12, 12, 12]
    assert [tiles.neighbour(row, -1) for row in (11, 12, 7, 5, 3)] == [7, 9, 4, 2, 3]
    assert tiles.neighbour(1, 100) == 12
    assert tiles.neighbour(12, -100) == 1


def test_a_section_is_found_from_any_of_its_rows() -> None:
    tiles = make_layout(2, 3)
    assert [tiles.section_rows(row) for row in (0, 2, 3, 6)] == [
        range(1, 3),
        range(1, 3),
        range(4, 7),
        range(4, 7),
    ]


def test_one_column_is_left_where_nothing_else_fits() -> None:
    assert TileLayout((3,), TileSizes(tile=100, heading=40, width=60)).columns == 1
