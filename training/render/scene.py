"""What a picture is made of, as values: camera, lamps, skin, clothes, hair.

Colours are linear RGB in [0, 1] unless said otherwise, lengths decimetres, angles degrees, in the
body's axes (x to the person's left, y up, z to the front).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.render.rotation import Array, unit

Rgb = tuple[float, float, float]
Vec3 = tuple[float, float, float]

NEAR, FAR = 0.5, 60.0
"""Clip distances in decimetres."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera without distortion.

    Attributes:
        eye: where it is.
        target: what is in the middle of the picture.
        roll: turn about the line of sight.
        fov: vertical field of view.
        width, height: pixels.
    """

    eye: Vec3
    target: Vec3
    roll: float = 0.0
    fov: float = 40.0
    width: int = 640
    height: int = 480

    def view(self) -> Array:
        """Body axes → camera axes (x right, y up, looking along -z), float64 (4, 4)."""
        back = unit(np.subtract(self.eye, self.target))
        tilt = np.deg2rad(self.roll)
        right = unit(np.cross((0.0, 1.0, 0.0), back))
        up = np.cross(back, right)
        right, up = (
            right * np.cos(tilt) + up * np.sin(tilt),
            up * np.cos(tilt) - right * np.sin(tilt),
        )
        axes = np.stack([right, up, back])
        out = np.eye(4)
        out[:3, :3] = axes
        out[:3, 3] = -axes @ np.asarray(self.eye)
        return out

    def projection(self) -> Array:
        """Camera axes → clip space of OpenGL, float64 (4, 4)."""
        focal = 1 / np.tan(np.deg2rad(self.fov) / 2)
        depth = NEAR - FAR
        return np.array(
            [
                [focal * self.height / self.width, 0, 0, 0],
                [0, focal, 0, 0],
                [0, 0, (FAR + NEAR) / depth, 2 * FAR * NEAR / depth],
                [0, 0, -1, 0],
            ]
        )

    def project(self, points: Array) -> Array:
        """Points (N, 3) → pixels (N, 2), origin at the upper left corner, y down."""
        homogeneous = np.concatenate([points, np.ones((len(points), 1))], axis=1)
        clip = homogeneous @ (self.projection() @ self.view()).T
        ndc = clip[:, :2] / clip[:, 3:]
        pixels: Array = (ndc * (1, -1) + 1) / 2 * (self.width, self.height)
        return pixels


@dataclass(frozen=True, slots=True)
class Lighting:
    """One lamp or window, and what comes back from the room.

    Attributes:
        key_from: direction from the person to the lamp.
        key: its colour times strength.
        key_softness: radius of the shadow's blur in shadow-map texels.
        sky, ground: colour times strength of the light from above and below.
        side: colour times strength of a window to the side that `side_from` points to.
        side_from: direction to it.
    """

    key_from: Vec3
    key: Rgb
    key_softness: float
    sky: Rgb
    ground: Rgb
    side: Rgb
    side_from: Vec3


@dataclass(frozen=True, slots=True)
class Skin:
    """Skin of one person.

    Attributes:
        back: albedo of the back of the hand and the face.
        palm: albedo of palm and finger pads.
        lip, nail: albedo.
        blotch: strength of uneven colour, about 0.1 to 0.5.
        bump: strength of pores and lines, about 0.3 to 1.2.
        shine: strength of the reflection, about 0.3 to 1.2.
    """

    back: Rgb
    palm: Rgb
    lip: Rgb
    nail: Rgb
    blotch: float
    bump: float
    shine: float


@dataclass(frozen=True, slots=True)
class Clothes:
    """Upper garment.

    Attributes:
        color, accent: main colour and colour of the pattern.
        pattern: 0 plain, 1 stripes across, 2 stripes along, 3 checks, 4 melange.
        sleeve: where the sleeve ends: 0 shoulder, 1 elbow, 2 wrist.
        collar: how far the neckline reaches forward from the neck's axis in decimetres: 0.7 is a
            crew neck, 1.0 shows the collarbones.
        looseness: distance from the skin in decimetres.
    """

    color: Rgb
    accent: Rgb
    pattern: int
    sleeve: float
    collar: float
    looseness: float


@dataclass(frozen=True, slots=True)
class Hair:
    """Hair on the head.

    Attributes:
        color: albedo.
        thickness: decimetres; 0 is shaved.
        drop: how far it hangs below a short cut at the back, tucked behind the ears, decimetres.
        brow: darkness of the eyebrows in [0, 1].
        stubble: darkness of a shaved beard in [0, 1].
    """

    color: Rgb
    thickness: float
    drop: float
    brow: float
    stubble: float


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a person that is not shape or pose."""

    skin: Skin
    clothes: Clothes
    hair: Hair
    iris: Rgb
