"""Under which conditions a picture was taken: light, size and sharpness of the hand, which hand.

Measured, not labelled, so that a card can say how good a model is in the dark or far away.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2

from gesture_app.core.preprocess import crop_square, square_around
from gesture_app.core.types import BgrImage, FloatArray, Hand

SHARPNESS_SIDE = 96
"""Side to which the hand is scaled before its sharpness is measured: that of a network's input, so
that what is measured is what the network sees, and hands of all sizes compare."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What was measured of a picture and of the hand that was judged in it.

    Attributes:
        brightness: mean grey (BT.601) of the whole picture, from 0 to 1.
        hand_size: longer side of the hand's box as a part of the picture's height; None without
            a hand, as are the following.
        sharpness: variance of the Laplacian of the hand's grey values at 96 px a side
            (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield microscopy").
        handedness: ``Left`` or ``Right`` of the person, as the detector says.
    """

    brightness: float
    hand_size: float | None = None
    sharpness: float | None = None
    handedness: str | None = None


def measure_conditions(bgr: BgrImage, hand: Hand | None) -> Conditions:
    """Conditions of a picture, BGR uint8 (height, width, 3), and of one hand in it."""
    brightness = round(float(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY).mean()) / 255, 4)
    if hand is None:
        return Conditions(brightness)
    return Conditions(
        brightness,
        round(max(hand.box[2:]) / bgr.shape[0], 4),
        _sharpness(bgr, hand.landmarks),
        str(hand.handedness),
    )


def measure_context(bgr: BgrImage, landmarks: FloatArray) -> Conditions:
    """Conditions of a cached hand: its surroundings stand for the picture; how large it was in the
    picture and which hand it is were not kept."""
    brightness = round(float(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY).mean()) / 255, 4)
    return Conditions(brightness, sharpness=_sharpness(bgr, landmarks))


def _sharpness(bgr: BgrImage, landmarks: FloatArray) -> float:
    crop = crop_square(bgr, square_around(landmarks, 1.0), SHARPNESS_SIDE)
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    return round(float(cv2.Laplacian(grey, cv2.CV_64F).var()), 1)
