"""Telling near-duplicates of a hand's picture apart from new ones, with 64 bits a picture.

A difference hash (Neal Krawetz, "Kind of Like That", 2013): whether each of 8 x 8 places is darker
than the one to its right. Light and size hardly change it; another pose does.
"""

from __future__ import annotations

import cv2
import numpy as np

from gesture_app.core.context import HandContext
from gesture_app.core.preprocess import crop_square, square_around

CROP_MARGIN = 1.4
"""As most networks here see a hand."""

BITS = 64

MOST_TWIN_BITS = 1
"""Fingerprints that differ in so few bits are taken for the same picture; those of unlike ones
differ in about 32. In 20 recordings of hands held still, medians of 0 to 2 differ from frame to
frame; of the pictures that the coach would take of them, 28 % are twins of others."""

_ROWS, _COLUMNS = 8, 9
_CROP_SIZE = 72


def fingerprint(context: HandContext) -> int:
    """Of the crop around the hand, within 0 and 2**64 - 1."""
    square = square_around(context.landmarks, CROP_MARGIN)
    grey = cv2.cvtColor(crop_square(context.bgr, square, _CROP_SIZE), cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (_COLUMNS, _ROWS), interpolation=cv2.INTER_AREA)
    bits = np.packbits(small[:, 1:] > small[:, :-1])
    return int.from_bytes(bits.tobytes(), "big")
