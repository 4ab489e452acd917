"""Decoding pictures and finding the labelled hands in them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from enum import StrEnum

import cv2
import numpy as np

from gesture_app.core.context import HandContext
from gesture_app.core.preprocess import Square, crop_square, square_around
from gesture_app.core.types import BgrImage, FloatArray, Frame, Hand
from gesture_app.vision.hands import HandDetector
from training.data.sources import Box, LabelledHand

LEAST_OVERLAP = 0.2
"""Intersection over union of a labelled box and the box around the landmarks. Boxes that people
drew are looser than landmarks; hands that are not meant hardly touch them."""

LOOK_CLOSER = 2.5
"""MediaPipe's palm detector sees the picture at 192 px, so it misses hands some metres away; they
are looked for again in a square of this many times the labelled box."""

HASH_MARGIN = 1.4
"""The hash sees what a network sees: the hand, and little of a room that many frames share."""
HASH_SIZE = 96


class Missing(StrEnum):
    """Why there is no hand for a row."""

    UNREADABLE = "not a readable picture"
    TOO_LARGE = "picture too large"
    NO_HAND = "no hand found"
    NOT_AT_BOX = "no hand found at its box"


class PictureError(Exception):
    """A picture cannot be used; ``reason`` says why."""

    def __init__(self, reason: Missing) -> None:
        super().__init__(reason)
        self.reason = reason


def decode_picture(content: bytes) -> BgrImage:
    """JPEG or PNG → uint8 BGR, turned upright by its EXIF data.

    Raises:
        PictureError: it is neither, damaged, or too large to be decoded.
    """
    from PIL import Image

    try:
        # Reads the header alone; refuses more pixels than Pillow takes for harmless (89 million).
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.open(io.BytesIO(content), formats=("JPEG", "PNG")).close()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(Missing.TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise PictureError(Missing.UNREADABLE) from error
    try:
        bgr = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise PictureError(Missing.UNREADABLE) from error
    if bgr is None:
        raise PictureError(Missing.UNREADABLE)
    return np.asarray(bgr, np.uint8)


def hands_at_boxes(
    bgr: BgrImage, labelled: Sequence[LabelledHand], detector: HandDetector
) -> list[Hand | None]:
    """For each labelled box the hand that is in it, or None.

    Looks at the whole picture first, then closer at each box without a hand.
    """
    height, width = bgr.shape[:2]
    boxes = [_in_pixels(hand.box or (0.0, 0.0, 1.0, 1.0), width, height) for hand in labelled]
    found: list[Hand | None] = [None] * len(boxes)
    for index, hand in _matched(boxes, detector.detect(Frame(0, 0.0, 0, bgr))):
        found[index] = hand
    for index, box in enumerate(boxes):
        if found[index] is None:
            hands = _detect_near(bgr, box, detector)
            found[index] = next((hand for _, hand in _matched([box], hands)), None)
    return found


def hand_hash(hand: HandContext) -> int:
    """Perceptual hash of a hand: 64 bits, few of which differ between two like pictures.

    pHash (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions") by
    OpenCV: low frequencies of the cosine transform against their mean.
    """
    square = square_around(hand.landmarks, HASH_MARGIN)
    crop = crop_square(hand.bgr, square, HASH_SIZE)
    # OpenCV's type stubs lack what its contrib modules make.
    phash = cv2.img_hash.PHash_create()  # type: ignore[attr-defined]
    return int.from_bytes(phash.compute(crop).tobytes(), "big")


def _detect_near(bgr: BgrImage, box: Box, detector: HandDetector) -> list[Hand]:
    """Hands in the surroundings of a box, in pixels of the whole picture."""
    left, top, width, height = box
    side = max(width, height) * LOOK_CLOSER
    square = Square(left + width / 2, top + height / 2, side)
    size = max(round(side), 2)
    closer = crop_square(bgr, square, size)
    # As crop_square rounds it.
    corner = np.array(
        [round(square.center_x - size / 2), round(square.center_y - size / 2), 0], np.float32
    )
    return [
        Hand(hand.landmarks + corner, hand.handedness, hand.score)
        for hand in detector.detect(Frame(0, 0.0, 0, closer))
    ]


def _matched(boxes: Sequence[Box], hands: Sequence[Hand]) -> list[tuple[int, Hand]]:
    """Pairs of box and hand, best overlap first, each used once."""
    overlaps = sorted(
        (
            (_overlap(box, hand.landmarks), index, number)
            for index, box in enumerate(boxes)
            for number, hand in enumerate(hands)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for overlap, index, number in overlaps:
        if overlap >= LEAST_OVERLAP and index not in pairs and number not in pairs.values():
            pairs[index] = number
    return [(index, hands[number]) for index, number in pairs.items()]


def _overlap(box: Box, landmarks: FloatArray) -> float:
    """Intersection over union of a box and the box around landmarks."""
    low, high = landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)
    start, end = np.array(box[:2]), np.array(box[:2]) + np.array(box[2:])
    common = float(np.prod(np.maximum(np.minimum(high, end) - np.maximum(low, start), 0)))
    union = float(np.prod(high - low) + np.prod(end - start)) - common
    return common / max(union, 1e-9)


def _in_pixels(box: Box, width: int, height: int) -> Box:
    return box[0] * width, box[1] * height, box[2] * width, box[3] * height
