"""Training of the landmark layers alone, before the rest: they cost next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import torch
from numpy.typing import NDArray
from torch.nn import functional

from gesture_app.core.types import FloatArray
from training.config import Recipe
from training.model import GestureNet

BATCH = 256
PEAK_RATE = 3e-3


class LandmarkSource(Protocol):
    """Landmark features (count, 63) float32 and targets (count,) int64, by step."""

    def landmark_batch(self, step: int, count: int) -> tuple[FloatArray, NDArray[Any]]: ...


def train_landmarks(
    net: GestureNet,
    source: LandmarkSource,
    recipe: Recipe,
    device: torch.device,
    stop_requested: Callable[[], bool] = lambda: False,
) -> None:
    """Train the landmark layers and their head; minutes on any machine, so without checkpoint.

    Every process of a run does all of it and comes to the same weights. When it is asked to stop,
    it stops early; what it did is not used then.
    """
    net.train()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # matrices so small that threads only wait for each other
    layers = [*net.landmarks.parameters(), *net.landmark_head.parameters()]
    optimiser = torch.optim.AdamW(layers, lr=PEAK_RATE, weight_decay=recipe.weight_decay)
    for step in range(recipe.landmark_steps):
        if stop_requested():
            break
        optimiser.param_groups[0]["lr"] = PEAK_RATE * (1 - step / recipe.landmark_steps)
        features, targets = source.landmark_batch(step, BATCH)
        logits = net.landmark_head(net.landmarks(torch.from_numpy(features).to(device)))
        loss = functional.cross_entropy(
            logits,
            torch.from_numpy(targets).to(device),
            label_smoothing=recipe.label_smoothing,
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    torch.set_num_threads(threads)
