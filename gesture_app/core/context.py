"""A hand with its surroundings, cut out of a picture: what recordings and data sets keep of it.

Larger than the crop that a network sees, so that the hand can be cut out again: shifted, scaled and
turned in training, or with another model's margin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gesture_app.core.preprocess import Square, crop_square, square_around
from gesture_app.core.types import BgrImage, FloatArray

CONTEXT_SIZE = 192
CONTEXT_MARGIN = 2.2
"""Room for a crop of margin 1.4 turned by 45 degrees (1.4 * sqrt 2 = 1.98) and a shift."""


@dataclass(frozen=True, slots=True)
class HandContext:
    """One hand and what is around it.

    Attributes:
        bgr: uint8 (CONTEXT_SIZE, CONTEXT_SIZE, 3).
        landmarks: float32 (21, 3) in context pixels, z on the same scale.
        picture_box: float32 (4,), left, top, right, bottom of the real picture in context pixels;
            what lies outside is replicated border.
    """

    bgr: BgrImage
    landmarks: FloatArray
    picture_box: FloatArray


def cut_context(bgr: BgrImage, landmarks: FloatArray, padding: int = 0) -> HandContext:
    """The surroundings of a hand.

    Args:
        bgr: uint8 (height, width, 3).
        landmarks: float32 (21, 3) in pixels of ``bgr``.
        padding: of ``bgr`` itself, so many pixels on each side are replicated border.
    """
    square = square_around(landmarks, CONTEXT_MARGIN)
    corner = np.array(
        [square.center_x - square.side / 2, square.center_y - square.side / 2, 0], np.float32
    )
    return HandContext(
        crop_square(bgr, square, CONTEXT_SIZE),
        (landmarks - corner) * np.float32(CONTEXT_SIZE / square.side),
        _picture_box(bgr, square, padding),
    )


def _picture_box(bgr: BgrImage, square: Square, padding: int) -> FloatArray:
    """Where the picture proper lies in the context."""
    height, width = bgr.shape[:2]
    left = square.center_x - square.side / 2
    top = square.center_y - square.side / 2
    edges = np.array(
        [padding - left, padding - top, width - padding - left, height - padding - top], np.float32
    )
    return edges * np.float32(CONTEXT_SIZE / square.side)
