"""What a batch costs: cross-entropy of the three heads, and what a teacher says of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.config import Recipe
from training.model import GestureNet


@dataclass(frozen=True, slots=True)
class Teacher:
    """A trained network to learn from.

    Attributes:
        outputs: which of the student's outputs its own outputs are, in their order.
        of_all: it is listened to on hands whose label it never learned too: of which of its own
            labels they are like (Li and Hoiem 2016, "Learning without Forgetting").
    """

    net: GestureNet
    outputs: tuple[int, ...]
    of_all: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a teacher says of the first hands of a batch.

    Attributes:
        logits: (K, teacher's labels).
        outputs, of_all: see `Teacher`.
    """

    logits: Tensor
    outputs: tuple[int, ...]
    of_all: bool = False


def label_loss(heads: Sequence[Tensor], targets: Tensor, recipe: Recipe) -> Tensor:
    """Sum of the cross-entropies of the heads' logits (N, labels)."""
    smoothing = recipe.label_smoothing
    return torch.stack(
        [functional.cross_entropy(h.float(), targets, label_smoothing=smoothing) for h in heads]
    ).sum()


def teacher_loss(joint: Tensor, lesson: Lesson, targets: Tensor, recipe: Recipe) -> Tensor:
    """KL(teacher ‖ student) over the labels that the teacher knows, both softened.

    Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"; times the temperature
    squared, which keeps gradients as large as those of the labels. Only the joint head listens: the
    landmark layers are not pruned and are trained better by themselves (docs/model.md). Of a hand
    whose label the teacher never learned, nothing can be learned from it, unless the student is to
    stay what the teacher is.

    Args:
        joint: logits (N, labels) of the joint head.
    """
    count, soft = len(lesson.logits), recipe.distillation_temperature
    known = torch.tensor(lesson.outputs, device=joint.device)
    divergence = functional.kl_div(
        (joint[:count, known].float() / soft).log_softmax(1),
        (lesson.logits.float() / soft).log_softmax(1),
        reduction="none",
        log_target=True,
    ).sum(1)
    if not lesson.of_all:
        divergence = divergence * torch.isin(targets[:count], known)
    return divergence.mean() * (soft * soft)


def total_loss(
    heads: Sequence[Tensor], lesson: Lesson | None, targets: Tensor, recipe: Recipe
) -> Tensor:
    """The labels' loss, plus the teacher's times the recipe's ``distillation``."""
    by_labels = label_loss(heads, targets, recipe)
    if lesson is None:
        return by_labels
    return by_labels + recipe.distillation * teacher_loss(heads[2], lesson, targets, recipe)
