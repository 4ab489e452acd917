"""One small run, by however many processes torchrun starts: ``torchrun … shared_run.py OUT``.

Writes what each process drew, and from the first one losses and final weights. Dropout is off: it
is the one thing that is drawn for each process by itself.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import nn

from tests.made_up_hands import LABELS, RECIPE, made_up_hands
from training.batches import Batch, BatchSource
from training.distributed import World, joined_world
from training.loop import Session, train
from training.model import GestureNet
from training.progress import Evaluated, Event, Step
from training.validation import ValidationHands

SHARED = replace(RECIPE, batch_size=8, steps=4, evaluate_every=4)


class Recording(BatchSource):
    """Remembers what was drawn."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.drawn: list[str] = []

    def batch(self, step: int, size: int) -> Batch:
        batch = super().batch(step, size)
        pixels = batch.inputs.crops.tobytes() + batch.inputs.landmarks.tobytes()
        self.drawn.append(hashlib.sha256(pixels + batch.targets.tobytes()).hexdigest())
        return batch


def shared_run(out: Path, world: World) -> None:
    """The run itself."""
    torch.set_num_threads(1)
    torch.manual_seed(SHARED.seed)
    net = GestureNet(len(LABELS), 18)
    for module in net.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    source = Recording([made_up_hands()], LABELS, SHARED)
    held_out = ValidationHands([made_up_hands(("cid",), 9, seed=5)], LABELS, SHARED.spec())
    events: list[Event] = []
    net = train(net, source, SHARED, out, events.append, session=Session(world, held_out))
    (out / f"drawn-{world.rank}.json").write_text(json.dumps(source.drawn))
    if world.is_main:
        losses = [event.loss for event in events if isinstance(event, Step)]
        verdicts = [
            [event.validation_loss, event.validation_accuracy, event.hands]
            for event in events
            if isinstance(event, Evaluated)
        ]
        (out / "told.json").write_text(json.dumps({"losses": losses, "verdicts": verdicts}))
        weights = {name: tensor.contiguous() for name, tensor in net.state_dict().items()}
        safetensors.torch.save_file(weights, out / "weights.safetensors")


if __name__ == "__main__":
    with joined_world() as joined:
        shared_run(Path(sys.argv[1]), joined)
