"""Rooms and walls behind the person, painted from a seed; no photograph is involved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from gesture_app.core.types import BgrImage
from training.render.furniture import (
    Canvas,
    any_color,
    fill_box,
    hang_picture,
    paint_wall,
    put_lamp,
    put_plant,
    put_shelves,
    put_window,
    smooth_noise,
)


@dataclass(frozen=True, slots=True)
class Background:
    """What is behind the person.

    Attributes:
        kind: a key of `PAINTERS`.
        seed: of everything that is painted.
        blur: how far out of focus, standard deviation in pixels of a 640 pixel wide picture.
        brightness: factor on the finished picture.
    """

    kind: str
    seed: int
    blur: float
    brightness: float


def paint_background(spec: Background, width: int, height: int) -> BgrImage:
    """uint8 BGR (height, width, 3). Raises: KeyError for an unknown kind."""
    rng = np.random.default_rng(spec.seed)
    canvas = PAINTERS[spec.kind](rng, width, height)
    canvas = canvas * np.float32(spec.brightness)
    if spec.blur > 0.2:
        canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), spec.blur * width / 640), np.float32)
    # A trace of grain keeps smooth walls from banding in eight bits.
    grainy = canvas + rng.normal(0, 0.6, canvas.shape[:2])[..., None]
    return np.clip(grainy, 0, 255).astype(np.uint8)


def paint_plain(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """A wall with nothing on it."""
    return paint_wall(rng, width, height)


def paint_room(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """A wall with pictures, and perhaps a shelf, a window, a lamp and a plant."""
    canvas = paint_wall(rng, width, height)
    on_left = rng.random() < 0.5
    if rng.random() < 0.55:
        wide = rng.uniform(0.18, 0.34)
        left = rng.uniform(-0.05, 0.08) if on_left else 1 - wide + rng.uniform(-0.08, 0.05)
        put_shelves(rng, canvas, left, left + wide)
    if rng.random() < 0.5:
        wide = rng.uniform(0.2, 0.32)
        left = rng.uniform(0.62, 0.78) if on_left else rng.uniform(-0.05, 0.1)
        put_window(rng, canvas, left, left + wide)
    for _ in range(int(rng.integers(0, 3))):
        hang_picture(rng, canvas)
    if rng.random() < 0.4:
        put_lamp(rng, canvas, rng.choice([rng.uniform(0.05, 0.25), rng.uniform(0.75, 0.95)]))
    if rng.random() < 0.6:
        put_plant(rng, canvas, rng.choice([rng.uniform(0, 0.2), rng.uniform(0.8, 1)]), 1.0)
    return canvas


def paint_bookshelf(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """Books all over."""
    canvas = paint_wall(rng, width, height)
    left = rng.uniform(-0.1, 0.1)
    put_shelves(rng, canvas, left, left + rng.uniform(0.45, 0.6))
    put_shelves(rng, canvas, left + 0.55, 1.1)
    return canvas


def paint_curtain(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """Folds of cloth from top to bottom."""
    base = any_color(rng, (0.3, 0.9), (0.03, 0.5))
    x = np.linspace(0, 1, width)
    bend = np.cumsum(1 + 0.5 * smooth_noise(rng, width, 2, width / 9)[0]) / width
    folds = np.sin(bend * rng.uniform(40, 110)) * 0.6 + np.sin(x * rng.uniform(8, 25)) * 0.3
    light = 1 + 0.22 * folds + 0.1 * np.linspace(0.6, -0.8, height)[:, None]
    return (base * light[..., None]).astype(np.float32)


def paint_bricks(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """A brick or tiled wall, sometimes whitewashed."""
    base = any_color(rng, (0.4, 0.9), (0.05, 0.5))
    mortar = base * rng.uniform(0.6, 0.95) + rng.uniform(-10, 30)
    canvas = np.empty((height, width, 3), np.float32)
    canvas[:] = mortar
    high = rng.uniform(0.035, 0.11)
    wide = high * rng.uniform(1.0, 2.6) * 0.75
    rows = int(1 / high) + 2
    for row in range(rows):
        offset = (row % 2) * wide / 2
        for column in range(int(1 / wide) + 3):
            x, y = (column - 1) * wide + offset, row * high
            tint = base * rng.normal(1, 0.07)
            fill_box(canvas, (x + 0.003, y + 0.004, x + wide - 0.003, y + high - 0.004), tint, 0.08)
    light = 1 + 0.12 * smooth_noise(rng, width, height, width / 3)
    return (canvas * light[..., None]).astype(np.float32)


def paint_foliage(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """Leaves and sky, as through a terrace door."""
    sky = any_color(rng, (0.7, 1.0), (0.02, 0.3))
    canvas = np.empty((height, width, 3), np.float32)
    canvas[:] = sky
    green = np.array([70, 130, 80]) * rng.uniform(0.5, 1.3) + rng.uniform(-15, 15, 3)
    for depth in np.linspace(0.4, 1.0, 4):
        for _ in range(260):
            x, y = rng.uniform(0, width), height * (1 - abs(rng.normal(0, 0.45)) * depth)
            size = rng.uniform(0.004, 0.02) * width * (0.6 + depth)
            shade = green * depth * rng.uniform(0.4, 1.4)
            cv2.ellipse(
                canvas,
                (int(x), int(y)),
                (int(size * 1.6), int(size)),
                float(rng.uniform(0, 180)),
                0,
                360,
                shade.tolist(),
                -1,
                cv2.LINE_AA,
            )
    return canvas


def paint_lights(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """A dark room with lights out of focus."""
    canvas = paint_wall(rng, width, height) * np.float32(rng.uniform(0.12, 0.4))
    for _ in range(int(rng.integers(12, 45))):
        layer = np.zeros_like(canvas)
        centre = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        radius = int(rng.uniform(0.008, 0.035) * width)
        color = (any_color(rng, (0.4, 1.0), (0.1, 0.7)) * rng.uniform(0.3, 0.9)).tolist()
        cv2.circle(layer, centre, radius, color, -1, cv2.LINE_AA)
        canvas += layer
    return canvas


PAINTERS: dict[str, Callable[[np.random.Generator, int, int], Canvas]] = {
    "plain": paint_plain,
    "room": paint_room,
    "bookshelf": paint_bookshelf,
    "curtain": paint_curtain,
    "bricks": paint_bricks,
    "foliage": paint_foliage,
    "lights": paint_lights,
}
