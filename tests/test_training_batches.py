"""What a network is trained on: cached hands, their variations, and the batches drawn from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from gesture_app.core.types import NO_GESTURE
from tests.fakes import FakeDetector, make_hand
from tests.made_up_hands import LABELS, RECIPE, made_up_hands
from training.augment import can_become_negative, draw_angle, mirror, turn
from training.batches import BatchSource
from training.cache import CachedHands, build_cache, load_cache
from training.datasets import Sample, scan_webcam


@pytest.fixture(scope="module")
def hands() -> CachedHands:
    return made_up_hands()


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


def test_a_turned_hand_has_its_landmarks_turned_with_it() -> None:
    bgr = np.zeros((CONTEXT_SIZE, CONTEXT_SIZE, 3), np.uint8)
    landmarks = np.tile(np.array([[140.0, 96.0, 0.0]], np.float32), (21, 1))
    cv2.circle(bgr, (140, 96), 4, (255, 255, 255), -1)
    box = np.array([0, 0, CONTEXT_SIZE, CONTEXT_SIZE], np.float32)
    for view in (
        turn(HandContext(bgr, landmarks, box), 90),
        turn(HandContext(bgr, landmarks, box), -33),
        mirror(HandContext(bgr, landmarks, box)),
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
