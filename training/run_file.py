"""``recipe.json``: every value that a run used, beside its checkpoints."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from gesture_app.store.atomic import write_atomically
from training.config import Recipe
from training.errors import TrainingError
from training.progress import Started
from training.training_data import DataRow

RUN_FILE = "recipe.json"
SCHEMA = 2


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What decides a run's result besides the machine.

    Attributes:
        labels: of the network's outputs.
        data: the sets and their hashes.
        start: which weights it starts from, and their hash.
        teacher: likewise, or None.
    """

    recipe: Recipe
    labels: tuple[str, ...]
    data: tuple[DataRow, ...]
    start: str
    teacher: str | None

    def to_json(self) -> dict[str, Any]:
        # Through JSON, so that tuples compare equal to the lists that are read back.
        value: dict[str, Any] = json.loads(
            json.dumps(
                {
                    "recipe": self.recipe.to_json(),
                    "labels": self.labels,
                    "data": [asdict(row) for row in self.data],
                    "start": self.start,
                    "teacher": self.teacher,
                }
            )
        )
        return value


def read_run(run: Path) -> dict[str, Any] | None:
    """The run file of a folder, or None.

    Raises:
        TrainingError: it is damaged or of another version.
    """
    path = run / RUN_FILE
    if not path.is_file():
        return None
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        value = None
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise TrainingError(
            f"{run} cannot be continued",
            f"{RUN_FILE} is damaged or was written by another version",
            "Train into a new folder.",
        )
    return value


def check_same(run: Path, stored: dict[str, Any], plan: RunPlan) -> None:
    """A run goes on with what it began with, or its result would be neither's.

    Raises:
        TrainingError: something differs.
    """
    wanted = plan.to_json()
    changed = [
        f"{name}: {old!r} then, {new!r} now"
        for name, old, new in _differences(stored, wanted, tuple(wanted))
    ]
    if changed:
        raise TrainingError(
            f"{run} cannot be continued",
            "It was begun otherwise: " + "; ".join(changed),
            "Put back what was changed, or train into a new folder.",
        )


def note_session(run: Path, plan: RunPlan, started: Started) -> None:
    """Write the run file, or add to it under what circumstances the run goes on."""
    stored = read_run(run)
    sessions = [] if stored is None else stored["sessions"]
    session = {
        **asdict(started),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
    }
    value = {"schema": SCHEMA, **plan.to_json(), "sessions": [*sessions, session]}
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    write_atomically(run / RUN_FILE, text.encode())


def _differences(
    stored: dict[str, Any], wanted: dict[str, Any], keys: Sequence[str]
) -> list[tuple[str, Any, Any]]:
    """Values that differ, the recipe's one by one."""
    found = []
    for key in keys:
        old, new = stored.get(key), wanted[key]
        if isinstance(old, dict) and isinstance(new, dict):
            found += _differences(old, new, sorted(old.keys() | new.keys()))
        elif old != new:
            found.append((key, old, new))
    return found
