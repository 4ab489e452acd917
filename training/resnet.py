"""ResNet-18, -34 and -50 with torchvision's key names, and loading of pretrained weights.

Own code, since torchvision has no v1 strides, which the weights we start from need. Key names and
shapes are compared with torchvision's in the tests.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
STAGE_WIDTHS = (64, 128, 256, 512)
BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3)}
"""Depth → blocks of layer1 to layer4 (He et al. 2015, "Deep Residual Learning", table 1)."""


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with a shortcut; the block of ResNet-18 and -34."""

    expansion = 1

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = _shortcut(inputs, width, stride)

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        x = functional.relu(self.bn1(self.conv1(x)))
        return functional.relu(self.bn2(self.conv2(x)) + shortcut)


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 with a shortcut; the block of ResNet-50.

    Args:
        v1: see `ResNet`.
    """

    expansion = 4

    def __init__(self, inputs: int, width: int, stride: int, *, v1: bool) -> None:
        super().__init__()
        outputs = width * self.expansion
        first, second = (stride, 1) if v1 else (1, stride)
        self.conv1 = nn.Conv2d(inputs, width, 1, first, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, second, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = _shortcut(inputs, outputs, stride)

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.relu(self.bn2(self.conv2(x)))
        return functional.relu(self.bn3(self.conv3(x)) + shortcut)


class ResNet(nn.Module):
    """A ResNet up to its pooled features: (N, 3, H, W) → (N, features).

    Args:
        depth: 18, 34 or 50.
        v1: where a bottleneck halves the resolution: on its first 1x1 convolution, as published
            (v1), or on its 3x3, as torchvision does (v1.5). The keys are the same, so that
            weights of the other kind load without complaint and predict badly. Depths 18 and 34
            have no bottlenecks and are the same network in both.

    Attributes:
        features: width of the output: 512, 512 or 2048.

    Raises:
        ValueError: no such depth.
    """

    def __init__(self, depth: int, *, v1: bool) -> None:
        super().__init__()
        if depth not in BLOCKS:
            raise ValueError(f"ResNet depth must be one of {sorted(BLOCKS)}, not {depth}")
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        width = 64
        for index, (blocks, inner) in enumerate(zip(BLOCKS[depth], STAGE_WIDTHS, strict=True)):
            layer: list[nn.Module] = []
            for block in range(blocks):
                stride = 2 if block == 0 and index > 0 else 1
                if depth < 50:
                    layer.append(BasicBlock(width, inner, stride))
                    width = inner * BasicBlock.expansion
                else:
                    layer.append(Bottleneck(width, inner, stride, v1=v1))
                    width = inner * Bottleneck.expansion
            setattr(self, f"layer{index + 1}", nn.Sequential(*layer))
        self.features = width

    def stages(self) -> list[nn.Module]:
        """Stem and layers from input to output, for freezing and layer-wise rates."""
        stem = nn.ModuleList([self.conv1, self.bn1])
        return [stem, *(getattr(self, f"layer{i}") for i in range(1, 5))]

    def forward(self, x: Tensor) -> Tensor:
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return x.mean((2, 3))


def load_pretrained(backbone: ResNet, path: Path, sha256: str) -> None:
    """Load ImageNet weights under torchvision's key names into a backbone of the same strides.

    Raises:
        ValueError: the file is not the expected one, or does not fit.
        OSError: the file cannot be read.
    """
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise ValueError(f"{path} has sha256 {found}, expected {sha256}")
    weights = torch.load(path, map_location="cpu", weights_only=True)
    kept = {key: value.float() for key, value in weights.items() if not key.startswith("fc.")}
    try:
        missing, unexpected = backbone.load_state_dict(kept, strict=False)
    except RuntimeError as error:  # a tensor of another shape: another depth, say
        raise ValueError(f"{path} does not fit: {error}") from error
    # Files without batch counters are fine: training does not use them.
    missing = [key for key in missing if not key.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(f"{path} does not fit: missing {missing}, unexpected {unexpected}")


def _shortcut(inputs: int, outputs: int, stride: int) -> nn.Module | None:
    """A strided 1x1 convolution where a block changes the shape, else the identity."""
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
