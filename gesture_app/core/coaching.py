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
import numpy as np

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
