"""Cached hands as network input, cut by the app's own preprocessing and not varied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gesture_app.core.preprocess import (
    NetworkInput,
    PreprocessSpec,
    crop_square,
    landmark_features,
    normalise_crops,
    square_around,
)
from training.cache import CachedHands


def inputs_of(cache: CachedHands, rows: Sequence[int], spec: PreprocessSpec) -> NetworkInput:
    """The hands in ``rows`` of a cache, in that order."""
    crops, features = [], []
    for row in rows:
        square = square_around(cache.landmarks[row], spec.crop_margin)
        crops.append(crop_square(np.asarray(cache.contexts[row]), square, spec.input_size))
        features.append(landmark_features(cache.landmarks[row], square))
    return NetworkInput(normalise_crops(crops, spec), np.stack(features))


def spread(caches: Sequence[CachedHands], spec: PreprocessSpec, count: int) -> NetworkInput:
    """About ``count`` hands, evenly over the caches and evenly within each."""
    parts = [
        inputs_of(cache, _spread_rows(len(cache.samples), count // len(caches)), spec)
        for cache in caches
    ]
    return NetworkInput(
        np.concatenate([part.crops for part in parts]),
        np.concatenate([part.landmarks for part in parts]),
    )


def _spread_rows(rows: int, count: int) -> list[int]:
    return [int(row) for row in np.linspace(0, rows - 1, min(rows, max(count, 1)))]
