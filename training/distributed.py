"""Several processes that share a run: NCCL between GPUs, Gloo between CPUs, started by torchrun.

Every process draws the whole batch of a step and takes its own rows of it, so that the union over
the processes is the very batch of a single one, and a resumed run may use another number of them.
`torch.utils.data.DistributedSampler` would split a list of indices per epoch; our batches are a
pure function of seed and step without epochs, balanced over labels and people, which it would
break. The price is that augmentation is computed once a process; it takes a small part of a step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

from gesture_app.core.preprocess import NetworkInput
from training.batch_norm import synchronise_batch_norm
from training.batches import Batch

WAIT = timedelta(hours=1)
"""How long the others wait for one process; one that hangs longer ends the run."""


@dataclass(frozen=True, slots=True)
class World:
    """The place of this process among those that share the run.

    Attributes:
        rank: from 0; only rank 0 writes and reports.
        size: how many there are.
        local_rank: number on this machine, which is also that of its GPU.
    """

    rank: int = 0
    size: int = 1
    local_rank: int = 0

    @property
    def is_main(self) -> bool:
        return self.rank == 0

    def device(self) -> torch.device:
        """This process's own GPU, else the CPU."""
        if torch.cuda.is_available():
            return torch.device("cuda", self.local_rank)
        return torch.device("cpu")

    def part_of(self, batch: Batch) -> Batch:
        """Every ``size``-th row from ``rank`` on: each process sees all kinds of samples.

        Raises:
            ValueError: the batch cannot be shared out equally, so that the mean of the processes'
                gradients would not be that of the batch.
        """
        if len(batch.targets) % self.size:
            raise ValueError(
                f"batches of {len(batch.targets)} cannot be shared equally by {self.size} "
                "processes; choose another batch_size"
            )
        rows = slice(self.rank, None, self.size)
        inputs = NetworkInput(batch.inputs.crops[rows], batch.inputs.landmarks[rows])
        return Batch(inputs, batch.targets[rows])

    def share_gradients(self, net: nn.Module) -> nn.Module:
        """``net`` so wrapped that every backward pass averages its gradients over the processes,
        and that batch norms see the whole batch."""
        if self.size == 1:
            return net
        device = next(net.parameters()).device
        synchronise_batch_norm(net, device)
        devices = [device] if device.type == "cuda" else None
        # Synchronised batch norms keep the buffers equal by themselves.
        return DistributedDataParallel(net, devices, forward_sync_buffers=False)

    def total(self, values: Sequence[float]) -> list[float]:
        """Sums over the processes, the same in each of them."""
        if self.size == 1:
            return list(values)
        tensor = torch.tensor(values, dtype=torch.float64, device=self.device())
        distributed.all_reduce(tensor)
        return [float(value) for value in tensor.tolist()]

    def from_main(self, text: str) -> str:
        """What rank 0 holds, for all; what the others hold is not looked at."""
        if self.size == 1:
            return text
        box = [text]
        distributed.broadcast_object_list(box)
        return box[0]


@contextmanager
def joined_world() -> Iterator[World]:
    """The processes that torchrun started this one with, on one or several machines.

    Without torchrun it is alone.
    """
    if "TORCHELASTIC_RUN_ID" not in os.environ:
        yield World()
        return
    world = World(*(int(os.environ[name]) for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK")))
    cuda = torch.cuda.is_available()
    if cuda:
        torch.cuda.set_device(world.local_rank)
    distributed.init_process_group("nccl" if cuda else "gloo", timeout=WAIT)
    try:
        yield world
    finally:
        distributed.destroy_process_group()
