"""How much a network computes for one hand."""

from __future__ import annotations

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from gesture_app.core.preprocess import LANDMARK_FEATURES, PreprocessSpec


@torch.no_grad()
def count_flops(net: nn.Module, spec: PreprocessSpec) -> int:
    """Floating-point operations of convolutions and matrix products for one hand.

    A multiplication and an addition count as two. ``net`` is left in evaluation mode.
    """
    net.eval()
    parameter = next(net.parameters())
    crops = torch.zeros(1, 3, spec.input_size, spec.input_size).to(parameter)
    landmarks = torch.zeros(1, LANDMARK_FEATURES).to(parameter)
    with FlopCounterMode(display=False) as counter:
        net(crops, landmarks)
    return int(counter.get_total_flops())
