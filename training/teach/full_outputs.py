"""The outputs for new gestures: fitted before full training, and once more behind it.

Before, since random ones would tear at layers that are good as they are until they are learnt
(Kumar et al. 2022, "Fine-Tuning can Distort Pretrained Features and Underperform
Out-of-Distribution"). Behind, since training sees no real hand but the person's: what an output
must keep clear of is known from the hands of other people that come with the bundled model, as
features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from gesture_app.core.types import FloatArray
from training.config import Recipe
from training.loop import Source
from training.model import GestureNet
from training.teach.feature_set import FeatureSet
from training.teach.head import Problem, minimise, unlike
from training.teach.space import FeatureSpace
from training.validation import to_tensors

BATCHES = 24
"""That the new outputs are fitted to, from behind the last step: no step sees them again."""

RIDGE = 0.1
"""L2 penalty on an output's weights, divided by the number of hands. Of 1, 0.1 and 0.02 the one
that lost the built-in gestures least, with five letters of one person."""

OTHERS_SHARE = 0.75
"""Of what counts in the fit, the hands of other people have so much."""


@dataclass(frozen=True, slots=True)
class OtherFeatures:
    """Hands of other people as the bundled network sees them; the trained one sees nearly the same.

    Attributes:
        features: float32 (N, F), see `GestureNet.answer`.
        targets: column of each one's label.
    """

    features: FloatArray
    targets: NDArray[np.intp]


def others_of(
    replay: FeatureSet, own: FeatureSet, space: FeatureSpace, labels: Sequence[str]
) -> OtherFeatures:
    """The hands that come with the bundled model, without those that look like an own gesture.

    Args:
        own: what is learnt from.
        space: of both.
        labels: of the bundled model.
    """
    plain = replay.part(np.flatnonzero(replay.plain))
    kept = plain.part(unlike(own, plain))
    columns = {label: column for column, label in enumerate(labels)}
    targets = np.array([columns[target] for target in kept.targets], np.intp)
    return OtherFeatures(space.restore(kept.features), targets)


@torch.no_grad()
def fit_new_outputs(
    net: GestureNet, known: int, source: Source, recipe: Recipe, others: OtherFeatures
) -> None:
    """Fit the outputs from ``known`` on, of all three heads, by logistic regression; in place.

    Everything else stays as it is, so that it is convex.
    """
    if known == net.joint_head.out_features:
        return
    net.eval()
    device, pixels = next(net.parameters()).device, net.backbone.features
    seen, targets = [others.features], [others.targets]
    for number in range(BATCHES):
        batch = source.batch(recipe.steps + number, recipe.input_size)
        crops, landmarks, _ = to_tensors(batch, device)
        seen.append(net.answer(crops, landmarks)[1].float().cpu().numpy())
        targets.append(batch.targets.astype(np.intp))
    features, columns = np.concatenate(seen), np.concatenate(targets)
    count, other = len(columns), len(others.targets)
    weights = np.full(count, (1 - OTHERS_SHARE) / (count - other), np.float32)
    weights[:other] = OTHERS_SHARE / max(other, 1)
    parts: tuple[tuple[nn.Linear, slice], ...] = (
        (net.pixel_head, slice(0, pixels)),
        (net.landmark_head, slice(pixels, None)),
        (net.joint_head, slice(0, None)),
    )
    for head, part in parts:
        rows = np.ascontiguousarray(features[:, part])
        offset = head(torch.from_numpy(rows).to(device)).float().cpu().numpy()
        offset[:, known:] = 0
        fitted = np.arange(known, offset.shape[1])
        ridge = np.full(len(fitted), RIDGE / count, np.float32)
        weight, bias = minimise(Problem(rows, offset, columns, weights, fitted, ridge))
        head.weight[known:] = torch.from_numpy(weight.T).to(device)
        head.bias[known:] = torch.from_numpy(bias).to(device)
