"""A person's build: shape parameters → rest vertices and joints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from training.render.body_template import BodyTemplate

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class BodyShape:
    """Build of a person. All values in [0, 1] unless said otherwise.

    Attributes:
        male: 0 female, 1 male.
        age: 0 child of about twelve, 0.4 young adult, 1 old.
        origin: weights of the mesh's three face families (african, asian, caucasian), sum 1.
        muscle, weight: 0.5 is average.
        details: signed strength in [-1, 1] of targets that come as pairs ``NAME-incr`` and
            ``NAME-decr``, or strength in [0, 1] of single targets such as ``head-oval``.
    """

    male: float = 0.5
    age: float = 0.4
    origin: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)
    muscle: float = 0.5
    weight: float = 0.5
    details: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """A body at rest.

    Attributes:
        vertices: float32 (N, 3), decimetres, same order as the template.
        joints: name from `JOINTS` → float32 (3,).
    """

    vertices: FloatArray
    joints: Mapping[str, FloatArray]


def _levels(value: float, names: tuple[str, str, str], middle: float) -> dict[str, float]:
    """Split ``value`` in [0, 1] into weights of low, middle and high; they sum to 1."""
    low, mid, high = names
    if value < middle:
        share = value / middle
        return {low: 1 - share, mid: share}
    share = (value - middle) / (1 - middle)
    return {mid: 1 - share, high: share}


def target_strengths(shape: BodyShape) -> dict[str, float]:
    """Name of each shape target that takes part → its strength."""
    sexes = {"female": 1 - shape.male, "male": shape.male}
    ages = _levels(shape.age, ("child", "young", "old"), 0.4)
    muscles = _levels(shape.muscle, ("min", "average", "max"), 0.5)
    weights = _levels(shape.weight, ("min", "average", "max"), 0.5)
    origins = dict(zip(("african", "asian", "caucasian"), shape.origin, strict=True))
    out: dict[str, float] = {}
    for sex, age in product(sexes, ages):
        share = sexes[sex] * ages[age]
        for origin, amount in origins.items():
            out[f"{origin}-{sex}-{age}"] = share * amount
        for muscle, weight in product(muscles, weights):
            name = f"universal-{sex}-{age}-{muscle}muscle-{weight}weight"
            out[name] = share * muscles[muscle] * weights[weight]
    for name, value in shape.details.items():
        out[_detail_target(name, value)] = abs(value)
    return {name: strength for name, strength in out.items() if strength > 1e-4}


_SINGLE_TARGETS = ("head-oval", "head-round", "head-square", "head-diamond", "smile", "brows-up")


def _detail_target(name: str, value: float) -> str:
    if name in _SINGLE_TARGETS:
        return name
    return f"{name}-{'incr' if value >= 0 else 'decr'}"


def build_body(template: BodyTemplate, shape: BodyShape) -> Body:
    """Raises: KeyError for a detail that the template has no target for."""
    strengths = target_strengths(shape)
    row = {name: i for i, name in enumerate(template.target_names)}
    vertices = template.vertices.copy()
    for name, strength in strengths.items():
        vertices += template.targets[row[name]].astype(np.float32) * np.float32(strength)
    joints = {name: vertices[rows].mean(axis=0) for name, rows in template.joint_vertices.items()}
    return Body(vertices, joints)
