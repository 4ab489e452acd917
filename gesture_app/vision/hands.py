"""Finding hands: the `HandDetector` interface.

What implements it stands in a file of its own, since importing MediaPipe takes a second.
"""

from __future__ import annotations

from typing import Protocol

from gesture_app.core.types import Frame, Hand

MAX_HANDS = 2


class HandDetector(Protocol):
    """Finds hands in frames. Owned and called by one thread."""

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        """Hands in ``frame``, at most `MAX_HANDS`; landmarks in pixels of the frame."""

    def close(self) -> None:
        """Release the model. The detector is not used afterwards."""
