"""Two-bone inverse kinematics: shoulder, elbow and forearm that carry a hand to its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from training.render.body import Body
from training.render.rotation import (
    Array,
    about,
    between,
    blend,
    cross,
    frame,
    to_vector,
    twist_about,
    unit,
)

SWIVELS = np.linspace(-180, 165, 24)
"""Turns of the elbow about the line from shoulder to wrist that are tried, degrees."""

FOREARM_TWIST_SHARES = {"lowerarm01.L": 0.25, "lowerarm02.L": 0.65}
"""How much of the hand's turning each half of the forearm takes, so that it does not wring."""


@dataclass(frozen=True, slots=True)
class ArmPose:
    """A left arm that holds the hand.

    Attributes:
        turns: bone → rotation from rest; the wrist is not among them.
        strain: how uncomfortable it is; below 1 people do it without thinking.
        swivel: turn of the elbow about the line from shoulder to wrist, degrees.
    """

    turns: Mapping[str, Array]
    strain: float
    swivel: float


@dataclass(frozen=True, slots=True)
class ArmTask:
    """What the arm has to do.

    Attributes:
        shoulder: where the shoulder joint is, (3,) decimetres.
        wrist: where the wrist shall be, (3,).
        hand_turn: rotation of the hand from rest.
    """

    shoulder: Array
    wrist: Array
    hand_turn: Array


def carry_hand(body: Body, palm: Array, task: ArmTask, swivel: float | None = None) -> ArmPose:
    """The arm pose with the least strain, or the one with the given ``swivel``.

    A wrist out of reach is approached as far as the arm goes.

    Args:
        palm: hand axes at rest, see `HandModel.palm`.
    """
    candidates = SWIVELS if swivel is None else np.array([swivel])
    poses = [_at_swivel(body, palm, task, float(angle)) for angle in candidates]
    return min(poses, key=lambda pose: pose.strain)


def reachable(body: Body, task: ArmTask) -> bool:
    """Whether the wrist can get there with the elbow still a little bent."""
    upper, lower = _lengths(body)
    return bool(np.linalg.norm(task.wrist - task.shoulder) < 0.97 * (upper + lower))


def _lengths(body: Body) -> tuple[float, float]:
    shoulder, elbow, wrist = (body.joints[f"l-{n}"] for n in ("shoulder", "elbow", "hand"))
    return float(np.linalg.norm(elbow - shoulder)), float(np.linalg.norm(wrist - elbow))


def _elbow(body: Body, task: ArmTask, swivel: float) -> Array:
    upper, lower = _lengths(body)
    line = task.wrist - task.shoulder
    reach = min(float(np.linalg.norm(line)), 0.985 * (upper + lower))
    along = unit(line)
    foot = (upper**2 - lower**2 + reach**2) / (2 * reach)
    height = np.sqrt(max(upper**2 - foot**2, 0.0))
    down = frame(along, (0.0, -1.0, 0.0))[:, 2]
    out: Array = task.shoulder + along * foot + about(along, swivel) @ down * height
    return out


def _at_swivel(body: Body, palm: Array, task: ArmTask, swivel: float) -> ArmPose:
    joints = {n: body.joints[f"l-{n}"].astype(float) for n in ("shoulder", "elbow", "hand")}
    elbow = _elbow(body, task, swivel)
    rest_upper = unit(joints["elbow"] - joints["shoulder"])
    rest_lower = unit(joints["hand"] - joints["elbow"])
    upper, lower = unit(elbow - task.shoulder), unit(task.wrist - elbow)
    hinge_rest = cross(rest_upper, rest_lower)
    hinge = cross(upper, lower)
    whole = frame(upper, hinge) @ frame(rest_upper, hinge_rest).T
    forearm = frame(lower, hinge) @ frame(rest_lower, hinge_rest).T
    twist = twist_about(lower, task.hand_turn @ forearm.T)
    swing = between(rest_upper, upper)
    turns = {
        "upperarm01.L": blend(swing, whole, 0.4),
        "upperarm02.L": whole,
        **{
            bone: about(lower, twist * share) @ forearm
            for bone, share in FOREARM_TWIST_SHARES.items()
        },
    }
    bend = to_vector((about(lower, twist) @ forearm).T @ task.hand_turn)
    bent = float(np.linalg.norm(palm.T @ bend * (1.0, 1.0, 1.8)))
    return ArmPose(turns, _strain(twist, bent, elbow, task), swivel)


def _strain(twist: float, bent: float, elbow: Array, task: ArmTask) -> float:
    """Sum of squared excesses; the scales are about half of each joint's range of motion."""
    lifted = max(float(elbow[1] - task.shoulder[1]) + 0.7, 0.0)
    into_chest = max(1.5 - float(elbow[0]), 0.0) if elbow[2] < 1.2 else 0.0
    behind = max(-float(elbow[2]) - 0.4, 0.0)
    return (
        (bent / 45) ** 2
        + ((twist + 20) / 75) ** 2
        + (lifted / 0.7) ** 2
        + (into_chest / 0.4) ** 2
        + (behind / 0.8) ** 2
    )
