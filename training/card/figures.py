"""The figures of an evaluation: what a card states and ``card verify`` computes again."""

from __future__ import annotations

from dataclasses import dataclass

from training.statistics import CalibrationBin


@dataclass(frozen=True, slots=True)
class Share:
    """A share of pictures with its 95 % intervals.

    Attributes:
        pictures: how many it is a share of.
        wilson: interval as if pictures were independent.
        people: interval over people; None where too few are known.
    """

    value: float
    pictures: int
    wilson: tuple[float, float]
    people: tuple[float, float] | None

    @property
    def interval(self) -> tuple[float, float]:
        """What both cover. People differ more than pictures, but where all of them are at 0 or 1
        the bootstrap sees no spread at all."""
        if self.people is None:
            return self.wilson
        return min(self.wilson[0], self.people[0]), max(self.wilson[1], self.people[1])


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Recall at the threshold that lets at most ``asked_rate`` of the others pass."""

    asked_rate: float
    threshold: float
    false_positives: float
    recall: Share
    lookalikes: float


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One gesture.

    Attributes:
        people: how many show it.
        recall: of its pictures, those named so.
        precision: of the pictures named so, those that show it; look-alike letters left out.
    """

    gesture: str
    people: int
    recall: Share
    precision: Share


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person; None where there is no such picture of theirs."""

    person: str
    recall: Share | None
    false_positives: Share | None


@dataclass(frozen=True, slots=True)
class SliceFigures:
    """Pictures taken under one condition; None where there are none of the kind."""

    condition: str
    value: str
    recall: Share | None
    false_positives: Share | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was shown against what was named at the threshold.

    Attributes:
        shown: row names; ``named``: column names, `NO_GESTURE` where nothing was named.
        counts: pictures, one tuple a row.
    """

    shown: tuple[str, ...]
    named: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if [len(row) for row in self.counts] != [len(self.named)] * len(self.shown):
            raise ValueError("the confusion matrix does not have a count for each pair")


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a probability can be believed; of pictures with a hand, look-alikes left out.

    Attributes:
        error: expected calibration error.
        bins: of the reliability diagram.
    """

    pictures: int
    error: float
    bins: tuple[CalibrationBin, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them.

    Attributes:
        accuracy: share of gestures named rightly and of others not named, look-alikes left out.
        hands_missed: share of gesture pictures in which the detector found no hand.
        calibration: None where no probabilities were stored.
    """

    threshold: float
    gesture_pictures: int
    other_pictures: int
    lookalike_pictures: int
    people: int
    accuracy: Share
    recall: Share
    false_positives: Share
    lookalikes: Share
    hands_missed: float
    curve: tuple[CurvePoint, ...]
    classes: tuple[ClassFigures, ...]
    persons: tuple[PersonFigures, ...]
    conditions: tuple[SliceFigures, ...]
    confusion: Confusion
    calibration: Calibration | None
