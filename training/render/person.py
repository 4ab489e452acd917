"""A person who can be posed: body, hand mechanism and drawn surface together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from training.render.arm import ArmPose, ArmTask, carry_hand
from training.render.body import Body, BodyShape, build_body
from training.render.body_template import FINGERS, PARTS, BodyTemplate, Mask, Part
from training.render.hand_model import (
    HandModel,
    HandPose,
    bone_turns,
    measure_hand,
    pose_hand,
)
from training.render.paint import ARM
from training.render.renderer import Figure
from training.render.rotation import Array, about, about_x, about_y, about_z
from training.render.scene import Hair
from training.render.skeleton import apply, bone_transforms, joint_of_bone, posed_joint, skin
from training.render.surface import Surface

HANGING_ARM = 34.0
"""Degrees by which the idle arm is lowered from the mesh's rest pose."""


@dataclass(frozen=True, slots=True)
class Posture:
    """What one person does in one picture.

    Attributes:
        hand: shape of the gesturing hand.
        wrist: place of its wrist, (3,) decimetres in body axes.
        hand_axes: float64 (3, 3), where its x, y, z axes point (see `hand_model`).
        head: nod, turn and tilt in degrees.
        lean: forward and sideways lean of the trunk in degrees.
        swivel: turn of the elbow, or None to choose it by comfort.
        expression: strength of face targets such as "smile" and "blink".
    """

    hand: HandPose
    wrist: Array
    hand_axes: Array
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    lean: tuple[float, float] = (0.0, 0.0)
    swivel: float | None = None
    expression: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PosedPerson:
    """Result of a posture; everything for the left hand unless it was mirrored.

    Attributes:
        figure: what the renderer draws.
        joints: float64 (21, 3), wrist and joints of the gesturing hand in MediaPipe's order. They
            are the rig's joints, which lie some millimetres off MediaPipe's.
        head: centre of the head, (3,).
        strain: see `ArmPose`.
        swivel: the elbow's turn that was used, degrees.
    """

    figure: Figure
    joints: Array
    head: Array
    strain: float
    swivel: float


class Person:
    """One build and one set of clothes' fit, posed as often as needed.

    Args:
        paint: see `paint_surface`.
        looseness: distance of the clothes from the skin, decimetres.
        hair: only its thickness and drop matter here.
    """

    def __init__(
        self,
        template: BodyTemplate,
        surface: Surface,
        paint: NDArray[np.float32],
        shape: BodyShape,
        *,
        looseness: float,
        hair: Hair,
    ) -> None:
        self._template, self._surface = template, surface
        self.body: Body = build_body(template, shape)
        self.hand: HandModel = measure_hand(template, self.body)
        offset = np.zeros(len(paint), np.float32)
        cloth = surface.part == PARTS.index(Part.CLOTH)
        offset[cloth] = looseness * _fit(paint[cloth, ARM])
        on_head = surface.part == PARTS.index(Part.HAIR)
        upward = surface.normals(paint[:, :3])[on_head, 1]
        offset[on_head] = _hair_offset(paint[on_head, :3], upward, hair)
        self._offset = offset[:, None]
        lips = template.masks[:, Mask.LIP] > 0.5
        self.rest_lips = self.body.vertices[lips].mean(axis=0).astype(float)

    def reach_task(self, posture: Posture) -> ArmTask:
        """What the arm has to do for ``posture``."""
        trunk = _trunk_turns(posture)
        carried = bone_transforms(self.body, trunk)
        shoulder = posed_joint(self.body, carried, "l-shoulder", "shoulder01.L")
        return ArmTask(shoulder, posture.wrist, posture.hand_axes @ self.hand.palm.T)

    def carry(self, posture: Posture) -> ArmPose:
        return carry_hand(self.body, self.hand.palm, self.reach_task(posture), posture.swivel)

    def lips(self, posture: Posture) -> Array:
        """Middle of the lips in ``posture``, (3,) decimetres."""
        return apply(bone_transforms(self.body, _trunk_turns(posture))["head"], self.rest_lips)

    def pose(self, posture: Posture, *, mirrored: bool) -> PosedPerson:
        """Pose the person; ``mirrored`` makes the gesture with the right hand."""
        arm = self.carry(posture)
        hand_turn = posture.hand_axes @ self.hand.palm.T
        posed = pose_hand(self.hand, posture.hand)
        turns = _trunk_turns(posture) | dict(arm.turns) | bone_turns(self.hand, posed, hand_turn)
        transforms = bone_transforms(self.body, turns)
        vertices = self._with_expression(posture.expression)
        template = self._template
        moved = skin(vertices, template.bone_indices, template.bone_weights, transforms)
        points = (self._surface.subdivide @ moved).astype(np.float32)
        normals = self._surface.normals(points)
        points = points + normals * self._offset
        joints = _hand_joints(self.body, transforms)
        head = posed_joint(self.body, transforms, "mouth", "head")
        if mirrored:
            for array in (points, normals, joints, head):
                array[..., 0] *= -1
        return PosedPerson(Figure(points, normals, mirrored), joints, head, arm.strain, arm.swivel)

    def _with_expression(self, expression: Mapping[str, float]) -> NDArray[np.float32]:
        vertices = self.body.vertices
        for name, strength in expression.items():
            row = self._template.target_names.index(name)
            vertices = vertices + self._template.targets[row] * np.float32(strength)
        return vertices.astype(np.float32)


def _trunk_turns(posture: Posture) -> dict[str, Array]:
    forward, sideways = posture.lean
    nod, turn, tilt = posture.head
    trunk = about_x(forward) @ about_z(sideways)
    head = about_y(turn) @ about_x(nod) @ about_z(tilt)
    # The shoulder girdle rises with a raised hand.
    raised = float(np.clip((posture.wrist[1] - 3.5) / 3.0, 0, 1))
    girdle = trunk @ about((0, 0, 1), 9.0 * raised)
    hanging = trunk @ about_z(HANGING_ARM)
    return {
        "spine01": trunk,
        "neck01": about_x(nod * 0.4) @ about_y(turn * 0.4) @ trunk,
        "head": head @ about_x(forward * 0.3),
        "clavicle.L": girdle,
        "shoulder01.L": girdle,
        "upperarm01.R": hanging,
        "upperarm02.R": hanging,
    }


def _hand_joints(body: Body, transforms: Mapping[str, Array]) -> Array:
    points = [posed_joint(body, transforms, "l-hand", "wrist.L")]
    for finger in range(1, len(FINGERS) + 1):
        for phalanx in range(1, 4):
            bone = f"finger{finger}-{phalanx}.L"
            points.append(posed_joint(body, transforms, joint_of_bone(bone), bone))
        points.append(posed_joint(body, transforms, f"l-finger-{finger}-4", bone))
    return np.stack(points)


def _hair_offset(
    rest: NDArray[np.float32], upward: NDArray[np.float32], hair: Hair
) -> NDArray[np.float32]:
    """Thin at the hairline, full on top, with a little unevenness; `scalp()` in the shader cuts."""
    side = np.clip((0.55 - rest[:, 2]) / 0.35, 0, 1)
    height = rest[:, 1] - 7.12 - 0.66 * rest[:, 2] + hair.drop * side
    rise = np.clip(height / 0.75, 0, 1) ** 1.5
    full = 0.4 + 0.6 * np.clip(upward, 0, 1) + 0.4 * min(hair.drop, 1.0)
    waves = 1 + 0.12 * np.sin(rest[:, 0] * 9) * np.sin(rest[:, 2] * 7 + 1)
    return np.asarray(0.012 + hair.thickness * rise * full * waves, np.float32)


def _fit(arm: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sleeves get tighter towards the wrist, where the mesh's own garment already stands off."""
    return np.asarray(1.0 - 1.6 * np.clip((arm - 1.2) / 0.7, 0, 1), np.float32)
