"""The training loop on a handful of made-up hands, with real torch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from tests.made_up_hands import LABELS, RECIPE, made_up_hands
from training.batches import BatchSource
from training.cache import CachedHands
from training.checkpoint import best_networks, keep_if_among_best, load_best, load_checkpoint
from training.config import Recipe
from training.loop import RunStopped, Session, train
from training.losses import Lesson, Teacher, teacher_loss, total_loss
from training.metrics_file import METRICS_NAME
from training.model import GestureNet
from training.precision import Precision, choose_precision, precision_of_cpu
from training.progress import Checkpoint, Evaluated, Event, Started, Step
from training.validation import ValidationHands

CPU = torch.device("cpu")
LIGHT = replace(RECIPE, frozen_stages=5)
"""Trains the heads only: a third of the time, where it does not matter what is trained."""


@pytest.fixture(scope="module")
def hands() -> CachedHands:
    return made_up_hands()


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Threads only wait for each other on networks as small as these."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def new_net(recipe: Recipe = RECIPE) -> GestureNet:
    torch.manual_seed(recipe.seed)
    return GestureNet(len(LABELS), recipe.depth)


def run(
    hands: CachedHands,
    folder: Path,
    recipe: Recipe = RECIPE,
    session: Session | None = None,
    teacher: Teacher | None = None,
) -> tuple[GestureNet, list[Event]]:
    events: list[Event] = []
    source = BatchSource([hands], LABELS, recipe)
    net = train(new_net(recipe), source, recipe, folder, events.append, teacher, session)
    return net, events


def assert_same_weights(one: nn.Module, other: nn.Module) -> None:
    for (name, expected), got in zip(
        one.state_dict().items(), other.state_dict().values(), strict=True
    ):
        assert torch.equal(expected, got), name


def steps_of(events: list[Event]) -> list[int]:
    return [event.step for event in events if isinstance(event, Step)]


class StopAfter:
    """Asks to stop once it was asked so many times."""

    def __init__(self, times: int) -> None:
        self._left = times

    def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0


def test_a_run_that_was_stopped_resumes_to_the_same_weights(
    hands: CachedHands, tmp_path: Path
) -> None:
    whole, _ = run(hands, tmp_path / "whole")
    asked_before = RECIPE.landmark_steps + 1
    with pytest.raises(RunStopped) as stopped:
        run(hands, tmp_path / "cut", session=Session(stop_requested=StopAfter(asked_before + 2)))
    assert stopped.value.step == 3
    resumed, events = run(hands, tmp_path / "cut")
    assert steps_of(events) == [4]
    assert_same_weights(whole, resumed)
    metrics = [(tmp_path / name / METRICS_NAME).read_text() for name in ("whole", "cut")]
    losses = [[json.loads(line)["loss"] for line in text.splitlines()] for text in metrics]
    assert losses[0] == losses[1]


def test_a_run_that_crashed_resumes_from_its_last_checkpoint(
    hands: CachedHands, tmp_path: Path
) -> None:
    whole, _ = run(hands, tmp_path / "whole", LIGHT)

    def crash_at_three(event: Event) -> None:
        if isinstance(event, Step) and event.step == 3:
            raise OSError("the machine went down")

    source = BatchSource([hands], LABELS, LIGHT)
    with pytest.raises(OSError, match="went down"):
        train(new_net(), source, LIGHT, tmp_path / "cut", crash_at_three)
    with (tmp_path / "cut" / METRICS_NAME).open("a") as file:
        file.write('{"event": "st')  # what a kill may leave
    resumed, events = run(hands, tmp_path / "cut", LIGHT)
    assert steps_of(events) == [3, 4], "step 3 came after the checkpoint and is done again"
    assert_same_weights(whole, resumed)
    lines = (tmp_path / "cut" / METRICS_NAME).read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [1, 2, 3, 4]


def test_a_run_that_is_stopped_before_its_first_step_leaves_nothing_half_done(
    hands: CachedHands, tmp_path: Path
) -> None:
    with pytest.raises(RunStopped) as stopped:
        run(hands, tmp_path, LIGHT, Session(stop_requested=lambda: True))
    assert stopped.value.step == 0
    assert load_checkpoint(tmp_path) is None


def test_frozen_stages_keep_their_weights_and_batch_statistics(
    hands: CachedHands, tmp_path: Path
) -> None:
    before = new_net().backbone.state_dict()
    net, _ = run(hands, tmp_path, replace(RECIPE, frozen_stages=2, steps=2))
    after = net.backbone.state_dict()
    frozen = [key for key in before if key.startswith(("conv1.", "bn1.", "layer1."))]
    assert all(torch.equal(before[key], after[key]) for key in frozen)
    assert not torch.equal(before["layer4.1.conv2.weight"], after["layer4.1.conv2.weight"])


def test_progress_tells_how_the_run_computes(hands: CachedHands, tmp_path: Path) -> None:
    _, events = run(hands, tmp_path, LIGHT)
    started, *others = events
    assert isinstance(started, Started)
    assert (started.steps, started.hands, started.device) == (4, 16, "cpu")
    assert (started.precision, started.processes) == ("fp32", 1)
    assert steps_of(others) == [1, 2, 3, 4]
    assert [event.step for event in others if isinstance(event, Checkpoint)] == [2, 4]
    last = [event for event in others if isinstance(event, Step)][-1]
    assert (last.epoch, last.eta_s, last.precision) == (1.0, 0.0, "fp32")


def test_the_best_networks_are_kept_and_the_best_is_returned(
    hands: CachedHands, tmp_path: Path
) -> None:
    held_out = ValidationHands([made_up_hands(("cid",), 8, seed=5)], LABELS, LIGHT.spec())
    recipe = replace(LIGHT, evaluate_every=1, keep_best=2)
    net, events = run(hands, tmp_path, recipe, Session(validation=held_out))
    verdicts = {event.step: event for event in events if isinstance(event, Evaluated)}
    assert sorted(verdicts) == [1, 2, 3, 4]
    assert {verdict.hands for verdict in verdicts.values()} == {8}
    kept = best_networks(tmp_path)
    by_loss = sorted(verdicts, key=lambda step: verdicts[step].validation_loss)
    assert [best.step for best in kept] == by_loss[:2]
    files = {path.name for path in (tmp_path / "best").glob("*.safetensors")}
    assert files == {best.file for best in kept}
    best = load_best(tmp_path)
    assert best is not None
    assert all(torch.equal(best[name], tensor) for name, tensor in net.state_dict().items())


def test_a_network_that_is_judged_again_takes_its_own_place(tmp_path: Path) -> None:
    weights = {"w": torch.ones(1)}
    for step, score in ((1, 0.5), (2, 0.3), (2, 0.3), (3, 0.4)):
        keep_if_among_best(tmp_path, step, score, weights, 2)
    assert [best.step for best in best_networks(tmp_path)] == [2, 3]


def test_precision_is_what_the_recipe_says_or_what_was_faster() -> None:
    assert choose_precision("bf16", CPU).name == "bf16"
    with pytest.raises(ValueError, match="needs CUDA"):
        choose_precision("fp16", CPU)
    assert precision_of_cpu(2.0, 1.0).name == "bf16"
    assert precision_of_cpu(1.0, 1.0).name == "fp32"
    assert "2.00 times" in precision_of_cpu(2.0, 1.0).reason


def test_a_cpu_is_measured_without_touching_the_random_numbers() -> None:
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    chosen = choose_precision("auto", CPU)
    assert chosen.name in ("fp32", "bf16")
    assert "times as fast" in chosen.reason
    assert torch.equal(torch.rand(2), expected)


def test_a_run_in_bf16_keeps_fp32_weights_and_its_precision_when_it_resumes(
    hands: CachedHands, tmp_path: Path
) -> None:
    recipe = replace(LIGHT, precision="bf16", steps=2)
    net, events = run(hands, tmp_path, recipe)
    assert {tensor.dtype for tensor in net.parameters()} == {torch.float32}
    assert all(event.precision == "bf16" for event in events if isinstance(event, Step))
    _, again = run(hands, tmp_path, replace(recipe, precision="auto"))
    assert isinstance(again[0], Started)
    assert again[0].precision == "bf16"


def test_only_fp16_scales_its_gradients() -> None:
    assert Precision("fp16", "").scaler(CPU).is_enabled()
    assert not Precision("bf16", "").scaler(CPU).is_enabled()


def test_a_student_listens_to_its_teacher(hands: CachedHands, tmp_path: Path) -> None:
    torch.manual_seed(9)
    teacher = Teacher(GestureNet(2, 18).eval(), (0, 1))
    recipe = replace(LIGHT, distillation=1.0, distilled_share=0.5)
    alone, _ = run(hands, tmp_path / "alone", LIGHT)
    taught, _ = run(hands, tmp_path / "taught", recipe, teacher=teacher)
    assert not torch.equal(alone.joint_head.weight, taught.joint_head.weight)


def test_a_student_that_agrees_with_its_teacher_pays_for_labels_only() -> None:
    torch.manual_seed(0)
    heads = [torch.randn(4, 3) for _ in range(3)]
    targets = torch.tensor([0, 1, 2, 0])
    recipe = replace(RECIPE, distillation=0.5)
    agreeing = Lesson(heads[2][:2], (0, 1, 2))
    alone = float(total_loss(heads, None, targets, recipe))
    assert float(total_loss(heads, agreeing, targets, recipe)) == pytest.approx(alone, abs=1e-5)
    opposed = Lesson(-heads[2], (0, 1, 2))
    assert float(total_loss(heads, opposed, targets, recipe)) > alone


def test_a_teacher_is_not_asked_about_what_it_never_learned() -> None:
    joint = torch.randn(2, 3)
    lesson = Lesson(torch.randn(2, 2), (0, 1))
    assert float(teacher_loss(joint, lesson, torch.tensor([2, 2]), RECIPE)) == 0
    assert float(teacher_loss(joint, lesson, torch.tensor([0, 2]), RECIPE)) > 0


def test_a_recipe_with_distillation_needs_a_teacher(hands: CachedHands, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="belong together"):
        run(hands, tmp_path, replace(LIGHT, distillation=0.5))
    with pytest.raises(ValueError, match="belong together"):
        run(hands, tmp_path, LIGHT, teacher=Teacher(new_net(), (0, 1, 2)))


def test_a_checkpoint_of_another_version_is_refused(tmp_path: Path) -> None:
    torch.save({"step": 3}, tmp_path / "checkpoint.pt")
    with pytest.raises(ValueError, match="another version"):
        load_checkpoint(tmp_path)
