"""Which score tells best that a hand makes no known gesture? Several of the literature, compared.

All scores are larger for what looks more like a gesture, so that one threshold rejects what lies
below. Each is judged the way the app uses it: the best gesture is named if its score passes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gesture_app.core.types import FloatArray
from gesture_app.vision.classifier import softmax
from training.calibration import threshold_at_rate

NEIGHBOURS = 10
"""k of the nearest-neighbour distance."""

SHRINKAGE = 1e-3
"""Part of the mean variance that is added to the covariance's diagonal, which features of fewer
samples than dimensions leave singular."""

CHUNK = 256
"""Samples whose distances to all training features are held in memory at once."""

SCORE_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a network said of N hands.

    Attributes:
        logits: float32 (N, labels), uncalibrated.
        features: float32 (N, F), what the heads work on.
        targets: int (N,) index of the right label; the no-gesture index for every hand that makes
            none of the gestures.
    """

    logits: FloatArray
    features: FloatArray
    targets: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RejectionRow:
    """One score at one false-positive rate.

    Attributes:
        rate: share of the others that may pass.
        threshold: on the score's own scale.
        recall: share of gestures that pass and are named rightly.
        false_positives: share of others that do pass.
        auroc: probability that a gesture has a larger score than another hand; the same at every
            rate.
    """

    score: str
    rate: float
    threshold: float
    recall: float
    false_positives: float
    auroc: float


def rejection_scores(
    fitted: Outputs, judged: Outputs, rejected: int, temperature: float = 1.0
) -> dict[str, NDArray[np.float64]]:
    """Every score of the hands ``judged``, (N,) each.

    - ``margin``: probability of the best gesture minus that of no gesture, what the app uses.
    - ``max softmax``: the best gesture's probability (Hendrycks and Gimpel 2017, "A Baseline for
      Detecting Misclassified and Out-of-Distribution Examples").
    - ``energy``: T * logsumexp(gesture logits / T) (Liu et al. 2020, "Energy-based
      Out-of-distribution Detection"); over the gestures alone, since no gesture is a class here.
    - ``energy margin``: the same minus the logit of no gesture.
    - ``Mahalanobis``: minus the squared distance to the nearest gesture's mean under a shared
      covariance (Lee et al. 2018, "A Simple Unified Framework for Detecting OOD Samples").
    - ``nearest neighbours``: minus the distance to the k-th nearest gesture of the fitted set,
      features of length one (Sun et al. 2022, "OOD Detection with Deep Nearest Neighbors").

    Args:
        fitted: training hands, which the distances are measured to.
        rejected: index of the no-gesture label.
    """
    from scipy.special import logsumexp

    probabilities = softmax(np.asarray(judged.logits / temperature, np.float32)).astype(float)
    no_gesture = probabilities[:, rejected]
    best = np.delete(probabilities, rejected, axis=1).max(axis=1)
    gestures = np.delete(judged.logits.astype(float), rejected, axis=1)
    energy = temperature * logsumexp(gestures / temperature, axis=1)
    known = fitted.targets != rejected
    return {
        "margin": best - no_gesture,
        "max softmax": best,
        "energy": energy,
        "energy margin": energy - judged.logits[:, rejected],
        "Mahalanobis": _mahalanobis(fitted.features[known], fitted.targets[known], judged.features),
        "nearest neighbours": _nearest_neighbours(fitted.features[known], judged.features),
    }


def compare_rejection(
    scores: Mapping[str, ArrayLike], judged: Outputs, rejected: int, rates: Sequence[float]
) -> tuple[RejectionRow, ...]:
    """A table of scores: recall of each at the threshold of each false-positive rate.

    The thresholds are set on the hands that are judged, so this compares scores and does not
    promise the recall of the winner.
    """
    others = judged.targets == rejected
    named = np.delete(judged.logits, rejected, axis=1).argmax(axis=1)
    named = named + (named >= rejected)
    right = named[~others] == judged.targets[~others]
    rows = []
    for name, values in scores.items():
        score = np.asarray(values, float)
        auroc = _auroc(score[~others], score[others])
        for rate in rates:
            threshold = threshold_at_rate(score[others], rate, SCORE_DECIMALS)
            passes = score >= threshold
            rows.append(
                RejectionRow(
                    score=name,
                    rate=rate,
                    threshold=threshold,
                    recall=float((right & passes[~others]).mean()),
                    false_positives=float(passes[others].mean()),
                    auroc=auroc,
                )
            )
    return tuple(rows)


def _auroc(gestures: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Area under the ROC curve by ranks (Mann and Whitney 1947), ties counted half."""
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(gestures, others).statistic / (len(gestures) * len(others)))


def _mahalanobis(
    fitted: FloatArray, targets: NDArray[np.int64], judged: FloatArray
) -> NDArray[np.float64]:
    from scipy.linalg import solve_triangular

    features = fitted.astype(float)
    means = np.stack([features[targets == label].mean(axis=0) for label in np.unique(targets)])
    centred = features - means[np.searchsorted(np.unique(targets), targets)]
    covariance = centred.T @ centred / len(centred)
    covariance.flat[:: len(covariance) + 1] += (
        SHRINKAGE * np.trace(covariance) / len(covariance) + 1e-9  # one sample a class: all zero
    )
    # In the whitened space the distance is Euclidean.
    factor = np.linalg.cholesky(covariance)

    def whiten(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(solve_triangular(factor, values.T, lower=True).T, np.float64)

    white = whiten(means)
    return _by_chunks(judged, lambda rows: -_squared_distances(whiten(rows), white).min(axis=1))


def _nearest_neighbours(fitted: FloatArray, judged: FloatArray) -> NDArray[np.float64]:
    known = _unit(fitted.astype(float))
    k = min(NEIGHBOURS, len(known)) - 1

    def score(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        squared = np.partition(_squared_distances(_unit(rows), known), k, axis=1)[:, k]
        return -np.sqrt(np.maximum(squared, 0))

    return _by_chunks(judged, score)


def _by_chunks(
    judged: FloatArray, score: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    parts = [
        score(judged[start : start + CHUNK].astype(float)) for start in range(0, len(judged), CHUNK)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _squared_distances(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, F) and (M, F) → (N, M), by |a|² - 2ab + |b|², a matrix product."""
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :]
    return np.asarray(squares - 2 * one @ other.T, np.float64)


def _unit(features: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.maximum(lengths, 1e-12), np.float64)
