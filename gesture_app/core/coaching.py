"""What a recording needs of a hand in a picture, and what to say when it is not so.

`measure_quality` looks at one hand, `fault_of` names what is wrong with it, `choose_hand` decides
which of several hands is meant, and `advise` keeps what is said from flickering. All are pure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2

from gesture_app.core.preprocess import crop_square, square_around
from gesture_app.core.types import BgrImage, FloatArray, Hand

CROP_SIZE = 96
CROP_MARGIN = 1.4
"""The crop that is measured: what a network sees of the hand."""


class Hint(StrEnum):
    """The one thing to say to whoever records."""

    NO_HAND = "no_hand"
    TOO_DARK = "too_dark"
    BLURRED = "blurred"
    TOO_FAR = "too_far"
    TOO_NEAR = "too_near"
    CUT_OFF = "cut_off"
    TURN_WRIST = "turn_wrist"
    COME_CLOSER = "come_closer"
    MOVE_BACK = "move_back"
    MOVE_ASIDE = "move_aside"
    OTHER_HAND = "other_hand"
    ENOUGH = "enough"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a hand can be seen.

    Attributes:
        sharpness: variance of the Laplacian of the grey crop of `CROP_SIZE` pixels.
        brightness: mean grey value of that crop, 0 to 255.
        hand_share: longer side of the hand's box / shorter side of the picture.
        outside: part of the 21 landmarks that lie beyond the picture, 0 to 1.
    """

    sharpness: float
    brightness: float
    hand_share: float
    outside: float


def measure_quality(bgr: BgrImage, landmarks: FloatArray) -> Quality:
    """Measure a hand.

    Args:
        bgr: uint8 (height, width, 3), the whole picture.
        landmarks: float32 (21, 3) in pixels of ``bgr``.
    """
    height, width = bgr.shape[:2]
    crop = crop_square(bgr, square_around(landmarks, CROP_MARGIN), CROP_SIZE)
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    low, high = landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)
    inside = (landmarks[:, :2] >= 0).all(axis=1) & (landmarks[:, :2] <= (width, height)).all(axis=1)
    return Quality(
        sharpness=float(cv2.Laplacian(grey, cv2.CV_32F).var()),
        brightness=float(grey.mean()),
        hand_share=float((high - low).max()) / min(width, height),
        outside=1 - float(inside.mean()),
    )


@dataclass(frozen=True, slots=True)
class QualityBounds:
    """Beyond these a sample teaches little.

    Set beside what ten webcam recordings of two people, seven clips and the demo measure: hands in
    focus have a sharpness of 24 and more, smeared ones 4 to 6; crops a brightness of 76 to 203;
    hands a share of 0.11 to 0.83.

    Attributes:
        darkest: least brightness of the crop.
        least_sharpness: of the crop.
        least_share, largest_share: how large the hand may be in the picture.
        most_outside: how much of it may lie beyond the border.
    """

    darkest: float = 35.0
    least_sharpness: float = 10.0
    least_share: float = 0.10
    largest_share: float = 1.05
    most_outside: float = 0.15


BOUNDS = QualityBounds()

ANYTHING = QualityBounds(
    least_sharpness=0.0, least_share=0.05, largest_share=math.inf, most_outside=0.6
)
"""For hands that make no gesture: those are blurred and cut off in everyday life too."""


def fault_of(quality: Quality, bounds: QualityBounds = BOUNDS) -> Hint | None:
    """What keeps a hand from being recorded, the first to mend; None if nothing does."""
    if quality.brightness < bounds.darkest:
        return Hint.TOO_DARK
    if quality.hand_share > bounds.largest_share:
        return Hint.TOO_NEAR
    if quality.outside > bounds.most_outside:
        return Hint.CUT_OFF
    if quality.hand_share < bounds.least_share:
        return Hint.TOO_FAR
    if quality.sharpness < bounds.least_sharpness:
        return Hint.BLURRED
    return None


_REACH = 1.2
"""A hand is the same one as before if its centre moved by less than this many box lengths."""

_MUCH_LARGER = 1.6
"""Another hand takes over only if it is so many times as large as the one that was meant."""


def choose_hand(hands: Sequence[Hand], before: Hand | None) -> Hand | None:
    """Which hand is meant: the one followed so far, or else the larger one.

    A resting hand is smaller than one that is held out to the camera; once chosen, a hand stays
    the chosen one until it is gone or another is much larger.

    Args:
        hands: all hands of a frame.
        before: what this function chose in the frame before.
    """
    if not hands:
        return None
    largest = max(hands, key=_extent)
    if before is None:
        return largest
    nearest = min(hands, key=lambda hand: math.dist(_center(hand), _center(before)))
    if math.dist(_center(nearest), _center(before)) > _REACH * _extent(before):
        return largest
    return largest if _extent(largest) > _MUCH_LARGER * _extent(nearest) else nearest


def _extent(hand: Hand) -> float:
    return float(max(hand.box[2:]))


def _center(hand: Hand) -> tuple[float, float]:
    x, y, width, height = hand.box
    return x + width / 2, y + height / 2


SHOWN_AT_LEAST_S = 1.6
"""How long a hint stays, so that a child can read it."""

WANTED_AT_LEAST_S = 0.35
"""How long something has to be so before it is said: single frames are blurred all the time."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is being said, and what would be said next.

    Attributes:
        hint: shown since ``since_s``.
        wanted: what the frames call for, since ``wanted_since_s``.
    """

    hint: Hint = Hint.GOOD
    since_s: float = -math.inf
    wanted: Hint = Hint.GOOD
    wanted_since_s: float = -math.inf


def advise(advice: Advice, wanted: Hint, t_s: float) -> Advice:
    """One thing at a time, for long enough: the next state of what is said.

    Args:
        wanted: what the newest frame calls for.
        t_s: time in seconds on any clock that never goes back.
    """
    since = advice.wanted_since_s if wanted is advice.wanted else t_s
    lasting = t_s - since >= WANTED_AT_LEAST_S
    read = t_s - advice.since_s >= SHOWN_AT_LEAST_S
    if wanted is advice.hint or not (lasting and read):
        return Advice(advice.hint, advice.since_s, wanted, since)
    return Advice(wanted, t_s, wanted, since)
