"""The human body before anybody's shape or pose: mesh, bones, weights, shape targets.

Lengths are decimetres in the mesh's own frame: x to the person's left, y up, z to the front.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FINGERS = ("thumb", "index", "middle", "ring", "pinky")
"""In the order of the mesh's finger numbers, 1 to 5."""


class Part(StrEnum):
    """What a piece of the mesh is made of; each is shaded in its own way."""

    SKIN = "skin"
    EYES = "eyes"
    HAIR = "hair"
    CLOTH = "cloth"


PARTS = tuple(Part)


class Mask:
    """Columns of `BodyTemplate.masks`."""

    NAIL, LIP, EYELID = range(3)


def _side_bones(side: str) -> dict[str, str]:
    arm = ["clavicle", "shoulder01", "upperarm01", "upperarm02", "lowerarm01", "lowerarm02"]
    chain = [f"{bone}.{side}" for bone in (*arm, "wrist")]
    parents = dict(zip(chain, ["spine01", *chain], strict=False))
    for finger in range(1, 6):
        previous = f"wrist.{side}"
        for phalanx in range(1, 4):
            bone = f"finger{finger}-{phalanx}.{side}"
            parents[bone] = previous
            previous = bone
    return parents


PARENTS: Mapping[str, str] = {
    "spine01": "root",
    "neck01": "spine01",
    "head": "neck01",
    **_side_bones("L"),
    **_side_bones("R"),
}
"""Bones that move by themselves → their parents; every other bone of the rig goes with the
nearest of these above it."""

BONES: tuple[str, ...] = ("root", *PARENTS)

JOINTS: tuple[str, ...] = (
    *("pelvis", "spine-1", "neck", "head", "mouth", "l-eye", "r-eye"),
    *(f"l-{name}" for name in ("clavicle", "scapula", "shoulder", "elbow", "hand")),
    *(f"r-{name}" for name in ("clavicle", "scapula", "shoulder", "elbow", "hand")),
    *(
        f"{side}-finger-{finger}-{joint}"
        for side in "lr"
        for finger in range(1, 6)
        for joint in range(1, 5)
    ),
)


def bone_that_carries(bone: str, rig: Mapping[str, Any]) -> str:
    """The first of `BONES` on the way from ``bone`` up the rig to its root."""
    while bone not in BONES:
        bone = rig[bone]["parent"]
    return bone


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """All that is taken from the mesh files.

    Attributes:
        vertices: float32 (N, 3).
        quads: part → int32 (F, 4), rows of ``vertices``.
        bone_indices: uint8 (N, 4), rows of `BONES`.
        bone_weights: float32 (N, 4), each row sums to 1.
        joint_vertices: name from `JOINTS` → int32 (K,): the joint is the mean of these vertices.
        masks: float32 (N, 3) in [0, 1], columns as in `Mask`.
        target_names: names of the shape targets.
        targets: float16 (T, N, 3), displacement at full strength.
    """

    vertices: NDArray[np.float32]
    quads: Mapping[Part, NDArray[np.int32]]
    bone_indices: NDArray[np.uint8]
    bone_weights: NDArray[np.float32]
    joint_vertices: Mapping[str, NDArray[np.int32]]
    masks: NDArray[np.float32]
    target_names: tuple[str, ...]
    targets: NDArray[np.float16]

    def save(self, path: Path) -> None:
        arrays: dict[str, Any] = {f"quads/{part}": quads for part, quads in self.quads.items()}
        arrays |= {f"joint/{name}": rows for name, rows in self.joint_vertices.items()}
        for name in ("vertices", "bone_indices", "bone_weights", "masks", "targets"):
            arrays[name] = getattr(self, name)
        arrays["target_names"] = np.array(self.target_names)
        unfinished = path.with_suffix(".part.npz")
        np.savez_compressed(unfinished, **arrays)
        unfinished.replace(path)

    @classmethod
    def load(cls, path: Path) -> BodyTemplate:
        """Raises: OSError or KeyError if ``path`` is not a file that `save` wrote."""
        with np.load(path) as data:
            return cls(
                vertices=data["vertices"],
                quads={part: data[f"quads/{part}"] for part in PARTS},
                bone_indices=data["bone_indices"],
                bone_weights=data["bone_weights"],
                joint_vertices={name: data[f"joint/{name}"] for name in JOINTS},
                masks=data["masks"],
                target_names=tuple(str(name) for name in data["target_names"]),
                targets=data["targets"],
            )
