"""What stands and hangs in a painted room. Places are shares of the picture, colours BGR to 255."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Canvas = NDArray[np.float32]
"""(height, width, 3) BGR, 0 to 255, painted in place."""

Color = NDArray[np.float64]


def smooth_noise(rng: np.random.Generator, width: int, height: int, cell: float) -> Canvas:
    """(height, width) in about [-1, 1], features of ``cell`` pixels."""
    small = rng.normal(0, 0.6, (max(int(height / cell), 2) + 1, max(int(width / cell), 2) + 1))
    big = cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(big, np.float32)


ANY_HUE, WOOD_HUE, LEAF_HUE = (0, 180), (8, 20), (35, 70)
"""OpenCV's hue in half degrees."""


def any_color(
    rng: np.random.Generator,
    value: tuple[float, float],
    saturation: tuple[float, float],
    hue: tuple[float, float] = ANY_HUE,
) -> Color:
    """A random colour as BGR in 0 to 255; value and saturation in [0, 1]."""
    hsv = [rng.uniform(*hue), rng.uniform(*saturation) * 255, rng.uniform(*value) * 255]
    bgr = cv2.cvtColor(np.array([[hsv]], np.uint8), cv2.COLOR_HSV2BGR)
    return np.asarray(bgr[0, 0], float)


def paint_wall(rng: np.random.Generator, width: int, height: int) -> Canvas:
    """A painted wall with light falling off to one side."""
    base = any_color(rng, (0.35, 0.92), (0.02, 0.28))
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 1 + rng.uniform(-0.22, 0.22) * x + rng.uniform(-0.18, 0.08) * y
    light = light + 0.05 * smooth_noise(rng, width, height, width / 4)
    light = light + 0.012 * smooth_noise(rng, width, height, 3)
    return (base * light[..., None]).astype(np.float32)


def fill_box(
    canvas: Canvas, box: tuple[float, float, float, float], color: Color, shade: float = 0.15
) -> None:
    """Fill x0, y0, x1, y1 (shares of the picture) with a little light from above."""
    height, width = canvas.shape[:2]
    x0, x1 = (round(np.clip(v, 0, 1) * width) for v in (box[0], box[2]))
    y0, y1 = (round(np.clip(v, 0, 1) * height) for v in (box[1], box[3]))
    if x1 > x0 and y1 > y0:
        fall = np.linspace(1 + shade / 2, 1 - shade, y1 - y0)[:, None, None]
        canvas[y0:y1, x0:x1] = color * fall


def _shadow(canvas: Canvas, box: tuple[float, float, float, float], strength: float) -> None:
    """Darken softly beside and below a box, as things on a wall do."""
    height, width = canvas.shape[:2]
    mask = np.zeros((height, width), np.float32)
    x0, x1 = (round((v + 0.012) * width) for v in (box[0], box[2]))
    y0, y1 = (round((v + 0.02) * height) for v in (box[1], box[3]))
    cv2.rectangle(mask, (x0, y0), (x1, y1), 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), width * 0.012)
    canvas *= 1 - strength * np.asarray(soft)[..., None]


def hang_picture(rng: np.random.Generator, canvas: Canvas) -> None:
    wide, high = rng.uniform(0.1, 0.24), rng.uniform(0.14, 0.34)
    x, y = rng.uniform(0, 1 - wide), rng.uniform(0.02, 0.4)
    box = (x, y, x + wide, y + high)
    _shadow(canvas, box, 0.35)
    fill_box(canvas, box, any_color(rng, (0.1, 0.9), (0.05, 0.5)))
    inner = (x + 0.012, y + 0.016, x + wide - 0.012, y + high - 0.016)
    fill_box(canvas, inner, any_color(rng, (0.4, 0.95), (0.05, 0.4)))
    for _ in range(int(rng.integers(2, 5))):
        height, width = canvas.shape[:2]
        centre = (
            int(rng.uniform(inner[0], inner[2]) * width),
            int(rng.uniform(inner[1], inner[3]) * height),
        )
        radius = int(rng.uniform(0.01, 0.035) * width)
        cv2.circle(
            canvas, centre, radius, any_color(rng, (0.3, 0.9), (0.2, 0.7)).tolist(), -1, cv2.LINE_AA
        )


def _books(
    rng: np.random.Generator, canvas: Canvas, left: float, right: float, foot: float, high: float
) -> None:
    """A row of books that stand on a board at ``foot``."""
    x = left
    while x < right - 0.012:
        wide = rng.uniform(0.009, 0.028)
        if rng.random() < 0.09:
            x += rng.uniform(0.02, 0.06)
            continue
        tall = high * rng.uniform(0.62, 0.95)
        box = (x, foot - tall, min(x + wide, right), foot)
        color = any_color(rng, (0.15, 0.85), (0.1, 0.75))
        fill_box(canvas, box, color, 0.25)
        band = foot - tall * rng.uniform(0.6, 0.9)
        fill_box(canvas, (x, band, box[2], band + tall * 0.06), color * 0.6 + 80, 0.0)
        fill_box(canvas, (box[2] - 0.0025, foot - tall, box[2], foot), color * 0.45, 0.0)
        x += wide


def put_shelves(rng: np.random.Generator, canvas: Canvas, left: float, right: float) -> None:
    wood = any_color(rng, (0.2, 0.85), (0.1, 0.55), WOOD_HUE)
    back = wood * rng.uniform(0.35, 0.6)
    _shadow(canvas, (left, 0.0, right, 1.0), 0.3)
    fill_box(canvas, (left, 0.0, right, 1.0), back, 0.05)
    rows = int(rng.integers(3, 6))
    step = 1.0 / rows
    for row in range(rows + 1):
        foot = (row + rng.uniform(-0.03, 0.03)) * step
        _books(rng, canvas, left + 0.012, right - 0.012, foot, step * 0.85)
        fill_box(canvas, (left, foot, right, foot + 0.02), wood)
    for x in (left, right - 0.012):
        fill_box(canvas, (x, 0.0, x + 0.012, 1.0), wood * 0.85)


def put_window(rng: np.random.Generator, canvas: Canvas, left: float, right: float) -> None:
    top, bottom = rng.uniform(0.0, 0.12), rng.uniform(0.5, 0.85)
    height, width = canvas.shape[:2]
    sky = any_color(rng, (0.85, 1.0), (0.02, 0.25), (95, 115))
    fill_box(canvas, (left, top, right, bottom), sky, 0.1)
    horizon = rng.uniform(0.55, 0.85)
    green = any_color(rng, (0.3, 0.65), (0.25, 0.5), LEAF_HUE)
    ground = top + (bottom - top) * horizon
    fill_box(canvas, (left, ground, right, bottom), green, 0.3)
    for _ in range(14):
        centre = (int(rng.uniform(left, right) * width), int(ground * height))
        cv2.circle(
            canvas,
            centre,
            int(rng.uniform(0.01, 0.05) * width),
            (green * rng.uniform(0.6, 1.1)).tolist(),
            -1,
            cv2.LINE_AA,
        )
    frame = any_color(rng, (0.5, 0.98), (0.0, 0.15))
    bar = 0.012
    middle = (left + right) / 2
    for x in (left, middle - bar / 2, right - bar):
        fill_box(canvas, (x, top, x + bar, bottom), frame)
    for y in (top, bottom - bar):
        fill_box(canvas, (left, y, right, y + bar * 1.3), frame)
    fill_box(canvas, (left - 0.01, bottom, right + 0.01, bottom + 0.03), frame * 0.92)


def put_plant(rng: np.random.Generator, canvas: Canvas, x: float, foot: float) -> None:
    height, width = canvas.shape[:2]
    green = np.array([60, 120, 70]) * rng.uniform(0.6, 1.3)
    spread = rng.uniform(0.06, 0.13)
    for _ in range(int(rng.integers(26, 60))):
        angle = rng.uniform(-1.25, 1.25)
        reach = spread * rng.uniform(0.5, 1.5)
        tip = np.array([x + np.sin(angle) * reach, foot - 0.08 - np.cos(angle) * reach * 1.5])
        centre = (int(tip[0] * width), int(tip[1] * height))
        axes = (int(0.022 * width * rng.uniform(0.6, 1.4)), int(0.009 * width))
        shade = (green * rng.uniform(0.5, 1.35)).tolist()
        cv2.ellipse(
            canvas, centre, axes, float(np.degrees(angle) - 90), 0, 360, shade, -1, cv2.LINE_AA
        )
    fill_box(
        canvas, (x - 0.035, foot - 0.1, x + 0.035, foot), any_color(rng, (0.4, 0.9), (0.05, 0.5))
    )


def put_lamp(rng: np.random.Generator, canvas: Canvas, x: float) -> None:
    """A lit shade and its glow on the wall."""
    height, width = canvas.shape[:2]
    y = rng.uniform(0.2, 0.5)
    xx, yy = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 0.75, height))
    glow = np.exp(-(((xx - x) / 0.2) ** 2 + ((yy - y * 0.75) / 0.2) ** 2))
    canvas += (glow[..., None] * np.array([40, 75, 95]) * rng.uniform(0.5, 1.1)).astype(np.float32)
    shape = np.array(
        [[x - 0.035, y - 0.06], [x + 0.035, y - 0.06], [x + 0.06, y + 0.06], [x - 0.06, y + 0.06]]
    ) * (width, height)
    cv2.fillPoly(canvas, [shape.astype(np.int32)], (170.0, 220.0, 245.0), cv2.LINE_AA)
    fill_box(canvas, (x - 0.004, y + 0.06, x + 0.004, 1.0), any_color(rng, (0.1, 0.5), (0.1, 0.4)))
