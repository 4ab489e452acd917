"""The space in which heads are fitted: a few hundred directions in which hands differ."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from gesture_app.core.types import FloatArray

PIXEL_DIRECTIONS, LANDMARK_DIRECTIONS = 128, 128
"""Of 1,024 and 384 features. Over hands of the training sets they hold 82 % of the variance of the
former and 98 % of the latter. There is less to fit, and less to fit noise to; own gestures and
built-in ones fared no worse than with twice as many directions."""

PIXEL_WEIGHT, LANDMARK_WEIGHT = 1.0, 5.0
"""How far apart hands lie by pixels and by landmarks. A person's pictures of a gesture all show one
room and one sleeve: a head that listens to pixels first learns those (docs/teaching.md)."""

_LEAST_DEVIATION = 1e-2
"""Of a feature: dead ones must not be blown up."""


@dataclass(frozen=True, slots=True)
class FeatureSpace:
    """Features of the network → coordinates, pixels' first, then landmarks'.

    Attributes:
        mean: float32 (F,).
        basis: float32 (F, K); zero where pixels' features meet landmarks' coordinates and back.
    """

    mean: FloatArray
    basis: FloatArray

    @property
    def digest(self) -> str:
        """Tells this space from others."""
        return hashlib.sha256(self.mean.tobytes() + self.basis.tobytes()).hexdigest()

    def project(self, features: FloatArray) -> FloatArray:
        """Features (N, F) → coordinates (N, K), float32."""
        return np.asarray((features - self.mean) @ self.basis, np.float32)

    def restore(self, coordinates: FloatArray) -> FloatArray:
        """Coordinates (N, K) → the features (N, F) that have them and else are the mean's."""
        back = np.linalg.pinv(self.basis.astype(np.float64))
        return np.asarray(self.mean + coordinates @ back, np.float32)


def landmark_part(coordinates: FloatArray) -> FloatArray:
    """Those of the coordinates (N, K) that say how the fingers lie."""
    return coordinates[:, -LANDMARK_DIRECTIONS:]


def find_space(features: FloatArray, pixels: int) -> FeatureSpace:
    """Principal components of standardised features, of pixels and landmarks apart.

    Args:
        features: float32 (N, F) of many different hands.
        pixels: how many of the F features come from the pixels; the others from the landmarks.
    """
    mean = features.mean(axis=0)
    deviation = features.std(axis=0) + _LEAST_DEVIATION
    standard = (features - mean) / deviation
    blocks = (
        (slice(0, pixels), PIXEL_DIRECTIONS, PIXEL_WEIGHT),
        (slice(pixels, features.shape[1]), LANDMARK_DIRECTIONS, LANDMARK_WEIGHT),
    )
    basis = np.zeros((features.shape[1], PIXEL_DIRECTIONS + LANDMARK_DIRECTIONS), np.float32)
    column = 0
    for rows, directions, weight in blocks:
        part = standard[:, rows].astype(np.float64)
        _, vectors = np.linalg.eigh(part.T @ part)
        # A hand lies about `weight` from the origin, whatever the number of features.
        scale = weight / np.sqrt(part.shape[1])
        kept = vectors[:, ::-1][:, :directions] * scale / deviation[rows, None]
        basis[rows, column : column + directions] = kept
        column += directions
    return FeatureSpace(mean.astype(np.float32), basis)
