"""Which model is in use: switching, going back, and what the app does with a broken one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gesture_app.app import Application, compose
from gesture_app.core.errors import AppError, ModelError
from gesture_app.store.library import InstalledModel, ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.library_state import BUNDLED, STATE_NAME
from gesture_app.store.paths import models_folder, user_folders
from tests.model_files import (
    add_model,
    damage,
    model_files,
    no_check,
    write_folder,
)
from tests.program import run_program


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    bundled = write_folder(tmp_path / "bundled", model_files("Bundled"))
    return ModelLibrary(tmp_path / "library", bundled, no_check)


@pytest.fixture
def active(library: ModelLibrary) -> ActiveModel:
    return ActiveModel(library)


def test_activating_and_going_back_step_by_step(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    first, second = (
        add_model(library, tmp_path, "Mine", 1.0),
        add_model(library, tmp_path, "Mine", 2.0),
    )
    assert active.id() == BUNDLED
    active.activate(first.id)
    active.activate(second.id)
    active.activate(second.id)  # no step
    assert active.choice().folder == second.folder
    assert active.roll_back().id == first.id
    assert active.roll_back().id == BUNDLED == active.id()
    with pytest.raises(ModelError, match="There is nothing to go back to"):
        active.roll_back()


def test_a_model_is_read_completely_before_it_is_activated(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    model = add_model(library, tmp_path, "Mine")
    damage(model, "weights.safetensors")
    with pytest.raises(ModelError, match=r"weights.safetensors was altered"):
        active.activate(model.id)
    assert active.id() == BUNDLED


def test_removing_keeps_what_is_in_use_and_forgets_the_rest(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    first, second = (
        add_model(library, tmp_path, "Mine", 1.0),
        add_model(library, tmp_path, "Mine", 2.0),
    )
    for model in (first, second, first):
        active.activate(model.id)
    with pytest.raises(ModelError, match="it is the active one"):
        library.remove(first.id)
    with pytest.raises(ModelError, match="it came with the app"):
        library.remove(BUNDLED)
    library.remove(second.id)
    assert not second.folder.exists()
    # Before the active model now stands the bundled one; the active one does not follow itself.
    assert active.roll_back().id == BUNDLED


def test_a_broken_active_model_gives_way_to_the_bundled_one_with_the_reason(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    model = add_model(library, tmp_path, "Mine")
    active.activate(model.id)
    loaded, problem = active.load()
    assert (loaded.folder, problem) == (model.folder, None)
    damage(model)
    loaded, problem = active.load()
    assert loaded.folder == library.bundled
    assert problem is not None
    assert problem.what == "The bundled model is used"
    assert "altered or damaged" in problem.why


@pytest.mark.parametrize(
    "state",
    ["{", '{"schema": 2}', '{"schema": 1, "active": "../../etc", "earlier": []}', "f" * 64],
)
def test_a_state_that_cannot_be_read_is_said_and_mended_by_activating(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path, state: str
) -> None:
    model = add_model(library, tmp_path, "Mine")
    (library.root / STATE_NAME).write_text(state)
    choice = active.choice()
    assert choice.folder == library.bundled
    assert choice.problem is not None
    active.activate(model.id)
    assert active.choice().folder == model.folder


def test_an_active_model_that_was_deleted_is_said(
    library: ModelLibrary, active: ActiveModel
) -> None:
    library.root.mkdir()
    state = {"schema": 1, "active": "f" * 64, "earlier": []}
    (library.root / STATE_NAME).write_text(json.dumps(state))
    problem = active.choice().problem
    assert problem is not None
    assert "There is no model" in problem.why


def test_the_app_uses_the_active_model_unless_another_one_is_asked_for(tmp_path: Path) -> None:
    app = compose()
    assert app.load_model().folder == app.bundled_model
    model = _installed_and_active(app, tmp_path)
    assert app.load_model().folder == model.folder
    assert compose(model_folder=app.bundled_model).load_model().folder == app.bundled_model


def test_the_app_says_that_its_active_model_is_broken(tmp_path: Path) -> None:
    app = compose()
    damage(_installed_and_active(app, tmp_path))
    told: list[AppError] = []
    assert app.load_model(told.append).folder == app.bundled_model
    assert [error.what for error in told] == ["The bundled model is used"]
    report = run_program("doctor", "--json").stdout
    findings = [f for f in json.loads(report)["findings"] if f["topic"] == "gesture model"]
    assert [finding["state"] for finding in findings] == ["ok", "note"]
    assert "The bundled model is used" in findings[1]["text"]


def _installed_and_active(app: Application, tmp_path: Path) -> InstalledModel:
    library = ModelLibrary(models_folder(user_folders()), app.bundled_model, no_check)
    model = add_model(library, tmp_path, "Mine")
    app.active_model.activate(model.id)
    return model
