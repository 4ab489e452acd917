"""Videos made on the spot."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np


def write_video(path: Path, frames: int = 12, fps: float = 30.0) -> Path:
    """A small moving pattern without a hand."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, (160, 120))
    assert writer.isOpened()
    for index in range(frames):
        picture = np.full((120, 160, 3), 60, np.uint8)
        cv2.circle(picture, (20 + 5 * index, 60), 15, (200, 180, 40), -1)
        writer.write(picture)
    writer.release()
    return path


def cut_video(source: Path, first: int, count: int, path: Path) -> Path:
    """``count`` frames of another video, from frame ``first`` on."""
    capture = cv2.VideoCapture(str(source))
    fps, width, height = (
        capture.get(prop)
        for prop in (cv2.CAP_PROP_FPS, cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
    )
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, (int(width), int(height))
    )
    for index in range(first + count):
        ok, picture = capture.read()
        assert ok
        if index >= first:
            writer.write(picture)
    capture.release()
    writer.release()
    return path


def write_picture(path: Path) -> Path:
    """A plain grey picture; also under names that OpenCV cannot open on every system."""
    ok, content = cv2.imencode(path.suffix, np.full((48, 64, 3), 128, np.uint8))
    assert ok
    path.write_bytes(content.tobytes())
    return path
