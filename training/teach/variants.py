"""One recorded hand → the network inputs that a head learns from: as it is, mirrored, and varied.

A person records a gesture with one hand, in one room, at one distance, and expects it to be known
with the other hand, elsewhere, from the side. Everything that varies does so before the app's own
crop and normalisation.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from gesture_app.core.context import HandContext
from gesture_app.core.preprocess import (
    NetworkInput,
    PreprocessSpec,
    Square,
    crop_square,
    landmark_features,
    normalise_crops,
    square_around,
)
from gesture_app.core.types import BgrImage, FloatArray
from training.augment import (
    degrade,
    jitter_landmarks,
    jitter_square,
    mirror,
    replace_border,
    tilt_landmarks,
    turn,
)

PLAIN_ROWS = 2
"""The hand as it is, then mirrored: those that stand for the gesture itself."""

_TURN_DEGREES = 10
_MOST_DEGREES = 28
_TILTED_SHARE = 0.67
_FINGER_LENGTH, _PALM, _BONE = 0.10, 0.05, 0.04
"""Standard deviations of what another person's hand may measure, relative to this one's."""


def variations(hand: HandContext, count: int, seed: int, spec: PreprocessSpec) -> NetworkInput:
    """Network inputs of one hand.

    Args:
        count: variations besides the `PLAIN_ROWS`; the first ones do not depend on how many follow.
        seed: the same one gives the same variations.

    Returns:
        ``PLAIN_ROWS + count`` rows.
    """
    rng = np.random.default_rng(seed)
    crops: list[BgrImage] = []
    features: list[FloatArray] = []
    for view in (hand, mirror(hand)):
        square = square_around(view.landmarks, spec.crop_margin)
        crops.append(crop_square(view.bgr, square, spec.input_size))
        features.append(landmark_features(view.landmarks, square))
    for number in range(count):
        square, view = _vary(mirror(hand) if number % 2 else hand, rng, spec)
        crops.append(degrade(crop_square(view.bgr, square, spec.input_size), rng))
        features.append(landmark_features(view.landmarks, square))
    return NetworkInput(normalise_crops(crops, spec), np.stack(features))


def _vary(view: HandContext, rng: Generator, spec: PreprocessSpec) -> tuple[Square, HandContext]:
    view = replace_border(view, view.bgr[::-1])
    landmarks = another_hand(jitter_landmarks(view.landmarks, rng), rng)
    degrees = float(np.clip(rng.normal(0, _TURN_DEGREES), -_MOST_DEGREES, _MOST_DEGREES))
    view = turn(replace(view, landmarks=landmarks), degrees)
    square = jitter_square(square_around(view.landmarks, spec.crop_margin), rng)
    if rng.random() < _TILTED_SHARE:
        # Pictures cannot be turned in space: the landmarks see the hand from elsewhere, the pixels
        # do not. The network joins the two late.
        view = replace(view, landmarks=tilt_landmarks(view.landmarks[None], rng)[0])
    return square, view


def another_hand(landmarks: FloatArray, rng: Generator) -> FloatArray:
    """The same pose by a hand of other proportions: palm, fingers and single bones longer or
    shorter; float32 (21, 3)."""
    wrist, made = landmarks[0], landmarks.copy()
    for knuckle in range(1, len(landmarks), 4):
        length = rng.normal(1, _FINGER_LENGTH)
        made[knuckle] = wrist + (landmarks[knuckle] - wrist) * rng.normal(1, _PALM)
        for joint in range(knuckle + 1, knuckle + 4):
            bone = landmarks[joint] - landmarks[joint - 1]
            made[joint] = made[joint - 1] + bone * length * rng.normal(1, _BONE)
    return np.asarray(made, np.float32)
