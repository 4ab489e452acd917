"""The left hand of a body as a mechanism: bones, finger thickness, and forward kinematics.

Hand axes (columns of the palm frame): x to the thumb's side, y from the wrist to the middle
knuckle, z out of the back of the hand. Bending a finger turns it about -x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from training.render.body import Body
from training.render.body_template import FINGERS, BodyTemplate, Mask
from training.render.rotation import Array, about_x, about_y, about_z, between, frame, unit

KNUCKLE_ROLL = {"index": -6.0, "middle": 0.0, "ring": 6.0, "pinky": 13.0}
"""Degrees by which a knuckle's hinge is turned along the arch of the palm, so that bent fingertips
run together instead of parallel. Chosen by eye on fists."""

OUTWARD = {"index": -1.0, "middle": -1.0, "ring": 1.0, "pinky": 1.0}
"""Sign of a rotation about z that spreads the finger away from the middle one."""


REACH_OF_FLESH = 0.14
"""Decimetres around a bone's axis that belong to that finger and not to its neighbour."""


@dataclass(frozen=True, slots=True)
class FingerPose:
    """Degrees; 0 is straight and parallel to the palm's y axis. `spread` is away from the middle
    finger (for the middle finger itself towards the thumb)."""

    mcp: float
    pip: float
    dip: float
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class ThumbPose:
    """Degrees.

    Attributes:
        radial: metacarpal away from the index finger within the palm's plane.
        palmar: metacarpal out of the palm's plane to the palm's side.
        twist: about the metacarpal; positive turns the pad to the fingers.
        mcp, ip: bending of the two outer joints.
    """

    radial: float
    palmar: float
    twist: float
    mcp: float
    ip: float


@dataclass(frozen=True, slots=True)
class HandPose:
    """A whole hand: four fingers by name, and the thumb."""

    fingers: Mapping[str, FingerPose]
    thumb: ThumbPose


@dataclass(frozen=True, slots=True)
class HandModel:
    """The left hand at rest.

    Attributes:
        palm: float64 (3, 3), columns are the hand axes in body axes.
        joints: finger → float64 (4, 3) in hand axes from the wrist, decimetres.
        frames: finger → float64 (3, 3, 3), axes of its three bones at rest, in hand axes.
        radii: finger → float64 (3,), half the thickness of each bone's flesh in decimetres.
    """

    palm: Array
    joints: Mapping[str, Array]
    frames: Mapping[str, Array]
    radii: Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class PosedHand:
    """Hand axes, decimetres from the wrist.

    Attributes:
        joints: finger → (4, 3).
        frames: finger → (3, 3, 3), axes of each bone; column 1 runs along it, column 2 out of
            its nail's side.
    """

    joints: Mapping[str, Array]
    frames: Mapping[str, Array]


def measure_hand(template: BodyTemplate, body: Body) -> HandModel:
    """Build the mechanism from a body at rest."""
    wrist = body.joints["l-hand"].astype(float)
    world = {
        finger: np.stack([body.joints[f"l-finger-{i}-{j}"] for j in range(1, 5)]).astype(float)
        for i, finger in enumerate(FINGERS, start=1)
    }
    nails = {finger: _nail_side(template, body, world[finger]) for finger in FINGERS}
    palm = _palm_frame(wrist, world, nails["middle"])
    joints = {finger: (points - wrist) @ palm for finger, points in world.items()}
    frames = {
        finger: np.stack([frame(points[k + 1] - points[k], nails[finger] @ palm) for k in range(3)])
        for finger, points in joints.items()
    }
    radii = {
        finger: np.array([_radius(body, points[k], points[k + 1]) for k in range(3)])
        for finger, points in world.items()
    }
    return HandModel(palm, joints, frames, radii)


def _palm_frame(wrist: Array, world: Mapping[str, Array], dorsal_hint: Array) -> Array:
    normal = np.cross(world["index"][0] - wrist, world["pinky"][0] - wrist)
    if normal @ dorsal_hint < 0:
        normal = -normal
    return frame(world["middle"][0] - wrist, normal)


def _nail_side(template: BodyTemplate, body: Body, joints: Array) -> Array:
    """Direction from the last bone's axis to its nail."""
    painted = body.vertices[template.masks[:, Mask.NAIL] > 0.5].astype(float)
    middle = (joints[2] + joints[3]) / 2
    near = painted[np.linalg.norm(painted - middle, axis=1) < 0.15]
    along = unit(joints[3] - joints[2])
    offset = near.mean(axis=0) - middle
    return unit(offset - along * (along @ offset))


def _radius(body: Body, start: Array, end: Array) -> float:
    """Median distance of the flesh around the middle of a bone from its axis."""
    offset = body.vertices.astype(float) - start
    along = unit(end - start)
    share = offset @ along / np.linalg.norm(end - start)
    distance = np.linalg.norm(offset - (offset @ along)[:, None] * along, axis=1)
    near = (share > 0.3) & (share < 0.7) & (distance < REACH_OF_FLESH)
    # The thumb's first bone lies so deep in the palm that no skin is near enough.
    return float(np.median(distance[near])) if near.any() else REACH_OF_FLESH


def pose_hand(model: HandModel, pose: HandPose) -> PosedHand:
    """Forward kinematics."""
    frames = {"thumb": _thumb_frames(model, pose.thumb)}
    for finger, angles in pose.fingers.items():
        base = about_z(OUTWARD[finger] * angles.spread) @ about_y(KNUCKLE_ROLL[finger])
        first = base @ about_x(-angles.mcp)
        second = first @ about_x(-angles.pip)
        frames[finger] = np.stack([first, second, second @ about_x(-angles.dip)])
    joints = {}
    for finger, axes in frames.items():
        lengths = np.linalg.norm(np.diff(model.joints[finger], axis=0), axis=1)
        steps = axes[:, :, 1] * lengths[:, None]
        start = model.joints[finger][:1]
        joints[finger] = np.concatenate([start, start + np.cumsum(steps, axis=0)])
    return PosedHand(joints, frames)


def _thumb_frames(model: HandModel, thumb: ThumbPose) -> Array:
    radial, palmar = np.deg2rad(thumb.radial), np.deg2rad(thumb.palmar)
    direction = np.array(
        [
            np.sin(radial) * np.cos(palmar),
            np.cos(radial) * np.cos(palmar),
            -np.sin(palmar),
        ]
    )
    rest = model.frames["thumb"][0]
    first = between(rest[:, 1], direction) @ rest @ about_y(thumb.twist)
    second = first @ about_x(-thumb.mcp)
    return np.stack([first, second, second @ about_x(-thumb.ip)])


def bone_turns(model: HandModel, posed: PosedHand, hand_turn: Array) -> dict[str, Array]:
    """Rotation from rest of every bone of the left hand, given that of the hand itself."""
    turns = {"wrist.L": hand_turn}
    for i, finger in enumerate(FINGERS, start=1):
        for k in range(3):
            rest = model.palm @ model.frames[finger][k]
            target = hand_turn @ model.palm @ posed.frames[finger][k]
            turns[f"finger{i}-{k + 1}.L"] = target @ rest.T
    return turns
