"""The ways between the pages of the window."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton

from gesture_app.store.gesture_set import MAX_NAME_LENGTH, load_gesture_set
from gesture_app.store.settings import Settings
from gesture_app.ui.built_in_tile import BuiltInTile
from gesture_app.ui.main_window import MINIMUM_SIZE, MainWindow
from gesture_app.ui.pages import RAIL_PAGES, Page
from tests.hand_samples import record
from tests.ui.conftest import OpenWindow
from tests.ui.stage import FakeSettings, Stage, begin_run, click, settle, wait_until


def press_ctrl(window: MainWindow, number: int) -> None:
    key = Qt.Key(Qt.Key.Key_0 + number)
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_and_a_number_or_the_rail_open_the_pages(window: MainWindow) -> None:
    for number, page in enumerate(RAIL_PAGES, start=1):
        press_ctrl(window, number)
        assert window.pages.page is page
        assert [p for p, button in window.rail.buttons.items() if button.isChecked()] == [page]
    click(window.rail.buttons[Page.GESTURES])
    click(window.rail.buttons[Page.GESTURES])
    assert window.pages.page is Page.GESTURES
    assert window.rail.buttons[Page.GESTURES].isChecked()


def test_escape_goes_back_the_way_one_came(window: MainWindow) -> None:
    press_ctrl(window, 2)
    wait_until(lambda: window.collection.loaded)
    window.gestures.record_asked.emit("like")
    window.record.review_asked.emit("like")
    assert window.pages.page is Page.REVIEW
    assert window.rail.buttons[Page.GESTURES].isChecked()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page is Page.RECORD
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page is Page.GESTURES
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page is Page.GESTURES


def test_a_page_that_was_opened_before_on_the_way_is_gone_back_to(window: MainWindow) -> None:
    press_ctrl(window, 2)
    window.gestures.review_asked.emit("like")
    window.review.record_asked.emit("like")
    window.record.review_asked.emit("like")
    assert window.pages.page is Page.REVIEW
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page is Page.GESTURES


def test_training_is_reached_from_the_gestures_and_leads_back(window: MainWindow) -> None:
    window.gestures.train_asked.emit()
    assert window.pages.page is Page.TRAIN
    window.train.gestures_asked.emit()
    assert window.pages.page is Page.GESTURES
    window.models.live_asked.emit()
    assert window.pages.page is Page.LIVE


def test_space_pauses_on_the_live_page_only(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    press_ctrl(window, 5)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert runner.paused == []


def test_a_gesture_that_is_switched_off_is_so_at_once_in_the_run(
    window: MainWindow, stage: Stage
) -> None:
    begin_run(window, stage)
    press_ctrl(window, 2)
    tile = window.gestures.tiles["like"]
    assert isinstance(tile, BuiltInTile)
    click(tile.switch)
    wait_until(lambda: window.session._off == {"like"})
    assert load_gesture_set(window.collection.store.root).switched_off == {"like"}


def test_what_cannot_be_done_is_said_on_whichever_page(window: MainWindow) -> None:
    press_ctrl(window, 2)
    window.collection.add("like", lambda _: pytest.fail("it was taken"))
    wait_until(window.banner.isVisible)
    assert "already" in window.banner.text()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut_off_at_900_by_600(
    open_window: OpenWindow, stage: Stage, language: str
) -> None:
    stage.settings = FakeSettings(Settings(language=language))
    window = open_window(stage)
    record(window.collection.store, "Wave", 1)
    window.collection.add("W" * MAX_NAME_LENGTH, lambda _: None)
    window.resize(100, 100)
    for page in (Page.GESTURES, Page.TRAIN, Page.SETTINGS):
        window.pages.show_page(page)
        wait_until(lambda: "Wave" in window.gestures.tiles)
        settle()
        assert window.size() == MINIMUM_SIZE == QSize(900, 600)
        for control in window.findChildren(QAbstractButton):
            if not control.isVisible():
                continue
            assert control.width() >= control.minimumSizeHint().width(), control.accessibleName()
            right = control.mapTo(window, control.rect().topRight()).x()
            assert right <= window.width(), control.accessibleName()
            # What is scrolled out of sight is so upwards or downwards.
            seen = control.visibleRegion().boundingRect()
            assert seen.isEmpty() or seen.width() == control.width(), control.accessibleName()


def test_what_was_refused_is_said_until_a_change_succeeds(window: MainWindow) -> None:
    press_ctrl(window, 2)
    wait_until(lambda: window.collection.loaded)
    window.gestures.name.setText("like")
    click(window.gestures.add)
    wait_until(window.banner.isVisible)
    window.gestures.name.setText("wave")
    click(window.gestures.add)
    wait_until(lambda: window.pages.page is Page.RECORD)
    assert not window.banner.isVisible()
