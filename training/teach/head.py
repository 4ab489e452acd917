"""The last step of a taught model: what the base network says, corrected and extended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gesture_app.core.types import FloatArray
from training.teach.feature_set import FeatureSet


@dataclass(frozen=True, slots=True)
class Head:
    """Logits of the base network and features → logits of the taught model."""

    labels: tuple[str, ...]
    base_labels: tuple[str, ...]
    weight: FloatArray
    bias: FloatArray


def fit_head(
    own: FeatureSet, replay: FeatureSet, base_labels: Sequence[str], labels: Sequence[str]
) -> Head:
    """A head for ``labels``: the base's and the person's own."""
    raise NotImplementedError


def apply_head(head: Head, logits: FloatArray, features: FloatArray) -> FloatArray:
    """Logits (N, labels) of the taught model."""
    raise NotImplementedError
