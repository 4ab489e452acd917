"""How good a model is on whole pictures of people it never saw, hand detector included.

A picture's answer is that of the hand with the largest margin, since any hand that is taken for a
gesture would trigger it. A gesture picture is right if that answer passes the threshold and names
it; a picture without gesture is wrong if its answer passes. Hands that the detector misses count
as missed gestures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gesture_app.core.types import NO_GESTURE, Frame
from gesture_app.vision.classifier import GestureClassifier
from gesture_app.vision.hands import HandDetector
from training.cache import read_picture
from training.calibration import threshold_at_rate
from training.conditions import Conditions, measure_conditions
from training.datasets import AMBIGUOUS_CLASSES, OTHER_HAND, Sample
from training.statistics import interval_over_groups

MERGED = {"stop": "palm", "stop_inverted": "palm"}
"""The webcam sets do not keep palm, stop and stop_inverted apart, so scores do not either."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of one picture.

    Attributes:
        path: relative to the data set.
        label: what the picture shows.
        person: who is on it; empty where that is not known.
        gesture: best gesture of the hand with the largest margin; `NO_GESTURE` without a hand.
        margin: that hand's margin; -1.0 without a hand.
        hands: how many were found.
        lookalike: one of the letters that look like a fist or stop, counted apart.
        probabilities: of that hand, in the order of the model's labels; empty without a hand.
        conditions: measured of the picture and that hand.
    """

    path: str
    label: str
    person: str
    gesture: str
    margin: float
    hands: int
    lookalike: bool = False
    probabilities: tuple[float, ...] = ()
    conditions: Conditions | None = None

    @property
    def shows_gesture(self) -> bool:
        return self.label not in (NO_GESTURE, OTHER_HAND)

    @property
    def names_it(self) -> bool:
        return merged(self.gesture) == merged(self.label)

    @property
    def is_scored_negative(self) -> bool:
        """Shows no gesture and is not one of the look-alike letters."""
        return not self.shows_gesture and not self.lookalike

    def named_at(self, threshold: float) -> str:
        """The gesture that the app would name, merged; `NO_GESTURE` if none passes."""
        return merged(self.gesture) if self.margin >= threshold else NO_GESTURE


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Recall and false positives at a threshold.

    Attributes:
        recall: share of gesture pictures named rightly.
        false_positives: share of pictures without gesture that are taken for one, lookalike
            letters left out.
        lookalikes: the same share of lookalike letters.
    """

    threshold: float
    recall: float
    false_positives: float
    lookalikes: float


def merged(label: str) -> str:
    return MERGED.get(label, label)


def answer_pictures(
    samples: Iterable[Sample],
    detector: HandDetector,
    classifier: GestureClassifier,
    report: Callable[[], None] = lambda: None,
) -> list[Answer]:
    """Run detector and classifier on every scored picture, as the app does on a single picture."""
    answers = []
    for sample in samples:
        if sample.label in AMBIGUOUS_CLASSES:
            continue
        bgr = read_picture(sample)
        hands = detector.detect(Frame(0, 0.0, 0, bgr))
        predictions = classifier.classify(bgr, hands)
        judged = max(zip(predictions, hands, strict=True), key=lambda j: j[0].margin, default=None)
        best, hand = judged or (None, None)
        answers.append(
            Answer(
                path=f"{sample.label}/{sample.path.name}",
                label=sample.label,
                person=sample.person or "",
                gesture=NO_GESTURE if best is None else best.best_gesture,
                margin=-1.0 if best is None else round(best.margin, 5),
                hands=len(hands),
                lookalike=sample.is_lookalike,
                probabilities=() if best is None else _rounded(best.probabilities),
                conditions=measure_conditions(bgr, hand),
            )
        )
        report()
    return answers


def operating_point(answers: Sequence[Answer], threshold: float) -> OperatingPoint:
    """Figures at one threshold."""
    gestures = [a for a in answers if a.shows_gesture]
    others = [a for a in answers if a.is_scored_negative]
    lookalikes = [a for a in answers if a.lookalike]
    return OperatingPoint(
        threshold,
        _share(a.names_it and a.margin >= threshold for a in gestures),
        _share(a.margin >= threshold for a in others),
        _share(a.margin >= threshold for a in lookalikes),
    )


def threshold_at(answers: Sequence[Answer], false_positives: float) -> float:
    """The smallest threshold that lets at most this share of the non-gesture pictures pass."""
    margins = [a.margin for a in answers if a.is_scored_negative]
    return min(threshold_at_rate(margins, false_positives), 1.0)


def curve(answers: Sequence[Answer], rates: Sequence[float]) -> list[OperatingPoint]:
    """Operating points at the given false-positive rates."""
    return [operating_point(answers, threshold_at(answers, rate)) for rate in rates]


def recall_by(
    answers: Sequence[Answer], threshold: float, key: Callable[[Answer], str]
) -> dict[str, tuple[float, int]]:
    """Recall and number of gesture pictures per class, person, or any other key."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for a in answers:
        if a.shows_gesture:
            groups[key(a)].append(a.names_it and a.margin >= threshold)
    return {name: (_share(right), len(right)) for name, right in sorted(groups.items())}


def recall_interval(answers: Sequence[Answer], threshold: float) -> tuple[float, float]:
    """95 % interval of the recall by bootstrap over people, whose pictures are not independent."""
    people = recall_by(answers, threshold, lambda a: a.person)
    right = np.array([share * count for share, count in people.values()])
    counts = np.array([count for _, count in people.values()])
    return interval_over_groups(right, counts)


def _rounded(probabilities: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(p), 5) for p in probabilities)


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else 0.0
