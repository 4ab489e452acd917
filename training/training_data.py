"""The hands that a run trains and is judged on, from data sets named on the command line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gesture_app.core.types import NO_GESTURE
from training.augment import can_become_negative
from training.cache import CachedHands, load_cache
from training.config import Recipe
from training.data.dataset_file import DESCRIPTION
from training.data.imported_set import load_set
from training.errors import TrainingError

CACHE_INDEX = "index.jsonl"
TRAIN, VALIDATION = "train", "validation"


@dataclass(frozen=True, slots=True)
class DataRow:
    """What a run notes of one side of a data set.

    Attributes:
        role: train or validation.
        sha256: of the imported set's manifest, or over pixels, landmarks and labels of a cache.
        split: how the side was chosen.
        licence: of the pictures, as the imported set says.
    """

    name: str
    role: str
    hands: int
    sha256: str
    split: str
    licence: str = "not stated"


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a data set, with what a run notes of it."""

    hands: CachedHands
    row: DataRow


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Both sides.

    Attributes:
        labels: gestures of the training side, sorted, then `NO_GESTURE`.
    """

    train: tuple[CachedHands, ...]
    validation: tuple[CachedHands, ...]
    labels: tuple[str, ...]
    rows: tuple[DataRow, ...]


FindHands = Callable[[str], Path]
"""Name of a shared data set → folder of its cache, made if need be."""


def gather(
    sets: Sequence[str], validation_sets: Sequence[str], find_hands: FindHands
) -> TrainingData:
    """Open data sets.

    Args:
        sets: folders that ``gesture-train data import`` wrote, of which the validation side is
            held out as their split says; or caches, or names of shared sets, which are trained on
            as a whole.
        validation_sets: the same, judged on as a whole and not trained on.

    Raises:
        AppError: a set is missing, damaged, or on both sides.
    """
    if both := sorted(set(sets) & set(validation_sets)):
        raise TrainingError(
            "The data cannot be used",
            f"{', '.join(both)} would be on both sides: trained on and judged on",
            "Leave it out on one side.",
        )
    sides = [side for name in sets for side in _open(name, find_hands)]
    for name in validation_sets:
        for side in _open(name, find_hands):
            row = replace(side.row, role=VALIDATION, split="as a whole")
            sides.append(_Side(side.hands, row))
    train = tuple(side.hands for side in sides if side.row.role == TRAIN)
    held_out = tuple(side.hands for side in sides if side.row.role == VALIDATION)
    targets = {sample.target for cache in train for sample in cache.samples}
    gestures = sorted(target for target in targets if target and target != NO_GESTURE)
    rows = tuple(side.row for side in sides)
    return TrainingData(train, held_out, (*gestures, NO_GESTURE), rows)


def check_fits(data: TrainingData, recipe: Recipe) -> None:
    """A recipe asks for kinds of samples; the data must have them.

    Raises:
        TrainingError: it does not.
    """
    gestures = data.labels[:-1]
    targets = {sample.target for cache in data.train for sample in cache.samples}
    problems = {
        "there is no hand of any gesture in it": not gestures,
        f"it has no hand labelled {NO_GESTURE}, and the recipe's negative_share is not 0": (
            recipe.negative_share > 0 and NO_GESTURE not in targets
        ),
        "none of its gestures can be turned into a negative, and the recipe's turned_share is not "
        "0": recipe.turned_share > 0 and not any(map(can_become_negative, gestures)),
    }
    if found := [problem for problem, is_so in problems.items() if is_so]:
        raise TrainingError(
            "The data does not fit the recipe",
            "; ".join(found),
            "Add such pictures, or change the recipe.",
        )


def _open(name: str, find_hands: FindHands) -> list[_Side]:
    """The sides of a data set that have hands."""
    folder = Path(name)
    if (folder / DESCRIPTION).is_file():
        imported = load_set(folder)
        about, split = imported.description, imported.description.split
        how = f"by {split.by}, seed {split.seed}, share {split.share}"
        sha256 = about.manifest_sha256
        return [
            _Side(hands, DataRow(about.name, role, len(hands.samples), sha256, how, about.licence))
            for role, hands in ((TRAIN, imported.train), (VALIDATION, imported.validation))
            if hands.samples
        ]
    cache = folder if (folder / CACHE_INDEX).is_file() else find_hands(name)
    hands = load_cache(cache)
    sha256 = _hash_cache(cache, hands)
    return [_Side(hands, DataRow(folder.name, TRAIN, len(hands.samples), sha256, "as a whole"))]


def _hash_cache(folder: Path, hands: CachedHands) -> str:
    """One sha256 over what training takes from a cache; paths on this machine are left out."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.npy")):
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    for sample in hands.samples:
        row = [sample.path.name, sample.label, sample.person, sample.source]
        total.update(json.dumps(row).encode())
    return total.hexdigest()
