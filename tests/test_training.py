"""The training toolkit on a handful of made-up hands, with real torch and real ONNX Runtime."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from gesture_app.core.types import NO_GESTURE
from tests.fakes import FakeDetector, make_hand
from training.augment import View, can_become_negative, draw_angle, mirror, turn
from training.batches import BatchSource
from training.cache import CONTEXT_SIZE, CachedHands, build_cache, load_cache
from training.config import Recipe, load_recipe
from training.datasets import LABELS, Sample, scan_webcam
from training.learner import learning_rate_factor
from training.loop import train
from training.model import GestureNet
from training.progress import Event, Step
from training.resnet import ResNet, load_pretrained

RECIPE = replace(
    load_recipe(Path(__file__).resolve().parents[1] / "training" / "recipes" / "teacher.toml"),
    landmark_steps=2,
    steps=4,
    batch_size=4,
    train_size=32,
    final_size=32,
    final_steps=0,
    input_size=32,
    warmup_steps=1,
    checkpoint_every=2,
    depth=18,
    precision="fp32",
)


@pytest.fixture(scope="module")
def hands() -> CachedHands:
    rng = np.random.default_rng(0)
    labels = ["like", "one", NO_GESTURE, "other_hand"] * 4
    people = ["ann", "bob"] * 8
    samples = tuple(
        Sample(Path(f"{label}/{person}__{label}_{i}.jpg"), label, person, "webcam_test", False)
        for i, (label, person) in enumerate(zip(labels, people, strict=True))
    )
    contexts = rng.integers(0, 256, (len(samples), CONTEXT_SIZE, CONTEXT_SIZE, 3)).astype(np.uint8)
    landmarks = rng.uniform(50, 140, (len(samples), 21, 3)).astype(np.float32)
    boxes = np.tile(np.array([0, 0, CONTEXT_SIZE, CONTEXT_SIZE], np.float32), (len(samples), 1))
    return CachedHands(contexts, landmarks, boxes, samples)


def run(hands: CachedHands, folder: Path, recipe: Recipe = RECIPE) -> GestureNet:
    torch.manual_seed(recipe.seed)
    net = GestureNet(len(LABELS), 18)
    return train(net, BatchSource([hands], LABELS, recipe), recipe, folder, lambda _: None)


def test_a_batch_is_the_same_whenever_it_is_drawn(hands: CachedHands) -> None:
    first, second = (BatchSource([hands], LABELS, RECIPE).batch(7, 32) for _ in range(2))
    assert np.array_equal(first.inputs.crops, second.inputs.crops)
    assert np.array_equal(first.inputs.landmarks, second.inputs.landmarks)
    assert np.array_equal(first.targets, second.targets)


def test_batches_show_every_gesture_and_enough_negatives(hands: CachedHands) -> None:
    source = BatchSource([hands], LABELS, replace(RECIPE, batch_size=64))
    targets = np.concatenate([source.batch(step, 32).targets for step in range(4)])
    shares = np.bincount(targets, minlength=len(LABELS)) / len(targets)
    wanted = RECIPE.negative_share + RECIPE.turned_share
    assert shares[LABELS.index(NO_GESTURE)] == pytest.approx(wanted, abs=0.1)
    assert shares[LABELS.index("like")] == pytest.approx(shares[LABELS.index("one")], abs=0.15)


def test_a_stopped_run_resumes_to_the_same_weights(hands: CachedHands, tmp_path: Path) -> None:
    whole = run(hands, tmp_path / "whole")

    class StopError(Exception):
        pass

    def stop_at_three(event: Event) -> None:
        if isinstance(event, Step) and event.step == 3:
            raise StopError

    torch.manual_seed(RECIPE.seed)
    net = GestureNet(len(LABELS), 18)
    source = BatchSource([hands], LABELS, RECIPE)
    with pytest.raises(StopError):
        train(net, source, RECIPE, tmp_path / "stopped", stop_at_three)
    resumed = run(hands, tmp_path / "stopped")
    for (name, expected), got in zip(
        whole.state_dict().items(), resumed.state_dict().values(), strict=True
    ):
        assert torch.equal(expected, got), name


def test_frozen_stages_keep_their_weights_and_batch_statistics(
    hands: CachedHands, tmp_path: Path
) -> None:
    torch.manual_seed(RECIPE.seed)
    before = GestureNet(len(LABELS), 18).backbone.state_dict()
    after = run(hands, tmp_path).backbone.state_dict()
    frozen = [key for key in before if key.startswith(("conv1.", "bn1.", "layer1."))]
    assert all(torch.equal(before[key], after[key]) for key in frozen)
    assert not torch.equal(before["layer4.1.conv2.weight"], after["layer4.1.conv2.weight"])


def test_weights_of_the_other_stride_kind_have_the_same_keys() -> None:
    assert ResNet(50, v1=True).state_dict().keys() == ResNet(50, v1=False).state_dict().keys()


def test_an_altered_pretrained_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    path.write_bytes(b"not the weights")
    with pytest.raises(ValueError, match="sha256"):
        load_pretrained(ResNet(18, v1=True), path, RECIPE.pretrained_sha256)


def test_a_recipe_with_an_unknown_key_or_a_wrong_value_is_refused(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[1] / "training/recipes/teacher.toml").read_text()
    for old, new, complaint in (
        ("seed = 1", "seed = 1\ncolour = 2", "colour"),
        ("seed = 1", "", "seed"),
        ("seed = 1", 'seed = "one"', "seed must be int"),
        ("\nnegative_share = 0.18", "\nnegative_share = 0.95", "leave room"),
    ):
        path = tmp_path / "recipe.toml"
        path.write_text(text.replace(old, new))
        with pytest.raises(ValueError, match=complaint):
            load_recipe(path)


def test_the_learning_rate_warms_up_and_falls() -> None:
    recipe = replace(RECIPE, steps=100, warmup_steps=10)
    rates = [learning_rate_factor(step, recipe) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == rates[10] == 1
    assert rates[-1] < 0.02


def test_a_turned_hand_has_its_landmarks_turned_with_it() -> None:
    bgr = np.zeros((CONTEXT_SIZE, CONTEXT_SIZE, 3), np.uint8)
    landmarks = np.tile(np.array([[140.0, 96.0, 0.0]], np.float32), (21, 1))
    cv2.circle(bgr, (140, 96), 4, (255, 255, 255), -1)
    box = np.array([0, 0, CONTEXT_SIZE, CONTEXT_SIZE], np.float32)
    for view in (
        turn(View(bgr, landmarks, box), 90),
        turn(View(bgr, landmarks, box), -33),
        mirror(View(bgr, landmarks, box)),
    ):
        x, y = (round(float(v)) for v in view.landmarks[0, :2])
        assert view.bgr[min(y, CONTEXT_SIZE - 1), x].tolist() == [255, 255, 255]


def test_gestures_that_stay_gestures_when_turned_never_become_negatives() -> None:
    assert not any(map(can_become_negative, ("fist", "ok", "call", "mute", NO_GESTURE)))
    rng = np.random.default_rng(0)
    assert all(65 <= abs(draw_angle(rng, "like", True)) <= 115 for _ in range(50))
    assert all(abs(draw_angle(rng, "one", False)) <= 28 for _ in range(50))


def test_the_cache_keeps_hands_where_the_detector_found_them(tmp_path: Path) -> None:
    folder = tmp_path / "set" / "like"
    folder.mkdir(parents=True)
    picture = np.zeros((240, 320, 3), np.uint8)
    cv2.circle(picture, (200, 100), 30, (255, 255, 255), -1)
    cv2.imwrite(str(folder / "ann__like_1.png"), picture)
    detector = FakeDetector(lambda _: (make_hand((200, 100), 60),))
    counts = build_cache(scan_webcam(tmp_path / "set"), detector, tmp_path / "cache")
    cached = load_cache(tmp_path / "cache")
    assert counts == {"like found": 1}
    assert cached.samples[0].person == "ann"
    assert cached.landmarks[0].mean(0)[:2] == pytest.approx((96, 96), abs=1)
    assert cached.contexts[0][96, 96].tolist() == [255, 255, 255]


def test_lookalike_letters_and_mixed_classes_are_not_trained_on() -> None:
    def sample(label: str, name: str) -> Sample:
        return Sample(Path(label) / name, label, "ann", "webcam_test", False)

    assert sample("other_hand", "ann__B_18.jpg").target is None
    assert sample("other_hand", "ann__C_18.jpg").target == NO_GESTURE
    assert sample("three_any", "ann__three_1.jpg").target is None
    assert sample("like", "ann__like_1.jpg").target == "like"
