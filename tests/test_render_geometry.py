"""Rotations, subdivision, skinning, build and camera of the renderer."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason="the render extra is not installed")

from training.render.body import Body, BodyShape, target_strengths
from training.render.body_template import BONES, JOINTS
from training.render.rotation import (
    about,
    about_x,
    between,
    cross,
    from_vector,
    to_vector,
    twist_about,
)
from training.render.scene import Camera
from training.render.skeleton import bone_transforms, skin
from training.render.surface import catmull_clark


@pytest.fixture(scope="module")
def body() -> Body:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(len(JOINTS), 3)).astype(np.float32)
    return Body(rng.normal(size=(50, 3)).astype(np.float32), dict(zip(JOINTS, points, strict=True)))


@pytest.mark.parametrize("degrees", [0.0, 1e-4, 30.0, 120.0, 179.5, 180.0])
def test_rotations_survive_their_vector_form(degrees: float) -> None:
    rotation = about((0.3, -0.5, 0.8), degrees)
    assert np.allclose(from_vector(to_vector(rotation)), rotation, atol=1e-4)


def test_smallest_rotation_between_directions_and_the_twist_it_leaves_out() -> None:
    turn = between((0, 1, 0), (0, 0, 1))
    assert np.allclose(turn @ [0, 1, 0], [0, 0, 1])
    assert np.allclose(between((1, 0, 0), (-1, 0, 0)) @ [1, 0, 0], [-1, 0, 0])
    assert twist_about((0, 1, 0), about((0, 1, 0), 40)) == pytest.approx(40)
    assert twist_about((0, 1, 0), about_x(30)) == pytest.approx(0, abs=1e-9)


def test_catmull_clark_rounds_a_cube_and_keeps_a_flat_sheet_flat() -> None:
    cube = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32)
    sides = [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
    rule, quads = catmull_clark(np.array(sides, np.int32), 8)
    assert rule.shape == (8 + 12 + 6, 8)
    assert quads.shape == (24, 4)
    assert np.allclose(np.asarray(rule.sum(axis=1)), 1)
    # Known limit of the first step for a cube's corner: 5/9 of the way from the middle.
    assert np.allclose(np.abs((rule @ cube)[:8]), 5 / 9, atol=1e-6)

    sheet = np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 1, 0], [1, 1, 0], [2, 1, 0]], np.float32)
    rule, _ = catmull_clark(np.array([[0, 1, 4, 3], [1, 2, 5, 4]], np.int32), 6)
    flat = rule @ sheet
    assert np.allclose(flat[:, 2], 0)
    assert flat[:, 0].min() >= 0
    assert flat[:, 0].max() <= 2


def test_skinning_leaves_a_body_at_rest_alone_and_turns_it_as_a_whole(body: Body) -> None:
    rng = np.random.default_rng(1)
    indices = rng.integers(0, len(BONES), (50, 4)).astype(np.uint8)
    weights = rng.dirichlet(np.ones(4), 50).astype(np.float32)
    still = skin(body.vertices, indices, weights, bone_transforms(body, {}))
    assert np.allclose(still, body.vertices, atol=1e-5)

    turn = about((0, 1, 0), 90)
    turned = skin(body.vertices, indices, weights, bone_transforms(body, {"root": turn}))
    pivot = body.joints["pelvis"]
    assert np.allclose(turned, (body.vertices - pivot) @ turn.T + pivot, atol=1e-4)


def test_a_bone_carries_its_children_along(body: Body) -> None:
    turns = {"wrist.L": about((1, 0, 0), 50)}
    transforms = bone_transforms(body, turns)
    assert np.allclose(transforms["finger2-3.L"], transforms["wrist.L"])
    assert np.allclose(transforms["wrist.R"][:, :3], np.eye(3))


def test_shape_targets_share_out_to_one() -> None:
    strengths = target_strengths(
        BodyShape(0.3, 0.7, (0.2, 0.5, 0.3), 0.6, 0.2, {"chin-width": -0.4})
    )
    faces = sum(v for k, v in strengths.items() if k.startswith(("african", "asian", "caucasian")))
    builds = sum(v for k, v in strengths.items() if k.startswith("universal"))
    assert faces == pytest.approx(1)
    assert builds == pytest.approx(1)
    assert strengths["chin-width-decr"] == pytest.approx(0.4)


def test_the_camera_projects_its_target_to_the_middle_and_up_to_the_top() -> None:
    camera = Camera((0, 5, 10), (0, 5, 0))
    pixels = camera.project(np.array([[0.0, 5, 0], [0, 6, 0], [1, 5, 0]]))
    assert np.allclose(pixels[0], (320, 240))
    assert pixels[1, 1] < 240
    assert pixels[2, 0] > 320


def test_the_vector_product_is_numpys() -> None:
    rng = np.random.default_rng(3)
    for a, b in rng.normal(size=(20, 2, 3)):
        assert np.array_equal(cross(a, b), np.cross(a, b))
