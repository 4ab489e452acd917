"""A finished, checked model folder, which appears as a whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import ModelManifest
from gesture_app.store.atomic import sync_folder
from gesture_app.store.judgement import Judgement, save_judgement
from gesture_app.store.sample_layout import BEFORE, beside_model
from gesture_app.vision.golden import Golden
from training.errors import TrainingError
from training.installing import DEFAULT_PRECISION, write_model
from training.parity import Verdict, judge

FINISHING = "new"


@dataclass(frozen=True, slots=True)
class TaughtModel:
    """A model that was taught and has no folder yet.

    Attributes:
        networks: precision → ONNX file.
        manifest: its file, hash and variants are filled in when it is written.
        golden: hands, and what the network answers to them by another way of computing.
    """

    networks: Mapping[str, bytes]
    manifest: ModelManifest
    golden: Golden
    judgement: Judgement


def write_taught_model(
    folder: Path, model: TaughtModel, note: Callable[[], None]
) -> tuple[ModelManifest, tuple[Verdict, ...]]:
    """Write a model into an empty folder, with the networks that agree with its golden set.

    Args:
        note: called after each network.

    Returns:
        The manifest as written, and what the parity gate found out about every network; one that
        disagrees is left out.

    Raises:
        ModelError: the fp32 network disagrees.
        OSError: the folder cannot be written.
    """
    verdicts = []
    for precision, network in model.networks.items():
        verdicts.append(judge(network, precision, model.golden))
        note()
    kept = {v.precision: model.networks[v.precision] for v in verdicts if not v.complaint}
    if DEFAULT_PRECISION not in kept:
        raise ModelError(
            "The taught model is not used",
            f"its network does not compute what was learnt ({verdicts[0].complaint})",
            "Teach it again; if it comes back, please report it.",
        )
    manifest = write_model(folder, kept, model.manifest, model.golden)
    save_judgement(folder, model.judgement)
    return manifest, tuple(verdicts)


@contextmanager
def finishing(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` that takes its place when the block ends without an
    exception. What was there before is kept until then.

    Raises:
        TrainingError: it cannot be written, or another program is doing the same.
    """
    with empty_folder(target) as new:
        yield new
        _replace(new, target)


@contextmanager
def empty_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` that is gone afterwards, or after the next time.

    Raises:
        TrainingError: it cannot be written, or another program is doing the same.
    """
    from filelock import FileLock, Timeout

    new = beside_model(target, FINISHING)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(beside_model(target, "lock"), timeout=0):
            _mend(target)
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            try:
                yield new
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except Timeout as error:
        raise TrainingError(
            "The model is not taught",
            f"another program is teaching {target.parent} already",
            "Wait until it is done, or stop it.",
        ) from error
    except OSError as error:
        raise TrainingError(
            "The model cannot be written",
            f"{error.filename or target}: {error.strerror or error}",
            "Make room on the disk, or the folder writable. Then do the same again: it goes on "
            "where it was.",
        ) from error


def _replace(new: Path, target: Path) -> None:
    """Two renames. If only the first one is done, `_mend` takes it back."""
    before = beside_model(target, BEFORE)
    if target.exists():
        target.rename(before)
    new.rename(target)
    sync_folder(target.parent)
    shutil.rmtree(before, ignore_errors=True)


def _mend(target: Path) -> None:
    before = beside_model(target, BEFORE)
    if before.exists() and not target.exists():
        before.rename(target)
    shutil.rmtree(before, ignore_errors=True)
