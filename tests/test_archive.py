"""A model as one file, and the commands that exchange it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gesture_app.core.errors import AppError, ModelError
from gesture_app.store.archive import write_archive
from gesture_app.store.library import ModelLibrary
from gesture_app.store.library_state import BUNDLED
from tests.model_files import (
    add_model,
    damage,
    listed,
    model_files,
    no_check,
    write_folder,
    write_zip,
)
from tests.program import PATIENCE_S, REPOSITORY
from training.__main__ import main


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    bundled = write_folder(tmp_path / "bundled", model_files("Bundled"))
    return ModelLibrary(tmp_path / "library", bundled, no_check)


def test_the_same_model_always_gives_the_same_file(library: ModelLibrary, tmp_path: Path) -> None:
    model = add_model(library, tmp_path, "Mine")
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
    model = add_model(library, tmp_path, "Mine")
    damage(model)
    with pytest.raises(ModelError, match="sha256"):
        write_archive(model.folder, tmp_path / "mine.gesture")
    assert not (tmp_path / "mine.gesture").exists()


def test_a_place_that_cannot_be_written_is_said(library: ModelLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError, match="The model cannot be exported"):
        write_archive(library.bundled, tmp_path / "file" / "x.gesture")


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
