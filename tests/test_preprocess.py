"""Frame and hand → network input."""

from __future__ import annotations

import numpy as np
import pytest

from gesture_app.core.preprocess import (
    PreprocessSpec,
    Square,
    crop_square,
    landmark_features,
    normalise_crops,
    prepare_hands,
    square_around,
)
from tests.fakes import make_hand, make_picture

SPEC = PreprocessSpec(32, 1.4, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


def test_the_square_is_centred_on_the_landmarks_and_wider_by_the_margin() -> None:
    square = square_around(make_hand((100, 60), 40).landmarks, 1.5)
    assert (square.center_x, square.center_y, square.side) == pytest.approx((100, 60, 60))


def test_a_crop_inside_the_picture_is_that_part_of_it() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (50, 60, 3)).astype(np.uint8)
    crop = crop_square(picture, Square(30, 20, 16), 16)
    assert np.array_equal(crop, picture[12:28, 22:38])


def test_beyond_the_picture_its_border_is_repeated() -> None:
    picture = make_picture()
    picture[:, :4] = (0, 0, 255)
    crop = crop_square(picture, Square(-10, 20, 16), 16)
    assert (crop == (0, 0, 255)).all()


@pytest.mark.parametrize("center", [(-500.0, 20.0), (500.0, 20.0), (30.0, -500.0), (30.0, 500.0)])
def test_a_square_far_outside_still_gives_a_crop(center: tuple[float, float]) -> None:
    assert crop_square(make_picture(), Square(*center, 40), 32).shape == (32, 32, 3)


def test_blue_green_red_becomes_red_green_blue_and_is_normalised() -> None:
    blue, green, red = 10, 100, 200
    crop = np.full((32, 32, 3), (blue, green, red), np.uint8)
    batch = normalise_crops([crop], SPEC)
    expected = [
        (value / 255 - mean) / std
        for value, mean, std in zip((red, green, blue), SPEC.mean, SPEC.std, strict=True)
    ]
    assert batch.shape == (1, 3, 32, 32)
    assert batch.dtype == np.float32
    assert batch[0, :, 5, 5] == pytest.approx(expected, abs=1e-5)


def test_landmark_features_are_the_same_wherever_and_however_large_the_hand_is() -> None:
    near, far = make_hand((100, 60), 80), make_hand((300, 200), 20)
    features = [
        landmark_features(hand.landmarks, square_around(hand.landmarks, 1.4))
        for hand in (near, far)
    ]
    assert features[0] == pytest.approx(features[1], abs=1e-5)
    assert np.abs(features[0][0::3]).max() == pytest.approx(1 / 1.4)


def test_all_hands_of_a_frame_make_one_batch() -> None:
    batch = prepare_hands(make_picture(), [make_hand(), make_hand((10, 10))], SPEC)
    assert batch.crops.shape == (2, 3, 32, 32)
    assert batch.landmarks.shape == (2, 63)


def test_no_hands_make_an_empty_batch() -> None:
    batch = prepare_hands(make_picture(), [], SPEC)
    assert batch.crops.shape == (0, 3, 32, 32)
    assert batch.landmarks.shape == (0, 63)
