"""What a batch costs: cross-entropy of the three heads, and what a teacher says of them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.config import Recipe


def label_loss(heads: Sequence[Tensor], targets: Tensor, recipe: Recipe) -> Tensor:
    """Sum of the cross-entropies of the heads' logits (N, labels)."""
    smoothing = recipe.label_smoothing
    return torch.stack(
        [functional.cross_entropy(h.float(), targets, label_smoothing=smoothing) for h in heads]
    ).sum()


def teacher_loss(heads: Sequence[Tensor], teacher: Sequence[Tensor], recipe: Recipe) -> Tensor:
    """Sum over the heads of KL(teacher ‖ student), both softened, times the temperature squared.

    Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"; the square keeps gradients
    as large as those of the labels, whatever the temperature.
    """
    soft = recipe.distillation_temperature
    return torch.stack(
        [
            functional.kl_div(
                (student.float() / soft).log_softmax(1),
                (wiser.float() / soft).log_softmax(1),
                reduction="batchmean",
                log_target=True,
            )
            for student, wiser in zip(heads, teacher, strict=True)
        ]
    ).sum() * (soft * soft)


def total_loss(
    heads: Sequence[Tensor], teacher: Sequence[Tensor] | None, targets: Tensor, recipe: Recipe
) -> Tensor:
    """Both, weighted by the recipe's ``distillation``; labels alone without a teacher."""
    by_labels = label_loss(heads, targets, recipe)
    if teacher is None:
        return by_labels
    weight = recipe.distillation
    return (1 - weight) * by_labels + weight * teacher_loss(heads, teacher, recipe)
