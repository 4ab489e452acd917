"""The parity gate: an exported file is installed only if it still is the network that was trained.

Two questions, each with a bound. Does it answer the golden set as the trained network does, from
pictures and landmarks on (`gesture_app.vision.golden`)? And is it as good on the validation hands?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.preprocess import NetworkInput, PreprocessSpec
from gesture_app.core.types import NO_GESTURE, FloatArray
from gesture_app.vision.backends.base import InferenceBackend
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import softmax
from gesture_app.vision.golden import BOUNDS, Agreement, Golden, check
from training.cache import CachedHands
from training.calibration import threshold_at_rate
from training.evaluate import merged
from training.network_inputs import inputs_of

MAX_POINTS_LOST = 0.5
"""Of accuracy, and of recall at `FALSE_POSITIVE_RATE`, in percentage points."""

FALSE_POSITIVE_RATE = 0.05
BATCH = 32


@dataclass(frozen=True, slots=True)
class Validation:
    """Hands of people that were not trained on.

    Attributes:
        targets: int64 (N,), indices into ``labels``.
    """

    batch: NetworkInput
    targets: NDArray[np.int64]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How good answers are, hand by hand, in [0, 1].

    Attributes:
        accuracy: share of all hands whose best label is right.
        recall: share of the gestures that are named rightly and pass the threshold that lets
            `FALSE_POSITIVE_RATE` of the other hands pass.
    """

    accuracy: float
    recall: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found out about one exported file.

    Attributes:
        score: on the validation hands, None if there are none.
        reference: the trained network's score on them.
    """

    precision: str
    agreement: Agreement
    score: Score | None = None
    reference: Score | None = None

    @property
    def complaint(self) -> str:
        """Why the file must not be installed, without a full stop; empty if it may."""
        return self.agreement.complaint or self._loss_complaint()

    def _loss_complaint(self) -> str:
        if self.score is None or self.reference is None:
            return ""
        lost = {
            "accuracy": 100 * (self.reference.accuracy - self.score.accuracy),
            f"recall at {FALSE_POSITIVE_RATE:.0%}": 100
            * (self.reference.recall - self.score.recall),
        }
        parts = [f"{v:.1f} points of {k}" for k, v in lost.items() if not v <= MAX_POINTS_LOST]
        if not parts:
            return ""
        return f"it loses {' and '.join(parts)} on validation, more than {MAX_POINTS_LOST:g}"


def judge(
    network: bytes,
    precision: str,
    golden: Golden,
    validation: Validation | None = None,
    reference: Score | None = None,
) -> Verdict:
    """Run an exported network on the CPU and compare it with what the trained one answered.

    Args:
        reference: the trained network's score on ``validation``.

    Raises:
        BackendError: ONNX Runtime refuses the network.
    """
    backend = OnnxCpu().load(network)
    try:
        agreement = check(backend, golden, BOUNDS[precision])
        if validation is None:
            return Verdict(precision, agreement)
        own = score(run_batches(backend, validation.batch), validation)
    finally:
        backend.close()
    return Verdict(precision, agreement, own, reference)


def validation_hands(
    caches: Sequence[CachedHands], labels: Sequence[str], spec: PreprocessSpec
) -> Validation:
    """All hands of ``caches`` that show one of ``labels``."""
    names, batches, targets = list(labels), [], []
    for cache in caches:
        shown = [sample.target for sample in cache.samples]
        rows = [row for row, label in enumerate(shown) if label in names]
        batches.append(inputs_of(cache, rows, spec))
        targets += [names.index(str(shown[row])) for row in rows]
    batch = NetworkInput(
        np.concatenate([part.crops for part in batches]),
        np.concatenate([part.landmarks for part in batches]),
    )
    return Validation(batch, np.array(targets, np.int64), tuple(labels))


def score(logits: FloatArray, validation: Validation) -> Score:
    """Score answers (N, labels) to ``validation``; labels that data sets mix up count as one."""
    names = list(validation.labels)
    counts_as = np.array([_scored(names, name) for name in names])
    expected = counts_as[validation.targets]
    accuracy = float((counts_as[logits.argmax(axis=1)] == expected).mean())
    best, margins = best_gestures(softmax(logits), names.index(NO_GESTURE))
    shows_gesture = validation.targets != names.index(NO_GESTURE)
    threshold = threshold_at_rate(margins[~shows_gesture], FALSE_POSITIVE_RATE)
    right = (counts_as[best] == expected) & (margins >= threshold)
    return Score(accuracy, float(right[shows_gesture].mean()))


def best_gestures(
    probabilities: FloatArray, nothing: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Index of the likeliest gesture of each hand, and its margin over ``nothing``."""
    gestures = probabilities.copy()
    gestures[:, nothing] = -1
    best = gestures.argmax(axis=1)
    return best, probabilities[np.arange(len(best)), best] - probabilities[:, nothing]


def run_batches(backend: InferenceBackend, batch: NetworkInput) -> FloatArray:
    """Logits (N, labels) of many hands, some at a time."""
    starts = range(0, len(batch.crops), BATCH)
    parts = [
        backend.run(NetworkInput(batch.crops[s : s + BATCH], batch.landmarks[s : s + BATCH]))
        for s in starts
    ]
    return np.concatenate(parts)


def _scored(names: list[str], label: str) -> int:
    """Index of the label that ``label`` counts as."""
    other = merged(label)
    return names.index(other if other in names else label)
