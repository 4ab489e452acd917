"""Which gestures are hard to tell apart, now or as soon as somebody holds the hand a little
differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.types import NO_GESTURE, FloatArray
from gesture_app.store.judgement import Collision

CONFUSED_SHARE = 0.05
CONFUSED_HANDS = 2
"""So many of a gesture's hands, and such a share of them, have to be taken for the other one."""
NEAR_SHARE = 0.3
"""Such a share of a gesture's hands has to come near the other one."""
NEAR_MARGIN = 0.5
"""The other one comes near where its probability is less than this below the gesture's own.

These bounds say when advice is worth a person's while. They are chosen, not measured, and no model
depends on them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was shown and what was named, one hand a row.

    Attributes:
        targets, named, old_named: labels; what the new model names them, and the old one.
        probabilities: float32 (N, labels) of the new model.
        labels: of the new model.
    """

    targets: NDArray[np.str_]
    named: NDArray[np.str_]
    old_named: NDArray[np.str_]
    probabilities: FloatArray
    labels: tuple[str, ...]


def find_collisions(answers: Answers, own: Sequence[str]) -> tuple[Collision, ...]:
    """Pairs that involve a gesture of ``own``: confused ones first, each with the larger share
    first. Built-in gestures that are confused among themselves are nothing to advise about."""
    pairs = [
        (label, other)
        for label in answers.labels
        for other in answers.labels
        if label != other and NO_GESTURE not in (label, other) and (label in own or other in own)
    ]
    confused = _sorted(_confused(answers, *pair) for pair in pairs)
    near = _sorted(_near(answers, *pair, new=pair[0] in own) for pair in pairs)
    told = {frozenset((found.label, found.other)) for found in confused}
    collisions = confused
    for found in near:  # of two directions, the stronger one
        pair = frozenset((found.label, found.other))
        if pair not in told:
            told.add(pair)
            collisions.append(found)
    return tuple(collisions)


def _confused(answers: Answers, label: str, other: str) -> Collision | None:
    shown = answers.targets == label
    taken = int((answers.named[shown] == other).sum())
    if taken < CONFUSED_HANDS or taken < CONFUSED_SHARE * shown.sum():
        return None
    return Collision(label, other, taken / int(shown.sum()))


def _near(answers: Answers, label: str, other: str, *, new: bool) -> Collision | None:
    """Near is a hand whose runner-up is the other gesture by little; of a gesture that the old
    model does not know, also one that the old model names the other."""
    shown = answers.targets == label
    if not shown.any():
        return None
    probabilities = answers.probabilities[shown].copy()
    own, others = answers.labels.index(label), answers.labels.index(other)
    margins = probabilities[:, own] - probabilities[:, others]
    probabilities[:, [own, answers.labels.index(NO_GESTURE)]] = -1.0
    near = (probabilities.argmax(axis=1) == others) & (np.abs(margins) < NEAR_MARGIN)
    if new:
        near |= answers.old_named[shown] == other
    if near.sum() < CONFUSED_HANDS or near.mean() < NEAR_SHARE:
        return None
    return Collision(label, other, float(near.mean()), near=True)


def _sorted(found: Iterable[Collision | None]) -> list[Collision]:
    collisions = [collision for collision in found if collision is not None]
    return sorted(collisions, key=lambda one: (-one.share, one.label, one.other))
