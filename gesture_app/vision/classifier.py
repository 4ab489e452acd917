"""Frame and hands → predictions: preprocessing, back end, softmax, labels, threshold."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import ModelManifest
from gesture_app.core.preprocess import prepare_hands
from gesture_app.core.types import NO_GESTURE, BgrImage, FloatArray, Hand, Prediction
from gesture_app.vision.backends.base import InferenceBackend

NOTHING_OFF: frozenset[str] = frozenset()
"""Every gesture that the model knows counts."""


class GestureClassifier:
    """Names the gesture of each hand in a frame; all hands go through the network as one batch."""

    def __init__(self, backend: InferenceBackend, manifest: ModelManifest) -> None:
        self._backend = backend
        self.manifest = manifest

    def classify(
        self, bgr: BgrImage, hands: Sequence[Hand], off: Set[str] = NOTHING_OFF
    ) -> tuple[Prediction, ...]:
        """One prediction per hand, in order.

        Args:
            off: labels that count as no gesture, see `to_prediction`; those that the model does
                not have change nothing.

        Raises:
            BackendError: the runtime failed.
            ModelError: the network's output does not fit the manifest's labels.
        """
        if not hands:
            return ()
        logits = self._backend.run(prepare_hands(bgr, hands, self.manifest.preprocess))
        expected = (len(hands), len(self.manifest.labels))
        if logits.shape != expected:
            raise ModelError(
                "The model does not fit its manifest",
                f"it answers with shape {logits.shape} where {expected} was expected",
                "Install the model again, or choose another one.",
            )
        probabilities = softmax(logits / np.float32(self.manifest.temperature))
        return tuple(to_prediction(row, self.manifest, off) for row in probabilities)

    def close(self) -> None:
        self._backend.close()


def softmax(logits: FloatArray) -> FloatArray:
    """Row-wise softmax of (N, labels), safe against overflow."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True), np.float32)


def to_prediction(
    probabilities: FloatArray, manifest: ModelManifest, off: Set[str] = NOTHING_OFF
) -> Prediction:
    """Probabilities (labels,) → the accepted label by the manifest's threshold.

    Args:
        off: switched-off labels: whatever probability they have goes to "no gesture", so that
            everything downstream, the tracker too, never hears of them.
    """
    rejected = manifest.no_gesture_index
    probabilities, columns = _switched_off(probabilities, manifest, off)
    gestures = probabilities.copy()
    gestures[rejected] = -1.0
    best = int(gestures.argmax())
    margin = float(probabilities[best] - probabilities[rejected])
    accepted = margin >= manifest.threshold and best not in columns
    return Prediction(
        gesture=manifest.labels[best] if accepted else NO_GESTURE,
        prob=float(probabilities[best if accepted else rejected]),
        best_gesture=manifest.labels[best],
        margin=margin,
        probabilities=probabilities,
    )


def _switched_off(
    probabilities: FloatArray, manifest: ModelManifest, off: Set[str]
) -> tuple[FloatArray, list[int]]:
    """The probabilities without those of switched-off labels, and the labels' indices."""
    rejected = manifest.no_gesture_index
    columns = [i for i, label in enumerate(manifest.labels) if label in off and i != rejected]
    if not columns:
        return probabilities, columns
    folded = probabilities.copy()
    folded[rejected] += folded[columns].sum()
    folded[columns] = 0.0
    return folded, columns
