"""What is drawn at random for a still, without mesh and renderer."""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest

from gesture_app.core.types import NO_GESTURE

pytest.importorskip("scipy", reason="the render extra is not installed")
pytest.importorskip("moderngl", reason="the render extra is not installed")

from training.render.background import PAINTERS, Background, paint_background
from training.render.camera_effects import CameraEffects, through_camera
from training.render.draw_hand import Place, alike
from training.render.draw_scene import Framing, camera_for
from training.render.pose_table import HAGRID_GESTURES, default_table
from training.render.stills import LABEL_CYCLE, draw_spec, plain


def test_the_same_seed_draws_the_same_and_another_index_something_else() -> None:
    first, again = (json.dumps(plain(asdict(draw_spec("peace", 5, 9)))) for _ in range(2))
    assert first == again
    assert first != json.dumps(plain(asdict(draw_spec("peace", 5, 10))))


def test_every_label_can_be_drawn_and_written_as_json() -> None:
    for index, label in enumerate(LABEL_CYCLE):
        spec = draw_spec(label, 1, index)
        assert spec.hand.label == label
        assert (spec.hand.place is Place.LIPS) == (label == "mute")
        json.dumps(plain(asdict(spec)))


def test_random_non_gestures_do_not_pass_for_gestures() -> None:
    table = default_table()
    gestures = [pose for pose in table.poses if pose.label in HAGRID_GESTURES]
    unnamed = 0
    for index in range(80):
        drawn = draw_spec(NO_GESTURE, 3, index).hand
        if "/" not in drawn.origin:
            unnamed += 1
            assert not any(alike(drawn.pose, gesture) for gesture in gestures)
    assert unnamed > 20


def test_both_hands_and_the_whole_range_of_skin_are_drawn() -> None:
    specs = [draw_spec("palm", 0, index) for index in range(120)]
    assert 0.3 < np.mean([spec.mirrored for spec in specs]) < 0.7
    reds = [spec.look.skin.back[0] for spec in specs]
    assert min(reds) < 0.12
    assert max(reds) > 0.7


def test_a_framed_hand_lies_inside_the_picture() -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        points = rng.uniform((1, 3, 2), (2.4, 5, 3), (21, 3))
        framing = Framing(
            float(rng.uniform(0.2, 0.65)),
            (float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))),
            yaw=float(rng.normal(0, 11)),
            pitch=float(rng.normal(0, 7)),
            roll=float(rng.normal(0, 3)),
            fov=float(rng.uniform(30, 58)),
        )
        pixels = camera_for(framing, points).project(points)
        assert (pixels >= 0).all()
        assert (pixels < (640, 480)).all()


@pytest.mark.parametrize("kind", list(PAINTERS))
def test_backgrounds_come_from_their_seed(kind: str) -> None:
    one, same, other = (
        paint_background(Background(kind, seed, 2.0, 1.0), 160, 120) for seed in (4, 4, 5)
    )
    assert one.shape == (120, 160, 3)
    assert one.dtype == np.uint8
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_camera_flaws_are_seeded_and_none_means_none() -> None:
    picture = paint_background(Background("room", 1, 1.0, 1.0), 160, 120)
    assert np.array_equal(through_camera(picture, CameraEffects()), picture)
    poor = CameraEffects(0.7, 1.2, 1.1, 0.05, 0.8, 1.0, 5.0, 30.0, 8.0, 1.7, 0.3, 60, seed=3)
    assert np.array_equal(through_camera(picture, poor), through_camera(picture, poor))
    assert through_camera(picture, poor).shape == picture.shape


def test_the_grain_is_as_strong_as_asked_and_smooth_as_a_webcams_processor_leaves_it() -> None:
    grey = np.full((240, 320, 3), 128, np.uint8)
    noisy = through_camera(grey, CameraEffects(noise=4.0, seed=2)).astype(float)[..., 1]
    assert noisy.std() == pytest.approx(4.0, rel=0.15)
    beside = np.corrcoef(noisy[:, :-1].ravel(), noisy[:, 1:].ravel())[0, 1]
    assert beside > 0.3


def test_one_is_often_held_near_the_face_where_only_the_place_tells_it_from_mute() -> None:
    places = [draw_spec("one", 2, index).hand.place for index in range(150)]
    assert Place.LIPS not in places
    assert 0.15 < np.mean([place is Place.FACE for place in places]) < 0.5


def test_hands_that_hang_are_not_held_up_to_the_face() -> None:
    for index in range(150):
        hand = draw_spec(NO_GESTURE, 2, index).hand
        if hand.axes[1, 1] < 0.5:
            assert hand.place is Place.FREE
