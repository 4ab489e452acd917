"""Adding another gesture set, which lies checked in a folder, to this one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.atomic import sync_folder, write_atomically
from gesture_app.store.gesture_set import (
    SET_NAME,
    Gesture,
    GestureSet,
    dump_gesture_set,
    label_for,
    load_gesture_set,
)
from gesture_app.store.sample_changes import next_number, samples_behind
from gesture_app.store.sample_layout import (
    SAMPLES,
    check_free_of_twins,
    number_of,
    recording_folder,
    sample_name,
)


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """What came of taking in a gesture set.

    Attributes:
        gestures: own gestures that were not here before.
        samples: how many were added.
        known: how many were here already.
    """

    gestures: tuple[Gesture, ...]
    samples: int
    known: int


def merge_set(root: Path, other: Path, reserved: Collection[str]) -> ImportedSet:
    """Move what the set in ``other`` holds into the one in ``root``. The caller holds its lock.

    Args:
        other: on the same disk; all in it was checked.
        reserved: labels that the app knows by itself.

    Raises:
        SampleError: a gesture set cannot be read, or a label is taken in other letters.
        OSError: something cannot be written; done again, it is completed.
    """
    here = load_gesture_set(root)
    found = sorted(path.name for path in (other / SAMPLES).glob("*"))
    theirs = load_gesture_set(other).including(
        label for label in found if label not in reserved and label != NO_GESTURE
    )
    merged, labels = merged_gestures(here, theirs, reserved)
    for label in found:
        check_free_of_twins(root, labels.get(label, label))
    if merged != here:
        write_atomically(root / SET_NAME, dump_gesture_set(merged))
    samples = known = 0
    for folder in sorted((other / SAMPLES).glob("*/*")):
        label = folder.parent.name
        target = recording_folder(root, labels.get(label, label), folder.name)
        count = samples_behind(folder)
        added = count if _take_whole(folder, target) else _take_missing(folder, target)
        samples, known = samples + added, known + count - added
    return ImportedSet(merged.gestures[len(here.gestures) :], samples, known)


def merged_gestures(
    here: GestureSet, theirs: GestureSet, reserved: Collection[str]
) -> tuple[GestureSet, dict[str, str]]:
    """Both sets' gestures, and their labels → the labels that they get here.

    Gestures of one name are one gesture. What is switched off stays as it is here, except where
    nothing was set up yet.
    """
    by_name = {one.name.casefold(): one.label for one in here.gestures}
    gestures, labels = list(here.gestures), {}
    for one in theirs.gestures:
        label = by_name.get(one.name.casefold())
        if label is None:
            taken = [*reserved, NO_GESTURE, *(gesture.label for gesture in gestures)]
            label = label_for(one.label, taken)
            gestures.append(replace(one, label=label))
        labels[one.label] = label
    off = here.switched_off
    if here == GestureSet():
        off = frozenset(labels.get(label, label) for label in theirs.switched_off)
    return GestureSet(tuple(gestures), off), labels


def _take_whole(folder: Path, target: Path) -> bool:
    """Whether the recording could be taken as it is, since there was none of its name."""
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)
    sync_folder(target.parent)
    return True


def _take_missing(folder: Path, target: Path) -> int:
    """Add the samples that the recording does not hold yet; returns how many."""
    there = {_digest(path) for path in _samples_in(target)}
    added = 0
    for path in _samples_in(folder):
        if _digest(path) not in there:
            path.rename(target / sample_name(next_number(target)))
            added += 1
    sync_folder(target)
    return added


def _samples_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if number_of(path.name) is not None:
            yield path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
