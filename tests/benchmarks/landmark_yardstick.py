"""The usual way of teaching gestures from few pictures, to compare with: a linear classifier on the
hand's landmarks (multinomial logistic regression)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from gesture_app.core.types import FloatArray, Hand, Handedness

L2 = 1.0
"""Weight of the penalty, scikit-learn's default of 1 / C."""


class LandmarkClassifier:
    """Fitted when it is made.

    Args:
        rows: normalised landmarks, see `normalised`.
        labels: of the rows.
    """

    def __init__(self, rows: Sequence[FloatArray], labels: Sequence[str]) -> None:
        self.labels = sorted(set(labels))
        inputs = np.stack(rows)
        self._mean, self._spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
        targets = np.array([self.labels.index(label) for label in labels])
        self._weights = _fit(self._scaled(inputs), targets, len(self.labels))

    def answer(self, hand: Hand) -> tuple[str, float]:
        """The likeliest label and its probability."""
        inputs = self._scaled(normalised(hand)[None])
        probabilities = softmax(_with_one(inputs) @ self._weights, axis=1)[0]
        best = int(probabilities.argmax())
        return self.labels[best], float(probabilities[best])

    def _scaled(self, inputs: FloatArray) -> NDArray[np.float64]:
        return np.asarray((inputs - self._mean) / self._spread, np.float64)


def normalised(hand: Hand) -> FloatArray:
    """Landmarks (63,) from the wrist, in units of the farthest one; left hands as right ones."""
    return normalised_landmarks(hand.landmarks, hand.handedness is Handedness.LEFT)


def normalised_landmarks(landmarks: FloatArray, mirrored: bool) -> FloatArray:
    """The same of landmarks (21, 3) in any unit."""
    points = landmarks - landmarks[0]
    if mirrored:
        points = points * np.array([-1, 1, 1], np.float32)
    return np.asarray(points / np.abs(points).max(), np.float32).reshape(-1)


def _fit(
    inputs: NDArray[np.float64], targets: NDArray[np.int64], labels: int
) -> NDArray[np.float64]:
    rows = _with_one(inputs)
    shown = np.eye(labels)[targets]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(rows.shape[1], labels)
        logs = log_softmax(rows @ weights, axis=1)
        penalised = weights.copy()
        penalised[-1] = 0
        value = -(logs * shown).sum() + L2 / 2 * (penalised**2).sum()
        slope = rows.T @ (np.exp(logs) - shown) + L2 * penalised
        return float(value), slope.reshape(-1)

    start = np.zeros(rows.shape[1] * labels)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return np.asarray(found.x).reshape(rows.shape[1], labels)


def _with_one(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hstack([inputs, np.ones((len(inputs), 1))])
