"""Batch norms that see the whole batch when it is shared by several processes.

With the statistics of its own rows only, each process would normalise by noisier values than a
single one, and a run's result would depend on the number of processes. torch has `SyncBatchNorm`
for CUDA and nothing for CPUs, hence `GlooBatchNorm`.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, distributed, nn
from torch.nn.modules.batchnorm import _BatchNorm


def synchronise_batch_norm(net: nn.Module, device: torch.device) -> None:
    """Exchange the batch norms of ``net``, in place; weights, statistics and keys stay theirs."""
    for parent in list(net.modules()):
        for name, child in list(parent.named_children()):
            if not isinstance(child, _BatchNorm):
                continue
            if device.type == "cuda":
                synced = nn.SyncBatchNorm.convert_sync_batchnorm(child)  # type: ignore[no-untyped-call]
                setattr(parent, name, synced)
            else:
                setattr(parent, name, GlooBatchNorm.like(child))


class GlooBatchNorm(_BatchNorm):
    """Batch norm over the rows of all processes, which must hold equally many."""

    @classmethod
    def like(cls, norm: _BatchNorm) -> GlooBatchNorm:
        """A batch norm with the very weights and statistics of ``norm``."""
        new = cls(norm.num_features, norm.eps, norm.momentum)
        for name in ("weight", "bias"):
            setattr(new, name, getattr(norm, name))
        for name in ("running_mean", "running_var", "num_batches_tracked"):
            new.register_buffer(name, getattr(norm, name))
        new.train(norm.training)
        return new

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() < 2:
            raise ValueError(f"batch norm needs at least 2 axes, not {input.dim()}")

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        axes = [0, *range(2, x.dim())]
        shape = [1, -1, *[1] * (x.dim() - 2)]
        wide = x.float()
        mean = _mean_over_processes(wide.mean(axes))
        centred = wide - mean.view(shape)
        variance = _mean_over_processes(centred.square().mean(axes))
        count = x.numel() // x.shape[1] * distributed.get_world_size()
        self._remember(mean.detach(), variance.detach() * (count / max(count - 1, 1)))
        scale = self.weight * (variance + self.eps).rsqrt()
        return (centred * scale.view(shape) + self.bias.view(shape)).to(x.dtype)

    @torch.no_grad()
    def _remember(self, mean: Tensor, variance: Tensor) -> None:
        momentum = self.momentum
        if self.running_mean is None or self.running_var is None or momentum is None:
            return
        self.running_mean.lerp_(mean, momentum)
        self.running_var.lerp_(variance, momentum)
        if self.num_batches_tracked is not None:
            self.num_batches_tracked.add_(1)


def _mean_over_processes(x: Tensor) -> Tensor:
    mean: Tensor = _Mean.apply(x)  # type: ignore[no-untyped-call]
    return mean


class _Mean(torch.autograd.Function):
    """Mean over the processes. Each one's loss depends on every one's rows through it, so that the
    gradient is the mean of the processes' gradients."""

    @staticmethod
    def forward(_: Any, x: Tensor) -> Tensor:
        return _mean(x)

    @staticmethod
    def backward(_: Any, *gradients: Tensor) -> Tensor:
        return _mean(gradients[0])


def _mean(x: Tensor) -> Tensor:
    total = x.clone(memory_format=torch.contiguous_format)
    distributed.all_reduce(total)
    return total / distributed.get_world_size()
