"""How a network does on the hands that were held out, without augmentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from gesture_app.core.preprocess import PreprocessSpec
from training.batches import Batch
from training.cache import CachedHands
from training.distributed import World
from training.model import GestureNet
from training.network_inputs import inputs_of

ROWS = 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """Figures on the validation side.

    Attributes:
        loss: mean negative log-likelihood in nats.
        accuracy: share of hands whose likeliest label is theirs.
    """

    loss: float
    accuracy: float
    hands: int


class ValidationHands:
    """Hands to judge on; those whose label is not among ``labels`` are left out."""

    def __init__(
        self, caches: Sequence[CachedHands], labels: Sequence[str], spec: PreprocessSpec
    ) -> None:
        self._caches = caches
        self._labels = labels
        self._spec = spec
        self._rows = [
            [row for row, sample in enumerate(cache.samples) if sample.target in labels]
            for cache in caches
        ]

    def __len__(self) -> int:
        return sum(map(len, self._rows))

    @torch.no_grad()
    def judge(self, net: GestureNet, world: World) -> Verdict:
        """Loss and accuracy of ``net``; every process takes its part of the hands."""
        net.eval()
        device = next(net.parameters()).device
        loss = right = count = 0.0
        for batch in self._batches(world):
            crops, landmarks, targets = to_tensors(batch, device)
            answers = net(crops, landmarks)
            loss += float(functional.cross_entropy(answers, targets, reduction="sum"))
            right += float((answers.argmax(1) == targets).sum())
            count += len(targets)
        loss, right, count = world.total([loss, right, count])
        return Verdict(loss / count, right / count, int(count))

    def _batches(self, world: World) -> Iterator[Batch]:
        for cache, rows in zip(self._caches, self._rows, strict=True):
            own = rows[world.rank :: world.size]
            for start in range(0, len(own), ROWS):
                chosen = own[start : start + ROWS]
                targets = [self._labels.index(cache.samples[row].target or "") for row in chosen]
                yield Batch(inputs_of(cache, chosen, self._spec), np.array(targets, np.int64))


def to_tensors(batch: Batch, device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """Crops (channels last), landmarks and targets on ``device``."""
    crops = torch.from_numpy(batch.inputs.crops)
    landmarks = torch.from_numpy(batch.inputs.landmarks)
    return (
        crops.to(device, memory_format=torch.channels_last),
        landmarks.to(device),
        torch.from_numpy(batch.targets).to(device),
    )
