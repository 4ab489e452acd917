"""The gesture network: a ResNet on the crop, layers on the landmarks, joined late."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from gesture_app.core.preprocess import LANDMARK_FEATURES
from training.resnet import ResNet

LANDMARK_WIDTH = 384


class GestureNet(nn.Module):
    """Crop and landmarks → logits.

    Pixels and landmarks err differently. Three heads are trained: on pixels, on landmarks, and on
    both. The answer is the geometric mean of the latter two; the pixel head makes sure that the
    ResNet learns hands by itself. Measured in docs/model.md, "Heads".

    Args:
        labels: number of outputs.
        depth: of the ResNet: 18, 34 or 50.
        v1: its strides, see `ResNet`.

    Attributes:
        touching: pairs of outputs that only pixels tell apart, see `touching_pairs`. Landmarks do
            not know whether a finger lies on lips; the pixel head, trained on hands that were moved
            away from the face, shares out what the others give to the two.
    """

    def __init__(self, labels: int, depth: int = 50, *, v1: bool = True) -> None:
        super().__init__()
        self.backbone = ResNet(depth, v1=v1)
        self.landmarks = nn.Sequential(
            nn.Linear(LANDMARK_FEATURES, LANDMARK_WIDTH),
            nn.BatchNorm1d(LANDMARK_WIDTH),
            nn.Sequential(nn.ReLU(), nn.Dropout(0.2)),
            nn.Linear(LANDMARK_WIDTH, LANDMARK_WIDTH),
            nn.BatchNorm1d(LANDMARK_WIDTH),
            nn.Sequential(nn.ReLU(), nn.Dropout(0.2)),
        )
        self.dropout = nn.Dropout(0.3)
        self.pixel_head = nn.Linear(self.backbone.features, labels)
        self.landmark_head = nn.Linear(LANDMARK_WIDTH, labels)
        self.joint_head = nn.Linear(self.backbone.features + LANDMARK_WIDTH, labels)
        self.touching: tuple[tuple[int, int], ...] = ()

    def replace_backbone(self, backbone: ResNet) -> None:
        """Take over another ResNet, pruned for instance; the heads that read it start anew."""
        labels, geometry = self.landmark_head.weight.shape
        self.backbone = backbone
        self.pixel_head = nn.Linear(backbone.features, labels)
        self.joint_head = nn.Linear(backbone.features + geometry, labels)

    def keep_labels(self, rows: Sequence[int]) -> None:
        """Drop the outputs that are not among ``rows``, in place."""
        for name in ("pixel_head", "landmark_head", "joint_head"):
            old = getattr(self, name)
            head = nn.Linear(old.in_features, len(rows))
            head.load_state_dict({key: value[rows] for key, value in old.state_dict().items()})
            setattr(self, name, head)
        kept = {row: index for index, row in enumerate(rows)}
        self.touching = tuple(
            (kept[a], kept[b]) for a, b in self.touching if a in kept and b in kept
        )

    def heads(self, crops: Tensor, landmarks: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (N, labels) of the pixel, the landmark and the joint head."""
        pixels, geometry = self._features(crops, landmarks)
        joint = torch.cat([pixels, geometry], 1)
        return self.pixel_head(pixels), self.landmark_head(geometry), self.joint_head(joint)

    def forward(self, crops: Tensor, landmarks: Tensor) -> Tensor:
        """Mean of the log-probabilities of the landmark and the joint head, (N, labels).

        Args:
            crops: float32 (N, 3, S, S), see `NetworkInput.crops`.
            landmarks: float32 (N, 63), see `NetworkInput.landmarks`.
        """
        return self.answer(crops, landmarks)[0]

    def answer(self, crops: Tensor, landmarks: Tensor) -> tuple[Tensor, Tensor]:
        """The same, and what the joint head reads: features (N, pixels + landmarks)."""
        pixels, geometry = self._features(crops, landmarks)
        joint = torch.cat([pixels, geometry], 1)
        by_landmarks = self.landmark_head(geometry).log_softmax(1)
        by_both = self.joint_head(joint).log_softmax(1)
        logits = (by_landmarks + by_both) / 2
        for pair in self.touching:
            logits = _shared_out(logits, self.pixel_head(pixels), pair)
        return logits, joint

    def _features(self, crops: Tensor, landmarks: Tensor) -> tuple[Tensor, Tensor]:
        return self.dropout(self.backbone(crops)), self.landmarks(landmarks)


def _shared_out(logits: Tensor, judge: Tensor, pair: tuple[int, int]) -> Tensor:
    """``logits`` (N, labels) in which the two of ``pair`` keep their common probability and share
    it as ``judge`` (N, labels) says."""
    # Products pick the two and put them back: exported, they are plainer than indexing.
    places = functional.one_hot(torch.tensor(pair), logits.shape[1]).to(logits)
    common = (logits @ places.T).logsumexp(1, keepdim=True)
    shares = common + (judge @ places.T).log_softmax(1)
    return logits * (1 - places.sum(0)) + shares @ places
