"""The page of models: a real library, and a live run where it matters."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QWidget,
)

from gesture_app.app import Application, compose
from gesture_app.core.errors import ModelError
from gesture_app.engine.model_switch import ModelsInUse, SwitchListener, UsedModel
from gesture_app.store.judgement import JUDGEMENT_NAME, save_judgement
from gesture_app.store.library import BrokenModel, InstalledModel, ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.library_state import BUNDLED
from gesture_app.store.settings import Settings
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.model_shelf import read_shelf
from gesture_app.ui.models_page import ModelsPage
from gesture_app.ui.pages import Page
from gesture_app.ui.source_picker import demo_spec
from gesture_app.ui.version_comparison import compare
from gesture_app.ui.version_words import VersionWords
from tests.model_files import add_model, damage, model_files, no_check, write_folder
from tests.test_model_figures import make_judgement
from tests.ui.conftest import OpenWindow
from tests.ui.stage import (
    FakeSettings,
    FakeSwitch,
    Stage,
    begin_run,
    click,
    settle,
    wait_until,
)

_BY_TAB = Qt.FocusPolicy.TabFocus
LOADING_S = 90.0
"""For real models on a machine that does much else; only a failing test waits so long."""


@pytest.fixture
def library(home: Path) -> ModelLibrary:
    """The library of the test's own home; its networks are too small to be looked at."""
    application = compose()
    return ModelLibrary(application.library.root, application.bundled_model, no_check)


@pytest.fixture
def mine(library: ModelLibrary, tmp_path: Path) -> InstalledModel:
    return add_model(library, tmp_path, "Mine", 1.0)


def shown(window: MainWindow, versions: int) -> ModelsPage:
    """The page, once it lists so many versions, broken ones included."""
    window.pages.show_page(Page.MODELS)
    wait_until(lambda: len(window.models.list.versions.rows) == versions)
    return window.models


def names(page: ModelsPage) -> list[str]:
    model = page.list.versions
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def spoken(page: ModelsPage) -> list[str]:
    """What a screen reader reads of each row."""
    model, role = page.list.versions, Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row), role) for row in range(model.rowCount())]


def in_use() -> str:
    return compose().active_model.id()


def test_with_the_bundled_model_alone_the_page_teaches_how_to_get_another(
    window: MainWindow,
) -> None:
    page = shown(window, 1)
    assert names(page) == ["Gesture Studio"]
    assert "In use" in spoken(page)[0]
    assert page.empty.isVisible()
    assert not page.go_back.isVisible()
    assert not page.details.remove.isVisible()
    assert not page.details.switch.isEnabled()
    click(page.empty.buttons()[0])
    assert window.pages.page is Page.GESTURES


def test_one_click_switches_on_and_one_click_goes_back(
    window: MainWindow, stage: Stage, mine: InstalledModel
) -> None:
    begin_run(window, stage)
    page = shown(window, 2)
    assert not page.empty.isVisible()
    page.list.choose(mine.id)
    click(page.details.switch)
    wait_until(page.go_back.isVisible)
    assert in_use() == mine.id
    assert not page.details.switch.isEnabled()
    click(page.go_back)
    wait_until(lambda: not page.go_back.isVisible())
    assert in_use() == BUNDLED
    assert stage.runner.switch.used == [mine.folder, compose().bundled_model]


def test_what_was_switched_on_is_also_what_the_next_source_starts_on(
    window: MainWindow, stage: Stage, mine: InstalledModel
) -> None:
    begin_run(window, stage)
    page = shown(window, 2)
    page.list.choose(mine.id)
    click(page.details.switch)
    wait_until(lambda: stage.runner.switch.used == [mine.folder])
    window.live.open(demo_spec())
    wait_until(lambda: len(stage.runners) == 2)
    assert stage.runner.switch.used == [mine.folder]


def test_a_model_that_the_live_run_refuses_is_not_left_active(
    window: MainWindow, stage: Stage, mine: InstalledModel
) -> None:
    begin_run(window, stage)
    switch = stage.runner.switch
    tell_active(switch, compose().bundled_model, mine)
    page = shown(window, 2)
    page.list.choose(mine.id)
    click(page.details.switch)
    wait_until(lambda: switch.used == [mine.folder])
    error = ModelError("The model Mine is not used", "it was altered", "Choose another one.")
    stage.runner.run(lambda: _listener(switch).on_refused(mine.folder, error))
    wait_until(page.banner.isVisible)
    assert "it was altered" in page.banner.text()
    assert in_use() == BUNDLED


def test_a_damaged_model_is_not_switched_on_and_the_reason_is_said(
    window: MainWindow, mine: InstalledModel
) -> None:
    damage(mine, "weights.safetensors")
    page = shown(window, 2)
    page.list.choose(mine.id)
    click(page.details.switch)
    wait_until(page.banner.isVisible)
    assert "weights.safetensors" in page.banner.text()
    assert in_use() == BUNDLED


def test_trying_out_shows_the_live_page_and_ends_where_it_began(
    window: MainWindow, stage: Stage, mine: InstalledModel
) -> None:
    begin_run(window, stage)
    switch = stage.runner.switch
    page = shown(window, 2)
    page.list.choose(mine.id)
    click(page.details.tryout)
    assert window.pages.page is Page.LIVE
    assert switch.tried == [mine.folder]
    tell_active(switch, compose().bundled_model, mine, tried=mine)
    wait_until(window.live.tryout.isVisible)
    window.pages.show_page(Page.MODELS)
    assert page.details.tryout.text() == "Stop trying out"
    click(page.details.tryout)
    assert switch.tried == [mine.folder, None]


def test_the_candidate_is_switched_on_from_the_live_page(
    window: MainWindow, stage: Stage, mine: InstalledModel
) -> None:
    begin_run(window, stage)
    switch = stage.runner.switch
    tell_active(switch, compose().bundled_model, mine, tried=mine)
    wait_until(window.live.tryout.isVisible)
    click(window.live.tryout.use)
    wait_until(lambda: switch.used == [mine.folder])
    assert in_use() == mine.id
    assert switch.tried == [None]


def test_a_model_file_is_taken_in_and_chosen(
    window: MainWindow, library: ModelLibrary, mine: InstalledModel, tmp_path: Path
) -> None:
    page = shown(window, 2)
    page.list.choose(mine.id)
    target = tmp_path / "mine.gesture"
    page.export_to(target)
    wait_until(page.banner.isVisible)
    assert str(target) in page.banner.text()
    library.remove(mine.id)
    window.pages.show_page(Page.LIVE)
    page = shown(window, 1)
    page.import_file(target)
    wait_until(lambda: len(names(page)) == 2)
    current = page.list.current
    assert current is not None and current.id == mine.id


def test_a_file_that_is_no_model_is_refused_with_its_reason(
    window: MainWindow, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.gesture"
    bad.write_bytes(b"not a zip")
    page = shown(window, 1)
    page.import_file(bad)
    wait_until(page.banner.isVisible)
    assert "The model is refused" in page.banner.text()
    assert names(page) == ["Gesture Studio"]


def test_a_model_is_removed_only_after_a_question(window: MainWindow, mine: InstalledModel) -> None:
    page = shown(window, 2)
    page.list.choose(mine.id)
    click(page.details.remove)
    assert page.question is not None
    QTest.keyClick(page.question, Qt.Key.Key_Escape)
    assert mine.folder.is_dir()
    click(page.details.remove)
    remove = next(one for one in page.question.buttons() if one.text() == "Remove")
    click(remove)
    wait_until(lambda: len(names(page)) == 1)
    assert not mine.folder.exists()


def test_a_broken_model_is_listed_with_its_reason_and_can_be_removed(
    window: MainWindow, mine: InstalledModel
) -> None:
    (mine.folder / "contents.json").write_text("{}")
    page = shown(window, 2)
    page.list.choose(mine.id)
    assert isinstance(page.list.current, BrokenModel)
    assert "contents.json has a schema that is not known here" in spoken(page)[1]
    assert page.details.remove.isVisible()
    assert not page.details.switch.isVisible()
    click(page.details.remove)
    assert page.question is not None
    click(next(one for one in page.question.buttons() if one.text() == "Remove"))
    wait_until(lambda: len(names(page)) == 1)


def test_a_judged_model_shows_its_figures_and_how_it_was_judged(
    window: MainWindow, library: ModelLibrary, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "judged", model_files("Judged"))
    save_judgement(folder, make_judgement())
    assert (folder / JUDGEMENT_NAME).is_file()
    model = library.add_folder(folder)
    page = shown(window, 2)
    page.list.choose(model.id)
    assert not page.details.judgement.isVisible()
    click(page.details.judged)
    assert page.details.judgement.isVisible()
    tiles = [tile.accessibleName() for tile in page.details.figures.values() if tile.isVisible()]
    assert tiles == [
        "Own gestures recognised: 95%, 38 of 40",
        "Built-in ones recognised: 94%, 189 of 200",
        "False alarms: 3%, 3 of 100",
    ]
    rows = page.details.comparison.table.comparison.rows
    assert [row.label for row in rows] == ["wave", "like"]


def test_a_taught_and_the_bundled_model_are_compared_on_the_same_hands(
    library: ModelLibrary, tmp_path: Path
) -> None:
    for place, name in enumerate(("One", "Two")):
        folder = write_folder(tmp_path / name, model_files(name))
        save_judgement(folder, make_judgement())
        library.add_folder(folder)
        assert len(library.models()) == place + 2
    bundled, first, second = read_shelf(library, ActiveModel(library)).versions
    words = VersionWords()
    assert compare(first, bundled, words).same_hands
    assert compare(bundled, first, words).same_hands
    assert not compare(first, second, words).same_hands
    figure = compare(first, second, words).gestures[0].recall
    assert figure.old is not None
    assert (figure.new.count, figure.old.count) == (38, 38)


def test_every_control_of_the_page_is_reached_by_tab_and_has_a_name(
    window: MainWindow, mine: InstalledModel
) -> None:
    page = shown(window, 2)
    page.list.choose(mine.id)
    controls = {
        widget
        for kind in (QAbstractButton, QAbstractItemView, QComboBox)
        for widget in page.findChildren(kind)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & _BY_TAB
    }
    assert {page.list, page.take_in, page.details.switch, page.details.tryout} <= controls
    assert [one for one in controls if not _spoken_name(one)] == []
    reached = set()
    for _ in range(3 * len(controls) + 10):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert controls <= reached


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_of_the_page_is_cut_off_at_900_by_600(
    open_window: OpenWindow, stage: Stage, mine: InstalledModel, language: str
) -> None:
    stage.settings = FakeSettings(Settings(language=language))
    window = open_window(stage)
    window.resize(100, 100)
    page = shown(window, 2)
    page.list.choose(mine.id)
    settle()
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            right = button.mapTo(window, button.rect().topRight()).x()
            assert right <= window.width(), button.accessibleName()
            assert button.width() >= button.minimumSizeHint().width(), button.accessibleName()


@pytest.mark.timeout(400)
def test_a_real_run_takes_over_another_model_and_the_old_one_again(
    home_with_hand_model: Path, open_window: OpenWindow, stage: Stage, tmp_path: Path
) -> None:
    application: Application = compose()
    library = ModelLibrary(application.library.root, application.bundled_model, no_check)
    mine = add_model(library, tmp_path, "Mine", 1.0)
    stage.make = application.make_runner
    window = open_window(stage)
    window.start(demo_spec(), None)
    wait_until(lambda: runs_on(window, application.bundled_model), LOADING_S)
    page = shown(window, 2)
    page.list.choose(mine.id)
    click(page.details.tryout)
    wait_until(lambda: window.session.models.candidate is not None, LOADING_S)
    window.pages.show_page(Page.MODELS)
    click(page.details.switch)
    wait_until(lambda: runs_on(window, mine.folder), LOADING_S)
    assert window.live.model.text() == "with “Mine”"
    wait_until(lambda: window.session.models.candidate is None)
    assert window.live.tryout.isHidden()
    wait_until(page.go_back.isVisible)
    click(page.go_back)
    wait_until(lambda: runs_on(window, application.bundled_model), LOADING_S)
    assert in_use() == BUNDLED


def _spoken_name(control: QWidget) -> str:
    """What a screen reader calls it: a button without a name of its own by its text."""
    return control.accessibleName() or (
        control.text() if isinstance(control, QAbstractButton) else ""
    )


def runs_on(window: MainWindow, folder: Path) -> bool:
    active = window.session.models.active
    return active is not None and active.folder == folder


def _listener(switch: FakeSwitch) -> SwitchListener:
    assert switch.listener is not None
    return switch.listener


def tell_active(
    switch: FakeSwitch, folder: Path, mine: InstalledModel, tried: InstalledModel | None = None
) -> None:
    """The live run says which models it has."""
    candidate = None if tried is None else UsedModel(tried.folder, tried.manifest)
    models = ModelsInUse(UsedModel(folder, mine.manifest), candidate)
    _listener(switch).on_models(models)
