"""What full training learns from at each step: own pictures varied anew, and hands to rehearse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.context import HandContext, cut_context
from gesture_app.core.errors import AppError
from gesture_app.core.preprocess import NetworkInput, PreprocessSpec
from gesture_app.core.types import FloatArray
from gesture_app.store.samples import SampleStore
from gesture_app.vision.golden import GoldenHand, decode
from training.teach.feature_set import FeatureSet
from training.teach.variants import variations

OWN, REHEARSED, REPLAYED = 24, 8, 256
"""Rows of a step: own pictures, rendered hands of built-in gestures, and coordinates of the hands
that come with the bundled model."""

_KEPT_IN_MEMORY = 500
"""Contexts, 110 KB each; more are read again from the disk when their turn comes."""


@dataclass(frozen=True, slots=True)
class FullBatch:
    """Rows of a step.

    Attributes:
        inputs: own pictures, then rehearsed ones.
        targets: column of the label of each; -1 for a rehearsed hand that shows none of them.
        coordinates, logits, replay_targets: of replayed hands, see `FeatureSet`.
    """

    inputs: NetworkInput
    targets: NDArray[np.int64]
    coordinates: FloatArray
    logits: FloatArray
    replay_targets: NDArray[np.int64]


class FullBatches:
    """Batches as a function of the step, so that a run that is resumed sees what it would have.

    Args:
        samples: id → label of the own pictures to learn from.
        rehearsed: label and hand.
        replay: hands that come with the bundled model, as coordinates.
        labels: of the network's outputs.
    """

    def __init__(
        self,
        store: SampleStore,
        samples: Sequence[tuple[str, str]],
        rehearsed: Sequence[tuple[str, GoldenHand]],
        replay: FeatureSet,
        labels: Sequence[str],
        spec: PreprocessSpec,
    ) -> None:
        self._store, self._spec, self._replay = store, spec, replay
        self._columns = {label: column for column, label in enumerate(labels)}
        self._by_label: dict[str, list[str]] = {}
        for sample, label in samples:
            self._by_label.setdefault(label, []).append(sample)
        self._own_labels = sorted(self._by_label)
        self._rehearsed = [
            (self._columns.get(label, -1), cut_context(decode(hand.jpeg), hand.landmarks))
            for label, hand in rehearsed
        ]
        self._replay_targets = np.array([self._columns[one] for one in replay.targets], np.int64)
        self._contexts: dict[str, HandContext] = {}

    def batch(self, step: int) -> FullBatch:
        """The batch of a step. Labels are drawn alike, however many pictures each has."""
        rng = np.random.default_rng((step, 1))
        inputs: list[NetworkInput] = []
        targets: list[int] = []
        for label in rng.choice(self._own_labels, size=OWN):
            context = self._context(str(rng.choice(self._by_label[str(label)])))
            if context is not None:
                inputs.append(self._varied(context, rng))
                targets.append(self._columns[str(label)])
        for index in rng.integers(len(self._rehearsed), size=REHEARSED):
            column, context = self._rehearsed[int(index)]
            inputs.append(self._varied(context, rng))
            targets.append(column)
        rows = rng.integers(len(self._replay), size=REPLAYED)
        return FullBatch(
            joined(inputs),
            np.array(targets, np.int64),
            self._replay.features[rows],
            self._replay.logits[rows],
            self._replay_targets[rows],
        )

    def plain(self, samples: Iterable[str]) -> tuple[NetworkInput, tuple[str, ...]]:
        """Own pictures as they were taken, and the ids of those that could be read."""
        found = [(one, context) for one in samples if (context := self._context(one)) is not None]
        inputs = [_row(variations(context, 0, 0, self._spec), 0) for _, context in found]
        return joined(inputs), tuple(one for one, _ in found)

    def _varied(self, context: HandContext, rng: np.random.Generator) -> NetworkInput:
        made = variations(context, 2, int(rng.integers(2**32)), self._spec)
        return _row(made, int(rng.integers(len(made.landmarks))))

    def _context(self, sample: str) -> HandContext | None:
        """None where it was deleted meanwhile, or is damaged."""
        if sample not in self._contexts:
            try:
                context = self._store.read(sample).context
            except AppError:
                return None
            if len(self._contexts) >= _KEPT_IN_MEMORY:
                return context
            self._contexts[sample] = context
        return self._contexts[sample]


def joined(batches: Sequence[NetworkInput]) -> NetworkInput:
    return NetworkInput(
        np.concatenate([batch.crops for batch in batches]),
        np.concatenate([batch.landmarks for batch in batches]),
    )


def _row(inputs: NetworkInput, row: int) -> NetworkInput:
    return NetworkInput(inputs.crops[row : row + 1], inputs.landmarks[row : row + 1])
