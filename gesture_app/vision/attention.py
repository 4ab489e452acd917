"""Looking less often while nobody is there; another detector does the looking."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gesture_app.core.types import BgrImage, Frame, Hand
from gesture_app.vision.hands import HandDetector

IDLE_AFTER_MS = 10_000.0
"""Without a hand for so long, not every frame is looked at any more."""

IDLE_LOOK_MS = 250.0
"""While idle, a frame is looked at this often whatever it shows."""

WAKE_MS = 200.0
"""What moved has so long to turn out to be a hand, with every frame looked at."""

CHANGED_LEVELS = 10
"""A cell of the small picture has changed if its grey differs by more than this; the mean of a
cell's pixels stays well within it under a camera's noise."""

LEAST_CHANGE = 0.004
"""Share of cells, about 12 of 64 x 48: a hand across the room covers more."""

UNUSUAL = 2.0
"""In front of a busy street something always moves. What wakes is a change of more than so many
times the usual one."""

_WEIGHT_UP, _WEIGHT_DOWN = 0.5, 0.1
"""How much one look's change counts for the usual one: soon used to a busy street, slow to forget
it when the street pauses."""
_CELLS_ACROSS = 64

GreyImage = NDArray[np.uint8]


class AttentiveHands:
    """A `HandDetector` for streams that spares another one most of the frames of an empty room.

    The rest of the frames costs a comparison of a small grey picture with that of the last look,
    about 0.3 ms at 640x480. Where it differs more than usual, the same frame is looked at, so that
    a hand that comes in is found as soon as it would have been. Slow movements add up, since the
    comparison is with the last look and not with the last frame. Uses the source's own clock: the
    same file gives the same hands on any machine.
    """

    def __init__(self, detector: HandDetector) -> None:
        self._detector = detector
        self._awake_until_ms: float | None = None
        self._looked_ms = 0.0
        self._at_last_look: GreyImage | None = None
        self._usual_change = 0.0

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        if self._awake_until_ms is None:
            self._awake_until_ms = frame.media_ms + IDLE_AFTER_MS
        if frame.media_ms < self._awake_until_ms:
            self._at_last_look = None
        elif not self._is_worth_a_look(frame):
            return ()
        hands = self._detector.detect(frame)
        if hands:
            self._awake_until_ms = frame.media_ms + IDLE_AFTER_MS
        return hands

    def close(self) -> None:
        self._detector.close()

    def _is_worth_a_look(self, frame: Frame) -> bool:
        small = _shrunk(frame.bgr)
        before = self._at_last_look
        if before is None or before.shape != small.shape:
            self._note_look(small, frame.media_ms)
            return True
        change = float(np.mean(cv2.absdiff(small, before) > CHANGED_LEVELS))
        unusual = change > max(LEAST_CHANGE, UNUSUAL * self._usual_change)
        if not unusual and frame.media_ms - self._looked_ms < IDLE_LOOK_MS:
            return False
        weight = _WEIGHT_UP if change > self._usual_change else _WEIGHT_DOWN
        self._usual_change += weight * (change - self._usual_change)
        self._note_look(small, frame.media_ms)
        if unusual:
            self._awake_until_ms = frame.media_ms + WAKE_MS
        return True

    def _note_look(self, small: GreyImage, media_ms: float) -> None:
        self._at_last_look, self._looked_ms = small, media_ms


def _shrunk(bgr: BgrImage) -> GreyImage:
    """Means of square cells, grey. Whole pixels per cell: five times as fast as any other size."""
    height, width = bgr.shape[:2]
    cell = max(width // _CELLS_ACROSS, 1)
    across, down = width // cell, max(height // cell, 1)
    inner = bgr[: down * cell, : across * cell]
    small = cv2.resize(inner, (across, down), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
