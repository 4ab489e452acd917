"""The user's settings: one JSON file, checked key by key when read, replaced whole when written.

What a setting is (name, default, what is allowed) stands in `RULES` and nowhere else. A value that
breaks its rule costs only itself: it takes its default, and the problem is reported.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from gesture_app.core.errors import SettingsError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.paths import UserFolders

_log = logging.getLogger(__name__)

LANGUAGES = ("", "en", "ko")
THEMES = ("system", "light", "dark")
_MAX_FILE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults.

    Attributes:
        language: language code, one of `LANGUAGES`; empty follows the system.
        theme: one of `THEMES`.
        mirror: show the picture mirrored, as people know themselves.
        source: the source opened last, as on the command line (``0``, a camera's name, a path, a
            URL or ``demo``); empty means the first camera.
        camera_width, camera_height, camera_fps: asked of a camera, which may answer with others.
        processor_percent: how much of all processors recognition may take; 100 is no limit. Frames
            that there is no time for are dropped and counted.
        window_geometry: Qt's saved geometry in base64; empty for the default place.
    """

    language: str = ""
    theme: str = "system"
    mirror: bool = True
    source: str = ""
    camera_width: int = 640
    camera_height: int = 480
    camera_fps: float = 30.0
    window_geometry: str = ""
    processor_percent: int = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting may be.

    Attributes:
        accepts: whether a JSON value is allowed.
        meaning: what is allowed, in words, for the report.
    """

    accepts: Callable[[Any], bool]
    meaning: str


def _one_of(values: Sequence[str]) -> Rule:
    return Rule(lambda value: value in values, "one of " + ", ".join(repr(v) for v in values))


def _text(limit: int) -> Rule:
    def accepts(value: Any) -> bool:
        return isinstance(value, str) and len(value) <= limit and "\0" not in value

    return Rule(accepts, f"a text of at most {limit} characters")


def _whole(low: int, high: int) -> Rule:
    return Rule(lambda v: type(v) is int and low <= v <= high, f"a whole number {low} to {high}")


def _number(low: float, high: float) -> Rule:
    def accepts(value: Any) -> bool:
        # False for NaN too.
        return type(value) in (int, float) and low <= value <= high

    return Rule(accepts, f"a number {low} to {high}")


RULES: Mapping[str, Rule] = {
    "language": _one_of(LANGUAGES),
    "theme": _one_of(THEMES),
    "mirror": Rule(lambda value: type(value) is bool, "true or false"),
    "source": _text(4096),
    "camera_width": _whole(160, 7680),
    "camera_height": _whole(120, 4320),
    "camera_fps": _number(1, 240),
    "processor_percent": _whole(5, 100),
    "window_geometry": _text(4096),
}

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: tuple[Migration, ...] = ()
"""The n-th turns the values of schema n into those of schema n + 1. When a setting is renamed or
changes its meaning, its migration is added here, and the schema counts itself up."""


def schema_of(migrations: Sequence[Migration]) -> int:
    return len(migrations) + 1


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings that can be used, and what was wrong with the file, one sentence each."""

    settings: Settings
    problems: tuple[str, ...] = ()


def settings_path(folders: UserFolders) -> Path:
    return folders.config / "settings.json"


class SettingsFile:
    """The settings of one user at one path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        """See `load_settings`; problems are logged only."""
        return load_settings(self._path).settings

    def save(self, settings: Settings) -> None:
        """See `save_settings`."""
        save_settings(self._path, settings)


def load_settings(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> LoadedSettings:
    """Read settings; never fails. A file that cannot be used as a whole is set aside as
    ``settings.json.old``, so that the next save does not destroy it."""
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise ValueError("the file is too large")
        schema, values = _split(json.loads(path.read_text("utf-8")))
        if schema > schema_of(migrations):
            raise ValueError(f"schema {schema} comes from a newer version of the app")
        for migrate in migrations[schema - 1 :]:
            values = migrate(values)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except (OSError, ValueError, RecursionError, KeyError, TypeError) as error:
        kept = _set_aside(path)
        problem = f"The settings cannot be read ({error}); {kept}, defaults are used."
        _log.warning(problem)
        return LoadedSettings(Settings(), (problem,))
    return _checked(values)


def save_settings(
    path: Path, settings: Settings, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Replace the file.

    Raises:
        SettingsError: it cannot be written; the old one is untouched.
    """
    value = {"schema": schema_of(migrations), "settings": asdict(settings)}
    # ASCII only: file names may hold what UTF-8 cannot.
    text = json.dumps(value, indent=2) + "\n"
    try:
        write_atomically(path, text.encode("ascii"))
    except OSError as error:
        raise SettingsError(
            "The settings cannot be saved",
            f"{path}: {error.strerror or error}",
            "Make room on the disk or the folder writable; until then they last until you quit.",
        ) from error


def _split(value: Any) -> tuple[int, dict[str, Any]]:
    if not isinstance(value, dict):
        raise ValueError("the top level is not an object")
    schema, values = value.get("schema"), value.get("settings")
    if type(schema) is not int or schema < 1:
        raise ValueError("the schema version is missing")
    if not isinstance(values, dict):
        raise ValueError("there is no object named settings")
    return schema, values


def _checked(values: dict[str, Any]) -> LoadedSettings:
    """The values that keep their rules; defaults and a report for the others."""
    good: dict[str, Any] = {}
    problems = []
    for field in fields(Settings):
        if field.name not in values:
            continue
        value, rule = values[field.name], RULES[field.name]
        if rule.accepts(value):
            good[field.name] = value
        else:
            problems.append(
                f"The setting {field.name} is {value!r:.80}, which is not {rule.meaning}; "
                f"{field.default!r} is used."
            )
    for problem in problems:
        _log.warning(problem)
    return LoadedSettings(Settings(**good), tuple(problems))


def _set_aside(path: Path) -> str:
    old = path.with_name(path.name + ".old")
    try:
        path.replace(old)
    except OSError:
        return "it cannot be kept"
    return f"it was kept as {old.name}"
