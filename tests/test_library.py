"""The library of models: what is taken in, found and removed; one program at a time; crashes."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from gesture_app.core.errors import AppError, ModelError, RefusalError
from gesture_app.store import library_state
from gesture_app.store.archive import write_archive
from gesture_app.store.archive_contents import CONTENTS_NAME
from gesture_app.store.library import ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.library_state import BUNDLED, STATE_NAME, changing
from tests.model_files import (
    NETWORK,
    add_model,
    changed,
    damage,
    ids,
    listed,
    model_files,
    no_check,
    write_folder,
)
from tests.program import PATIENCE_S, REPOSITORY


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    bundled = write_folder(tmp_path / "bundled", model_files("Bundled"))
    return ModelLibrary(tmp_path / "library", bundled, no_check)


@pytest.fixture
def active(library: ModelLibrary) -> ActiveModel:
    return ActiveModel(library)


def test_an_empty_library_has_the_bundled_model_and_makes_no_folder(library: ModelLibrary) -> None:
    assert ids(library) == [BUNDLED]
    assert not library.root.exists()


def test_versions_of_one_model_stand_side_by_side(library: ModelLibrary, tmp_path: Path) -> None:
    first, second = (
        add_model(library, tmp_path, "Mine", 1.0),
        add_model(library, tmp_path, "Mine", 2.0),
    )
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
    model = add_model(library, tmp_path, "Mine")
    write_archive(model.folder, tmp_path / "mine.gesture")
    assert library.add_file(tmp_path / "mine.gesture") == model
    assert len(library.models()) == 2


def test_taking_a_damaged_model_in_again_mends_it(library: ModelLibrary, tmp_path: Path) -> None:
    model = add_model(library, tmp_path, "Mine")
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
    def refuse(paths: Sequence[Path], manifest: object) -> None:
        raise RefusalError(f"{paths[0].name} is none")

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
    add_model(library, tmp_path, "Mine", 1.0)
    add_model(library, tmp_path, "Mine", 2.0)
    with pytest.raises(ModelError, match="It is not clear which model “Mine” is"):
        library.find("Mine")
    assert library.find("Bundled").id == BUNDLED


@pytest.mark.parametrize("key", ["", "abc", "../bundled", "f" * 64])
def test_what_no_model_is_called_is_not_found(
    library: ModelLibrary, tmp_path: Path, key: str
) -> None:
    add_model(library, tmp_path, "Mine")
    with pytest.raises(ModelError, match="There is no model"):
        library.find(key)


def test_a_model_that_lost_a_file_is_listed_as_broken_and_can_be_removed(
    library: ModelLibrary, tmp_path: Path
) -> None:
    model = add_model(library, tmp_path, "Mine")
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
    model = add_model(library, tmp_path, "Mine")
    files = {path.name: path.read_bytes() for path in model.folder.iterdir()}
    del files[CONTENTS_NAME]
    files["card.json"] = changed(files["card.json"], recall=1.0)
    for name, content in listed(files).items():
        (model.folder / name).write_bytes(content)
    assert [broken.id for broken in library.broken()] == [model.id]


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
            add_model(library, tmp_path, "Mine")
    finally:
        done.set()
        other.join()


@pytest.mark.skipif(sys.platform == "win32", reason="has neither fork nor SIGKILL")
def test_killed_at_any_step_the_old_state_or_the_new_one_is_there(
    library: ModelLibrary, active: ActiveModel, tmp_path: Path
) -> None:
    old = add_model(library, tmp_path, "Old", 1.0)
    active.activate(old.id)
    new = add_model(library, tmp_path, "New", 2.0)
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
