"""Hands that are cut out and pasted in front of something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from gesture_app.core.types import NO_GESTURE
from tests.fakes import make_hand
from tests.made_up_hands import RECIPE
from training.augment import INDEX_TIP, align, hand_outline, paste
from training.batches import BatchSource
from training.cache import CachedHands
from training.datasets import Sample

MIDDLE = CONTEXT_SIZE / 2
LABELS = ("mute", "one", NO_GESTURE)
SHADES = {"mute": 40, "one": 80, NO_GESTURE: 120, "scene": 240}
PASTING = replace(RECIPE, pasted_share=1.0, negative_share=0.2, turned_share=0.0, batch_size=96)


def view(
    center: tuple[float, float] = (MIDDLE, MIDDLE), size: float = 80, shade: int = 0
) -> HandContext:
    bgr = np.full((CONTEXT_SIZE, CONTEXT_SIZE, 3), shade, np.uint8)
    box = np.array([40, 40, 150, 150], np.float32)
    return HandContext(bgr, make_hand(center, size).landmarks, box)


def hands(label: str, source: str, *, tight: bool, count: int = 6) -> CachedHands:
    views = [view(shade=SHADES["scene" if not tight else label]) for _ in range(count)]
    return CachedHands(
        np.stack([v.bgr for v in views]),
        np.stack([v.landmarks for v in views]),
        np.stack([v.picture_box for v in views]),
        tuple(
            Sample(Path(label) / f"ann__{i}.jpg", label, "ann", source, tight) for i in range(count)
        ),
    )


def test_the_outline_holds_the_hand_and_leaves_the_corners_out() -> None:
    hand = view()
    outline = hand_outline(hand.landmarks)
    assert outline.shape == (CONTEXT_SIZE, CONTEXT_SIZE)
    at_landmarks = outline[tuple(np.round(hand.landmarks[:, 1::-1]).astype(int).T)]
    assert at_landmarks.min() > 0.5
    assert outline[0, 0] == outline[-1, -1] == 0


def test_a_pasted_hand_stays_and_what_was_around_it_goes() -> None:
    hand = view(shade=50)
    pasted = paste(hand, np.full_like(hand.bgr, 200))
    x, y = np.round(hand.landmarks[9, :2]).astype(int)
    assert pasted.bgr[y, x, 0] == pytest.approx(50, abs=2)
    assert pasted.bgr[2, 2, 0] == 200
    assert pasted.picture_box.tolist() == [0, 0, CONTEXT_SIZE, CONTEXT_SIZE]
    np.testing.assert_array_equal(pasted.landmarks, hand.landmarks)


def test_another_picture_is_aligned_by_the_tip_of_its_index_finger() -> None:
    hand, other = view(size=80), view((60, 70), size=40)
    x, y = np.round(other.landmarks[INDEX_TIP, :2]).astype(int)
    other.bgr[y - 1 : y + 2, x - 1 : x + 2] = 255
    aligned = align(other, hand)
    x, y = np.round(hand.landmarks[INDEX_TIP, :2]).astype(int)
    assert aligned[y, x, 0] > 200


def test_a_hand_that_touches_the_face_is_another_gesture_in_front_of_something_else() -> None:
    photos = [hands(label, "photos", tight=True) for label in LABELS]
    scenes = hands(NO_GESTURE, "webcam_test", tight=False)
    source = BatchSource([*photos, scenes], LABELS, PASTING)
    chosen = [source._choose(np.random.default_rng(i)) for i in range(300)]
    moved = [row for target, row, _ in chosen if target == "one" and row.label == "mute"]
    as_it_is = [row for target, row, _ in chosen if target == "one" and row.label == "one"]
    assert len(moved) == pytest.approx(len(as_it_is), rel=0.5)
    for number, row in enumerate(moved[:5]):
        pasted = source._before_something(np.random.default_rng(number), "one", row)
        assert pasted.bgr[1, 1, 0] == SHADES["scene"]


def test_a_touching_gesture_is_pasted_in_front_of_its_own_kind_only() -> None:
    photos = [hands(label, "photos", tight=True) for label in LABELS]
    scenes = hands(NO_GESTURE, "webcam_test", tight=False)
    source = BatchSource([*photos, scenes], LABELS, PASTING)
    targets = [source._choose(np.random.default_rng(i)) for i in range(200)]
    mutes = [row for target, row, _ in targets if target == "mute"]
    views = [
        source._before_something(np.random.default_rng(number), "mute", row)
        for number, row in enumerate(mutes)
    ]
    pasted = [seen for seen in views if seen.picture_box[0] == 0]
    assert 0 < len(pasted) < len(views)
    assert all(seen.bgr[1, 1, 0] == SHADES["mute"] for seen in pasted)


def test_a_recipe_without_pasting_moves_no_hand() -> None:
    photos = [hands(label, "photos", tight=True) for label in LABELS]
    scenes = hands(NO_GESTURE, "webcam_test", tight=False)
    source = BatchSource([*photos, scenes], LABELS, replace(PASTING, pasted_share=0.0))
    chosen = [source._choose(np.random.default_rng(i)) for i in range(200)]
    assert all(row.label == target for target, row, _ in chosen)
