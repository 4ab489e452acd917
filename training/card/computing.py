"""Every figure of a card from the stored answers and a threshold, and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from gesture_app.core.types import NO_GESTURE
from training.card.figures import (
    Calibration,
    ClassFigures,
    Confusion,
    CurvePoint,
    Figures,
    PersonFigures,
    Share,
    SliceFigures,
)
from training.card.slices import SLICES
from training.evaluate import Answer, merged, operating_point, threshold_at
from training.statistics import (
    CalibrationBin,
    calibration_bins,
    expected_calibration_error,
    interval_over_groups,
    wilson_interval,
)

CURVE_RATES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3)
LOOKALIKE = "look-alike letter"
FEWEST_PEOPLE = 5
"""A bootstrap over fewer says little about the spread over people."""

DECIMALS = 4


def compute_figures(answers: Sequence[Answer], labels: Sequence[str], threshold: float) -> Figures:
    """Figures of ``answers`` at ``threshold``.

    Args:
        labels: order of the answers' probabilities.
    """
    gestures = [a for a in answers if a.shows_gesture]
    others = [a for a in answers if a.is_scored_negative]
    lookalikes = [a for a in answers if a.lookalike]

    def right(a: Answer) -> bool:
        return a.names_it and a.margin >= threshold

    def passes(a: Answer) -> bool:
        return a.margin >= threshold

    return Figures(
        threshold=threshold,
        gesture_pictures=len(gestures),
        other_pictures=len(others),
        lookalike_pictures=len(lookalikes),
        people=len({a.person for a in answers} - {""}),
        accuracy=_share(
            [*gestures, *others], lambda a: right(a) if a.shows_gesture else not passes(a)
        ),
        recall=_share(gestures, right),
        false_positives=_share(others, passes),
        lookalikes=_share(lookalikes, passes),
        hands_missed=_rounded(sum(a.hands == 0 for a in gestures) / max(len(gestures), 1)),
        curve=tuple(_curve_point(answers, rate) for rate in CURVE_RATES),
        classes=_classes(answers, threshold),
        persons=tuple(
            PersonFigures(
                person,
                _share_or_none([a for a in gestures if a.person == person], right),
                _share_or_none([a for a in others if a.person == person], passes),
            )
            for person in sorted({a.person for a in answers} - {""})
        ),
        conditions=tuple(
            SliceFigures(
                cut.condition,
                cut.value,
                _share_or_none([a for a in gestures if cut.holds(a)], right),
                _share_or_none([a for a in others if cut.holds(a)], passes),
            )
            for cut in SLICES
            if any(cut.holds(a) for a in (*gestures, *others))
        ),
        confusion=_confusion(answers, threshold),
        calibration=_calibration([*gestures, *others], labels),
    )


def _curve_point(answers: Sequence[Answer], rate: float) -> CurvePoint:
    threshold = threshold_at(answers, rate)
    point = operating_point(answers, threshold)
    gestures = [a for a in answers if a.shows_gesture]
    return CurvePoint(
        asked_rate=rate,
        threshold=_rounded(threshold),
        false_positives=_rounded(point.false_positives),
        recall=_share(gestures, lambda a: a.names_it and a.margin >= threshold),
        lookalikes=_rounded(point.lookalikes),
    )


def _classes(answers: Sequence[Answer], threshold: float) -> tuple[ClassFigures, ...]:
    scored = [a for a in answers if not a.lookalike]
    return tuple(
        _class(scored, gesture, threshold)
        for gesture in sorted({merged(a.label) for a in scored if a.shows_gesture})
    )


def _class(scored: Sequence[Answer], gesture: str, threshold: float) -> ClassFigures:
    shown = [a for a in scored if merged(a.label) == gesture]
    named = [a for a in scored if a.named_at(threshold) == gesture]
    return ClassFigures(
        gesture=gesture,
        people=len({a.person for a in shown} - {""}),
        recall=_share(shown, lambda a: a.named_at(threshold) == gesture),
        precision=_share(named, lambda a: merged(a.label) == gesture),
    )


def _confusion(answers: Sequence[Answer], threshold: float) -> Confusion:
    pairs = Counter(
        (LOOKALIKE if a.lookalike else merged(a.label), a.named_at(threshold)) for a in answers
    )
    shows = {merged(a.label) for a in answers if a.shows_gesture}
    rest = {shown for shown, _ in pairs} - shows
    shown = (*sorted(shows), *sorted(rest))
    named = (*sorted(shows | {n for _, n in pairs} - {NO_GESTURE}), NO_GESTURE)
    return Confusion(shown, named, tuple(tuple(pairs[row, n] for n in named) for row in shown))


def _calibration(answers: Sequence[Answer], labels: Sequence[str]) -> Calibration | None:
    """Probabilities of labels that count as one are added up before the best one is taken."""
    judged = [a for a in answers if a.probabilities]
    if not judged:
        return None
    names = sorted({merged(label) for label in labels})
    gather = np.zeros((len(labels), len(names)))
    for index, label in enumerate(labels):
        gather[index, names.index(merged(label))] = 1
    summed = np.array([a.probabilities for a in judged]) @ gather
    best = [names[i] for i in summed.argmax(axis=1)]
    correct = [
        name == (merged(a.label) if a.shows_gesture else NO_GESTURE)
        for name, a in zip(best, judged, strict=True)
    ]
    bins = calibration_bins(np.clip(summed.max(axis=1), 0, 1), correct)
    rounded = tuple(
        CalibrationBin(b.low, b.high, b.pictures, _rounded(b.confidence), _rounded(b.accuracy))
        for b in bins
    )
    return Calibration(len(judged), _rounded(expected_calibration_error(bins)), rounded)


def _share(answers: Sequence[Answer], is_hit: Callable[[Answer], bool]) -> Share:
    hits = [is_hit(a) for a in answers]
    low, high = wilson_interval(sum(hits), len(hits))
    return Share(
        value=_rounded(sum(hits) / len(hits)) if hits else 0.0,
        pictures=len(hits),
        wilson=(_rounded(low), _rounded(high)),
        people=_interval_by_person(answers, hits),
    )


def _share_or_none(answers: Sequence[Answer], is_hit: Callable[[Answer], bool]) -> Share | None:
    return _share(answers, is_hit) if answers else None


def _interval_by_person(
    answers: Sequence[Answer], hits: Iterable[bool]
) -> tuple[float, float] | None:
    right: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for answer, hit in zip(answers, hits, strict=True):
        right[answer.person] += hit
        counts[answer.person] += 1
    people = sorted(counts)
    if "" in counts or len(people) < FEWEST_PEOPLE:
        return None
    low, high = interval_over_groups([right[p] for p in people], [counts[p] for p in people])
    return _rounded(low), _rounded(high)


def _rounded(value: float) -> float:
    return round(value, DECIMALS)
