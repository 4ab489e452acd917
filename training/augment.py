"""What training varies, all of it before the app's own crop and normalisation.

A context (see `training.cache`) is mirrored, turned, given another background, shifted and scaled;
then `gesture_app.core.preprocess` cuts and normalises it as it does live.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from gesture_app.core.preprocess import Square
from gesture_app.core.types import BgrImage, FloatArray

UPRIGHT_GESTURES = frozenset(
    {
        "one",
        "two_up",
        "peace",
        "three",
        "three2",
        "four",
        "stop",
        "stop_inverted",
        "palm",
        "rock",
    }
)
"""Gestures whose fingers point up. Turned by 75 to 285 degrees the hand points sideways or down,
which is no gesture: more, and harder, negatives than the data sets have."""

INDEX_TIP = 8

THUMB_GESTURES = frozenset({"like", "dislike"})
"""Turned by 65 to 115 degrees the thumb points sideways: neither like nor dislike."""


def can_become_negative(label: str) -> bool:
    """Whether a hand with this label, turned far enough, is no gesture any more."""
    return label in UPRIGHT_GESTURES or label in THUMB_GESTURES


def draw_angle(rng: Generator, label: str, as_negative: bool) -> float:
    """Degrees to turn a hand by: a little, or so far that it is no gesture any more."""
    if not as_negative:
        return float(np.clip(rng.normal(0, 10), -28, 28))
    low, high = (75, 285) if label in UPRIGHT_GESTURES else (65, 115)
    return float(rng.uniform(low, high) * rng.choice([-1, 1]))


def mirror(view: HandContext) -> HandContext:
    """Left and right exchanged; every gesture keeps its label."""
    left, top, right, bottom = view.picture_box
    box = np.array([CONTEXT_SIZE - right, top, CONTEXT_SIZE - left, bottom], np.float32)
    return HandContext(view.bgr[:, ::-1], mirror_landmarks(view.landmarks), box)


def mirror_landmarks(landmarks: FloatArray) -> FloatArray:
    """The same for landmarks (..., 21, 3) in context pixels."""
    mirrored = landmarks.copy()
    mirrored[..., 0] = CONTEXT_SIZE - mirrored[..., 0]
    return mirrored


def replace_border(view: HandContext, background: BgrImage) -> HandContext:
    """Show ``background`` (same shape) where the context has only replicated border pixels."""
    left, top, right, bottom = np.clip(np.round(view.picture_box), 0, CONTEXT_SIZE).astype(int)
    bgr = background.copy()
    bgr[top:bottom, left:right] = view.bgr[top:bottom, left:right]
    return replace(view, bgr=bgr)


def paste(view: HandContext, background: BgrImage) -> HandContext:
    """Cut the hand out and paste it in front of ``background`` (same shape).

    Dwibedi et al. 2017, "Cut, Paste and Learn". The outline is drawn along the landmarks and
    softened; a little of what was around the hand comes along, as it does at the edges of real
    hands.
    """
    outline = hand_outline(view.landmarks)[..., None]
    bgr = view.bgr * outline + background * (1 - outline)
    whole = np.array([0, 0, CONTEXT_SIZE, CONTEXT_SIZE], np.float32)
    return HandContext(_pixels(bgr), view.landmarks, whole)


def align(other: HandContext, view: HandContext) -> BgrImage:
    """``other``'s picture moved and scaled so that its index finger's tip and the size of its hand
    are where ``view`` has them."""
    scale = _palm(view.landmarks) / _palm(other.landmarks)
    offset = view.landmarks[INDEX_TIP, :2] - scale * other.landmarks[INDEX_TIP, :2]
    matrix = np.array([[scale, 0, offset[0]], [0, scale, offset[1]]], np.float64)
    size = (CONTEXT_SIZE, CONTEXT_SIZE)
    return _pixels(cv2.warpAffine(other.bgr, matrix, size, borderMode=cv2.BORDER_REPLICATE))


def hand_outline(landmarks: FloatArray) -> FloatArray:
    """Where the hand is: float32 (CONTEXT_SIZE, CONTEXT_SIZE) in [0, 1], soft at its edge.

    Fingers are strips along their bones, the palm and the beginning of the arm polygons; widths are
    parts of the palm's length, found by eye on a few dozen crops.
    """
    points, palm = landmarks[:, :2], _palm(landmarks)
    mask = np.zeros((CONTEXT_SIZE, CONTEXT_SIZE), np.uint8)

    def strip(rows: Sequence[int], width: float) -> None:
        line = np.round(points[list(rows)]).astype(np.int32)
        cv2.polylines(mask, [line], False, 255, max(int(palm * width), 2), cv2.LINE_AA)

    strip((0, 1, 2, 3, 4), 0.27)
    for knuckle in (5, 9, 13, 17):
        strip(range(knuckle, knuckle + 4), 0.24)
    strip((0, 5, 9, 13, 17, 0), 0.25)
    hull = np.asarray(cv2.convexHull(points[[0, 1, 2, 5, 9, 13, 17]].astype(np.float32)))
    cv2.fillPoly(mask, [np.round(hull).astype(np.int32)], 255)
    arm = np.stack([points[0], points[0] + 1.5 * (points[0] - points[9])])
    cv2.polylines(mask, [np.round(arm).astype(np.int32)], False, 255, max(int(palm * 0.5), 2))
    soft = cv2.GaussianBlur(mask, (0, 0), max(palm * 0.03, 0.8))
    return np.asarray(soft / np.float32(255), np.float32)


def _palm(landmarks: FloatArray) -> float:
    """Length or width of the palm, whichever is seen larger, in pixels."""
    points = landmarks[:, :2]
    length, width = points[9] - points[0], points[17] - points[5]
    return max(float(np.hypot(*length)), float(np.hypot(*width)), 8.0)


def turn(view: HandContext, degrees: float) -> HandContext:
    """Turn picture and landmarks about the centre, counter-clockwise."""
    middle = CONTEXT_SIZE / 2
    matrix = cv2.getRotationMatrix2D((middle, middle), degrees, 1.0)
    size = (CONTEXT_SIZE, CONTEXT_SIZE)
    bgr = _pixels(cv2.warpAffine(view.bgr, matrix, size, borderMode=cv2.BORDER_REFLECT_101))
    return replace(view, bgr=bgr, landmarks=turn_landmarks(view.landmarks, degrees))


def turn_landmarks(landmarks: FloatArray, degrees: ArrayLike) -> FloatArray:
    """The same for landmarks (..., 21, 3); ``degrees`` a number or an array (...)."""
    middle = CONTEXT_SIZE / 2
    angle = np.radians(np.asarray(degrees))[..., None]
    x, y = landmarks[..., 0] - middle, landmarks[..., 1] - middle
    turned = landmarks.copy()
    # y points down, so that a counter-clockwise turn as seen has the signs of a clockwise one.
    turned[..., 0] = middle + x * np.cos(angle) + y * np.sin(angle)
    turned[..., 1] = middle - x * np.sin(angle) + y * np.cos(angle)
    return turned


def jitter_landmarks(landmarks: FloatArray, rng: Generator) -> FloatArray:
    """The detector is off by a percent or two of the hand (..., 21, 3), each point its own way."""
    extent = np.ptp(landmarks[..., :2], axis=-2).max(axis=-1)[..., None, None]
    noise = rng.normal(0, (0.012, 0.012, 0.04), landmarks.shape) * extent
    return np.asarray(landmarks + noise, np.float32)


def tilt_landmarks(landmarks: FloatArray, rng: Generator) -> FloatArray:
    """Hands (N, 21, 3) seen from elsewhere: turned in space about an axis in the picture's plane.

    Pictures cannot be turned so; landmarks can, since their z is depth on the scale of x.
    """
    from scipy.spatial.transform import Rotation  # heavy, and not wanted by all who vary hands

    count = len(landmarks)
    direction = rng.uniform(0, 2 * np.pi, count)
    axes = np.stack([np.cos(direction), np.sin(direction), np.zeros(count)], 1)
    angles = np.radians(rng.normal(0, 15, count))
    rotations = Rotation.from_rotvec(axes * angles[:, None]).as_matrix()
    centers = landmarks.mean(axis=1, keepdims=True)
    tilted = np.einsum("nij,nkj->nki", rotations, landmarks - centers) + centers
    return np.asarray(tilted, np.float32)


def jitter_square(square: Square, rng: Generator) -> Square:
    """Boxes around landmarks are never quite right: scale by 0.85 to 1.2, shift by 4 %."""
    return Square(
        square.center_x + float(rng.normal(0, 0.04)) * square.side,
        square.center_y + float(rng.normal(0, 0.04)) * square.side,
        square.side * float(rng.uniform(0.85, 1.2)),
    )


def degrade(crop: BgrImage, rng: Generator) -> BgrImage:
    """Light, colour, blur, noise, resolution and JPEG as poor webcams have them."""
    size = crop.shape[0]
    if rng.random() < 0.25:  # a hand far away
        small = max(round(size * rng.uniform(0.3, 0.7)), 8)
        crop = _pixels(cv2.resize(crop, (small, small), interpolation=cv2.INTER_AREA))
        crop = _pixels(cv2.resize(crop, (size, size), interpolation=cv2.INTER_LINEAR))
    elif rng.random() < 0.2:  # a hand in motion
        crop = _motion_blur(crop, rng)
    light = _relight(crop, rng)
    if rng.random() < 0.3:
        light += rng.normal(0, rng.uniform(2, 10), light.shape).astype(np.float32)
    if rng.random() < 0.15:
        light = np.repeat(light.mean(2, keepdims=True), 3, axis=2)
    crop = _pixels(np.clip(light, 0, 255))
    if rng.random() < 0.3:
        crop = _jpeg(crop, int(rng.integers(25, 80)))
    return _erase(crop, rng) if rng.random() < 0.2 else crop


def _pixels(values: NDArray[Any]) -> BgrImage:
    return values.astype(np.uint8, copy=False)


def _jpeg(bgr: BgrImage, quality: int) -> BgrImage:
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _pixels(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR)))


def _relight(bgr: BgrImage, rng: Generator) -> NDArray[np.float32]:
    gains = rng.normal(1, 0.06, 3) * np.exp(rng.normal(0, 0.3))
    contrast = rng.uniform(0.7, 1.3)
    out = bgr.astype(np.float32) * gains.astype(np.float32)
    middle = out.mean()
    return np.asarray((out - middle) * np.float32(contrast) + middle, np.float32)


def _motion_blur(bgr: BgrImage, rng: Generator) -> BgrImage:
    length = int(rng.integers(3, 9))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    matrix = cv2.getRotationMatrix2D(
        ((length - 1) / 2, (length - 1) / 2), float(rng.uniform(0, 180)), 1
    )
    kernel = cv2.warpAffine(kernel, matrix, (length, length))
    kernel /= max(float(kernel.sum()), 1e-6)
    return _pixels(cv2.filter2D(bgr, -1, kernel))


def _erase(bgr: BgrImage, rng: Generator) -> BgrImage:
    """Random erasing (Zhong et al. 2017): a patch of at most a tenth of the crop is hidden."""
    size = bgr.shape[0]
    width, height = (int(rng.integers(size // 10, size // 3)) for _ in range(2))
    x, y = int(rng.integers(0, size - width)), int(rng.integers(0, size - height))
    out = bgr.copy()
    out[y : y + height, x : x + width] = rng.integers(0, 256, 3)
    return out
