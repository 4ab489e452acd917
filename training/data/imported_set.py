"""What training gets of a data set: its two sides, checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gesture_app.core.context import CONTEXT_SIZE
from gesture_app.core.types import LANDMARK_COUNT, NO_GESTURE
from training.cache import CachedHands, load_cache
from training.data.dataset_file import CACHE, DataSet, read_dataset
from training.data.errors import DataError


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """A data set, ready for training.

    Attributes:
        description: name, licence, hash, split.
        train: hands to train on.
        validation: hands to judge on; of other people, sessions or stretches.
        labels: gestures that are trained on, sorted, then `NO_GESTURE`: what a manifest takes.
    """

    description: DataSet
    train: CachedHands
    validation: CachedHands
    labels: tuple[str, ...]


def load_set(path: Path) -> ImportedSet:
    """Open a data set that `gesture-train data import` wrote; pictures stay on the disk.

    Raises:
        DataError: it is not whole, was altered, or its split does not hold.
    """
    description, rows = read_dataset(path)
    try:
        cache = load_cache(path / CACHE)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unfit(f"{path / CACHE}: {error}") from error
    found = [row for row in rows if row.found]
    count = len(found)
    expected = {
        "contexts": ((count, CONTEXT_SIZE, CONTEXT_SIZE, 3), np.uint8),
        "landmarks": ((count, LANDMARK_COUNT, 3), np.float32),
        "picture_boxes": ((count, 4), np.float32),
    }
    for name, (shape, dtype) in expected.items():
        array = getattr(cache, name)
        if array.shape != shape or array.dtype != dtype:
            raise _unfit(f"{name} of {path / CACHE} are not {np.dtype(dtype)} {shape}")
    if [(row.file, row.label) for row in found] != [
        (sample.path.as_posix(), sample.label) for sample in cache.samples
    ]:
        raise _unfit(f"{path / CACHE} is of other pictures than the manifest")

    def side(indices: list[int]) -> CachedHands:
        return cache.part([row for i in indices if (row := rows[i].row) is not None])

    train = side(description.split.training(rows))
    targets = {sample.target for sample in train.samples} - {None, NO_GESTURE}
    labels = (*sorted(target for target in targets if target), NO_GESTURE)
    return ImportedSet(description, train, side(list(description.split.validation)), labels)


def _unfit(reason: str) -> DataError:
    return DataError(
        "The data set cannot be used", reason, "Import the pictures again into a new folder."
    )
