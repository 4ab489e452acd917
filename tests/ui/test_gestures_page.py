"""The page of gestures, operated as a person does, on real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.set_archive import export_set
from gesture_app.ui.theme import Appearance
from tests.hand_samples import record
from tests.ui.gesture_stage import Shown, action
from tests.ui.stage import click, settle, wait_until


@pytest.fixture
def shown(appearance: Appearance, tmp_path: Path) -> Iterator[Shown]:
    made = Shown(appearance, tmp_path)
    yield made
    made.close()


def test_whoever_has_no_own_gesture_is_taught_in_three_steps(shown: Shown) -> None:
    steps = shown.page.steps
    assert steps.isVisible()
    assert "Name it" in steps.accessibleDescription()
    assert not shown.page.train.isEnabled()
    shown.add("Wave")
    assert not steps.isVisible()


def test_a_name_and_enter_lead_straight_to_recording(shown: Shown) -> None:
    QTest.keyClicks(shown.page.name, "Vulcan salute")
    QTest.keyClick(shown.page.name, Qt.Key.Key_Return)
    wait_until(lambda: bool(shown.asked))
    assert shown.asked == [("record", "Vulcan_salute")]
    assert shown.page.name.text() == ""


def test_a_name_that_is_taken_stays_in_its_place_and_is_said(shown: Shown) -> None:
    QTest.keyClicks(shown.page.name, "Like")
    click(shown.page.add)
    wait_until(lambda: bool(shown.errors))
    assert "already" in shown.errors[0].why
    assert shown.page.name.text() == "Like"
    assert shown.asked == []


def test_a_card_counts_pictures_and_says_what_is_missing(shown: Shown) -> None:
    wave = shown.add("Wave")
    assert "Not recorded yet" in wave.accessibleDescription()
    assert not wave.review.isEnabled()
    record(shown.store, "Wave", 3)
    shown.read()
    assert "Pictures: 3 · Recordings: 1" in wave.accessibleDescription()
    assert "once more" in wave.accessibleDescription()
    record(shown.store, "Wave", 2)
    shown.read()
    assert wave.accessibleDescription() == "Pictures: 5 · Recordings: 2"
    click(shown.page.train)
    click(wave.record)
    click(wave.review)
    assert shown.asked == [("train", ""), ("record", "Wave"), ("review", "Wave")]


def test_a_card_shows_the_newest_picture(shown: Shown) -> None:
    newest = shown.add("Wave", 2).entry.picture
    assert newest is not None
    wait_until(lambda: shown.thumbnails.pixmap(newest) is not None)


def test_everyone_is_led_to_record_anything_else(shown: Shown) -> None:
    rest = shown.card(NO_GESTURE)
    assert "typing, drinking" in rest.accessibleDescription()
    assert not rest.switch.isVisible()
    click(rest.record)
    assert shown.asked == [("record", NO_GESTURE)]


def test_a_name_is_changed_in_its_place(shown: Shown) -> None:
    wave = shown.add("Wave")
    wave.record.setFocus()
    QTest.keyClick(wave.record, Qt.Key.Key_F2)
    assert wave.edit.hasFocus()
    wave.edit.setText("손짓")
    QTest.keyClick(wave.edit, Qt.Key.Key_Return)
    wait_until(lambda: wave.name.text() == "손짓")
    assert wave.record.accessibleName() == "Record pictures of “손짓”"


def test_escape_leaves_a_name_as_it_was(shown: Shown) -> None:
    wave = shown.add("Wave")
    action(wave.menu, "Rename").trigger()
    QTest.keyClicks(wave.edit, "Other")
    QTest.keyClick(wave.edit, Qt.Key.Key_Escape)
    assert not wave.edit.isVisible()
    assert wave.name.text() == "Wave"


def test_a_colour_is_chosen_from_the_menu(shown: Shown) -> None:
    wave = shown.add("Wave")
    before = wave.entry.color
    action(wave.menu, "Colour", "Colour 4").trigger()
    wait_until(lambda: wave.entry.color != before)


def test_a_deleted_gesture_comes_back_with_ctrl_z(shown: Shown) -> None:
    wave = shown.add("Wave", 3)
    action(wave.menu, "Delete").trigger()
    wait_until(lambda: "Wave" not in shown.page.tiles)
    bar = shown.page.undo_bar
    assert bar.isVisible()
    assert bar.text() == "“Wave” is deleted (pictures: 3)"
    shown.page.setFocus()
    QTest.keyClick(shown.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: "Wave" in shown.page.tiles)
    assert shown.card("Wave").entry.samples == 3
    assert not bar.isVisible()


def test_merging_asks_into_which_one_and_can_be_undone(shown: Shown) -> None:
    shown.add("Wave", 2)
    hello = shown.add("Hello", 3)
    action(hello.menu, "Merge into", "Wave").trigger()
    wait_until(lambda: "Hello" not in shown.page.tiles)
    assert shown.card("Wave").entry.samples == 5
    click(shown.page.undo_bar.undo)
    wait_until(lambda: "Hello" in shown.page.tiles)
    assert shown.card("Wave").entry.samples == 2


def test_a_built_in_gesture_is_switched_off(shown: Shown) -> None:
    click(shown.tile("like").switch)
    wait_until(lambda: shown.collection.switched_off == {"like"})
    assert not shown.tile("like").switch.isChecked()


def test_a_switch_that_could_not_be_kept_goes_back(shown: Shown) -> None:
    shown.store.root.write_text("in the way of the folder")
    click(shown.tile("like").switch)
    wait_until(lambda: bool(shown.errors))
    assert shown.tile("like").switch.isChecked()


def test_a_built_in_gesture_can_be_recorded_too(shown: Shown) -> None:
    record(shown.store, "like", 2)
    shown.read()
    for text in ("Record pictures", "Review pictures"):
        action(shown.tile("like").menu, text).trigger()
    assert shown.asked == [("record", "like"), ("review", "like")]


def test_damaged_pictures_are_said(shown: Shown) -> None:
    shown.add("Wave", 3)
    picture = shown.collection.samples("Wave")[0].id
    shown.store.picture_path(picture).write_bytes(b"no picture")
    shown.read()
    assert shown.page.problems.isVisible()
    assert "Pictures that cannot be read: 1" in shown.page.problems.text()


def test_the_folder_is_shown(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    shown.add("Wave")
    click(shown.page.footer.show_folder)
    assert [Path(url.toLocalFile()) for url in opened] == [shown.store.root]


def test_everything_is_deleted_only_after_a_question(shown: Shown) -> None:
    shown.add("Wave", 2)
    footer = shown.page.footer
    click(footer.delete)
    assert footer.question is not None
    assert "(2)" in footer.question.text()
    QTest.keyClick(footer.question, Qt.Key.Key_Escape)
    settle()
    assert "Wave" in shown.page.tiles
    click(footer.delete)
    click(next(one for one in footer.question.buttons() if "Delete" in one.text()))
    wait_until(lambda: "Wave" not in shown.page.tiles)
    assert shown.page.steps.isVisible()


def test_a_set_goes_to_a_file_and_comes_back(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.add("Wave", 3)
    target = tmp_path / "mine.gestureset"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    footer, bar = shown.page.footer, shown.page.transfer_bar
    click(footer.export)
    wait_until(lambda: not shown.page.transfer.running)
    assert target.is_file()
    assert "Pictures: 3" in bar.text()
    shown.collection.delete_everything()
    wait_until(lambda: "Wave" not in shown.page.tiles)
    click(footer.take_in)
    wait_until(lambda: "Wave" in shown.page.tiles)
    assert shown.card("Wave").entry.samples == 3
    assert bar.text() == "New gestures: 1. New pictures: 3. Here before: 0."


def test_a_file_that_is_no_set_is_refused_and_said_until_one_is_taken(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "other.gestureset"
    shown.add("Wave", 1)
    target.write_bytes(b"something else")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    click(shown.page.footer.take_in)
    wait_until(shown.page.problems.isVisible)
    assert not shown.page.transfer.running
    export_set(shown.collection.store, target, lambda _done, _total: None)
    click(shown.page.footer.take_in)
    wait_until(lambda: not shown.page.transfer.running)
    wait_until(shown.page.problems.isHidden)


def test_every_control_is_reached_by_tab_and_has_a_name(shown: Shown) -> None:
    shown.add("Wave", 2)
    controls: set[QWidget] = {
        widget
        for widget in shown.page.findChildren(QAbstractButton)
        if widget.isVisible() and widget.isEnabled()
    }
    controls.add(shown.page.name)
    reached: set[QWidget | None] = set()
    for _ in range(len(controls) + 2):
        QTest.keyClick(QApplication.focusWidget() or shown.page, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert controls <= reached
    assert [control for control in controls if not control.accessibleName()] == []
