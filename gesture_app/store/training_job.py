"""What is being taught, as a small file beside the samples, so that it can be gone on with.

It is written before a run starts and removed when the run has ended with a model, or a person no
longer wants it. Where one is found at the start of the app, a run was interrupted: by closing the
window, by a crash of either side, or by a power cut.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from gesture_app.core.errors import RefusalError, SampleError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.strict_json import parse_object

JOB_NAME = "training.json"
JOB_SCHEMA = 1

_MAX_BYTES = 4096
_MAX_NAME = 200
_LATEST_S = 4e9  # the year 2096

_log = logging.getLogger(__name__)


class TeachingMode(StrEnum):
    """How much of the network learns: its last step only, or all layers."""

    QUICK = "quick"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """One run.

    Attributes:
        name: of the model that it makes.
        started_s: when it was started first, in Unix seconds.
    """

    mode: TeachingMode
    name: str
    started_s: float


def load_job(root: Path) -> TrainingJob | None:
    """The run that was not finished; None where there is none, or what is there makes no sense.

    Args:
        root: folder of the gesture set.
    """
    try:
        with (root / JOB_NAME).open("rb") as file:
            value = parse_object(file.read(_MAX_BYTES), JOB_NAME)
        return _job(value)
    except FileNotFoundError:
        return None
    except (OSError, RefusalError, ValueError) as error:
        # It only says what could be done again; doing without it loses no picture.
        _log.warning("The unfinished training run is not known (%s)", error)
        return None


def save_job(root: Path, job: TrainingJob) -> None:
    """Raises: SampleError: it cannot be written; nothing was changed."""
    value = {"schema": JOB_SCHEMA, **asdict(job)}
    try:
        write_atomically(root / JOB_NAME, (json.dumps(value, indent=2) + "\n").encode("ascii"))
    except OSError as error:
        raise _unwritable(root, error) from error


def forget_job(root: Path) -> None:
    """Raises: SampleError: it is there and cannot be removed."""
    try:
        (root / JOB_NAME).unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise _unwritable(root, error) from error


def _job(value: dict[str, object]) -> TrainingJob:
    name, started = value.get("name"), value.get("started_s")
    if value.get("schema") != JOB_SCHEMA:
        raise ValueError("its schema is not known")
    if not isinstance(name, str) or not 0 < len(name) <= _MAX_NAME:
        raise ValueError("it has no name")
    if not isinstance(started, int | float) or isinstance(started, bool):
        raise ValueError("it has no time")
    if not 0 <= started < _LATEST_S:
        raise ValueError("it has no time")
    return TrainingJob(TeachingMode(str(value.get("mode"))), name, float(started))


def _unwritable(root: Path, error: OSError) -> SampleError:
    return SampleError(
        "Training cannot be started",
        f"{error.filename or root} cannot be written ({error.strerror})",
        "Make room on the disk, or the folder writable.",
    )
