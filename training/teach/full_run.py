"""What full training needs to begin, and to go on: PyTorch, and the folder of its run, which is
found again by what is learnt and gone once that is done."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gesture_app.core.extras import installing_command
from gesture_app.store.sample_layout import FULL_RUNS
from training.errors import TrainingError


def check_pytorch() -> None:
    """Raises: TrainingError: all layers cannot be trained, since PyTorch is not there."""
    if find_spec("torch") is None:
        raise TrainingError(
            "All layers cannot be trained",
            "PyTorch is not installed",
            f"Run {installing_command('train')} in a terminal, or teach quickly.",
        )


@contextmanager
def opened_run(root: Path, plan: Mapping[str, Any]) -> Iterator[Path]:
    """The folder of the run that ``plan`` describes, with what it left when it was stopped.

    Runs of the same set for other plans are removed: nobody can go on with them.

    Args:
        root: folder of the gesture set.

    Raises:
        TrainingError: another program is at it, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    runs = root / FULL_RUNS
    key = hashlib.sha256(json.dumps(plan, sort_keys=True).encode()).hexdigest()[:16]
    try:
        runs.mkdir(parents=True, exist_ok=True)
        with FileLock(runs / "lock", timeout=0):
            for other in runs.iterdir():
                if other.is_dir() and other.name != key:
                    shutil.rmtree(other, ignore_errors=True)
            folder = runs / key
            folder.mkdir(exist_ok=True)
            yield folder
    except Timeout as error:
        raise TrainingError(
            "The model is not taught",
            f"another program is teaching {root} already",
            "Wait until it is done, or stop it.",
        ) from error
    except OSError as error:
        raise TrainingError(
            "The training run cannot be written",
            f"{error.filename or runs}: {error.strerror or error}",
            "Make room on the disk, or the folder writable. Then do the same again: it goes on "
            "where it was.",
        ) from error


def forget_runs(root: Path) -> None:
    """Remove what a run left: its model is finished."""
    shutil.rmtree(root / FULL_RUNS, ignore_errors=True)
