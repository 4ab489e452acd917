"""``gesture-train catalog``: the user's library of models on the command line.

The library itself is `gesture_app.store.library`; the app uses the same one.
"""

from __future__ import annotations

import argparse
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gesture_app.core.errors import AppError
from gesture_app.store.archive import SUFFIX, write_archive
from gesture_app.store.archive_contents import files_of_model, record_of
from gesture_app.store.library import InstalledModel, ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.library_state import BUNDLED
from gesture_app.store.paths import assets_dir, models_folder, user_folders
from gesture_app.vision.network_check import check_networks

_SHOWN_ID = 12
_KEY_HELP = f"identity or its beginning, name, or {BUNDLED}"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``catalog`` and its own commands."""
    catalog = commands.add_parser(
        "catalog", help="the models on this machine: list, exchange, activate, roll back"
    )
    actions = catalog.add_subparsers(dest="action", metavar="ACTION")
    catalog.set_defaults(print_help=catalog.print_help)
    actions.add_parser("list", help="all models, and which one is active")
    show = actions.add_parser("show", help="what a model says of itself; its files are verified")
    activate = actions.add_parser("activate", help="let the app use this model")
    actions.add_parser("rollback", help="let the app use the model before this one")
    remove = actions.add_parser("remove", help="delete a model that is not active")
    export = actions.add_parser("export", help=f"write a model into one file, NAME{SUFFIX}")
    for command in (show, activate, remove, export):
        command.add_argument("model", help=_KEY_HELP)
    export.add_argument("file", nargs="?", type=Path, help="default: the model's name, here")
    export.add_argument("--force", action="store_true", help="replace a file that exists")
    take_in = actions.add_parser(
        "import", help="check a model file, or the model folder of a training run, and add it"
    )
    take_in.add_argument("path", type=Path, help=f"NAME{SUFFIX}, or a folder")
    for command in actions.choices.values():
        command.add_argument("--json", action="store_true", help="one JSON object as the answer")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; the exit code.

    Raises:
        AppError: it cannot be done.
    """
    catalog = Catalog(open_library())
    if options.action is None:
        options.print_help()
        return 0
    answer, text = _ACTIONS[options.action](catalog, options)
    if options.json:
        print(json.dumps(answer))
    else:
        Console().print(text)
    return 0


def open_library() -> ModelLibrary:
    """The library of this user, the one that the app uses."""
    return ModelLibrary(
        models_folder(user_folders()), assets_dir() / "models" / "default", check_networks
    )


Answer = tuple[dict[str, Any], Text | Table]
"""For programs, and for people."""


class Catalog:
    """One method per command; each gives its answer in both forms."""

    def __init__(self, library: ModelLibrary) -> None:
        self._library = library
        self._active = ActiveModel(library)

    def list_all(self, _options: argparse.Namespace) -> Answer:
        choice, active = self._active.choice(), self._active.id()
        models, broken = self._library.models(), self._library.broken()
        table = Table("", "model", "name", "labels", "size", "added", box=None)
        for model in models:
            mark = "●" if model.id == active else ""
            table.add_row(mark, _short(model), Text(model.manifest.name), *_columns(model))
        for lost in broken:
            table.add_row("✗", lost.id[:_SHOWN_ID], Text(f"broken: {lost.problem.why}"))
        if choice.problem is not None:
            table.caption = Text(f"{choice.problem.what}: {choice.problem.why}", justify="left")
        answer = {
            "active": active,
            "problem": None if choice.problem is None else str(choice.problem),
            "models": [_summary(model) for model in models],
            "broken": [{"id": lost.id, "reason": lost.problem.why} for lost in broken],
        }
        return answer, table

    def show(self, options: argparse.Namespace) -> Answer:
        model = self._library.find(options.model)
        self._library.verify(model)
        manifest = model.manifest
        files = {path.name: path for path in files_of_model(model.folder, manifest)}
        answer = _summary(model) | {
            "active": model.id == self._active.id(),
            "labels": list(manifest.labels),
            "threshold": manifest.threshold,
            "temperature": manifest.temperature,
            "metrics": dict(manifest.metrics),
            "licence": manifest.licence,
            "attribution": manifest.attribution,
            "files": {name: _file(path) for name, path in files.items()},
        }
        rows = Table(box=None, show_header=False)
        for name, value in answer.items():
            rows.add_row(name.replace("_", " "), Text(_plain(value), overflow="fold"))
        return answer, rows

    def export(self, options: argparse.Namespace) -> Answer:
        model = self._library.find(options.model)
        target = options.file or Path(_file_name(model))
        if target.exists() and not options.force:
            raise AppError(
                "The model is not exported", f"{target} exists", "Name another file, or --force."
            )
        contents = write_archive(model.folder, target)
        size = target.stat().st_size
        told = Text(f"{model.manifest.name} is in {target} ({_megabytes(size)})")
        return {"file": str(target), "id": contents.id, "bytes": size}, told

    def take_in(self, options: argparse.Namespace) -> Answer:
        path = options.path
        add = self._library.add_folder if path.is_dir() else self._library.add_file
        model = add(path)
        told = f"{_named(model)} is in the library. `catalog activate {_short(model)}` uses it."
        return _summary(model), Text(told)

    def remove(self, options: argparse.Namespace) -> Answer:
        model_id = self._library.remove(options.model)
        return {"removed": model_id}, Text(f"{model_id[:_SHOWN_ID]} is removed")

    def activate(self, options: argparse.Namespace) -> Answer:
        model = self._active.activate(options.model)
        return {"active": model.id}, Text(f"{_named(model)} is active")

    def roll_back(self, _options: argparse.Namespace) -> Answer:
        model = self._active.roll_back()
        return {"active": model.id}, Text(f"{_named(model)} is active again")


_ACTIONS = {
    "list": Catalog.list_all,
    "show": Catalog.show,
    "export": Catalog.export,
    "import": Catalog.take_in,
    "remove": Catalog.remove,
    "activate": Catalog.activate,
    "rollback": Catalog.roll_back,
}


def _summary(model: InstalledModel) -> dict[str, Any]:
    return {
        "id": model.id,
        "name": model.manifest.name,
        "folder": str(model.folder),
        "bytes": model.size,
        "added": _date(model) or None,
        "input_size": model.manifest.preprocess.input_size,
        "label_count": len(model.manifest.labels),
    }


def _file(path: Path) -> dict[str, Any]:
    record = record_of(path)
    return {"bytes": record.size, "sha256": record.sha256}


def _columns(model: InstalledModel) -> tuple[str, str, str]:
    return str(len(model.manifest.labels)), _megabytes(model.size), _date(model)


def _named(model: InstalledModel) -> str:
    return f"{model.manifest.name} ({_short(model)})"


def _short(model: InstalledModel) -> str:
    return model.id[:_SHOWN_ID]


def _date(model: InstalledModel) -> str:
    if model.id == BUNDLED:
        return ""
    added = datetime.fromtimestamp(model.added_s, UTC)
    return added.isoformat(sep=" ", timespec="minutes")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_plain(entry)}" for key, entry in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _file_name(model: InstalledModel) -> str:
    """The model's name as a file name that every system takes."""
    return (re.sub(r"[^A-Za-z0-9]+", "-", model.manifest.name).strip("-") or "model") + SUFFIX
