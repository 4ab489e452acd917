"""What a batch costs: cross-entropy of the three heads, and what a teacher says of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        is_start: the student began as this network and is to stay it, as far as it can: each of
            its heads listens to the same head, on hands whose label was never learned too, for
            which labels they are like (Li and Hoiem 2016, "Learning without Forgetting").
    """

    net: GestureNet
    outputs: tuple[int, ...]
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a teacher says of the first hands of a batch.

    Attributes:
        logits: (K, teacher's labels); of its three heads (3, K, labels) where it ``is_start``.
        outputs, is_start: see `Teacher`.
    """

    logits: Tensor
    outputs: tuple[int, ...]
    is_start: bool = False


def label_loss(heads: Sequence[Tensor], targets: Tensor, recipe: Recipe) -> Tensor:
    """Sum of the cross-entropies of the heads' logits (N, labels)."""
    smoothing = recipe.label_smoothing
    return torch.stack(
        [functional.cross_entropy(h.float(), targets, label_smoothing=smoothing) for h in heads]
    ).sum()


def teacher_loss(head: Tensor, lesson: Lesson, targets: Tensor, recipe: Recipe) -> Tensor:
    """KL(teacher ‖ student) over the labels that the teacher knows, both softened.

    Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"; times the temperature
    squared, which keeps gradients as large as those of the labels. Of a hand whose label the
    teacher never learned, nothing can be learned from it, unless the student is to stay what the
    teacher is.

    Args:
        head: logits (N, labels) of the head that listens.
        lesson: with logits (K, teacher's labels).
    """
    count, soft = len(lesson.logits), recipe.distillation_temperature
    known = torch.tensor(lesson.outputs, device=head.device)
    divergence = functional.kl_div(
        (head[:count, known].float() / soft).log_softmax(1),
        (lesson.logits.float() / soft).log_softmax(1),
        reduction="none",
        log_target=True,
    ).sum(1)
    if not lesson.is_start:
        divergence = divergence * torch.isin(targets[:count], known)
    return divergence.mean() * (soft * soft)


def total_loss(
    heads: Sequence[Tensor], lesson: Lesson | None, targets: Tensor, recipe: Recipe
) -> Tensor:
    """The labels' loss, plus the teacher's times the recipe's ``distillation``.

    Only the joint head listens to a teacher: the landmark layers are not pruned and are trained
    better by themselves (docs/model.md). To what it began as, every head does.
    """
    by_labels = label_loss(heads, targets, recipe)
    if lesson is None:
        return by_labels
    if not lesson.is_start:
        return by_labels + recipe.distillation * teacher_loss(heads[2], lesson, targets, recipe)
    by_start = torch.stack(
        [
            teacher_loss(head, replace(lesson, logits=logits), targets, recipe)
            for head, logits in zip(heads, lesson.logits, strict=True)
        ]
    ).sum()
    return by_labels + recipe.distillation * by_start
