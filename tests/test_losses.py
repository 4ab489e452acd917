"""What a teacher teaches, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from training.config import load_recipe  # noqa: E402
from training.losses import Lesson, label_loss, teacher_loss, total_loss  # noqa: E402

RECIPE = replace(
    load_recipe(Path("training/recipes/teacher.toml")),
    distillation=0.5,
    distillation_temperature=2.0,
)


def logits(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows)


def test_a_student_that_answers_as_its_teacher_has_nothing_to_learn_from_it() -> None:
    answer = logits([2.0, 0.0, -1.0])
    lesson = Lesson(answer, (0, 1, 2))
    assert teacher_loss(answer, lesson, torch.tensor([0]), RECIPE) == pytest.approx(0, abs=1e-6)


def test_the_teacher_pulls_towards_its_answer() -> None:
    joint = torch.zeros(1, 3, requires_grad=True)
    lesson = Lesson(logits([3.0, 0.0, 0.0]), (0, 1, 2))
    teacher_loss(joint, lesson, torch.tensor([1]), RECIPE).backward()
    assert joint.grad is not None
    assert joint.grad[0, 0] < 0 < joint.grad[0, 1]


def test_labels_that_the_teacher_never_learned_are_left_alone() -> None:
    joint = torch.zeros(2, 3, requires_grad=True)
    lesson = Lesson(logits([3.0, 0.0], [3.0, 0.0]), (0, 2))
    teacher_loss(joint, lesson, torch.tensor([1, 0]), RECIPE).backward()
    assert joint.grad is not None
    assert not joint.grad[0].any()  # shows what the teacher does not know
    assert joint.grad[1, 1] == 0  # an output that the teacher does not have


def test_a_lesson_about_part_of_a_batch_leaves_the_rest_to_the_labels() -> None:
    joint = torch.zeros(3, 2, requires_grad=True)
    targets = torch.tensor([0, 1, 0])
    teacher_loss(joint, Lesson(logits([3.0, 0.0]), (0, 1)), targets, RECIPE).backward()
    assert joint.grad is not None
    assert joint.grad[0].any()
    assert not joint.grad[1:].any()


def test_the_teacher_comes_on_top_of_the_labels_by_its_weight() -> None:
    heads = [logits([0.3, -0.2]), logits([1.0, 0.5]), logits([-0.5, 0.1])]
    targets = torch.tensor([1])
    lesson = Lesson(logits([1.0, -1.0]), (0, 1))
    by_labels = label_loss(heads, targets, RECIPE)
    by_teacher = teacher_loss(heads[2], lesson, targets, RECIPE)
    assert total_loss(heads, None, targets, RECIPE) == by_labels
    torch.testing.assert_close(
        total_loss(heads, lesson, targets, RECIPE), by_labels + 0.5 * by_teacher
    )
