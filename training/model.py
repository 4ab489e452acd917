"""ResNet with torchvision's key names, and the gesture network built on it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from gesture_app.core.preprocess import LANDMARK_FEATURES

RESNET50_STAGES = (3, 4, 6, 3)
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
LANDMARK_WIDTH = 256


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 with a shortcut (He et al. 2015, "Deep Residual Learning").

    Args:
        v1: stride on the first 1x1 convolution, as published (v1) and as our pretrained weights
            want it; False puts it on the 3x3, as torchvision does (v1.5). The keys are the same,
            so that weights of the other kind load without complaint and predict badly.
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
        self.downsample: nn.Module | None = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.relu(self.bn2(self.conv2(x)))
        return functional.relu(self.bn3(self.conv3(x)) + shortcut)


class ResNet50(nn.Module):
    """ResNet-50 up to its pooled features: (N, 3, H, W) → (N, 2048)."""

    features = 2048

    def __init__(self, *, v1: bool = True) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for index, (blocks, width) in enumerate(
            zip(RESNET50_STAGES, (64, 128, 256, 512), strict=True)
        ):
            layer = []
            for block in range(blocks):
                stride = 2 if block == 0 and index > 0 else 1
                layer.append(Bottleneck(inputs, width, stride, v1=v1))
                inputs = width * Bottleneck.expansion
            setattr(self, f"layer{index + 1}", nn.Sequential(*layer))

    def stages(self) -> list[nn.Module]:
        """Stem and layers from input to output, for freezing and layer-wise rates."""
        stem = nn.ModuleList([self.conv1, self.bn1])
        return [stem, *(getattr(self, f"layer{i}") for i in range(1, 5))]

    def forward(self, x: Tensor) -> Tensor:
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return x.mean((2, 3))


class GestureNet(nn.Module):
    """Crop and landmarks → logits.

    Pixels and landmarks err differently. Three heads are trained: on pixels, on landmarks, and on
    both. The answer is the geometric mean of the latter two; the pixel head only makes sure that
    the ResNet learns hands by itself. Measured in docs/model.md, "Heads".

    Args:
        labels: number of outputs.
    """

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.backbone = ResNet50()
        self.landmarks = nn.Sequential(
            nn.Linear(LANDMARK_FEATURES, LANDMARK_WIDTH),
            nn.BatchNorm1d(LANDMARK_WIDTH),
            nn.ReLU(),
            nn.Linear(LANDMARK_WIDTH, LANDMARK_WIDTH),
            nn.BatchNorm1d(LANDMARK_WIDTH),
            nn.ReLU(),
        )
        self.dropout = nn.Dropout(0.3)
        self.pixel_head = nn.Linear(ResNet50.features, labels)
        self.landmark_head = nn.Linear(LANDMARK_WIDTH, labels)
        self.joint_head = nn.Linear(ResNet50.features + LANDMARK_WIDTH, labels)

    def heads(self, crops: Tensor, landmarks: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (N, labels) of the pixel, the landmark and the joint head."""
        pixels = self.dropout(self.backbone(crops))
        geometry = self.landmarks(landmarks)
        joint = torch.cat([pixels, geometry], 1)
        return self.pixel_head(pixels), self.landmark_head(geometry), self.joint_head(joint)

    def forward(self, crops: Tensor, landmarks: Tensor) -> Tensor:
        """Mean of the log-probabilities of the landmark and the joint head, (N, labels).

        Args:
            crops: float32 (N, 3, S, S), see `NetworkInput.crops`.
            landmarks: float32 (N, 63), see `NetworkInput.landmarks`.
        """
        _, geometry, joint = self.heads(crops, landmarks)
        return (geometry.log_softmax(1) + joint.log_softmax(1)) / 2


def load_pretrained(backbone: ResNet50, path: Path, sha256: str) -> None:
    """Load ImageNet weights (torchvision key names, v1 strides) into a backbone.

    Raises:
        ValueError: the file is not the expected one, or does not fit.
        OSError: the file cannot be read.
    """
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise ValueError(f"{path} has sha256 {found}, expected {sha256}")
    weights = torch.load(path, map_location="cpu", weights_only=True)
    kept = {key: value.float() for key, value in weights.items() if not key.startswith("fc.")}
    missing, unexpected = backbone.load_state_dict(kept, strict=False)
    # Files without batch counters are fine: training does not use them.
    missing = [key for key in missing if not key.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(f"{path} does not fit: missing {missing}, unexpected {unexpected}")
