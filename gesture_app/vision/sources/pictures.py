"""Pictures as a source: one file, or a folder walked in order."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from gesture_app.core.errors import SourceError
from gesture_app.core.types import BgrImage, Frame
from gesture_app.vision.sources.base import Notify, SourceInfo
from gesture_app.vision.sources.pacing import Pacer
from gesture_app.vision.sources.video import Playback, require_file

PICTURE_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})

PICTURE_FPS = 1.0
"""Pictures have no time of their own; one a second lets a window show them one after the other."""


def is_picture(path: Path) -> bool:
    """Whether a file counts as a picture, by its suffix."""
    return path.suffix.lower() in PICTURE_SUFFIXES


def find_pictures(folder: Path) -> tuple[Path, ...]:
    """All pictures under ``folder``, sorted by path; links to folders are not followed."""
    return tuple(
        sorted(
            Path(parent, name)
            for parent, _, names in os.walk(folder)
            for name in names
            if is_picture(Path(name))
        )
    )


def read_picture(path: Path) -> BgrImage:
    """Read a picture as uint8 BGR (height, width, 3), turned upright as its EXIF data say.

    Raises:
        SourceError: the file cannot be read, or is not a picture.
    """
    require_file(path)
    try:
        # cv2.imread cannot open paths with non-ASCII characters on Windows.
        picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    except (cv2.error, OSError, MemoryError):
        picture = None
    if picture is None:
        raise SourceError(
            f"{path.name} cannot be read",
            "it is not a picture, or it is damaged",
            "Open it with another program to check it, or choose another file.",
        )
    return np.asarray(picture, np.uint8)


class PictureSource:
    """Pictures one after the other; those that cannot be read are noticed and skipped.

    Args:
        paths: in the order in which they are shown.
        name: shown to people.

    Raises:
        SourceError: there is no picture that can be read.
    """

    def __init__(
        self, paths: Sequence[Path], name: str, playback: Playback, notify: Notify
    ) -> None:
        self._paths = paths
        self._playback = playback
        self._notify = notify
        self._interrupted = threading.Event()
        self._pacer = Pacer(self._interrupted.wait)
        self._next_path = 0
        self._index = 0
        self._known_bad: dict[Path, SourceError] = {}
        self._waiting = self._next_picture()
        if self._waiting is None:
            raise self._nothing_to_show(name)
        height, width = self._waiting.shape[:2]
        frame_count = None if playback.loop else len(paths)
        self._info = SourceInfo(name, playback.live, width, height, PICTURE_FPS, frame_count)

    @property
    def info(self) -> SourceInfo:
        return self._info

    def read(self) -> Frame | None:
        picture, self._waiting = self._waiting, None
        if picture is None:
            picture = self._next_picture()
        media_ms = self._index * 1000.0 / PICTURE_FPS
        if picture is not None and self._playback.paced:
            self._pacer.wait_for(media_ms)
        if picture is None or self._interrupted.is_set():
            return None
        frame = Frame(self._index, media_ms, time.perf_counter_ns(), picture)
        self._index += 1
        return frame

    def interrupt(self) -> None:
        self._interrupted.set()

    def close(self) -> None:
        self._interrupted.set()

    def _next_picture(self) -> BgrImage | None:
        """The next one that can be read; None at the end, or if a whole round has none."""
        for _ in range(len(self._paths)):
            if self._interrupted.is_set():
                return None
            if self._next_path == len(self._paths):
                if not self._playback.loop:
                    return None
                self._next_path = 0
            path = self._paths[self._next_path]
            self._next_path += 1
            try:
                return read_picture(path)
            except SourceError as error:
                if path not in self._known_bad:
                    self._known_bad[path] = error
                    self._notify(error)
        return None

    def _nothing_to_show(self, name: str) -> SourceError:
        if len(self._paths) == 1 and self._known_bad:
            return next(iter(self._known_bad.values()))
        return SourceError(
            f"{name} has nothing to show",
            f"none of its {len(self._paths)} pictures can be read"
            if self._paths
            else f"it holds no picture ({', '.join(sorted(PICTURE_SUFFIXES))})",
            "Choose another folder.",
        )


def open_pictures(path: Path, playback: Playback, notify: Notify) -> PictureSource:
    """Open one picture, or all under a folder.

    Raises:
        SourceError: the folder cannot be read, or there is no picture that can be read.
    """
    if is_picture(path) and not path.is_dir():
        return PictureSource((path,), path.name, playback, _ignore)
    try:
        with os.scandir(path):
            pass
    except OSError as error:
        raise SourceError(
            f"{path.name} cannot be opened",
            f"{path}: {error.strerror or error}",
            "Check the path, or choose another folder.",
        ) from error
    return PictureSource(find_pictures(path), path.name or str(path), playback, notify)


def _ignore(_: object) -> None:
    """A single picture that cannot be read is raised, so it need not be noticed as well."""
