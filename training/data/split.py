"""Training and validation sides: by person, else by session, else by stretches, never by frame."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise

import numpy as np

from training.data.duplicates import exact_duplicates, near_to
from training.data.errors import DataError
from training.data.manifest import HandRow

TRIES = 500
"""How many seeded orders of the people are tried; the best is kept."""

GAP_SHARE = 0.05
LEAST_GAP = 2
"""Frames left out on each side of a held-out stretch: this part of the class, at least so many."""

LEAST_FOR_STRETCH = 8
"""A class with fewer hands is trained on whole."""


class SplitBy(StrEnum):
    PERSON = "person"
    SESSION = "session"
    STRETCH = "stretch"


class LeftOut(StrEnum):
    """Why a hand is on neither side."""

    CONFLICT = "same picture under another label"
    DUPLICATE = "same picture again"
    GAP = "next to a held-out stretch"
    NEAR = "near duplicate of a training picture"


@dataclass(frozen=True, slots=True)
class Split:
    """Which hands are held out.

    Attributes:
        by: what keeps the sides apart.
        seed: of the choice.
        share: of the hands that were asked for validation.
        groups: the people or sessions held out; empty for stretches.
        validation: rows of the manifest, ascending.
        left_out: rows that are on neither side, by reason.
        note: why figures on this split flatter; empty if they do not.
    """

    by: SplitBy
    seed: int
    share: float
    groups: tuple[str, ...]
    validation: tuple[int, ...]
    left_out: Mapping[LeftOut, tuple[int, ...]]
    note: str

    def training(self, rows: Sequence[HandRow]) -> list[int]:
        """Rows of the manifest to train on: found, not held out and not left out."""
        others = {*self.validation, *(row for gone in self.left_out.values() for row in gone)}
        return [index for index, row in enumerate(rows) if row.found and index not in others]


def make_split(rows: Sequence[HandRow], seed: int, share: float) -> Split:
    """Hold out about ``share`` of the found hands.

    Same pictures count once, and not at all under two labels. A held-out hand with a near
    duplicate among the training hands is left out, so that none stands on both sides.
    """
    left_out = _same_pictures(rows)
    gone = {row for group in left_out.values() for row in group}
    usable = [index for index, row in enumerate(rows) if row.found and index not in gone]
    by, note = _choose_level(rows, usable)
    groups: tuple[str, ...] = ()
    if by is SplitBy.STRETCH:
        held, gap = _hold_out_stretches(rows, usable, np.random.default_rng(seed), share)
        left_out[LeftOut.GAP] = gap
        gone |= set(gap)
    else:
        groups = _hold_out_groups(rows, usable, by, np.random.default_rng(seed), share)
        held = [index for index in usable if group_of(rows[index], by) in groups]
    gone |= set(held)
    training = [index for index in usable if index not in gone]
    near = near_to(rows, held, training)
    left_out[LeftOut.NEAR] = near
    validation = tuple(sorted(set(held) - set(near)))
    kept = {reason: tuple(sorted(group)) for reason, group in left_out.items() if group}
    return Split(by, seed, share, groups, validation, kept, note)


def check_split(rows: Sequence[HandRow], split: Split) -> None:
    """Prove of a stored split that it keeps the sides apart.

    Raises:
        DataError: rows are not there or on two sides, people, sessions or near duplicates stand on
            both sides, or training follows a held-out stretch without a gap.
    """
    if reason := _fault(rows, split):
        raise DataError(
            "The split of the data set does not hold",
            reason,
            "Make a new one with `gesture-train data split`.",
        )


def group_of(row: HandRow, by: SplitBy) -> str | None:
    return row.person if by is SplitBy.PERSON else row.session


def on_both_sides(
    rows: Sequence[HandRow], split: Split, key: Callable[[HandRow], str | None]
) -> list[str]:
    """Known people or sessions that are trained on and held out."""
    sides = [{key(rows[i]) for i in side} for side in (split.training(rows), split.validation)]
    return sorted(name for name in sides[0] & sides[1] if name is not None)


def _same_pictures(rows: Sequence[HandRow]) -> dict[LeftOut, Iterable[int]]:
    conflicts: list[int] = []
    repeated: list[int] = []
    for group in exact_duplicates(rows):
        if len({rows[index].label for index in group}) > 1:
            conflicts += group
        else:
            repeated += group[1:]
    return {LeftOut.CONFLICT: conflicts, LeftOut.DUPLICATE: repeated}


def _choose_level(rows: Sequence[HandRow], usable: Sequence[int]) -> tuple[SplitBy, str]:
    """The strictest way in which these hands can be kept apart, and why it flatters."""
    for by in (SplitBy.PERSON, SplitBy.SESSION):
        groups = {group_of(rows[index], by) for index in usable}
        if None not in groups and len(groups) > 1:
            if by is SplitBy.PERSON:
                return by, ""
            return by, (
                "Held-out sessions are of people who are trained on too: expect less on others."
            )
    return SplitBy.STRETCH, (
        "People and sessions are not told apart, so the held-out stretches may show the people, "
        "rooms and cameras that are trained on: figures on them flatter."
    )


def _hold_out_groups(
    rows: Sequence[HandRow],
    usable: Sequence[int],
    by: SplitBy,
    rng: np.random.Generator,
    share: float,
) -> tuple[str, ...]:
    """Groups to hold out: every label stays in training where it can, is held out where it can,
    and the share is met as closely as the sizes of the groups allow, in this order."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for index in usable:
        counts[group_of(rows[index], by) or ""][rows[index].label] += 1
    names = sorted(counts)
    labels = sorted({label for count in counts.values() for label in count})
    table = np.array([[counts[name][label] for label in labels] for name in names])
    wanted = share * table.sum()

    def cost(held: list[int]) -> tuple[int, int, float]:
        validation = table[held].sum(axis=0)
        lost = int((validation == table.sum(axis=0)).sum())
        return lost, int((validation == 0).sum()), abs(float(validation.sum()) - wanted)

    sizes = table.sum(axis=1).tolist()
    tries = [_until(rng.permutation(len(names)).tolist(), sizes, wanted) for _ in range(TRIES)]
    best = min(tries, key=cost)
    return tuple(names[index] for index in sorted(best))


def _until(order: Sequence[int], sizes: Sequence[int], wanted: float) -> list[int]:
    """Groups in ``order`` while they bring the number of hands nearer to ``wanted``; not all."""
    held: list[int] = []
    count = 0
    for index in order[:-1]:
        if not held or abs(count + sizes[index] - wanted) < abs(count - wanted):
            held.append(index)
            count += sizes[index]
    return held


def _hold_out_stretches(
    rows: Sequence[HandRow], usable: Sequence[int], rng: np.random.Generator, share: float
) -> tuple[list[int], list[int]]:
    """One stretch of each class, and what lies next to it."""
    held: list[int] = []
    gap: list[int] = []
    for indices in _by_label(rows, usable).values():
        count = len(indices)
        if count < LEAST_FOR_STRETCH:
            continue
        length = max(round(share * count), 1)
        around = max(round(GAP_SHARE * count), LEAST_GAP)
        start = int(rng.integers(count - length + 1))
        held += indices[start : start + length]
        gap += indices[max(start - around, 0) : start]
        gap += indices[start + length : start + length + around]
    return held, gap


def _by_label(rows: Sequence[HandRow], indices: Iterable[int]) -> dict[str, list[int]]:
    """Rows of each label, in the order of the manifest: that in which frames were taken."""
    grouped: dict[str, list[int]] = defaultdict(list)
    for index in indices:
        grouped[rows[index].label].append(index)
    return dict(sorted(grouped.items()))


def _fault(rows: Sequence[HandRow], split: Split) -> str:
    """Why a split does not hold, or an empty text."""
    listed = [*split.validation, *(row for group in split.left_out.values() for row in group)]
    if any(not 0 <= index < len(rows) or not rows[index].found for index in listed):
        return "it names a hand that is not there"
    if len(set(listed)) < len(listed):
        return "it names a hand twice"
    if split.by is not SplitBy.STRETCH:
        both = on_both_sides(rows, split, lambda row: group_of(row, split.by))
        unknown = any(group_of(rows[i], split.by) is None for i in split.validation)
        if both or unknown:
            return f"{', '.join(both[:3]) or 'a hand of nobody'} stands on both sides"
    elif _touch(rows, split):
        return "training pictures lie next to held-out ones"
    if near_to(rows, split.validation, split.training(rows)):
        return "a near duplicate stands on both sides"
    return ""


def _touch(rows: Sequence[HandRow], split: Split) -> bool:
    """Whether a training hand and a held-out one of a class follow each other."""
    held = set(split.validation)
    again = (split.left_out.get(reason, ()) for reason in (LeftOut.CONFLICT, LeftOut.DUPLICATE))
    passed_over = set(chain.from_iterable(again))
    training = set(split.training(rows))
    found = (i for i, row in enumerate(rows) if row.found and i not in passed_over)
    for indices in _by_label(rows, found).values():
        for one, other in pairwise(indices):
            if (one in held and other in training) or (one in training and other in held):
                return True
    return False
