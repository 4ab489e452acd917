"""Which recorded samples deserve a second look, and why. All functions are pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import numpy as np

from gesture_app.core.coaching import Hint, Quality, fault_of
from gesture_app.core.fingerprint import MOST_TWIN_BITS
from gesture_app.core.types import NO_GESTURE
from gesture_app.engine.sample_check import SampleAnswer
from gesture_app.store.samples import SampleInfo

SURE = 0.8
"""A model that does not know a sample's label always says something else; only what it is as sure
of as this is worth telling."""

BLURRED_BESIDE_OTHERS = 0.35
"""Part of its recording's median sharpness; chosen by eye. How sharp a hand looks depends on sleeve
and background too, so that the bound of `core.coaching` has to be a low one."""


class Reason(StrEnum):
    """Why a sample is suspicious, the most telling first.

    `LOOKS_LIKE` is worth knowing and no fault: all samples of a new gesture may look like a known
    one, and the model is going to learn the difference.
    """

    DISAGREES = "disagrees"
    BLURRED = "blurred"
    DARK = "dark"
    SMALL = "small"
    TWIN = "twin"
    LOOKS_LIKE = "looks_like"


_ORDER = {reason: place for place, reason in enumerate(Reason)}
_FAULTS = {
    Hint.BLURRED: Reason.BLURRED,
    Hint.TOO_DARK: Reason.DARK,
    Hint.TOO_FAR: Reason.SMALL,
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One reason to look at a sample again.

    Attributes:
        gesture: label that the model gives it instead (`Reason.DISAGREES`, `Reason.LOOKS_LIKE`).
        twin: number of the earlier sample of the recording that it equals (`Reason.TWIN`).
        strength: how much there is to it, in [0, 1]; comparable within a reason only.
    """

    reason: Reason
    strength: float
    gesture: str = ""
    twin: int = -1


def suspicions_by_picture(samples: Sequence[SampleInfo]) -> dict[str, tuple[Suspicion, ...]]:
    """What the pictures themselves say: twins, and those of poor quality.

    Args:
        samples: those of a recording side by side, in the order of their numbers.

    Returns:
        Sample id → reasons, the most telling first; samples without any are not in it.
    """
    found: dict[str, tuple[Suspicion, ...]] = {}
    for _, group in groupby(samples, key=lambda sample: (sample.label, sample.recording)):
        recording = tuple(group)
        twins = _twins(recording)
        usual = float(np.median([sample.sharpness for sample in recording]))
        for sample in recording:
            reasons = [*_faults(sample, usual), *twins.get(sample.id, ())]
            if reasons:
                found[sample.id] = tuple(reasons)
    return found


def suspicion_by_model(sample: SampleInfo, answer: SampleAnswer) -> Suspicion | None:
    """What the model's answer says; None if it agrees, or is not sure of a label new to it."""
    if answer.own_prob is not None:
        if answer.gesture == sample.label:
            return None
        return Suspicion(Reason.DISAGREES, 1 - answer.own_prob, answer.gesture)
    if answer.gesture == NO_GESTURE or answer.prob < SURE:
        return None
    return Suspicion(Reason.LOOKS_LIKE, answer.prob, answer.gesture)


def all_suspicions(
    samples: Iterable[SampleInfo],
    by_picture: Mapping[str, tuple[Suspicion, ...]],
    answers: Mapping[str, SampleAnswer],
) -> dict[str, tuple[Suspicion, ...]]:
    """The model's opinion and the pictures' own, put together as `suspicions_by_picture` does."""
    found: dict[str, tuple[Suspicion, ...]] = {}
    for sample in samples:
        reasons = by_picture.get(sample.id, ())
        answer = answers.get(sample.id)
        opinion = None if answer is None else suspicion_by_model(sample, answer)
        if opinion is not None:
            reasons = tuple(sorted((opinion, *reasons), key=lambda one: _ORDER[one.reason]))
        if reasons:
            found[sample.id] = reasons
    return found


def most_suspicious_first(
    samples: Iterable[SampleInfo], suspicions: Mapping[str, tuple[Suspicion, ...]]
) -> tuple[SampleInfo, ...]:
    """By their first reason, within it by strength; those without one last, in their order."""

    def rank(sample: SampleInfo) -> tuple[int, float]:
        reasons = suspicions.get(sample.id)
        return (_ORDER[reasons[0].reason], -reasons[0].strength) if reasons else (len(_ORDER), 0.0)

    return tuple(sorted(samples, key=rank))


def _faults(sample: SampleInfo, usual_sharpness: float) -> list[Suspicion]:
    quality = Quality(sample.sharpness, sample.brightness, sample.hand_share, outside=0.0)
    fault = fault_of(quality)
    reason = None if fault is None else _FAULTS.get(fault)
    if reason is None and sample.sharpness < BLURRED_BESIDE_OTHERS * usual_sharpness:
        reason = Reason.BLURRED
    if reason is None:
        return []
    sharpness = sample.sharpness / usual_sharpness if usual_sharpness > 0 else 1.0
    strength = {
        Reason.BLURRED: 1 - min(sharpness, 1.0),
        Reason.DARK: 1 - sample.brightness / 255,
        Reason.SMALL: 1 - min(sample.hand_share, 1.0),
    }[reason]
    return [Suspicion(reason, strength)]


def _twins(recording: Sequence[SampleInfo]) -> dict[str, tuple[Suspicion, ...]]:
    """Those that equal an earlier one that is none itself, so that deleting all leaves one."""
    prints = np.array([sample.fingerprint for sample in recording], np.uint64)
    originals = np.empty_like(prints)
    places: list[int] = []
    found: dict[str, tuple[Suspicion, ...]] = {}
    for place, sample in enumerate(recording):
        distances = np.bitwise_count(originals[: len(places)] ^ prints[place])
        if len(distances) and distances.min() <= MOST_TWIN_BITS:
            # The latest of the equal ones: people look at neighbours.
            nearest = len(distances) - 1 - int(np.argmin(distances[::-1]))
            twin = recording[places[nearest]].number
            strength = 1 - float(distances[nearest]) / (MOST_TWIN_BITS + 1)
            found[sample.id] = (Suspicion(Reason.TWIN, strength, twin=twin),)
        else:
            originals[len(places)] = prints[place]
            places.append(place)
    return found
