"""Drawing random surroundings: light, room, camera and its flaws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.render.background import PAINTERS, Background
from training.render.camera_effects import CameraEffects
from training.render.rotation import Array, about_x, about_y, unit
from training.render.scene import Camera, Lighting, Rgb

HAND_LENGTH = 1.85
"""Decimetres from wrist to fingertip, about; ties the distance to the hand's size."""

FACE_ALBEDO = 0.28
"""Mean albedo for which the lamps' strengths are meant."""

FACE_METERING = 0.5
"""How far cameras even out the skin's brightness, 0 not at all, 1 fully. At 0.3 the palest skin was
burnt out to flat white in one still out of fifty."""

BACK_LIT, DIM = 0.12, 0.04
"""Shares of pictures with the lamp behind the person, and far too dark."""

WAIST_Y = 1.2
"""Decimetres in body axes below which the picture shall not reach."""

BACKGROUND_WEIGHTS = {
    "plain": 2,
    "room": 5,
    "bookshelf": 1.5,
    "curtain": 1,
    "bricks": 1,
    "foliage": 0.7,
    "lights": 0.7,
}


@dataclass(frozen=True, slots=True)
class Framing:
    """How the camera looks at the hand.

    Attributes:
        hand_share: length of an open hand relative to the picture's height.
        place: where the hand's middle lies, x and y in [-1, 1] of the picture, y up.
        yaw, pitch, roll, fov: degrees; the camera stands that far to the side and above.
    """

    hand_share: float
    place: tuple[float, float]
    yaw: float
    pitch: float
    roll: float
    fov: float


def draw_framing(rng: np.random.Generator, *, mirrored: bool) -> Framing:
    """Webcam distances: an open hand fills 24 to 65 % of the picture's height."""
    share = float(np.exp(rng.uniform(np.log(0.24), np.log(0.65))))
    # The face is usually in view too: the hand stays on its own side of the picture.
    side = -1.0 if mirrored else 1.0
    place = (float(side * rng.normal(0.28, 0.3)), float(rng.normal(-0.12, 0.3)))
    return Framing(
        share,
        place,
        yaw=float(rng.normal(0, 11)),
        pitch=float(rng.normal(0, 7)),
        roll=float(rng.normal(0, 3)),
        fov=float(rng.uniform(30, 58)),
    )


def camera_for(framing: Framing, hand: Array, *, width: int = 640, height: int = 480) -> Camera:
    """A camera that shows all of a hand where the framing wants it, or as near as it fits.

    Args:
        hand: float64 (21, 3), its joints.
    """
    middle = (hand.min(axis=0) + hand.max(axis=0)) / 2
    half = np.tan(np.deg2rad(framing.fov) / 2)
    distance = max(HAND_LENGTH / framing.hand_share / (2 * half), 2.6)
    turn = about_y(framing.yaw) @ about_x(-framing.pitch)
    right, up, back = turn[:, 0], turn[:, 1], turn[:, 2]
    # The further away, the lower the hand has to be in the picture to keep the legs out of it.
    lowest = (middle[1] - WAIST_Y) / (half * distance) - 1
    for shrink in (1.0, 0.75, 0.5, 0.25, 0.0):
        x = np.clip(framing.place[0], -0.9, 0.9) * shrink * half * distance * width / height
        y = np.clip(min(framing.place[1] * shrink, lowest), -0.9, 0.9) * half * distance
        target = middle - right * x - up * y
        eye = target + back * distance
        camera = Camera(
            (float(eye[0]), float(eye[1]), float(eye[2])),
            (float(target[0]), float(target[1]), float(target[2])),
            framing.roll,
            framing.fov,
            width,
            height,
        )
        if _inside(camera.project(hand), width, height):
            break
    return camera


def _inside(pixels: Array, width: int, height: int) -> bool:
    margin = 0.04 * height
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    return bool((low > margin).all() and (high < np.array([width, height]) - margin).all())


def draw_lighting(rng: np.random.Generator, skin: Rgb) -> Lighting:
    """From an overcast window to a lone lamp; some are lit from behind.

    Args:
        skin: albedo of the person; cameras expose for faces, so that light skin gets less light
            and dark skin more.
    """
    behind = rng.random() < BACK_LIT
    azimuth = rng.uniform(110, 160) * rng.choice([-1, 1]) if behind else rng.uniform(-80, 80)
    key_from = about_y(float(azimuth)) @ about_x(-float(rng.uniform(5, 60))) @ [0.0, 0.0, 1.0]
    contrast = rng.uniform(0.15, 0.85)
    level = rng.uniform(0.7, 1.1) * (FACE_ALBEDO / float(np.mean(skin))) ** FACE_METERING
    key = _white(rng) * (1.65 * contrast * level)
    sky = _white(rng) * (1.25 * (1 - contrast) + 0.22) * level
    ground = sky * rng.uniform(0.35, 0.8) * _white(rng)
    side = _white(rng) * rng.uniform(0, 0.6) * level
    side_from = unit((rng.choice([-1.0, 1.0]), rng.uniform(-0.1, 0.6), rng.uniform(-0.5, 0.4)))
    return Lighting(
        (float(key_from[0]), float(key_from[1]), float(key_from[2])),
        _rgb(key),
        float(rng.uniform(1.0, 6.0)),
        _rgb(sky),
        _rgb(ground),
        _rgb(side),
        (float(side_from[0]), float(side_from[1]), float(side_from[2])),
    )


def _white(rng: np.random.Generator) -> Array:
    """White from candle to blue sky."""
    warmth = rng.normal(0, 0.13)
    white: Array = np.array([1 + warmth, 1.0, 1 - 1.3 * warmth])
    return np.clip(white, 0.5, 1.5)


def _rgb(color: Array) -> Rgb:
    return float(color[0]), float(color[1]), float(color[2])


def draw_background(rng: np.random.Generator) -> Background:
    kinds = list(PAINTERS)
    weights = np.array([BACKGROUND_WEIGHTS[kind] for kind in kinds])
    kind = str(rng.choice(kinds, p=weights / weights.sum()))
    return Background(
        kind,
        int(rng.integers(2**31)),
        blur=float(rng.uniform(0.5, 6)),
        brightness=float(rng.uniform(0.5, 1.15)),
    )


def draw_effects(rng: np.random.Generator) -> CameraEffects:
    """Mostly decent webcams, some poor ones, a few in rooms that are too dark for them.

    The grain stays within that of real webcam pictures: at 448 pixels' width its level (Immerkaer
    1996, on the smoother 60 % of each picture) is 0.36 in the middle and 0.67 in the noisiest
    hundredth of the licensed data set, and 0.20 and 0.74 here.
    """
    poor, dim = rng.random() < 0.25, rng.random() < DIM
    gain = rng.uniform(0.45, 0.65) if dim else np.exp(rng.normal(0, 0.16 if poor else 0.1))
    return CameraEffects(
        auto=float(rng.uniform(0.5, 1.0)),
        gain=float(gain),
        gamma=float(np.exp(rng.normal(0, 0.12))),
        warmth=float(rng.normal(0, 0.05)),
        saturation=float(rng.uniform(0.65, 1.25)),
        defocus=float(rng.uniform(0, 1.6 if poor else 0.8)),
        motion=float(rng.uniform(0, 7)) if rng.random() < 0.25 else 0.0,
        motion_angle=float(rng.uniform(0, 180)),
        noise=float(rng.uniform(1, 3) if poor else rng.uniform(0.3, 1.6)),
        shrink=float(rng.uniform(1, 2.2)) if poor else 1.0,
        vignette=float(rng.uniform(0, 0.35)),
        quality=int(rng.integers(45, 95)),
        seed=int(rng.integers(2**31)),
    )
