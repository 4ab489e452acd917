"""Which of a person's own pictures are held out in turn, so that each is judged by a head that saw
neither it nor one taken a moment before or after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.fingerprint import MOST_TWIN_BITS
from gesture_app.store.judgement import Split
from training.teach.feature_set import FeatureSet

MOST_FOLDS = 3
"""Each costs the fitting of a head; with two recordings, two are all there can be."""
GAP_SHARE = 0.05
"""Of a recording, left out on both sides of a held-out stretch."""
MIN_STRETCH = 2
"""Pictures in a stretch; fewer say nothing."""
MIN_LEARN_SHARE = 0.25
"""Of a gesture's pictures, a head has to have learnt from at least so many to judge the others:
fewer would say how well a gesture is learnt from next to nothing."""

_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows of the own set.

    Attributes:
        learn: what this fold's head is fitted to, variations included.
        judge: plain rows that it judges. No row of the same sample, of the same recording (or
            stretch, with its gap) and gesture, or near-identical to one of them, is in ``learn``.
    """

    learn: NDArray[np.intp]
    judge: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Attributes:
    splits: label → how its pictures were held out; without those that cannot be judged, having
        too few pictures, or only near-identical ones.
    """

    folds: tuple[Fold, ...]
    splits: Mapping[str, Split]


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The samples of one label, in the order in which they were taken.

    Attributes:
        part: int (N,), the fold that each is held out in.
        learnable: bool (folds, N), what each fold's head may learn from.
    """

    ids: tuple[str, ...]
    part: NDArray[np.intp]
    learnable: NDArray[np.bool_]
    split: Split


def hold_out(own: FeatureSet, fingerprints: Mapping[str, int], most: int = MOST_FOLDS) -> HeldOut:
    """Folds by recording where a label has two or more, else by stretches of its recording.

    Args:
        fingerprints: of each sample, see `gesture_app.core.fingerprint`.
        most: folds at most.
    """
    groups = dict(zip(own.ids, own.groups, strict=True))
    by_label: dict[str, set[str]] = {}
    for label, sample in zip(own.targets, own.ids, strict=True):
        by_label.setdefault(label, set()).add(sample)
    pictures = {
        label: _divide(sorted(ids), groups, fingerprints, most) for label, ids in by_label.items()
    }
    folds = tuple(_fold(own, pictures, index) for index in range(most))
    folds = tuple(fold for fold in folds if len(fold.judge))
    judged = {own.targets[row] for fold in folds for row in fold.judge}
    return HeldOut(folds, {label: pictures[label].split for label in sorted(judged)})


def _divide(
    ids: Sequence[str], groups: Mapping[str, str], fingerprints: Mapping[str, int], most: int
) -> _Pictures:
    recordings = [groups[sample] for sample in ids]
    if len(set(recordings)) > 1:
        split: Split = "sessions"
        part = _parts_by_recording(recordings, most)
    else:
        split = "stretches"
        part = _stretches(len(ids), most)
    prints = np.array([fingerprints[sample] for sample in ids], np.uint64)
    learnable = np.ones((most, len(ids)), np.bool_)
    for fold in range(most):
        held = part == fold
        if held.any():
            near = _beside(held) if split == "stretches" else held
            learnable[fold] = ~near & ~_like(prints, prints[held])
    return _Pictures(tuple(ids), part, learnable, split)


def _parts_by_recording(recordings: Sequence[str], most: int) -> NDArray[np.intp]:
    """The largest recordings first, each into the part that has the fewest pictures."""
    counts: dict[str, int] = {}
    for recording in recordings:
        counts[recording] = counts.get(recording, 0) + 1
    sizes, part_of = [0] * most, {}
    for recording in sorted(counts, key=lambda name: (-counts[name], name)):
        part_of[recording] = int(np.argmin(sizes))
        sizes[part_of[recording]] += counts[recording]
    return np.array([part_of[recording] for recording in recordings], np.intp)


def _stretches(count: int, most: int) -> NDArray[np.intp]:
    """Equal parts one after the other; all in one, which cannot be judged, where there are few."""
    parts = max(min(most, count // MIN_STRETCH), 1)
    return np.arange(count, dtype=np.intp) * parts // max(count, 1)


def _beside(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The stretch with its gap on both sides."""
    gap = max(1, round(len(held) * GAP_SHARE))
    rows = np.flatnonzero(held)
    wider = held.copy()
    wider[max(rows[0] - gap, 0) : rows[-1] + gap + 1] = True
    return wider


def _like(prints: NDArray[np.uint64], held: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of ``prints`` are near-identical to one of ``held``; in blocks, to spare memory."""
    blocks = [prints[start : start + _BLOCK] for start in range(0, len(prints), _BLOCK)]
    distances = (np.bitwise_count(block[:, None] ^ held[None, :]).min(axis=1) for block in blocks)
    return np.concatenate([distance <= MOST_TWIN_BITS for distance in distances])


def _fold(own: FeatureSet, pictures: Mapping[str, _Pictures], index: int) -> Fold:
    learn: set[str] = set()
    judge: set[str] = set()
    for label in pictures.values():
        held, learnable = label.part == index, label.learnable[index]
        if held.any() and learnable.mean() >= MIN_LEARN_SHARE:
            judge |= {label.ids[place] for place in np.flatnonzero(held)}
            learn |= {label.ids[place] for place in np.flatnonzero(learnable)}
        else:  # the others are still judged beside a gesture that the head knows
            learn |= set(label.ids)
    rows = range(len(own))
    return Fold(
        np.array([row for row in rows if own.ids[row] in learn], np.intp),
        np.array([row for row in rows if own.plain[row] and own.ids[row] in judge], np.intp),
    )
