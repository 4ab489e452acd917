"""Finding hands: the `HandDetector` interface, and what holds for any detector.

What implements it stands in a file of its own, since importing MediaPipe takes a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gesture_app.core.types import Frame, Hand

MAX_HANDS = 2

DOUBLE_OVERLAP = 0.6
"""Two boxes that share more than this part of the smaller one are one hand."""


class HandDetector(Protocol):
    """Finds hands in frames. Owned and called by one thread."""

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        """Hands in ``frame``, at most `MAX_HANDS`; landmarks in pixels of the frame."""

    def close(self) -> None:
        """Release the model. The detector is not used afterwards."""


def without_doubles(hands: Sequence[Hand]) -> tuple[Hand, ...]:
    """Detectors now and then report one hand twice; keep the sighting they are surer of."""
    if len(hands) == 2 and _overlap(hands[0], hands[1]) > DOUBLE_OVERLAP:
        return (max(hands, key=lambda hand: hand.score),)
    return tuple(hands)


def with_others(followed: tuple[Hand, ...], found: Sequence[Hand]) -> tuple[Hand, ...]:
    """Hands that are followed already, and those found that are none of them."""
    others = [
        hand for hand in found if all(_overlap(hand, known) <= DOUBLE_OVERLAP for known in followed)
    ]
    return (*followed, *others)[:MAX_HANDS]


def _overlap(first: Hand, second: Hand) -> float:
    """Common area of two boxes as a part of the smaller one."""
    x0, y0, width0, height0 = first.box
    x1, y1, width1, height1 = second.box
    width = min(x0 + width0, x1 + width1) - max(x0, x1)
    height = min(y0 + height0, y1 + height1) - max(y0, y1)
    smaller = min(width0 * height0, width1 * height1)
    return max(width, 0) * max(height, 0) / max(smaller, 1)
