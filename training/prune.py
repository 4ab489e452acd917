"""Structured pruning: whole channels are taken out of the ResNet until a FLOP budget is met.

torch-pruning (Fang et al. 2023, "DepGraph: Towards Any Structural Pruning") knows which channels
belong together across shortcuts, batch norms and the joint head. What goes is what has the smallest
L2 norm in its group. Afterwards the network is a smaller network of the same modules, to be trained
again; its shape is that of its weights (`shape_like`), so that nothing else has to be stored.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from gesture_app.core.preprocess import LANDMARK_FEATURES, PreprocessSpec
from training.flops import count_flops
from training.model import GestureNet

CHANNEL_MULTIPLE = 8
"""Widths stay multiples of this: AVX2 computes 8 floats at a time, tensor cores want 8 halves."""

STEPS = 18
"""Each takes a twentieth of the channels; the last one goes below the budget."""


@dataclass(frozen=True, slots=True)
class PruningStep:
    """What pruning took away.

    Attributes:
        flops: of one hand, multiplications and additions counted apart, before and after.
        parameters: number of weights, before and after.
    """

    flops: tuple[int, int]
    parameters: tuple[int, int]

    @property
    def flops_kept(self) -> float:
        return self.flops[1] / self.flops[0]


def prune(net: GestureNet, spec: PreprocessSpec, flops_kept: float) -> PruningStep:
    """Take channels out of ``net`` in place until it needs at most this share of its FLOPs.

    The landmark layers and the number of labels stay as they are.

    Raises:
        ValueError: the share is not within 0 and 1.
    """
    if not 0 < flops_kept < 1:
        raise ValueError(f"flops_kept must lie between 0 and 1, not {flops_kept}")
    import torch_pruning

    flops, parameters = count_flops(net, spec), _parameters(net)
    net.eval()
    kept_whole = [
        module
        for name, module in net.named_modules()
        if isinstance(module, nn.Linear) and not name.startswith("backbone")
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a library that pokes at torch's internals
        pruner = torch_pruning.pruner.BasePruner(
            net,
            _example(spec),
            torch_pruning.importance.GroupMagnitudeImportance(p=2),
            pruning_ratio=0.9,
            iterative_steps=STEPS,
            ignored_layers=kept_whole,
            round_to=CHANNEL_MULTIPLE,
            forward_fn=_forward_all_heads,
        )
        while count_flops(net, spec) > flops_kept * flops:
            pruner.step()
    for module in net.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            module.requires_grad_(True)
    net.backbone.features = net.pixel_head.in_features
    return PruningStep((flops, count_flops(net, spec)), (parameters, _parameters(net)))


def shape_like(net: GestureNet, weights: Mapping[str, Tensor]) -> GestureNet:
    """Give ``net``'s layers the shapes of ``weights``, in place; values are not copied.

    Raises:
        ValueError: they belong to another kind of network.
    """
    for name, module in list(net.named_modules()):
        weight = weights.get(f"{name}.weight")
        if not isinstance(module, nn.Conv2d | nn.BatchNorm1d | nn.BatchNorm2d | nn.Linear):
            continue
        if weight is None or weight.dim() != module.weight.dim():
            raise ValueError(f"the weights do not fit: {name}.weight is missing or has other axes")
        if weight.shape != module.weight.shape:
            parent, _, child = name.rpartition(".")
            setattr(net.get_submodule(parent), child, _resized(module, weight))
    net.backbone.features = net.pixel_head.in_features
    return net


def _resized(module: nn.Module, weight: Tensor) -> nn.Module:
    if isinstance(module, nn.Conv2d):
        size, stride, padding = module.kernel_size, module.stride, module.padding
        inputs, outputs = weight.shape[1], weight.shape[0]
        return nn.Conv2d(inputs, outputs, size, stride, padding, bias=module.bias is not None)  # type: ignore[arg-type]
    if isinstance(module, nn.Linear):
        return nn.Linear(weight.shape[1], weight.shape[0], bias=module.bias is not None)
    kind = nn.BatchNorm2d if isinstance(module, nn.BatchNorm2d) else nn.BatchNorm1d
    return kind(weight.shape[0])


def _example(spec: PreprocessSpec) -> tuple[Tensor, Tensor]:
    size = spec.input_size
    return torch.zeros(2, 3, size, size), torch.zeros(2, LANDMARK_FEATURES)


def _forward_all_heads(net: Any, example: tuple[Tensor, Tensor]) -> Tensor:
    """Every head, so that the library sees each layer that reads a channel."""
    return torch.stack([logits.sum() for logits in net.heads(*example)]).sum()


def _parameters(net: nn.Module) -> int:
    return sum(parameter.numel() for parameter in net.parameters())
