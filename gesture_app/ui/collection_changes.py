"""Reading and changing a gesture set's files: what `GestureCollection` lets its thread do.

The set (names, colours, what is switched off) and the samples are two things on the disk; here
stands what a change of one means for the other.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from gesture_app.core.errors import SampleError
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import (
    Gesture,
    GestureSet,
    load_gesture_set,
    save_gesture_set,
)
from gesture_app.store.samples import Change, RecordingInfo, SampleInfo, SampleStore

_Row = TypeVar("_Row", SampleInfo, RecordingInfo)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the files held.

    Attributes:
        samples, recordings: by label.
        newest: label → id of the sample taken last.
        problems: samples that cannot be read.
    """

    gestures: GestureSet = field(default_factory=GestureSet)
    samples: Mapping[str, tuple[SampleInfo, ...]] = field(default_factory=dict)
    recordings: Mapping[str, tuple[RecordingInfo, ...]] = field(default_factory=dict)
    newest: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[SampleError, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Something that can be taken back.

    Attributes:
        what: as in `Change`.
        count: of the samples that it was about.
        label: the gesture that it was about; for a move, where to. Empty for a deletion.
        change: of the samples, if there were any.
        gesture: the own one that went with it, from which `place` in their order.
    """

    what: str
    count: int = 0
    label: str = ""
    change: Change | None = None
    gesture: Gesture | None = None
    place: int = 0


class CollectionFiles:
    """Each method changes the files and reads them again. Used by one thread.

    Every method raises `AppError` where it cannot be done; the files are as before then.
    """

    def __init__(
        self, store: SampleStore, base_labels: Sequence[str], features_cache: Path
    ) -> None:
        self._store = store
        self._base_labels = frozenset(base_labels)
        self._features_cache = features_cache

    def read(self) -> Snapshot:
        samples = _by_label(self._store.samples())
        return Snapshot(
            gestures=self._load(samples),
            samples=samples,
            recordings=_by_label(self._store.recordings()),
            newest={
                label: max(rows, key=attrgetter("taken_s")).id for label, rows in samples.items()
            },
            problems=self._store.problems(),
        )

    def add(self, name: str, reserved: Sequence[str]) -> tuple[Snapshot, Gesture]:
        """Args: reserved: labels and names that built-in gestures have."""
        changed, gesture = self._load(self._labels()).adding(name, reserved)
        save_gesture_set(self._store.root, changed)
        return self.read(), gesture

    def change(self, change: Callable[[GestureSet], GestureSet]) -> Snapshot:
        """Names, colours, what is switched off."""
        save_gesture_set(self._store.root, change(self._load(self._labels())))
        return self.read()

    def remove(self, label: str) -> tuple[Snapshot, Done]:
        return self._without(label, "remove_gesture", lambda: self._store.remove_label(label))

    def merge(self, source: str, target: str) -> tuple[Snapshot, Done]:
        return self._without(source, "merge", lambda: self._store.merge(source, target))

    def delete(self, ids: Sequence[str]) -> tuple[Snapshot, Done]:
        change = self._store.delete(ids)
        return self.read(), Done(change.what, change.count, change=change)

    def move(self, ids: Sequence[str], label: str) -> tuple[Snapshot, Done]:
        change = self._store.move(ids, label)
        return self.read(), Done(change.what, change.count, label, change)

    def undo(self, done: Done) -> Snapshot:
        if done.gesture is not None:
            restored = _restoring(self._load(()), done.gesture, done.place)
            save_gesture_set(self._store.root, restored)
        if done.change is not None:
            self._store.undo(done.change)
        return self.read()

    def delete_everything(self) -> Snapshot:
        self._store.delete_everything()
        _remove_folder(self._features_cache)
        return self.read()

    def _without(
        self, label: str, what: str, change: Callable[[], Change]
    ) -> tuple[Snapshot, Done]:
        """The pictures first: should the set not be writable, a gesture without pictures is left,
        never pictures that nobody sees."""
        labels = self._labels()
        gestures = self._load(labels)
        made = change() if label in labels else None
        count = 0 if made is None else made.count
        done = Done(what, count, label, made)
        if (own := gestures.find(label)) is not None:
            done = replace(done, gesture=own, place=gestures.gestures.index(own))
            save_gesture_set(self._store.root, gestures.without(label))
        return self.read(), done

    def _labels(self) -> frozenset[str]:
        return frozenset(sample.label for sample in self._store.samples())

    def _load(self, labels: Iterable[str]) -> GestureSet:
        """The set; labels that only their pictures know of are own gestures too."""
        gestures = load_gesture_set(self._store.root)
        return gestures.including(sorted(set(labels) - self._base_labels - {NO_GESTURE}))


def _by_label(rows: Iterable[_Row]) -> dict[str, tuple[_Row, ...]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.label, []).append(row)
    return {label: tuple(group) for label, group in found.items()}


def _remove_folder(folder: Path) -> None:
    """Raises: SampleError: something of it is still there."""
    try:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(folder)
    except OSError as error:
        raise SampleError(
            "What was computed from the pictures cannot be deleted",
            f"{error.filename}: {error.strerror}",
            "Delete the folder yourself.",
        ) from error


def _restoring(gestures: GestureSet, gesture: Gesture, place: int) -> GestureSet:
    """With a gesture that was there before, unless its label is in use again."""
    if gestures.find(gesture.label) is not None:
        return gestures
    others = gestures.gestures
    return replace(gestures, gestures=(*others[:place], gesture, *others[place:]))
