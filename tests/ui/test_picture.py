"""Frames become pictures in the size, direction and colours of the screen."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtGui import QColor

from gesture_app.ui.picture import PictureTarget, fitted_size, render_picture


@pytest.mark.parametrize(
    ("frame", "room", "expected"),
    [
        ((1280, 720), (640, 640), (640, 360)),
        ((480, 640), (640, 640), (480, 640)),
        ((64, 48), (128, 10), (13, 10)),
        ((4000, 10), (100, 100), (100, 1)),
    ],
)
def test_the_shape_of_the_frame_is_kept(
    frame: tuple[int, int], room: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert fitted_size(*frame, *room) == expected


def test_blue_stays_blue_and_red_stays_red() -> None:
    bgr = np.zeros((10, 20, 3), np.uint8)
    bgr[:, :10] = (255, 0, 0)
    bgr[:, 10:] = (0, 0, 255)
    image = render_picture(bgr, PictureTarget(20, 10, mirrored=False)).image
    assert image.pixelColor(2, 5) == QColor("blue")
    assert image.pixelColor(17, 5) == QColor("red")


def test_mirroring_exchanges_left_and_right_and_leaves_the_frame_alone() -> None:
    bgr = np.zeros((10, 20, 3), np.uint8)
    bgr[:, :10] = (255, 0, 0)
    before = bgr.copy()
    image = render_picture(bgr, PictureTarget(20, 10, mirrored=True)).image
    assert image.pixelColor(17, 5) == QColor("blue")
    assert image.pixelColor(2, 5) == QColor("black")
    assert np.array_equal(bgr, before)
