"""Frame → picture ready to paint, in the size it will have on the screen.

Done where the frame was recognised, not on the GUI thread: scaling and mirroring there leaves a
plain copy of pixels for painting. Only the picture is mirrored; nothing the pipeline sees is.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PyQt6.QtGui import QImage

from gesture_app.core.types import BgrImage


@dataclass(frozen=True, slots=True)
class PictureTarget:
    """Where a picture will be shown.

    Attributes:
        width, height: room for it in physical pixels.
        mirrored: whether left and right are exchanged.
    """

    width: int
    height: int
    mirrored: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for one target.

    Attributes:
        image: Format_RGB32 over ``pixels``, which therefore have to live as long.
    """

    image: QImage
    pixels: np.ndarray
    target: PictureTarget


def fitted_size(width: int, height: int, room_width: int, room_height: int) -> tuple[int, int]:
    """The largest size of the same shape as width x height that fits into the room, at least 1."""
    scale = min(room_width / width, room_height / height)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def render_picture(bgr: BgrImage, target: PictureTarget) -> Picture:
    """Scale, mirror and convert a frame for painting; about 2 ms for 1280x720."""
    height, width = bgr.shape[:2]
    size = fitted_size(width, height, target.width, target.height)
    if size != (width, height):
        # Area averaging would be four times the price, and at video sizes nobody sees it.
        bgr = cv2.resize(bgr, size, interpolation=cv2.INTER_LINEAR)
    if target.mirrored:
        bgr = cv2.flip(bgr, 1)
    pixels = cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA)
    image = QImage(pixels.data, size[0], size[1], pixels.strides[0], QImage.Format.Format_RGB32)
    return Picture(image, pixels, target)
