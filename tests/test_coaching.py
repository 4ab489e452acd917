"""What a coach sees in a hand, says about it, and takes for the same or for something new."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from gesture_app.core.coaching import (
    ANYTHING,
    SHOWN_AT_LEAST_S,
    WANTED_AT_LEAST_S,
    Advice,
    Hint,
    Quality,
    advise,
    choose_hand,
    fault_of,
    measure_quality,
)
from gesture_app.core.types import BgrImage, Hand, Handedness
from gesture_app.core.variety import Variety, VarietyMeter, is_new, nearly_same, sight
from tests.fakes import make_hand, make_picture

GOOD = Quality(sharpness=120.0, brightness=140.0, hand_share=0.4, outside=0.0)


def make_scene(shift: int = 0, noise: int = 0) -> BgrImage:
    """A textured picture, moved by ``shift`` pixels; uint8 (240, 320, 3)."""
    generator = np.random.default_rng(1)
    coarse = generator.integers(40, 220, (24, 32, 3), np.uint8)
    scene = cv2.resize(coarse, (320, 240), interpolation=cv2.INTER_CUBIC)
    scene = np.roll(scene, shift, axis=1)
    noisy = scene.astype(int) + np.random.default_rng(noise).integers(
        -noise, noise + 1, scene.shape
    )
    return np.clip(noisy, 0, 255).astype(np.uint8)


def turned(hand: Hand, degrees: float) -> Hand:
    middle = hand.landmarks[:, :2].mean(axis=0)
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    landmarks = hand.landmarks.copy()
    landmarks[:, :2] = (landmarks[:, :2] - middle) @ turn + middle
    return replace(hand, landmarks=landmarks.astype(np.float32))


def test_a_hand_is_measured_in_its_picture() -> None:
    scene = make_scene()
    quality = measure_quality(scene, make_hand((160, 120), 120).landmarks)
    assert quality.hand_share == pytest.approx(120 / 240)
    assert quality.outside == 0.0
    assert quality.brightness == pytest.approx(float(scene.mean()), abs=25)
    blurred = cv2.GaussianBlur(scene, (0, 0), 12).astype(np.uint8)
    hand = make_hand((160, 120), 120)
    assert measure_quality(blurred, hand.landmarks).sharpness < quality.sharpness / 10


def test_what_lies_beyond_the_border_is_counted() -> None:
    quality = measure_quality(make_scene(), make_hand((320, 120), 120).landmarks)
    assert quality.outside == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        ({}, None),
        ({"brightness": 12.0}, Hint.TOO_DARK),
        ({"sharpness": 2.0}, Hint.BLURRED),
        ({"hand_share": 0.05}, Hint.TOO_FAR),
        ({"hand_share": 1.4}, Hint.TOO_NEAR),
        ({"outside": 0.4}, Hint.CUT_OFF),
    ],
)
def test_one_fault_is_named(changed: dict[str, float], hint: Hint | None) -> None:
    assert fault_of(replace(GOOD, **changed)) is hint


def test_the_first_fault_to_mend_comes_first() -> None:
    assert fault_of(Quality(0.0, 0.0, 2.0, 1.0)) is Hint.TOO_DARK
    assert fault_of(Quality(0.0, 140.0, 2.0, 1.0)) is Hint.TOO_NEAR


def test_hands_that_make_no_gesture_may_be_blurred_and_cut_off() -> None:
    assert fault_of(replace(GOOD, sharpness=1.0, outside=0.4), ANYTHING) is None
    assert fault_of(replace(GOOD, brightness=5.0), ANYTHING) is Hint.TOO_DARK


def test_of_two_hands_the_larger_one_is_meant_and_stays_so() -> None:
    small, large = make_hand((60, 120), 40), make_hand((240, 120), 90)
    assert choose_hand((), None) is None
    assert choose_hand((small, large), None) is large
    assert choose_hand((small, large), small) is large, "it is much larger"
    nearly = make_hand((240, 120), 50)
    assert choose_hand((small, nearly), small) is small, "the one followed stays"
    assert choose_hand((nearly,), small) is nearly, "the one followed is gone"


def test_a_hint_comes_late_and_stays_long_enough_to_be_read() -> None:
    advice = advise(Advice(), Hint.GOOD, 0.0)
    advice = advise(advice, Hint.NO_HAND, 10.0)
    assert advice.hint is Hint.GOOD, "a single frame says nothing"
    shown_s = 10.1 + WANTED_AT_LEAST_S
    advice = advise(advice, Hint.NO_HAND, shown_s)
    assert advice.hint is Hint.NO_HAND
    advice = advise(advice, Hint.BLURRED, shown_s + 0.1)
    advice = advise(advice, Hint.BLURRED, shown_s + SHOWN_AT_LEAST_S - 0.1)
    assert advice.hint is Hint.NO_HAND, "it could not have been read yet"
    assert advise(advice, Hint.BLURRED, shown_s + SHOWN_AT_LEAST_S + 0.1).hint is Hint.BLURRED


def test_hints_that_alternate_from_frame_to_frame_do_not_flicker() -> None:
    advice = advise(Advice(), Hint.GOOD, 0.0)
    for frame in range(100):
        wanted = Hint.NO_HAND if frame % 2 else Hint.BLURRED
        advice = advise(advice, wanted, 5 + frame * 0.1)
        assert advice.hint is Hint.GOOD


def test_a_repeated_picture_is_the_same_even_if_its_landmarks_settle() -> None:
    hand = make_hand((160, 120), 120)
    settled = replace(hand, landmarks=hand.landmarks + np.float32(3.0))
    assert nearly_same(sight(make_scene(), hand), sight(make_scene(), hand))
    assert nearly_same(sight(make_scene(), hand), sight(make_scene(), settled))


def test_a_still_hand_with_noise_is_the_same_and_a_moved_one_is_not() -> None:
    hand = make_hand((160, 120), 120)
    seen = sight(make_scene(), hand)
    assert nearly_same(seen, sight(make_scene(noise=8), hand))
    moved = make_hand((170, 120), 120)
    assert not nearly_same(seen, sight(make_scene(shift=10), moved))
    assert not nearly_same(seen, sight(make_scene(), turned(hand, 8)))
    assert is_new(sight(make_scene(), turned(hand, 8)), [seen])
    assert not is_new(seen, [sight(make_scene(), turned(hand, 8)), seen])


def filled(hands: list[Hand]) -> Variety:
    meter = VarietyMeter()
    for hand in hands:
        meter.add(sight(make_picture(320, 240), hand))
    return meter.variety


def test_the_ring_fills_with_variety_and_not_with_count() -> None:
    assert filled([]).coverage == 0.0
    assert filled([make_hand((160, 120), 100)] * 200).coverage == 0.0
    varied = [
        turned(make_hand((90 + 9 * step, 120), 70 + 4 * step), 12 * step) for step in range(20)
    ]
    assert filled(varied).coverage == 1.0
    assert filled(varied[:10]).coverage <= 0.5, "a few samples are never enough"


def test_one_hand_fills_the_ring_and_the_other_one_helps() -> None:
    hands = [turned(make_hand((160, 120), 100), 12 * step) for step in range(20)]
    other = [replace(hand, handedness=Handedness.LEFT) for hand in hands]
    assert filled(hands).hands == 0.0
    assert filled(hands + other).coverage > filled(hands).coverage


def test_what_is_missing_most_is_suggested_first() -> None:
    still = filled([make_hand((160, 120), 100)] * 20)
    assert still.missing(0.4) is Hint.TURN_WRIST
    full = Variety(poses=1.0, sizes=1.0, places=1.0, samples=40)
    assert full.missing(0.4) is Hint.ENOUGH
    assert replace(full, sizes=0.0).missing(0.3) is Hint.COME_CLOSER
    assert replace(full, sizes=0.0).missing(0.8) is Hint.MOVE_BACK
    assert replace(full, places=0.0).missing(0.4) is Hint.MOVE_ASIDE
    assert replace(full, poses=0.9, sizes=0.9, places=0.9).missing(0.4) is Hint.OTHER_HAND
