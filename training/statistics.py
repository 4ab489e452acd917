"""Intervals and calibration of measured shares.

Pictures of one person are not independent, so wherever people are known the interval to trust is
the one over people; Wilson's, over pictures, is given beside it since it also works for one person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
BOOTSTRAP_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Predictions whose confidence lies within [low, high).

    Attributes:
        confidence: their mean; ``accuracy``: the share of them that is right.
    """

    low: float
    high: float
    pictures: int
    confidence: float
    accuracy: float


def wilson_interval(hits: int, count: int) -> tuple[float, float]:
    """95 % score interval of a share (Wilson 1927, "Probable Inference"); (0, 1) of nothing.

    scipy's ``binomtest`` gives the same and computes a p-value first, which is most of the time
    that a card takes.
    """
    if count == 0:
        return 0.0, 1.0
    share = hits / count
    center = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z / (1 + Z**2 / count) * math.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2))
    return max(center - half, 0.0), min(center + half, 1.0)


def interval_over_groups(hits: ArrayLike, counts: ArrayLike, seed: int = 0) -> tuple[float, float]:
    """95 % percentile bootstrap of sum(hits) / sum(counts), whole groups drawn with replacement.

    Args:
        hits: (groups,) of each person or session.
        counts: (groups,), not all zero.
    """
    right, total = np.asarray(hits, float), np.asarray(counts, float)
    # RandomState, since NumPy promises to keep its stream: cards are computed again years later.
    drawn = np.random.RandomState(seed).randint(0, len(total), (BOOTSTRAP_DRAWS, len(total)))
    sums = total[drawn].sum(axis=1)
    shares = right[drawn].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.quantile(shares, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)


def calibration_bins(
    confidences: ArrayLike, right: ArrayLike, bins: int = 10
) -> tuple[CalibrationBin, ...]:
    """Equally wide bins of a reliability diagram, the empty ones left out.

    Args:
        confidences: (N,) in [0, 1]. ``right``: (N,) whether each prediction was right.
    """
    confidence, correct = np.asarray(confidences, float), np.asarray(right, float)
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    return tuple(
        CalibrationBin(
            low=round(i / bins, 6),
            high=round((i + 1) / bins, 6),
            pictures=int((index == i).sum()),
            confidence=float(confidence[index == i].mean()),
            accuracy=float(correct[index == i].mean()),
        )
        for i in range(bins)
        if (index == i).any()
    )


def expected_calibration_error(bins: Sequence[CalibrationBin]) -> float:
    """Mean distance of confidence and accuracy, weighted by pictures (Guo et al. 2017)."""
    total = sum(b.pictures for b in bins)
    return sum(b.pictures * abs(b.confidence - b.accuracy) for b in bins) / max(total, 1)
