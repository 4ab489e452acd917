"""Frame and hand → network input. The one path for live use, evaluation and training.

Training perturbs what goes *into* these functions (the picture, the landmarks, the square), never
their output, so that what the network learns from is what it meets live.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from gesture_app.core.types import LANDMARK_COUNT, BgrImage, FloatArray, Hand

LANDMARK_FEATURES = LANDMARK_COUNT * 3


@dataclass(frozen=True, slots=True)
class PreprocessSpec:
    """How a model wants its input; comes from the model's manifest, never from code.

    Attributes:
        input_size: side of the square network input in pixels.
        crop_margin: side of the crop relative to the longer side of the box around the landmarks.
        mean: per channel in RGB order, on a scale of [0, 1].
        std: per channel in RGB order, on a scale of [0, 1].
    """

    input_size: int
    crop_margin: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Square:
    """An upright square in a picture; centre and side in pixels. May reach beyond the picture."""

    center_x: float
    center_y: float
    side: float


@dataclass(frozen=True, slots=True)
class NetworkInput:
    """A batch of hands.

    Attributes:
        crops: float32 (N, 3, size, size), RGB, normalised by mean and std, C-contiguous.
        landmarks: float32 (N, 63), x, y, z of each landmark in units of half the crop's side from
            its centre; x and y lie in [-1, 1] inside the crop.
    """

    crops: FloatArray
    landmarks: FloatArray


def square_around(landmarks: FloatArray, margin: float) -> Square:
    """The upright square around landmarks of shape (21, 3), ``margin`` times their longer extent.

    Never rotated with the hand: like and dislike differ only in their direction.
    """
    low = landmarks[:, :2].min(axis=0)
    high = landmarks[:, :2].max(axis=0)
    center = (low + high) / 2
    side = max(float((high - low).max()) * margin, 1.0)
    return Square(float(center[0]), float(center[1]), side)


def crop_square(bgr: BgrImage, square: Square, size: int) -> BgrImage:
    """Cut ``square`` out of a picture and scale it to ``size``; uint8 BGR (size, size, 3).

    What lies beyond the picture is its border, replicated. Shrinking averages areas, so that a
    near hand is not aliased.
    """
    height, width = bgr.shape[:2]
    side = max(round(square.side), 2)
    left = round(square.center_x - side / 2)
    top = round(square.center_y - side / 2)
    # A square wholly outside still gets the nearest border pixels instead of an empty slice.
    x0, x1 = (min(max(v, 0), width) for v in (left, left + side))
    y0, y1 = (min(max(v, 0), height) for v in (top, top + side))
    if x1 == x0:
        x0, x1 = (0, 1) if x0 == 0 else (width - 1, width)
    if y1 == y0:
        y0, y1 = (0, 1) if y0 == 0 else (height - 1, height)
    patch = bgr[y0:y1, x0:x1]
    before_x, before_y = max(x0 - left, 0), max(y0 - top, 0)
    after_x, after_y = max(left + side - x1, 0), max(top + side - y1, 0)
    if before_x or before_y or after_x or after_y:
        patch = cv2.copyMakeBorder(
            patch, before_y, after_y, before_x, after_x, cv2.BORDER_REPLICATE
        ).astype(np.uint8, copy=False)
    shrinking = max(patch.shape[:2]) > size
    interpolation = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(patch, (size, size), interpolation=interpolation), np.uint8)


def normalise_crops(crops: Sequence[BgrImage], spec: PreprocessSpec) -> FloatArray:
    """uint8 BGR crops of one size → float32 (N, 3, size, size) RGB. The one BGR→RGB conversion."""
    if not crops:
        return np.zeros((0, 3, spec.input_size, spec.input_size), np.float32)
    batch = np.stack(crops)[..., ::-1].astype(np.float32)
    scale = np.float32(1 / 255) / np.asarray(spec.std, np.float32)
    shift = np.asarray(spec.mean, np.float32) / np.asarray(spec.std, np.float32)
    return np.ascontiguousarray((batch * scale - shift).transpose(0, 3, 1, 2))


def landmark_features(landmarks: FloatArray, square: Square) -> FloatArray:
    """Landmarks (21, 3) in pixels → float32 (63,) in units of half the square's side."""
    center = np.array([square.center_x, square.center_y, 0.0], np.float32)
    return ((landmarks - center) * np.float32(2 / square.side)).astype(np.float32).reshape(-1)


def prepare_hands(bgr: BgrImage, hands: Sequence[Hand], spec: PreprocessSpec) -> NetworkInput:
    """All hands of a frame → one batch."""
    squares = [square_around(hand.landmarks, spec.crop_margin) for hand in hands]
    crops = [crop_square(bgr, square, spec.input_size) for square in squares]
    features = [
        landmark_features(hand.landmarks, square)
        for hand, square in zip(hands, squares, strict=True)
    ]
    stacked = np.stack(features) if features else np.zeros((0, LANDMARK_FEATURES), np.float32)
    return NetworkInput(normalise_crops(crops, spec), stacked)
