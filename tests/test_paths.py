"""The user's folders, the app's own files, and writing without halves."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from gesture_app.core.errors import AppError
from gesture_app.store import atomic, paths
from gesture_app.store.atomic import write_atomically
from gesture_app.store.paths import HOME_VARIABLE, assets_dir, user_folders

REPOSITORY = Path(__file__).resolve().parents[1]


def test_a_given_root_holds_every_folder(tmp_path: Path) -> None:
    folders = user_folders(tmp_path)
    assert {folders.data, folders.config, folders.cache, folders.logs} == {
        tmp_path / "data",
        tmp_path / "config",
        tmp_path / "cache",
        tmp_path / "logs",
    }


def test_the_environment_variable_moves_the_home_and_an_argument_beats_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "from variable"))
    assert user_folders().cache == tmp_path / "from variable" / "cache"
    assert user_folders(tmp_path / "given").cache == tmp_path / "given" / "cache"


def test_without_both_the_systems_places_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE)
    folders = user_folders()
    for path in (folders.data, folders.config, folders.cache, folders.logs):
        assert path.is_absolute()
        assert "gesture-studio" in path.parts


def test_asking_for_folders_creates_nothing(tmp_path: Path) -> None:
    user_folders(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_assets_of_a_checkout_lie_beside_the_package() -> None:
    assert assets_dir() == REPOSITORY / "assets"


def test_assets_of_a_frozen_build_lie_beside_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert assets_dir() == tmp_path / "assets"


def test_assets_of_an_installed_wheel_lie_in_the_environments_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package_file = tmp_path / "lib" / "site-packages" / "gesture_app" / "store" / "paths.py"
    monkeypatch.setattr(paths, "__file__", str(package_file))
    monkeypatch.setattr("sysconfig.get_path", lambda name, *_scheme: str(tmp_path / name))
    share = tmp_path / "data" / "share" / "gesture-studio"
    share.mkdir(parents=True)
    assert assets_dir() == share


def test_missing_assets_are_told_with_a_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(AppError, match="Install the app again"):
        assets_dir()


def test_the_wheel_takes_every_asset_along() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    entries = project["tool"]["setuptools"]["data-files"]
    taken = {path for globs in entries.values() for glob in globs for path in REPOSITORY.glob(glob)}
    assets = {path for path in (REPOSITORY / "assets").rglob("*") if path.is_file()}
    assert assets <= taken, f"add to data-files in pyproject.toml: {assets - taken}"


def test_a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "file"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
