"""Settings survive restarts, bad values, broken files and older versions."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest

from gesture_app.core.errors import SettingsError
from gesture_app.store.settings import (
    RULES,
    Settings,
    SettingsFile,
    load_settings,
    save_settings,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")


def test_every_setting_has_a_rule_that_its_default_keeps() -> None:
    assert set(RULES) == {field.name for field in fields(Settings)}
    assert all(RULES[name].accepts(value) for name, value in asdict(Settings()).items())


def test_without_a_file_all_are_at_their_defaults(path: Path) -> None:
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.problems == ()


def test_what_was_saved_is_loaded_again(path: Path) -> None:
    settings = Settings("ko", "dark", False, "/영상/손\udcff.mp4", 1280, 720, 59.94, "QUJD")
    file = SettingsFile(path)
    file.save(settings)
    assert file.load() == settings
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "xx"),
        ("language", ["en"]),
        ("theme", None),
        ("mirror", 1),
        ("source", "a\0b"),
        ("source", "x" * 5000),
        ("camera_width", 640.0),
        ("camera_width", True),
        ("camera_height", -1),
        ("camera_fps", float("nan")),
        ("camera_fps", 10**400),
        ("window_geometry", {}),
    ],
    ids=lambda value: f"{value!r:.20}",
)
def test_a_bad_value_costs_only_itself_and_is_reported(path: Path, name: str, value: Any) -> None:
    others = Settings("ko", "dark", False, "demo", 1280, 720, 60.0, "QUJD")
    write(path, {"schema": 1, "settings": asdict(others) | {name: value}})
    loaded = load_settings(path)
    assert loaded.settings == replace(others, **{name: getattr(Settings(), name)})
    (problem,) = loaded.problems
    assert name in problem


def test_a_setting_that_nobody_knows_is_ignored(path: Path) -> None:
    write(path, {"schema": 1, "settings": {"theme": "dark", "wings": 2}})
    assert load_settings(path).settings == Settings(theme="dark")


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"schema": 1}',
        '{"settings": {}}',
        '{"schema": 0, "settings": {}}',
        '{"schema": 99, "settings": {}}',
        " " * 2_000_000,
    ],
)
def test_a_file_of_no_use_is_kept_and_reported(path: Path, content: str) -> None:
    write(path, content)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert "settings.json.old" in loaded.problems[0]
    assert path.with_name("settings.json.old").read_text("utf-8") == content


def test_older_settings_are_brought_up_to_date_step_by_step(path: Path) -> None:
    def rename(values: dict[str, Any]) -> dict[str, Any]:
        return {"look": values["color"]}

    def map_values(values: dict[str, Any]) -> dict[str, Any]:
        return {"theme": {"black": "dark"}[values["look"]]}

    steps = (rename, map_values)
    write(path, {"schema": 1, "settings": {"color": "black"}})
    assert load_settings(path, steps).settings.theme == "dark"
    write(path, {"schema": 2, "settings": {"look": "black"}})
    assert load_settings(path, steps).settings.theme == "dark"
    save_settings(path, Settings(theme="light"), steps)
    assert json.loads(path.read_text("utf-8"))["schema"] == 3
    assert load_settings(path, steps).settings.theme == "light"


def test_a_place_that_cannot_be_written_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    with pytest.raises(SettingsError) as caught:
        save_settings(blocked / "settings.json", Settings())
    assert str(blocked) in caught.value.why
    assert caught.value.next_step
