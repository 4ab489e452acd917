"""Putting the thumb where a gesture wants it: onto a finger, tip to tip, or into the palm.

Angles alone leave the thumb floating beside the fingers or sunk into them, differently for every
hand shape. So the pose table names a contact, and the angles are found by least squares: the pad
goes to the contact, no flesh overlaps, and the joints stay near the table's angles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from training.render.hand_model import (
    FingerPose,
    HandModel,
    HandPose,
    PosedHand,
    ThumbPose,
    pose_hand,
)
from training.render.rotation import Array

LIMITS = ThumbPose(70, 75, 75, 65, 85), ThumbPose(-10, -10, -40, -20, -25)
"""Upper and lower joint limits in degrees, a little beyond the ranges that Kapandji (The
Physiology of the Joints, vol. 1) gives, since the mesh's axes differ from the anatomical ones."""

OVERLAP_ALLOWED = 0.88
"""Flesh yields: centre lines may come this close relative to the sum of both radii."""

PULL_TO_POSE = 0.0009
"""Decimetres of residual per degree away from the table's angles."""

FINGER_PULL = 0.002


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the thumb's pad lies.

    Attributes:
        finger: the finger that is touched, or "palm".
        place: "back.1" to "back.3" (nail side of a bone), "side.1" to "side.3" (thumb side),
            "tip" (pad to pad); for the palm the finger at whose foot it lies.
        share: position along the bone, 0 near the knuckle, 1 at its far end.
    """

    finger: str
    place: str
    share: float = 0.5


def parse_contact(text: str) -> Contact:
    """``"middle.back.2"``, ``"index.tip"``, ``"index.side.1@0.8"`` or ``"palm.ring"``.

    Raises:
        ValueError: not one of these.
    """
    spot, _, share = text.partition("@")
    finger, _, place = spot.partition(".")
    fingers = ("index", "middle", "ring", "pinky")
    places = [f"{side}.{bone}" for side in ("back", "side") for bone in (1, 2, 3)] + ["tip"]
    if not (finger in fingers and place in places) and not (finger == "palm" and place in fingers):
        raise ValueError(f"{text!r} names no contact of the thumb")
    return Contact(finger, place, float(share) if share else 0.5)


def settle_thumb(model: HandModel, pose: HandPose, contact: Contact | None) -> HandPose:
    """``pose`` with the thumb (and for "tip" the touched finger) moved to the contact.

    With no contact the thumb is only kept from overlapping the fingers.
    """
    start = _to_vector(pose, contact)
    upper, lower = (_thumb_vector(limit) for limit in LIMITS)
    low, high = start - 25.0, start + 25.0
    low[:5], high[:5] = lower, upper
    start = np.clip(start, low + 0.01, high - 0.01)
    pulls = np.full(len(start), FINGER_PULL)
    pulls[:5] = PULL_TO_POSE

    def residuals(values: NDArray[np.float64]) -> NDArray[np.float64]:
        posed = pose_hand(model, _from_vector(values, pose, contact))
        parts = [(values - start) * pulls, _overlaps(model, posed)]
        if contact is not None:
            parts.append(_pad(model, posed, "thumb", 0.55) - _goal(model, posed, contact))
        return np.concatenate(parts)

    found = least_squares(residuals, start, bounds=(low, high), max_nfev=25, diff_step=[1e-3])
    return _from_vector(found.x, pose, contact)


def _thumb_vector(thumb: ThumbPose) -> NDArray[np.float64]:
    return np.array([thumb.radial, thumb.palmar, thumb.twist, thumb.mcp, thumb.ip], float)


def _to_vector(pose: HandPose, contact: Contact | None) -> NDArray[np.float64]:
    values = _thumb_vector(pose.thumb)
    if contact is None or contact.place != "tip":
        return values
    finger = pose.fingers[contact.finger]
    return np.concatenate([values, [finger.mcp, finger.pip, finger.dip]])


def _from_vector(values: NDArray[np.float64], pose: HandPose, contact: Contact | None) -> HandPose:
    thumb = ThumbPose(*(float(v) for v in values[:5]))
    if len(values) == 5 or contact is None:
        return replace(pose, thumb=thumb)
    mcp, pip, dip = (float(v) for v in values[5:])
    touched = FingerPose(mcp, pip, dip, pose.fingers[contact.finger].spread)
    return HandPose({**pose.fingers, contact.finger: touched}, thumb)


def _pad(model: HandModel, posed: PosedHand, finger: str, share: float) -> Array:
    """Point on the pad of a fingertip."""
    start, end = posed.joints[finger][2:]
    out: Array = start + (end - start) * share
    out -= posed.frames[finger][2][:, 2] * model.radii[finger][2]
    return out


def _goal(model: HandModel, posed: PosedHand, contact: Contact) -> Array:
    if contact.finger == "palm":
        foot = posed.joints[contact.place][0]
        # Below the knuckle, on the flesh of the palm.
        return np.asarray(foot * (1.0, 0.86, 1.0) - (0, 0, 0.13))
    if contact.place == "tip":
        return _pad(model, posed, contact.finger, 0.6)
    side, bone = contact.place.split(".")
    k = int(bone) - 1
    start, end = posed.joints[contact.finger][k : k + 2]
    axes = posed.frames[contact.finger][k]
    outward = axes[:, 2] if side == "back" else axes[:, 0]
    goal: Array = start + (end - start) * contact.share + outward * model.radii[contact.finger][k]
    return goal


def _overlaps(model: HandModel, posed: PosedHand) -> NDArray[np.float64]:
    """How far the thumb's flesh reaches into each finger bone, decimetres."""
    points, radii = [], []
    for k in (1, 2):
        start, end = posed.joints["thumb"][k : k + 2]
        shares = np.array([0.35, 0.8]) if k == 1 else np.array([0.15, 0.55, 0.95])
        points.append(start + (end - start) * shares[:, None])
        radii.append(np.full(len(shares), model.radii["thumb"][k]))
    at, thick = np.concatenate(points), np.concatenate(radii)
    depths = [
        np.maximum((thick + radius) * OVERLAP_ALLOWED - _distance(at, start, end), 0)
        for start, end, radius in _finger_bones(model, posed)
    ]
    return np.concatenate(depths)


def _finger_bones(model: HandModel, posed: PosedHand) -> Iterator[tuple[Array, Array, float]]:
    for finger, joints in posed.joints.items():
        if finger != "thumb":
            for k in range(3):
                yield joints[k], joints[k + 1], float(model.radii[finger][k])
            # The palm beneath the finger, thicker than the finger itself.
            yield joints[0] * (1, 0.35, 1), joints[0] * (1, 0.9, 1), 0.12


def _distance(points: Array, start: Array, end: Array) -> Array:
    step = end - start
    share = np.clip((points - start) @ step / (step @ step), 0, 1)
    away: Array = np.linalg.norm(points - start - share[:, None] * step, axis=1)
    return away
