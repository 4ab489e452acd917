"""The library of models: versions side by side, one active, and nothing lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from gesture_app.app import Application, compose
from gesture_app.core.errors import AppError, ModelError, RefusalError
from gesture_app.store import library_state
from gesture_app.store.archive import write_archive
from gesture_app.store.archive_contents import CONTENTS_NAME
from gesture_app.store.library import InstalledModel, ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.library_state import BUNDLED, STATE_NAME, changing
from gesture_app.store.paths import models_folder, user_folders
from tests.model_files import (
    NETWORK,
    changed,
    listed,
    model_files,
    no_check,
    write_folder,
    write_zip,
)
from tests.networks import biased_network
from tests.program import PATIENCE_S, REPOSITORY, run_program
from training.__main__ import main


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    bundled = write_folder(tmp_path / "bundled", model_files("Bundled"))
    return ModelLibrary(tmp_path / "library", bundled, no_check)


@pytest.fixture
def active(library: ModelLibrary) -> ActiveModel:
    return ActiveModel(library)


def add(library: ModelLibrary, tmp_path: Path, name: str, bias: float = 0.0) -> InstalledModel:
    """A model of this name; other biases make other networks."""
    network = biased_network([bias, 1.0, 2.0])
    folder = write_folder(tmp_path / f"{name}-{bias}", model_files(name, network))
    return library.add_folder(folder)


def damage(model: InstalledModel, name: str = NETWORK) -> None:
    """Another byte in the middle; the size stays."""
    path = model.folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def ids(library: ModelLibrary) -> list[str]:
    return [model.id for model in library.models()]


# Taking in, and what is there.


def test_an_empty_library_has_the_bundled_model_and_makes_no_folder(library: ModelLibrary) -> None:
    assert ids(library) == [BUNDLED]
    assert not library.root.exists()


def test_versions_of_one_model_stand_side_by_side(library: ModelLibrary, tmp_path: Path) -> None:
    first, second = add(library, tmp_path, "Mine", 1.0), add(library, tmp_path, "Mine", 2.0)
    assert first.id != second.id
    assert set(ids(library)) == {BUNDLED, first.id, second.id}
    assert library.find(second.id[:6]).manifest.name == "Mine"
    for model in library.models():
        library.verify(model)


def test_only_what_belongs_to_a_model_is_copied(library: ModelLibrary, tmp_path: Path) -> None:
    files = {**model_files(), "checkpoint.pt": b"pickle", "notes.txt": b""}
    model = library.add_folder(write_folder(tmp_path / "run", files))
    kept = {path.name for path in model.folder.iterdir()}
    assert kept == {*model_files(), CONTENTS_NAME}


def test_the_same_model_is_there_once(library: ModelLibrary, tmp_path: Path) -> None:
    model = add(library, tmp_path, "Mine")
    write_archive(model.folder, tmp_path / "mine.gesture")
    assert library.add_file(tmp_path / "mine.gesture") == model
    assert len(library.models()) == 2


def test_taking_a_damaged_model_in_again_mends_it(library: ModelLibrary, tmp_path: Path) -> None:
    model = add(library, tmp_path, "Mine")
    write_archive(model.folder, tmp_path / "mine.gesture")
    damage(model)
    with pytest.raises(ModelError, match="was altered"):
        library.verify(model)
    library.verify(library.add_file(tmp_path / "mine.gesture"))
    assert not [path for path in library.root.iterdir() if path.name.startswith(".outgoing")]


def test_a_folder_whose_network_is_not_the_manifests_is_refused(
    library: ModelLibrary, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "run", {**model_files(), NETWORK: b"another"})
    with pytest.raises(RefusalError, match=r"not the file that manifest\.json names"):
        library.add_folder(folder)
    assert [path.name for path in library.root.iterdir()] == [".lock"]


def test_a_folder_without_a_network_is_refused(library: ModelLibrary, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "run", model_files())
    (folder / NETWORK).unlink()
    with pytest.raises(RefusalError, match=f"{NETWORK} cannot be read"):
        library.add_folder(folder)


def test_what_the_check_of_networks_refuses_is_not_taken_in(tmp_path: Path) -> None:
    def refuse(path: Path, manifest: object) -> None:
        raise RefusalError(f"{path.name} is none")

    folder = write_folder(tmp_path / "run", model_files())
    library = ModelLibrary(tmp_path / "library", folder, refuse)
    with pytest.raises(RefusalError, match=f"{NETWORK} is none"):
        library.add_folder(folder)
    assert [path.name for path in library.root.iterdir()] == [".lock"]


def test_a_file_that_is_not_there_is_said(library: ModelLibrary, tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"nowhere.gesture cannot be read: No such file"):
        library.add_file(tmp_path / "nowhere.gesture")


def test_a_library_that_cannot_be_written_is_said(library: ModelLibrary, tmp_path: Path) -> None:
    library.root.write_text("a file where the folder should be")
    with pytest.raises(AppError, match="The models cannot be changed"):
        library.add_folder(write_folder(tmp_path / "run", model_files()))


# Finding.


def test_a_name_that_two_models_have_is_not_enough(library: ModelLibrary, tmp_path: Path) -> None:
    add(library, tmp_path, "Mine", 1.0), add(library, tmp_path, "Mine", 2.0)
    with pytest.raises(ModelError, match="It is not clear which model “Mine” is"):
        library.find("Mine")
    assert library.find("Bundled").id == BUNDLED


@pytest.mark.parametrize("key", ["", "abc", "../bundled", "f" * 64])
def test_what_no_model_is_called_is_not_found(
    library: ModelLibrary, tmp_path: Path, key: str
) -> None:
    add(library, tmp_path, "Mine")
    with pytest.raises(ModelError, match="There is no model"):
        library.find(key)


def test_a_model_that_lost_a_file_is_listed_as_broken_and_can_be_removed(
    library: ModelLibrary, tmp_path: Path
) -> None:
    model = add(library, tmp_path, "Mine")
    (model.folder / NETWORK).unlink()
    assert ids(library) == [BUNDLED]
    (broken,) = library.broken()
    assert broken.id == model.id
    with pytest.raises(ModelError, match=f"{NETWORK} cannot be read"):
        library.find(model.id)
    assert library.remove(model.id) == model.id
    assert library.broken() == ()


def test_a_changed_list_of_contents_breaks_the_model(library: ModelLibrary, tmp_path: Path) -> None:
    """Card and network cannot be exchanged by adapting their hashes: the identity is of those."""
    model = add(library, tmp_path, "Mine")
    files = {path.name: path.read_bytes() for path in model.folder.iterdir()}
    del files[CONTENTS_NAME]
    files["card.json"] = changed(files["card.json"], recall=1.0)
    for name, content in listed(files).items():
        (model.folder / name).write_bytes(content)
    assert [broken.id for broken in library.broken()] == [model.id]


# Exchange as one file.


def test_the_same_model_always_gives_the_same_file(library: ModelLibrary, tmp_path: Path) -> None:
    model = add(library, tmp_path, "Mine")
    contents = write_archive(model.folder, tmp_path / "first.gesture")
    elsewhere = ModelLibrary(tmp_path / "elsewhere", library.bundled, no_check)
    again = elsewhere.add_file(tmp_path / "first.gesture")
    assert contents.id == again.id == model.id
    write_archive(again.folder, tmp_path / "second.gesture")
    first, second = (tmp_path / f"{name}.gesture" for name in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()


def test_an_archive_packed_by_another_program_is_taken_in(
    library: ModelLibrary, tmp_path: Path
) -> None:
    files = {**model_files(), "card.html": model_files()["card.html"] + b"<p>gestures</p>" * 400}
    path = write_zip(tmp_path / "x.gesture", listed(files), packed=True)
    assert (library.add_file(path).folder / "card.html").read_bytes() == files["card.html"]


def test_a_damaged_model_is_not_exported(library: ModelLibrary, tmp_path: Path) -> None:
    model = add(library, tmp_path, "Mine")
    damage(model)
    with pytest.raises(ModelError, match="sha256"):
        write_archive(model.folder, tmp_path / "mine.gesture")
    assert not (tmp_path / "mine.gesture").exists()


def test_a_place_that_cannot_be_written_is_said(library: ModelLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError, match="The model cannot be exported"):
        write_archive(library.bundled, tmp_path / "file" / "x.gesture")


# Switching.


def test_activating_and_going_back_step_by_step(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    first, second = add(library, tmp_path, "Mine", 1.0), add(library, tmp_path, "Mine", 2.0)
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
    model = add(library, tmp_path, "Mine")
    damage(model, "weights.safetensors")
    with pytest.raises(ModelError, match=r"weights.safetensors was altered"):
        active.activate(model.id)
    assert active.id() == BUNDLED


def test_removing_keeps_what_is_in_use_and_forgets_the_rest(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    first, second = add(library, tmp_path, "Mine", 1.0), add(library, tmp_path, "Mine", 2.0)
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
    model = add(library, tmp_path, "Mine")
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
    model = add(library, tmp_path, "Mine")
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


# Several programs, and crashes.


def test_only_one_program_changes_the_library_at_a_time(
    library: ModelLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_state, "LOCK_PATIENCE_S", 0.0)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with changing(library.root):
            held.set()
            done.wait(PATIENCE_S)

    other = threading.Thread(target=hold, name="another program")
    other.start()
    assert held.wait(PATIENCE_S)
    try:
        with pytest.raises(AppError, match="another program is changing them"):
            add(library, tmp_path, "Mine")
    finally:
        done.set()
        other.join()


@pytest.mark.skipif(sys.platform == "win32", reason="has neither fork nor SIGKILL")
def test_killed_at_any_step_the_old_state_or_the_new_one_is_there(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    old = add(library, tmp_path, "Old", 1.0)
    active.activate(old.id)
    new = add(library, tmp_path, "New", 2.0)
    path = tmp_path / "new.gesture"
    write_archive(new.folder, path)
    library.remove(new.id)

    command = [sys.executable, "-m", "tests.killed_install"]
    places = [library.root, library.bundled, path, tmp_path / "tries"]
    done = subprocess.run(
        [*command, *map(str, places)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    killed = int(done.stdout)
    assert killed > 10

    seen = set()
    for step in range(killed + 1):
        tried = ModelLibrary(tmp_path / "tries" / str(step), library.bundled, no_check)
        there, used = ids(tried), ActiveModel(tried).choice()
        assert tried.broken() == ()
        assert used.problem is None
        assert old.id in there
        assert used.folder.name in (old.id, new.id)
        for model in tried.models():
            tried.verify(model)
        seen.add((new.id in there, used.folder.name == new.id))
        # The next one to come cleans up.
        tried.add_file(path)
        assert {p.name for p in tried.root.iterdir()} >= {".lock", STATE_NAME, old.id, new.id}
        assert not [p for p in tried.root.iterdir() if p.name.startswith((".in", ".out"))]
    assert seen == {(False, False), (True, False), (True, True)}


# In the application.


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
    model = add(library, tmp_path, "Mine")
    app.active_model.activate(model.id)
    return model


# On the command line.


def test_a_model_travels_by_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Out of a training run's folder, into a file, away, back, in use and out of use."""

    def answer(*arguments: object) -> dict[str, Any]:
        assert main(["catalog", *map(str, arguments), "--json"]) == 0
        return dict(json.loads(capsys.readouterr().out))

    folder = write_folder(tmp_path / "run", model_files("My gestures"))
    file = tmp_path / "mine.gesture"
    model_id = answer("import", folder)["id"]
    assert answer("export", model_id[:8], file)["id"] == model_id
    assert answer("remove", model_id) == {"removed": model_id}
    assert answer("import", file)["id"] == model_id
    assert answer("activate", "My gestures") == {"active": model_id}
    shown = answer("list")
    assert shown["active"] == model_id
    assert [model["id"] for model in shown["models"]] == [BUNDLED, model_id]
    assert answer("rollback") == {"active": BUNDLED}
    assert answer("show", model_id)["files"].keys() == model_files().keys()


def test_the_command_line_speaks_to_people_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["catalog"]) == 0
    assert "rollback" in capsys.readouterr().out
    file = tmp_path / "bundled.gesture"
    for command in (["list"], ["show", BUNDLED], ["export", BUNDLED, str(file)]):
        assert main(["catalog", *command]) == 0
        assert "Gesture Studio" in capsys.readouterr().out
    assert main(["catalog", "export", BUNDLED, str(file)]) == 1
    assert "exists" in capsys.readouterr().err


def test_the_command_line_says_why_it_refuses(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "bad.gesture", {"../evil.py": b""})
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "training", "catalog", "import", str(path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 1
    assert "climbs out of its folder" in done.stderr
    assert "Traceback" not in done.stderr
