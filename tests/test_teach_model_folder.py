"""A taught model's folder is there as a whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesture_app.store.sample_layout import BEFORE, finished_model
from training.errors import TrainingError
from training.teach.model_folder import FINISHING, empty_folder, finishing


def put(folder: Path, text: str) -> None:
    (folder / "file").write_text(text)


def test_what_is_finished_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "set" / "model"
    for text in ("first", "second"):
        with finishing(target) as folder:
            put(folder, text)
            assert not target.exists() or (target / "file").read_text() == "first"
        assert (target / "file").read_text() == text
    assert {path.name for path in target.parent.iterdir()} == {"model", ".model.lock"}


def test_after_a_failure_the_old_one_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "model"
    with finishing(target) as folder:
        put(folder, "old")
    with pytest.raises(ZeroDivisionError), finishing(target) as folder:
        put(folder, "half")
        raise ZeroDivisionError
    assert (target / "file").read_text() == "old"
    assert not (tmp_path / f".model.{FINISHING}").exists()


def test_what_a_killed_run_left_is_mended_by_the_next_one(tmp_path: Path) -> None:
    target = tmp_path / "model"
    # Killed between the two renames: the old one is aside, the new one is not there yet.
    for name in (BEFORE, FINISHING):
        (tmp_path / f".model.{name}").mkdir()
        put(tmp_path / f".model.{name}", name)
    assert finished_model(tmp_path) == tmp_path / f".model.{BEFORE}"
    with pytest.raises(ZeroDivisionError), finishing(target) as folder:
        assert list(folder.iterdir()) == []
        assert (target / "file").read_text() == BEFORE
        raise ZeroDivisionError
    assert (target / "file").read_text() == BEFORE


def test_two_programs_do_not_finish_the_same_model_at_once(tmp_path: Path) -> None:
    target = tmp_path / "model"
    with finishing(target) as folder:
        put(folder, "first")
        with pytest.raises(TrainingError, match="another program"), finishing(target):
            pytest.fail("both are at it")
    assert (target / "file").read_text() == "first"


def test_a_folder_for_the_time_being_leaves_nothing(tmp_path: Path) -> None:
    with empty_folder(tmp_path / "model") as folder:
        put(folder, "for the library")
    assert [path.name for path in tmp_path.iterdir()] == [".model.lock"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(TrainingError, match="cannot be written"),
        finishing(tmp_path / "file" / "m"),
    ):
        pytest.fail("there is no such folder")
