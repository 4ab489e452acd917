"""Scores that mean what they say: temperature, and thresholds at a stated false-positive rate."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from gesture_app.core.types import FloatArray

TEMPERATURE_RANGE = (0.05, 20.0)
THRESHOLD_DECIMALS = 3
"""Thresholds are stored with as many decimals, always rounded up."""


def negative_log_likelihood(logits: FloatArray, targets: ArrayLike, temperature: float) -> float:
    """Mean over samples of -log softmax(logits / temperature)[target]; logits (N, labels)."""
    from scipy.special import log_softmax

    scaled = log_softmax(np.asarray(logits, np.float64) / temperature, axis=1)
    return -float(np.take_along_axis(scaled, np.asarray(targets)[:, None], axis=1).mean())


def fit_temperature(logits: FloatArray, targets: ArrayLike) -> float:
    """The temperature with the smallest negative log-likelihood (Guo et al. 2017, "On Calibration
    of Modern Neural Networks").

    It changes no ranking of labels within a hand, only how sure the model sounds. Fit it on people
    that training never saw.

    Args:
        logits: float32 (N, labels), uncalibrated.
        targets: (N,) index of the right label.

    Raises:
        ValueError: there is nothing to fit on.
    """
    from scipy.optimize import minimize_scalar

    if len(logits) == 0:
        raise ValueError("no samples to fit a temperature on")
    # On a logarithmic scale, where the likelihood is close to a parabola.
    found = minimize_scalar(
        lambda x: negative_log_likelihood(logits, targets, math.exp(x)),
        bounds=(math.log(TEMPERATURE_RANGE[0]), math.log(TEMPERATURE_RANGE[1])),
        method="bounded",
        options={"xatol": 1e-4},
    )
    return math.exp(float(found.x))


def threshold_at_rate(
    negatives: ArrayLike, rate: float, decimals: int = THRESHOLD_DECIMALS
) -> float:
    """The smallest threshold that at most the share ``rate`` of the negatives' scores reaches.

    Args:
        negatives: (N,) scores of what must not pass; larger looks more like a gesture.
        rate: in [0, 1].
    """
    scores = np.sort(np.asarray(negatives, float))[::-1]
    allowed = int(rate * len(scores))
    if allowed >= len(scores):
        return float(scores[-1]) if len(scores) else -1.0
    unit = 10.0**decimals
    # Above the first score that may not pass, so that the picture at the edge stays out.
    return float(np.ceil(scores[allowed] * unit + 1) / unit)
