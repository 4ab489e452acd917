"""Small videos and pictures that tests write themselves."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np

from gesture_app.core.types import BgrImage

CLIP_FPS = 25.0
CLIP_SIZE = (160, 120)


def clip_picture(index: int) -> BgrImage:
    """Picture ``index`` of every test clip: noise, so that each takes its share of the file, with
    a level from which `index_of` reads the index back after lossy compression."""
    noise = np.random.default_rng(index).integers(0, 9, (*CLIP_SIZE[::-1], 3), np.uint8)
    return (noise + np.uint8(20 + index * 7)).astype(np.uint8)


def index_of(picture: BgrImage) -> int:
    return round((float(picture.mean()) - 24.0) / 7)


def write_video(path: Path, frames: int = 20, codec: str = "MJPG") -> Path:
    """A clip of at most 30 frames; ``.avi`` with MJPG, ``.mp4`` with mp4v."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), CLIP_FPS, CLIP_SIZE)
    assert writer.isOpened()
    for index in range(frames):
        writer.write(clip_picture(index))
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


def truncate(path: Path, keep: float) -> Path:
    """Cut a file to a part of its length, as an interrupted copy does."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    return path


def turn_by_90_degrees(mp4: Path) -> Path:
    """Write "show me turned by 90 degrees clockwise" into a clip's metadata, as phones do."""
    content = bytearray(mp4.read_bytes())
    matrix_at = content.index(b"tkhd") + 4 + 40  # ISO/IEC 14496-12, TrackHeaderBox version 0
    struct.pack_into(">9i", content, matrix_at, 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    mp4.write_bytes(content)
    return mp4


def write_picture(path: Path, picture: BgrImage | None = None) -> Path:
    """Write a picture to any path, also one with characters beyond ASCII."""
    written, encoded = cv2.imencode(path.suffix, clip_picture(3) if picture is None else picture)
    assert written
    path.write_bytes(encoded.tobytes())
    return path
