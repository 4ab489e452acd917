"""Rotations as 3x3 matrices that act on column vectors. Angles are degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def unit(vector: ArrayLike) -> Array:
    """``vector`` scaled to length 1; a zero vector stays zero."""
    out = np.asarray(vector, float)
    return out / max(float(np.sqrt(out @ out)), 1e-12)


def cross(a: Array, b: Array) -> Array:
    """Vector product of two (3,) vectors; NumPy's own, made for any shape, takes ten times as long
    and was half of the time that it takes to pose an arm."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def about(axis: ArrayLike, degrees: float) -> Array:
    """Right-handed rotation by ``degrees`` about ``axis`` (Rodrigues' formula)."""
    x, y, z = unit(axis)
    angle = np.deg2rad(degrees)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    rotation: Array = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return rotation


def about_x(degrees: float) -> Array:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def about_y(degrees: float) -> Array:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def about_z(degrees: float) -> Array:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def frame(y: ArrayLike, z: ArrayLike) -> Array:
    """Columns x, y, z: y as given, z the part of ``z`` at right angles to it, x = y x z."""
    along = unit(y)
    normal = np.asarray(z, float)
    normal = unit(normal - along * (along @ normal))
    return np.stack([cross(along, normal), along, normal], axis=1)


def between(start: ArrayLike, end: ArrayLike) -> Array:
    """The smallest rotation that takes the direction ``start`` to ``end``."""
    a, b = unit(start), unit(end)
    axis = cross(a, b)
    sine = float(np.sqrt(axis @ axis))
    if sine < 1e-9:
        other = np.array([1.0, 0, 0]) if abs(a[0]) < 0.9 else np.array([0, 1.0, 0])
        return np.eye(3) if a @ b > 0 else about(cross(a, other), 180)
    return about(axis, float(np.degrees(np.arctan2(sine, a @ b))))


def to_vector(rotation: Array) -> Array:
    """Axis times angle in degrees; inverse of `from_vector`."""
    cosine = np.clip((np.trace(rotation) - 1) / 2, -1, 1)
    angle = float(np.degrees(np.arccos(cosine)))
    if angle < 1e-6:
        return np.zeros(3)
    axis = np.array(
        [
            rotation[2, 1] - rotation[1, 2],
            rotation[0, 2] - rotation[2, 0],
            rotation[1, 0] - rotation[0, 1],
        ]
    )
    if angle > 179.0:
        # Near half a turn the antisymmetric part vanishes; the symmetric one holds the axis.
        column = int(np.argmax(np.diag(rotation)))
        precise = unit((rotation + rotation.T + 2 * np.eye(3))[:, column])
        axis = precise if precise @ axis >= 0 else -precise
    return unit(axis) * angle


def from_vector(vector: Array) -> Array:
    return about(vector, float(np.linalg.norm(vector)))


def blend(start: Array, end: Array, share: float) -> Array:
    """The rotation ``share`` of the shortest way from ``start`` to ``end``."""
    step: Array = start @ from_vector(to_vector(start.T @ end) * share)
    return step


def twist_about(axis: ArrayLike, rotation: Array) -> float:
    """Degrees in (-180, 180] by which ``rotation`` turns about ``axis`` (swing-twist split)."""
    direction = unit(axis)
    swing = between(direction, rotation @ direction)
    return float(to_vector(swing.T @ rotation) @ direction)
