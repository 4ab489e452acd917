"""Numbers painted on the surface once: what is palm, where creases run, how far down the arm.

They depend on the template at rest only, so one person's markings stay in place in every pose.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from training.render.body import BodyShape, build_body
from training.render.body_template import BONES, FINGERS, PARTS, BodyTemplate, Part
from training.render.hand_model import HandModel, measure_hand
from training.render.surface import Surface

COLUMNS = 13
"""rest xyz, masks (nail, lip, eyelid), hand (arm, volar, crease, tip), palm xy, knuckle."""

ARM = 6
"""Column of the arm coordinate: 0 at the shoulder, 1 elbow, 2 wrist."""

NO_CREASE = 9.0


def neckline(paint: NDArray[np.float32], depth: float) -> NDArray[np.float32]:
    """(M,) positive inside the shirt's neckline; the fragment shaders hold the same formula."""
    x, y, z = paint[:, 0], paint[:, 1], paint[:, 2]
    away = np.hypot(x / 0.78, (z - 0.1) / np.where(z > 0.1, depth, 0.7))
    return np.where(y > 4.2, np.maximum(1 - away, y - 5.85), -1.0).astype(np.float32)


def paint_surface(template: BodyTemplate, surface: Surface) -> NDArray[np.float32]:
    """float32 (M, `COLUMNS`) for the drawn vertices of ``surface``."""
    body = build_body(template, BodyShape())
    hand = measure_hand(template, body)
    rest = (surface.subdivide @ body.vertices).astype(np.float32)
    normals = surface.normals(rest)
    masks = surface.subdivide @ template.masks
    # The right hand is the left one's mirror image and shares its markings.
    mirrored, turned = rest.copy(), normals.copy()
    turned[:, 0] *= np.where(rest[:, 0] < 0, -1, 1)
    mirrored[:, 0] = np.abs(rest[:, 0])
    wrist = body.joints["l-hand"]
    in_hand = ((mirrored - wrist) @ hand.palm).astype(np.float32)
    arm = _arm_coordinate(mirrored, body.joints)
    volar = _volar(turned, hand, _finger_of(template, surface)) * np.clip(arm * 4 - 7.4, 0, 1)
    crease, tip, knuckle = _finger_lines(in_hand, hand, arm)
    eyes = surface.part == PARTS.index(Part.EYES)
    left = rest[:, 0] > 0
    rest[eyes & left] -= body.joints["l-eye"]
    rest[eyes & ~left] -= body.joints["r-eye"]
    columns = [rest, masks, np.stack([arm, volar, crease, tip], 1), in_hand[:, :2]]
    columns += [knuckle[:, None]]
    return np.concatenate(columns, axis=1).astype(np.float32)


def _arm_coordinate(
    points: NDArray[np.float32], joints: Mapping[str, NDArray[np.float32]]
) -> NDArray[np.float32]:
    """0 at the shoulder, 1 elbow, 2 wrist, 3 one hand's length further; below 0 on the trunk."""
    shoulder, elbow, wrist = (joints[f"l-{n}"] for n in ("shoulder", "elbow", "hand"))
    upper, lower = elbow - shoulder, wrist - elbow
    first = (points - shoulder) @ upper / (upper @ upper)
    second = (points - elbow) @ lower / (lower @ lower)
    beyond = np.where(second > 1, 1 + (second - 1) * np.linalg.norm(lower) / 1.8, second)
    along = np.where((second > 0) & (first > 0.8), 1 + beyond, np.minimum(first, 1.0))
    arm = np.where(points[:, 0] < 1.35, np.minimum(along, -0.2), along)
    return np.asarray(arm, np.float32)


def _finger_of(template: BodyTemplate, surface: Surface) -> NDArray[np.float32]:
    """(M, 5) share of each finger's bones, both sides."""
    share = np.zeros((len(template.vertices), 5), np.float32)
    for column in range(4):
        for number in range(5):
            bones = [BONES.index(f"finger{number + 1}-{k}.{s}") for k in (1, 2, 3) for s in "LR"]
            inside = np.isin(template.bone_indices[:, column], bones)
            share[:, number] += template.bone_weights[:, column] * inside
    out: NDArray[np.float32] = surface.subdivide @ share
    return out


def _volar(
    normals: NDArray[np.float32], hand: HandModel, fingers: NDArray[np.float32]
) -> NDArray[np.float32]:
    """1 on the palm's side of the hand, 0 on its back."""
    dorsal = np.tile(hand.palm[:, 2], (len(normals), 1)) * (1 - fingers.sum(1, keepdims=True))
    for number, finger in enumerate(FINGERS):
        nail_side = hand.palm @ hand.frames[finger][1][:, 2]
        dorsal += fingers[:, number : number + 1] * nail_side
    facing = (normals * dorsal).sum(axis=1) / np.maximum(np.linalg.norm(dorsal, axis=1), 1e-6)
    return np.asarray(np.clip(0.5 - facing * 1.6, 0, 1), np.float32)


def _finger_lines(
    in_hand: NDArray[np.float32], hand: HandModel, arm: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Signed distance to the nearest joint line, closeness to a fingertip, closeness to a joint."""
    crease = np.full(len(in_hand), NO_CREASE, np.float32)
    tip = np.zeros(len(in_hand), np.float32)
    knuckle = np.zeros(len(in_hand), np.float32)
    nearest = np.full(len(in_hand), np.inf)
    for finger in FINGERS:
        joints = hand.joints[finger]
        for k in range(3):
            start, end = joints[k], joints[k + 1]
            length = float(np.linalg.norm(end - start))
            along = (in_hand - start) @ (end - start) / length
            inside = np.clip(along, 0, length)
            away = np.linalg.norm(
                in_hand - start - inside[:, None] * (end - start) / length, axis=1
            )
            closer = (away < nearest) & (away < 0.16) & (arm > 1.9)
            nearest = np.where(closer, away, nearest)
            # Skin folds lie a little beyond a joint; the first bone's own end has none.
            line = along if k else along - 0.38 * length
            outer = along - length
            value = np.where(np.abs(outer) < np.abs(line), outer, line) if k < 2 else line
            crease = np.where(closer, value, crease).astype(np.float32)
            end_share = np.clip(1 - (length - along) / (0.7 * length), 0, 1) if k == 2 else 0.0
            tip = np.where(closer, end_share, tip).astype(np.float32)
        for k in range(3):
            near = np.exp(-(((np.linalg.norm(in_hand - joints[k], axis=1)) / 0.12) ** 2))
            knuckle = np.maximum(knuckle, near * (arm > 1.9)).astype(np.float32)
    return crease, tip, knuckle
