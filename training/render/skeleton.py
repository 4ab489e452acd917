"""Bones: turning a body's joints and skinning its vertices to them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from training.render.body import Body
from training.render.body_template import BONES, PARENTS
from training.render.rotation import Array


def joint_of_bone(bone: str) -> str:
    """The joint about which ``bone`` turns."""
    name, _, side = bone.partition(".")
    if name.startswith("finger"):
        return f"{side.lower()}-finger-{name[6]}-{name[8]}"
    return _JOINT_OF[name] if not side else f"{side.lower()}-{_JOINT_OF[name]}"


_JOINT_OF = {
    "root": "pelvis",
    "spine01": "spine-1",
    "neck01": "neck",
    "head": "head",
    "clavicle": "clavicle",
    "shoulder01": "scapula",
    "upperarm01": "shoulder",
    "upperarm02": "shoulder",
    "lowerarm01": "elbow",
    "lowerarm02": "elbow",
    "wrist": "hand",
}
"""The second half of a limb only twists, for which any point on its axis will do."""


def bone_transforms(body: Body, turns: Mapping[str, Array]) -> dict[str, Array]:
    """Where each bone takes a point of the body at rest.

    Args:
        turns: bone → rotation from rest in the body's own axes; a bone that is not named follows
            its parent.

    Returns:
        bone → float64 (3, 4), rotation and shift in decimetres.
    """
    out: dict[str, Array] = {}
    for bone in BONES:
        parent = out.get(PARENTS.get(bone, ""))
        inherited = np.eye(3) if parent is None else parent[:, :3]
        turn = turns.get(bone, inherited)
        pivot = body.joints[joint_of_bone(bone)].astype(float)
        place = pivot if parent is None else apply(parent, pivot)
        out[bone] = np.column_stack([turn, place - turn @ pivot])
    return out


def apply(transform: Array, points: NDArray[np.floating]) -> Array:
    """(3, 4) transform on points (..., 3)."""
    moved: Array = points @ transform[:, :3].T + transform[:, 3]
    return moved


def skin(
    vertices: NDArray[np.float32],
    bone_indices: NDArray[np.uint8],
    bone_weights: NDArray[np.float32],
    transforms: Mapping[str, Array],
) -> NDArray[np.float32]:
    """Linear blend skinning: vertices (N, 3) at rest → float32 (N, 3) posed."""
    matrices = np.stack([transforms[bone] for bone in BONES]).astype(np.float32)
    blended = np.einsum("nk,nkij->nij", bone_weights, matrices[bone_indices])
    posed: NDArray[np.float32] = (
        np.einsum("nij,nj->ni", blended[:, :, :3], vertices) + blended[:, :, 3]
    )
    return posed


def posed_joint(body: Body, transforms: Mapping[str, Array], joint: str, bone: str) -> Array:
    """Where ``joint`` is after ``bone`` has moved it; float64 (3,)."""
    return apply(transforms[bone], body.joints[joint].astype(float))
