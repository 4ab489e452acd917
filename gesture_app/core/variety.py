"""How varied a recording is, whether a hand brings anything new to it, and what would.

A model learns from differences: forty pictures of a hand that does not move are worth one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gesture_app.core.coaching import Hint
from gesture_app.core.types import BgrImage, FloatArray, Hand, Handedness

_THUMB = (32, 24)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A hand as it is compared with others.

    Attributes:
        landmarks: float32 (21, 2) in units of the picture's shorter side.
        thumb: uint8 (24, 32), the whole picture in grey, made small.
        extent: longer side of the hand's box in the same unit.
    """

    landmarks: FloatArray
    thumb: NDArray[np.uint8]
    extent: float
    handedness: Handedness


def sight(bgr: BgrImage, hand: Hand) -> Sighting:
    """Args: bgr: uint8 (height, width, 3), the picture that the hand was found in."""
    thumb = cv2.cvtColor(cv2.resize(bgr, _THUMB, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    points = hand.landmarks[:, :2] / np.float32(min(bgr.shape[:2]))
    extent = float((points.max(axis=0) - points.min(axis=0)).max())
    return Sighting(points, np.asarray(thumb, np.uint8), max(extent, 1e-6), hand.handedness)


SAME_PLACE = 0.02
"""A hand has not moved if no landmark went farther than this part of its extent: those of a hand
that is held still jitter by 0.008 from one frame of a webcam to the next (median), 0.014 (p90)."""

SAME_PICTURE = 0.5
"""Two pictures are the same if their small grey versions differ by less than this on average: a
camera that repeats frames."""

_SETTLING = 0.06
"""The landmarks of a repeated picture still settle by up to so much of the extent."""


def nearly_same(one: Sighting, other: Sighting) -> bool:
    """Whether the second of two samples would teach nothing that the first one does not."""
    moved = np.abs(one.landmarks - other.landmarks).max() / other.extent
    if moved <= SAME_PLACE:
        return True
    difference = np.abs(one.thumb.astype(np.int16) - other.thumb).mean()
    return bool(difference < SAME_PICTURE and moved <= _SETTLING)


POSE_STEP = 0.07
"""Two poses differ if their landmarks, brought to one place and size, are this far apart (root
mean square, in extents)."""

_FULL_POSES = 8
_FULL_SIZES = math.log(1.5)
_FULL_PLACES = 0.5
_FULL_HANDS = 3
_LEAST_SAMPLES = 20
"""What fills the ring: so many poses, the largest hand half as large again as the smallest, half of
the picture's shorter side, so many samples of the rarer hand, and so many in all. Chosen, not
measured: learning never sees the ring."""

_POSE, _SIZE, _PLACE, _HAND = 0.5, 0.25, 0.25, 0.15
"""What each kind of variety is worth. The first three fill the ring: whoever has one hand, or a
gesture of one hand, misses nothing."""


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied the samples of a recording are; each value in [0, 1].

    Attributes:
        poses: different turns and bends of the hand.
        sizes: nearer and farther.
        places: spread over the picture.
        hands: samples of the rarer hand.
        samples: how many were added.
    """

    poses: float = 0.0
    sizes: float = 0.0
    places: float = 0.0
    hands: float = 0.0
    samples: int = 0

    @property
    def coverage(self) -> float:
        """What the ring shows. A few samples never fill it."""
        varied = _POSE * self.poses + _SIZE * self.sizes + _PLACE * self.places + _HAND * self.hands
        return min(varied, self.samples / _LEAST_SAMPLES, 1.0)

    def missing(self, extent: float) -> Hint:
        """What would bring most that is new.

        Args:
            extent: of the hand now, in the picture's shorter sides: a large one cannot come closer.
        """
        if self.coverage >= 1:
            return Hint.ENOUGH
        lacks = (
            (_POSE * (1 - self.poses), Hint.TURN_WRIST),
            (_SIZE * (1 - self.sizes), Hint.COME_CLOSER if extent < 0.5 else Hint.MOVE_BACK),
            (_PLACE * (1 - self.places), Hint.MOVE_ASIDE),
            (_HAND * (1 - self.hands), Hint.OTHER_HAND),
        )
        return max(lacks, key=lambda lack: lack[0])[1]


class VarietyMeter:
    """Adds up the variety of one recording's samples. Owned by one thread."""

    def __init__(self) -> None:
        self._poses: list[FloatArray] = []
        self._centers: list[FloatArray] = []
        self._extents: list[float] = []
        self._hands = {Handedness.LEFT: 0, Handedness.RIGHT: 0}

    def add(self, sighting: Sighting) -> Variety:
        """Take one more sample into account."""
        pose = _pose(sighting)
        if all(_distance(pose, known) > POSE_STEP for known in self._poses):
            self._poses.append(pose)
        self._centers.append(_center(sighting))
        self._extents.append(sighting.extent)
        self._hands[sighting.handedness] += 1
        return self.variety

    @property
    def variety(self) -> Variety:
        if not self._centers:
            return Variety()
        spread = np.ptp(np.stack(self._centers), axis=0).sum()
        sizes = math.log(max(self._extents) / min(self._extents))
        return Variety(
            # The first pose is none that differs from another.
            poses=min((len(self._poses) - 1) / (_FULL_POSES - 1), 1.0),
            sizes=min(sizes / _FULL_SIZES, 1.0),
            places=min(float(spread) / _FULL_PLACES, 1.0),
            hands=min(min(self._hands.values()) / _FULL_HANDS, 1.0),
            samples=len(self._centers),
        )


def _pose(sighting: Sighting) -> FloatArray:
    """Landmarks brought to one place and size; a left hand as its mirror image."""
    pose = (sighting.landmarks - _center(sighting)) / np.float32(sighting.extent)
    if sighting.handedness is Handedness.LEFT:
        pose = pose * np.array([-1, 1], np.float32)
    return np.asarray(pose, np.float32)


def _center(sighting: Sighting) -> FloatArray:
    points = sighting.landmarks
    return np.asarray((points.min(axis=0) + points.max(axis=0)) / 2, np.float32)


def _distance(one: FloatArray, other: FloatArray) -> float:
    return float(np.sqrt(((one - other) ** 2).sum(axis=1).mean()))


def is_new(sighting: Sighting, known: Sequence[Sighting]) -> bool:
    """Whether none of the samples just taken is nearly the same."""
    return not any(nearly_same(sighting, other) for other in known)
