"""Figures of taught letters from answers, for `teach_figures`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from training.datasets import OTHER_HAND, Sample
from training.evaluate import Answer

Row = tuple[Sample, Answer]
"""A scene, and what a model says of it."""


LOOKED_AT = {"chh__2": "L", "digo__2": "C"}
"""Two classes whose file names give a number. All their pictures were looked at: twelve hands that
show these letters."""


@dataclass(frozen=True, slots=True)
class Taught:
    """Attributes:
    person: who showed the letters.
    threshold: of the model; the bundled one's too, since teaching keeps it.
    """

    person: str
    letters: tuple[str, ...]
    threshold: float


def share(count: int, of: int) -> float | None:
    return round(count / of, 4) if of else None


def other_letters(rows: Sequence[Row], taught: Taught) -> dict[str, Any]:
    """Hands that make none of the built-in gestures, of people who were not taught from.

    Letters that were taught are right answers and counted apart, as are those that look like
    several things (`training.datasets.LOOKALIKE_LETTERS`).
    """
    groups: dict[str, list[tuple[str | None, str]]] = {"others": [], "lookalike": [], "taught": []}
    for sample, answer in rows:
        if sample.label == OTHER_HAND and sample.person != taught.person:
            named = answer.named_at(taught.threshold)
            groups[group_of(sample, taught)].append((letter_of(sample), named))
    return {
        name: {
            "pictures": len(found),
            "taken_for_a_new_one": share(sum(n in taught.letters for _, n in found), len(found)),
            "named_by_their_letter": share(sum(n == letter for letter, n in found), len(found)),
        }
        for name, found in groups.items()
    }


def group_of(sample: Sample, taught: Taught) -> str:
    if sample.is_lookalike:
        return "lookalike"
    return "taught" if letter_of(sample) in taught.letters else "others"


def letter_of(sample: Sample) -> str | None:
    """The letter that a hand shows, None where that is not known."""
    return sample.letter or LOOKED_AT.get(sample.path.name.rpartition("_")[0])


def built_in(before: Sequence[Row], after: Sequence[Row], taught: Taught) -> dict[str, Any]:
    """Scenes answered rightly by the bundled model and by the taught one."""
    wanted: dict[str, Callable[[Sample, Answer], bool]] = {
        "gestures": lambda _, answer: answer.shows_gesture,
        "other_hands": lambda sample, answer: _is_negative(sample, answer, taught),
        "all": lambda sample, answer: answer.shows_gesture or _is_negative(sample, answer, taught),
    }
    figures = {}
    for name, is_wanted in wanted.items():
        sides = [[row[1] for row in side if is_wanted(*row)] for side in (before, after)]
        old, new = (sum(_right(answer, taught) for answer in side) for side in sides)
        count = len(sides[0])
        figures[name] = {
            "pictures": count,
            "before": share(old, count),
            "after": share(new, count),
        }
    return figures


def _is_negative(sample: Sample, answer: Answer, taught: Taught) -> bool:
    return answer.is_scored_negative and letter_of(sample) not in taught.letters


def _right(answer: Answer, taught: Taught) -> bool:
    passes = answer.margin >= taught.threshold
    return passes and answer.names_it if answer.shows_gesture else not passes
