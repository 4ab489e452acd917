"""Where full training starts: the bundled network, whose new outputs know the new gestures already.

Random ones would tear at layers that are good as they are until they are learnt (Kumar et al. 2022,
"Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution").
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from gesture_app.core.types import FloatArray
from training.batches import BatchSource
from training.config import Recipe
from training.model import GestureNet
from training.teach.head import Problem, minimise
from training.validation import to_tensors

BATCHES = 24
"""That the new outputs are fitted to, from behind the last step: no step sees them again."""

RIDGE = 1.0
"""L2 penalty on an output's weights, divided by the number of hands."""


@torch.no_grad()
def fit_new_outputs(
    net: GestureNet, known: int, source: BatchSource, recipe: Recipe, device: torch.device
) -> None:
    """Fit the outputs from ``known`` on, of all three heads, by logistic regression; in place.

    Everything else stays as it is, so that it is convex.
    """
    heads: tuple[nn.Linear, ...] = (net.pixel_head, net.landmark_head, net.joint_head)
    if known == net.joint_head.out_features:
        return
    net.to(device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
    seen: list[tuple[Tensor, ...]] = []
    targets = []
    for number in range(BATCHES):
        batch = source.batch(recipe.steps + number, recipe.input_size)
        crops, landmarks, _ = to_tensors(batch, device)
        _, joint = net.answer(crops, landmarks)
        pixels = net.backbone.features
        seen.append((joint[:, :pixels], joint[:, pixels:], joint))
        targets.append(batch.targets)
    for head, parts in zip(heads, zip(*seen, strict=True), strict=True):
        features = torch.cat(parts)
        weight, bias = _fitted(features, head(features), np.concatenate(targets), known)
        head.weight[known:] = torch.from_numpy(weight.T).to(device)
        head.bias[known:] = torch.from_numpy(bias).to(device)


def _fitted(
    features: Tensor, logits: Tensor, targets: np.ndarray, known: int
) -> tuple[FloatArray, FloatArray]:
    """Weights (features, new outputs) and bias (new outputs,)."""
    count = len(targets)
    offset = logits.float().cpu().numpy()
    offset[:, known:] = 0
    fitted = np.arange(known, offset.shape[1])
    return minimise(
        Problem(
            rows=features.float().cpu().numpy(),
            offset=offset,
            targets=targets.astype(np.intp),
            weights=np.full(count, 1 / count, np.float32),
            fitted=fitted,
            ridge=np.full(len(fitted), RIDGE / count, np.float32),
        )
    )
