"""The strip of recent events."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from gesture_app.core.types import EventKind, Handedness
from gesture_app.ui.event_list import MAX_ROWS, RecentGestures
from tests.ui.stage import make_event

START, HOLD, END = EventKind.START, EventKind.HOLD, EventKind.END


def _names(model: RecentGestures) -> list[str]:
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_the_newest_gesture_comes_first(app: QApplication) -> None:
    model = RecentGestures()
    for gesture in ("like", "dislike", "ok"):
        model.add((make_event(START, gesture), make_event(END, gesture)))
    assert _names(model) == ["OK", "Dislike", "Like"]


def test_rows_follow_the_names_of_own_gestures(app: QApplication) -> None:
    model = RecentGestures()
    changed: list[None] = []
    model.dataChanged.connect(lambda *_: changed.append(None))
    model.add((make_event(START, "gesture-1"),))
    assert _names(model) == ["Gesture-1"]
    model.set_names({"gesture-1": "Wave"})
    assert _names(model) == ["Wave"]
    assert len(changed) == 1


def test_hold_and_end_change_the_row_of_their_start(app: QApplication) -> None:
    model = RecentGestures()
    model.add((make_event(START, t_ms=61_200, prob=0.7), make_event(HOLD, t_ms=61_700, prob=0.9)))
    (row,) = model.rows
    assert (model.when(row), model.how_long(row), row.prob) == ("1:01.2", "now", 0.9)
    model.add((make_event(END, t_ms=62_700),))
    (row,) = model.rows
    assert model.how_long(row) == "1.5 s"
    assert row.end_ms == 62_700


def test_the_same_gesture_of_both_hands_has_two_rows(app: QApplication) -> None:
    model = RecentGestures()
    model.add(
        (
            make_event(START, hand=Handedness.LEFT),
            make_event(START, hand=Handedness.RIGHT),
            make_event(END, hand=Handedness.LEFT, t_ms=2000),
        )
    )
    right, left = model.rows
    assert (right.hand, right.end_ms) == (Handedness.RIGHT, None)
    assert (left.hand, left.end_ms) == (Handedness.LEFT, 2000)


def test_old_rows_are_forgotten(app: QApplication) -> None:
    model = RecentGestures()
    model.add(tuple(make_event(START, t_ms=t) for t in range(MAX_ROWS + 5)))
    assert model.rowCount() == MAX_ROWS
    assert model.rows[0].start_ms == MAX_ROWS + 4


def test_a_screen_reader_hears_the_whole_row(app: QApplication) -> None:
    model = RecentGestures()
    model.add((make_event(START, t_ms=1000), make_event(END, t_ms=2500)))
    text = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert text == "Like, Right hand, 0:01.0, 1.5 s"
