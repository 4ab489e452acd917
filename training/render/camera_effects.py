"""What a cheap camera does to a picture: blur, noise, exposure, colour, compression."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gesture_app.core.types import BgrImage

MIDDLE = 0.42
"""Mean brightness that an automatic exposure aims at, in [0, 1] of the encoded picture."""

LUMA_GRAIN, COLOR_GRAIN = 0.6, 1.3
"""Standard deviation in sensor pixels to which the noise is blurred: a webcam's own processor
filters it, colour more than brightness, so that no webcam delivers the white noise of a sensor."""


@dataclass(frozen=True, slots=True)
class CameraEffects:
    """Flaws of a webcam.

    Attributes:
        auto: how far the camera evens out the brightness of scenes, 0 not at all, 1 fully.
        gain: exposure factor on top of that.
        gamma: 1 leaves it; above 1 darkens the middle tones.
        warmth: white balance error, positive is yellow, about -0.15 to 0.15.
        saturation: factor on colourfulness.
        defocus: standard deviation in pixels.
        motion: length of the smear in pixels; below 1 none.
        motion_angle: its direction in degrees.
        noise: standard deviation of the grain at mid grey in 8 bit levels, as delivered.
        shrink: the sensor has 1/shrink of the picture's resolution.
        vignette: darkening of the corners in [0, 1].
        quality: JPEG quality of the stream.
        seed: of the noise.
    """

    auto: float = 0.0
    gain: float = 1.0
    gamma: float = 1.0
    warmth: float = 0.0
    saturation: float = 1.0
    defocus: float = 0.0
    motion: float = 0.0
    motion_angle: float = 0.0
    noise: float = 0.0
    shrink: float = 1.0
    vignette: float = 0.0
    quality: int = 95
    seed: int = 0


def through_camera(bgr: BgrImage, effects: CameraEffects) -> BgrImage:
    """``bgr`` as that camera delivers it; uint8 of the same size."""
    height, width = bgr.shape[:2]
    image = bgr.astype(np.float32) / 255
    if effects.defocus > 0.2:
        image = cv2.GaussianBlur(image, (0, 0), effects.defocus)
    if effects.motion >= 1:
        image = cv2.filter2D(image, -1, _smear(effects.motion, effects.motion_angle))
    if effects.vignette > 0:
        x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
        image = image * (1 - effects.vignette * ((x**2 + y**2) / 2) ** 1.5)[..., None]
    image = image * np.clip((MIDDLE / max(float(image.mean()), 0.01)) ** effects.auto, 0.65, 1.15)
    grey = image.mean(axis=2, keepdims=True)
    image = grey + (image - grey) * effects.saturation
    balance = np.array([1 - effects.warmth, 1.0, 1 + effects.warmth])
    exposed = np.clip(image * balance * effects.gain, 0, 1) ** effects.gamma
    sensed = _sensor(np.asarray(exposed, np.float32), effects)
    out: BgrImage = np.clip(np.rint(sensed * 255), 0, 255).astype(np.uint8)
    if effects.quality < 95:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, effects.quality])
        out = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return out


def _smear(length: float, angle: float) -> NDArray[np.float32]:
    side = 2 * int(np.ceil(length / 2)) + 1
    kernel = np.zeros((side, side), np.float32)
    reach = np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))]) * length / 2
    middle = side // 2
    start, end = middle - reach, middle + reach
    cv2.line(kernel, (round(start[0]), round(start[1])), (round(end[0]), round(end[1])), 1.0)
    out: NDArray[np.float32] = kernel / kernel.sum()
    return out


def _sensor(image: NDArray[np.float32], effects: CameraEffects) -> NDArray[np.float32]:
    """Lower resolution, then noise that grows with the square root of the light."""
    height, width = image.shape[:2]
    if effects.shrink > 1.05:
        small = (round(width / effects.shrink), round(height / effects.shrink))
        image = cv2.resize(image, small, interpolation=cv2.INTER_AREA)
    if effects.noise > 0.1:
        spread = np.float32(effects.noise / 255) * np.sqrt(np.clip(image, 0.02, 1) * 2)
        image = np.asarray(image + spread * _grain(image.shape[:2], effects.seed), np.float32)
    if image.shape[:2] != (height, width):
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
    return image


def _grain(size: tuple[int, int], seed: int) -> NDArray[np.float32]:
    """float32 (height, width, 3) of standard deviation about 1, mostly the same in all channels."""
    rng = np.random.default_rng(seed)
    color = _smooth(rng.standard_normal((*size, 3), np.float32), COLOR_GRAIN)
    luma = _smooth(rng.standard_normal(size, np.float32), LUMA_GRAIN)
    return np.asarray(0.4 * color + 0.9 * luma[..., None], np.float32)


def _smooth(noise: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    smoothed = cv2.GaussianBlur(noise, (0, 0), sigma)
    return np.asarray(smoothed / smoothed.std(), np.float32)
