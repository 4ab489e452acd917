"""The table of gestures, and hands that take its poses on."""

from __future__ import annotations

import numpy as np
import pytest

from gesture_app.core.types import NO_GESTURE

pytest.importorskip("scipy", reason="the render extra is not installed")

from training.render.body_template import FINGERS
from training.render.hand_model import FingerPose, HandModel, HandPose, ThumbPose, pose_hand
from training.render.pose_table import (
    HAGRID_GESTURES,
    PoseTableError,
    default_table,
    parse_table,
)
from training.render.rotation import frame
from training.render.thumb_contact import parse_contact, settle_thumb

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
    joints = {finger: np.array(points) for finger, points in HAND_JOINTS.items()}
    frames = {
        finger: np.stack([frame(points[k + 1] - points[k], (0.2, 0.3, 1.0)) for k in range(3)])
        for finger, points in joints.items()
    }
    radii = {finger: np.array([0.1, 0.09, 0.07]) for finger in FINGERS}
    return HandModel(np.eye(3), joints, frames, radii)


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
