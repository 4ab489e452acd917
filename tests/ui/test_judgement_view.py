"""A judgement in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QSignalSpy, QTest
from PyQt6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.judgement import Collision, ConfusionCell, Judgement
from gesture_app.store.samples import SampleStore
from gesture_app.ui.confusion_matrix import matrix_labels
from gesture_app.ui.judgement_view import JudgementView
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.translation import Translation
from tests.hand_samples import record
from tests.judgements import make_built_in, make_judgement, make_own

PATIENCE_MS = 20_000


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "gestures")


@pytest.fixture
def view(app: QApplication, appearance: Appearance, store: SampleStore) -> Iterator[JudgementView]:
    thumbnails = Thumbnails(store)
    made = JudgementView(appearance, thumbnails)
    made.resize(780, 560)
    yield made
    thumbnails.close()
    made.deleteLater()


def _texts(view: JudgementView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if not label.isHidden())


def _cards(view: JudgementView) -> list[str]:
    """What a screen reader hears of the collisions."""
    cards = view.collisions.findChildren(QFrame, "card")
    return [card.accessibleName() for card in cards if not card.isHidden()]


def _many() -> Judgement:
    """25 own gestures beside 20 built-in ones, each taken for its neighbour now and then."""
    own = [f"own_{number}" for number in range(25)]
    known = [f"known_{number}" for number in range(20)]
    cells = []
    for label, after in zip([*own, *known], [*own[1:], *known, own[0]], strict=True):
        cells += [ConfusionCell(label, label, 38, ()), ConfusionCell(label, after, 2, ())]
    gestures = (
        *(make_own(label, 38) for label in own),
        *(make_built_in(label, 40, 38) for label in known),
    )
    return make_judgement(gestures, tuple(cells))


def test_the_verdict_says_how_often_the_new_gesture_is_recognised(view: JudgementView) -> None:
    view.show_judgement(make_judgement())
    expected = "B is recognised in 38 of 40 pictures that it had never seen."
    assert view.verdict.text() == expected


def test_one_recording_flatters_and_the_view_says_so(view: JudgementView) -> None:
    view.show_judgement(make_judgement(split="stretches"))
    assert "single recording: B. This flatters" in _texts(view)
    view.show_judgement(make_judgement(split="sessions"))
    assert "flatters" not in _texts(view)
    assert "whole recordings" in _texts(view)


def test_gains_losses_and_false_alarms_stand_beside_what_was_before(view: JudgementView) -> None:
    view.show_judgement(make_judgement())
    text = _texts(view)
    assert "97 (97%) right before, 93 (93%) now, of 100" in text
    assert "Lost: Stop (96% → 88%)." in text
    assert "2 of 100 before, 3 now. Most often for: B (3). Some may be your very" in text
    rows = view.built_in_table.table
    assert rows.rowCount() == 1
    view.every_built_in.click()
    assert [rows.data(rows.index(row, 0)) for row in range(rows.rowCount())] == ["Stop", "Fist"]


def test_a_screen_reader_hears_figures_and_intervals_old_and_new(view: JudgementView) -> None:
    view.show_judgement(make_judgement())
    table = view.own_table.table
    heard = table.data(table.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "95%, 38 of 40, likely between 85% and 100%"
    table = view.built_in_table.table
    heard = table.data(table.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert "88%, 44 of 50" in heard
    assert "before: 96%, 48 of 50" in heard


def test_collisions_are_shown_one_below_the_other(view: JudgementView) -> None:
    pairs = (Collision("stop", "B", 0.12), Collision("B", "fist", 0.6, near=True))
    view.show_judgement(make_judgement(collisions=pairs))
    heard = _cards(view)
    assert heard[0].startswith("Stop is taken for B in 12% of its pictures. Record more")
    assert heard[1].startswith("B is close to Fist in 60% of its pictures")
    view.show_judgement(make_judgement())
    assert _cards(view) == []
    assert view.collisions.isHidden()


def test_arrow_keys_go_through_the_matrix_and_say_each_cell(view: JudgementView) -> None:
    view.show_judgement(make_judgement())
    view.show()
    view.matrix.setFocus()
    # The most frequent mistake with pictures is where one begins.
    assert view.cell_words.text() == "B, named Stop: 2 of 40"
    QTest.keyClick(view.matrix, Qt.Key.Key_Left)
    assert view.cell_words.text() == "B, named right: 38 of 40"
    QTest.keyClick(view.matrix, Qt.Key.Key_Down)
    assert view.cell_words.text() == "Stop, named B: 6 of 50"
    table = view.matrix.table
    heard = table.data(view.matrix.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == view.cell_words.text()


def test_the_page_around_follows_the_keyboard_through_a_long_table(view: JudgementView) -> None:
    page = QScrollArea()
    page.setWidgetResizable(True)
    page.setWidget(view)
    page.resize(780, 400)
    view.show_judgement(_many())
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    view.own_table.setFocus()
    for _ in range(24):
        QTest.keyClick(view.own_table, Qt.Key.Key_Down)
    row = view.own_table.visualRect(view.own_table.currentIndex())
    at = view.own_table.viewport().mapTo(page, row.center())
    assert view.own_table.currentIndex().row() == 24
    assert page.rect().contains(at)
    page.takeWidget()
    page.deleteLater()


def test_a_cell_opens_the_pictures_behind_it(view: JudgementView, store: SampleStore) -> None:
    ids = record(store, "B", 2)
    cells = (ConfusionCell("B", "B", 1, ids[:1]), ConfusionCell("B", "stop", 1, ids[1:]))
    view.show_judgement(make_judgement(cells=cells))
    view.show()
    view.matrix.setFocus()
    changed = QSignalSpy(view.pictures.pictures.dataChanged)
    QTest.keyClick(view.matrix, Qt.Key.Key_Return)
    assert view.pictures.pictures.ids == ids[1:]
    assert changed.wait(PATIENCE_MS)
    index = view.pictures.pictures.index(0)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Picture 1 of 1"


def test_a_picture_that_is_gone_is_said_to_be(view: JudgementView) -> None:
    view.show_judgement(make_judgement(cells=(ConfusionCell("B", "B", 1, ("B/r1/000000",)),)))
    view.show()
    changed = QSignalSpy(view.pictures.pictures.dataChanged)
    assert changed.wait(PATIENCE_MS)
    heard = view.pictures.pictures.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Picture 1 of 1, no longer there"


def test_hands_of_other_people_have_no_pictures(view: JudgementView) -> None:
    view.show_judgement(make_judgement())
    view.show_pictures(ConfusionCell("stop", "B", 6, ()))
    assert "other people's" in _texts(view)
    assert view.pictures.isHidden()


def test_the_matrix_keeps_to_what_has_to_do_with_own_gestures() -> None:
    judgement = make_judgement()
    assert matrix_labels(judgement, every=False) == ("B", "stop", NO_GESTURE)
    assert matrix_labels(judgement, every=True) == ("B", "fist", "stop", NO_GESTURE)


def test_the_chosen_cell_stays_when_more_is_shown(view: JudgementView) -> None:
    view.show_judgement(make_judgement())
    view.show()
    view.every_label.click()
    assert view.cell_words.text() == "B, named Stop: 2 of 40"
    assert view.matrix.table.columnCount() == 4


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_wider_than_a_small_window_allows(
    view: JudgementView, app: QApplication, language: str
) -> None:
    translation = Translation(app, language)
    view.retranslate()
    for judgement in (make_judgement(split="stretches"), _many()):
        view.show_judgement(judgement)
        assert view.minimumSizeHint().width() <= 780
    translation.set_choice("en")


def test_25_gestures_beside_the_built_in_ones_are_shown_in_both_themes(
    view: JudgementView, appearance: Appearance
) -> None:
    view.show_judgement(_many())
    view.every_built_in.click()
    view.every_label.click()
    assert view.own_table.table.rowCount() == 25
    assert view.matrix.table.columnCount() == 46
    light = view.grab().toImage()
    appearance.set_theme(Theme.DARK)
    view.tint()
    assert view.grab().toImage() != light


def test_the_language_may_change_while_a_judgement_is_shown(
    view: JudgementView, app: QApplication
) -> None:
    view.show_judgement(make_judgement())
    translation = Translation(app, "ko")
    view.retranslate()
    assert view.verdict.text() == "B: 처음 보는 사진 40장 중 38장에서 인식됩니다."
    assert "멈춤" in _texts(view)
    translation.set_choice("en")
