"""What the network says of many hands: the material that a head is fitted to and judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class FeatureSet:
    """Hands, one row each.

    Attributes:
        features: float32 (N, K), the network's output ``features`` as coordinates of the space that
            heads are fitted in, see `training.teach.space`.
        logits: float32 (N, B), its output ``logits``.
        targets: the label of each row.
        groups: what must not be torn apart in judging: a recording, a person, a fold.
        ids: the sample of the store that a row comes from, "" for hands that come with the
            model. Several rows, variations of one picture, share one.
        plain: bool (N,), True for a picture as it was taken, False for a variation of it. Only
            plain rows are judged.
    """

    features: FloatArray
    logits: FloatArray
    targets: tuple[str, ...]
    groups: tuple[str, ...]
    ids: tuple[str, ...]
    plain: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.targets)

    def part(self, rows: Sequence[int] | NDArray[np.intp]) -> FeatureSet:
        """These rows, in this order."""
        chosen = np.asarray(rows, np.intp)
        return FeatureSet(
            self.features[chosen],
            self.logits[chosen],
            tuple(self.targets[row] for row in chosen),
            tuple(self.groups[row] for row in chosen),
            tuple(self.ids[row] for row in chosen),
            self.plain[chosen],
        )

    def joined(self, other: FeatureSet) -> FeatureSet:
        """These rows, then those of ``other``."""
        return FeatureSet(
            np.concatenate([self.features, other.features]),
            np.concatenate([self.logits, other.logits]),
            self.targets + other.targets,
            self.groups + other.groups,
            self.ids + other.ids,
            np.concatenate([self.plain, other.plain]),
        )
