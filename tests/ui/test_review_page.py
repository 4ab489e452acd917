"""Looking through a gesture's pictures in the window, with the real store and the real model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QMenu

from gesture_app.store.gesture_set import Gesture, GestureSet, save_gesture_set
from gesture_app.store.paths import gesture_set_folder, user_folders
from gesture_app.store.samples import SampleInfo, SampleStore
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.pages import Page
from gesture_app.ui.review_page import ReviewPage
from gesture_app.ui.sample_rows import Section
from gesture_app.ui.sample_view import LARGEST_TILE
from tests.hand_samples import real_samples, record
from tests.ui.conftest import OpenWindow
from tests.ui.stage import Stage, click, settle, wait_until

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)

OpenPage = Callable[[str], ReviewPage]


@pytest.fixture
def store(home: Path) -> SampleStore:
    """The person's own set, with two gestures and no pictures."""
    root = gesture_set_folder(user_folders())
    gestures = (Gesture("wave", "Wave", "#3157d5"), Gesture("circle", "Circle", "#0f7f74"))
    save_gesture_set(root, GestureSet(gestures))
    return SampleStore(root)


@pytest.fixture
def open_page(open_window: OpenWindow, stage: Stage, store: SampleStore) -> OpenPage:
    """Opens the window on the pictures of a gesture and waits until they are shown."""

    def show(label: str) -> ReviewPage:
        window = open_window(stage)
        wait_until(lambda: window.collection.loaded)
        window.pages.show_page(Page.GESTURES)
        window.gestures.review_asked.emit(label)
        page = window.review
        wait_until(lambda: shown_ids(page) == ids_of(window, label))
        page.view.setFocus()
        return page

    return show


def window_of(page: ReviewPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def ids_of(window: MainWindow, label: str) -> set[str]:
    return {sample.id for sample in window.collection.samples(label)}


def shown_ids(page: ReviewPage) -> set[str]:
    return set(page.model.sample_ids)


def selected_numbers(page: ReviewPage) -> list[int]:
    return [sample.number for sample in page.view.selected()]


def current(page: ReviewPage) -> SampleInfo:
    sample = page.view.current()
    assert sample is not None
    return sample


def headings(page: ReviewPage) -> list[str]:
    rows = [page.model.index(row) for row in range(page.model.rowCount())]
    return [
        row.data(Qt.ItemDataRole.AccessibleTextRole)
        for row in rows
        if isinstance(row.data(Qt.ItemDataRole.UserRole), Section)
    ]


def place_of(page: ReviewPage, row: int) -> QPoint:
    return page.view.visualRect(page.model.index(row)).center()


def click_row(page: ReviewPage, row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(page.view.viewport(), LEFT, modifiers, place_of(page, row))


def press(page: ReviewPage, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(page.view, key, modifiers)


def text_of(page: ReviewPage, sample_id: str) -> str:
    """What a screen reader says of a picture."""
    index = page.model.index(page.model.place_of(sample_id))
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def wait_for_answers(page: ReviewPage) -> None:
    asked = [one for one in shown_ids(page) if page.samples.answer(one) is None]
    wait_until(lambda: not [one for one in asked if page.samples.answer(one) is None])
    wait_until(lambda: page.samples.progress == (0, 0))


def test_pictures_stand_below_the_session_they_are_of(
    open_page: OpenPage, store: SampleStore
) -> None:
    record(store, "wave", 3, "monday")
    record(store, "wave", 2, "tuesday")
    page = open_page("wave")
    assert page.model.section_sizes == (3, 2)
    monday, tuesday = headings(page)
    assert monday.endswith("test. Pictures: 3")
    assert tuesday.endswith("test. Pictures: 2")
    first = page.model.sample_at(1)
    assert first is not None
    assert text_of(page, first.id).startswith("Picture 1, ")


def test_clicks_select_one_a_range_several_and_a_whole_session(
    open_page: OpenPage, store: SampleStore
) -> None:
    record(store, "wave", 4, "monday")
    record(store, "wave", 3, "tuesday")
    page = open_page("wave")
    click_row(page, 1)
    assert selected_numbers(page) == [0]
    click_row(page, 3, SHIFT)
    assert selected_numbers(page) == [0, 1, 2]
    click_row(page, 2, CONTROL)
    assert selected_numbers(page) == [0, 2]
    assert page.selection.text() == "Selected: 2"
    click_row(page, 5)
    assert [(one.recording, one.number) for one in page.view.selected()] == [
        ("tuesday", 0),
        ("tuesday", 1),
        ("tuesday", 2),
    ]
    press(page, Qt.Key.Key_A, modifiers=CONTROL)
    assert len(page.view.selected()) == 7


def test_a_rubber_band_selects_what_it_touches(open_page: OpenPage, store: SampleStore) -> None:
    record(store, "wave", 3)
    page = open_page("wave")
    port = page.view.viewport()
    last = page.view.visualRect(page.model.index(3))
    QTest.mousePress(port, LEFT, NONE, QPoint(last.right() + 30, last.bottom() + 30))
    QTest.mouseMove(port, last.center() + QPoint(20, 20))
    QTest.mouseMove(port, last.center() - QPoint(last.width(), 0))
    assert selected_numbers(page) == [1, 2]
    QTest.mouseRelease(port, LEFT, NONE, last.center() - QPoint(last.width(), 0))
    assert selected_numbers(page) == [1, 2]


def test_arrows_go_through_the_pictures_and_over_headings(
    open_page: OpenPage, store: SampleStore
) -> None:
    record(store, "wave", 2, "monday")
    record(store, "wave", 2, "tuesday")
    page = open_page("wave")
    visited = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_End):
        press(page, key)
        visited.append((current(page).recording, current(page).number))
    assert visited == [
        ("monday", 0),
        ("monday", 1),
        ("tuesday", 0),
        ("monday", 0),
        ("tuesday", 1),
    ]
    press(page, Qt.Key.Key_Home)
    press(page, Qt.Key.Key_Down, modifiers=SHIFT)
    assert [(one.recording, one.number) for one in page.view.selected()] == [
        ("monday", 0),
        ("monday", 1),
        ("tuesday", 0),
    ]


def test_deleted_pictures_are_gone_everywhere_and_come_back(
    open_page: OpenPage, store: SampleStore
) -> None:
    ids = record(store, "wave", 5)
    page = open_page("wave")
    collection = window_of(page).collection
    click_row(page, 2)
    click_row(page, 3, SHIFT)
    press(page, Qt.Key.Key_Delete)
    wait_until(lambda: shown_ids(page) == {ids[0], ids[3], ids[4]})
    entry = collection.entry("wave")
    assert entry is not None
    assert entry.samples == 3
    assert page.undo_bar.text() == "Pictures deleted: 2"
    # The one after those that went, so that the keyboard goes on from there.
    assert current(page).id == ids[3]
    assert page.view.selected() == ()
    press(page, Qt.Key.Key_Z, modifiers=CONTROL)
    wait_until(lambda: shown_ids(page) == set(ids))
    assert {sample.id for sample in store.samples()} == set(ids)


def test_pictures_are_given_to_another_gesture_through_the_menu(
    open_page: OpenPage, store: SampleStore
) -> None:
    ids = record(store, "wave", 3, "monday")
    page = open_page("wave")
    collection = window_of(page).collection
    click_row(page, 1)
    page.selection.fill_menu()
    menu = page.selection.move_to.menu()
    assert isinstance(menu, QMenu)
    offered = [action.text() for action in menu.actions() if action.text()]
    assert offered == ["Circle", "Anything else", "Built-in gestures"]
    menu.actions()[0].trigger()
    wait_until(lambda: len(collection.samples("circle")) == 1)
    wait_until(lambda: shown_ids(page) == set(ids[1:]))
    assert page.undo_bar.text() == "Pictures moved to “Circle”: 1"


def test_what_the_model_takes_for_something_else_comes_first(
    open_page: OpenPage, store: SampleStore
) -> None:
    # Of the real hands the first two show "call", the others other gestures.
    ids = record(store, "call", 6)
    page = open_page("call")
    wait_for_answers(page)
    assert "The model takes this for “Dislike”." in text_of(page, ids[2])
    assert "model" not in text_of(page, ids[0])
    click(page.bar.by_suspicion)
    wait_until(lambda: len(page.model.section_sizes) == 2)
    assert headings(page) == [
        "The model sees another gesture. Pictures: 4",
        "Nothing unusual. Pictures: 2",
    ]
    tip = page.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "The model takes this for" in tip


def test_of_a_gesture_that_it_does_not_know_the_model_says_what_it_looks_like(
    open_page: OpenPage, store: SampleStore
) -> None:
    ids = record(store, "wave", 2)
    page = open_page("wave")
    wait_for_answers(page)
    assert "it looks like “Call”" in text_of(page, ids[0])
    assert page.model.suspicious() == 0


def test_equal_pictures_are_told_by_number(open_page: OpenPage, store: SampleStore) -> None:
    writer = store.begin("wave", "test")
    ids = [writer.add(real_samples()[place]).id for place in (0, 9, 0)]
    writer.close()
    page = open_page("wave")
    assert "Almost the same as picture 1 of this recording" in text_of(page, ids[2])
    assert "Almost" not in text_of(page, ids[1])


def test_one_session_alone(open_page: OpenPage, store: SampleStore) -> None:
    record(store, "wave", 3, "monday")
    tuesday = record(store, "wave", 2, "tuesday")
    page = open_page("wave")
    assert page.bar.session.count() == 3
    page.bar.session.setCurrentIndex(2)
    page.bar.session.activated.emit(2)
    wait_until(lambda: shown_ids(page) == set(tuesday))
    press(page, Qt.Key.Key_A, modifiers=CONTROL)
    press(page, Qt.Key.Key_Delete)
    # A session without pictures is no more: all others are shown.
    wait_until(lambda: len(shown_ids(page)) == 3)
    assert not page.bar.session.isVisible()


def test_space_shows_the_current_picture_in_large_and_it_follows_the_arrows(
    open_page: OpenPage, store: SampleStore
) -> None:
    record(store, "wave", 3)
    page = open_page("wave")
    wait_for_answers(page)
    press(page, Qt.Key.Key_Home, Qt.Key.Key_Space)
    assert page.preview.isVisible()
    assert page.preview.accessibleName() == "Picture 1"
    assert "The model says: Call" in page.preview.facts()
    assert "File: call_1.jpg" in page.preview.facts()
    press(page, Qt.Key.Key_Right)
    assert page.preview.accessibleName() == "Picture 2"
    press(page, Qt.Key.Key_Delete)
    wait_until(lambda: len(shown_ids(page)) == 2)
    assert page.preview.isVisible()
    assert page.preview.accessibleName() == "Picture 3"
    press(page, Qt.Key.Key_Escape)
    assert not page.preview.isVisible()
    assert window_of(page).pages.page is Page.REVIEW
    press(page, Qt.Key.Key_Escape)
    assert window_of(page).pages.page is Page.GESTURES


def test_thumbnails_grow_and_what_was_in_sight_stays(
    open_page: OpenPage, store: SampleStore
) -> None:
    record(store, "wave", 70)
    page = open_page("wave")
    page.view.scrollTo(page.model.index(30), page.view.ScrollHint.PositionAtCenter)
    page.bar.zoom.setValue(LARGEST_TILE)
    assert page.view.tile == LARGEST_TILE
    assert 30 in page.view.rows_in_sight()
    window_of(page).resize(900, 600)
    settle()
    assert page.view.visualRect(page.model.index(1)).width() == LARGEST_TILE


def test_a_gesture_without_pictures_leads_to_recording(
    open_page: OpenPage, store: SampleStore
) -> None:
    page = open_page("wave")
    assert page.empty.isVisible()
    assert "No pictures of “Wave” yet" in page.empty.text()
    assert not page.bar.isVisible()
    assert not page.selection.isVisible()
    click(page.empty.buttons()[0])
    assert window_of(page).pages.page is Page.RECORD


def test_nothing_is_asked_once_the_page_is_left_and_it_goes_on_when_it_is_seen_again(
    open_page: OpenPage, store: SampleStore
) -> None:
    record(store, "wave", 29)
    page = open_page("wave")
    window = window_of(page)
    window.pages.show_page(Page.SETTINGS)
    assert page.samples.progress == (0, 0)
    more = record(store, "wave", 2, "later")
    window.collection.reload()
    wait_until(lambda: set(more) <= ids_of(window, "wave"))
    assert not set(more) & shown_ids(page)
    window.pages.show_page(Page.REVIEW)
    wait_until(lambda: set(more) <= shown_ids(page))
    wait_for_answers(page)


def test_the_page_speaks_korean(open_page: OpenPage, store: SampleStore) -> None:
    ids = record(store, "call", 3)
    page = open_page("call")
    wait_for_answers(page)
    window_of(page).settings.language_chosen.emit("ko")
    settle()
    assert page.bar.by_suspicion.text() == "의심스러운 순"
    assert "‘싫어요’" in text_of(page, ids[2])
