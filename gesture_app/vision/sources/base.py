"""What a source of frames is: the `FrameSource` interface and the values around it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.types import Frame

_log = logging.getLogger(__name__)

Notify = Callable[[AppError], None]
"""Told of what a source survives, on the thread that reads it: a camera that was unplugged and is
being looked for, a picture in a folder that cannot be read."""


def log_notice(notice: AppError) -> None:
    """A `Notify` for those who show nothing: a notice is never lost without a trace."""
    _log.warning("%s", notice)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of an opened source.

    Attributes:
        name: shown to people, for example ``Integrated Camera`` or a file name.
        live: True if the world goes on without us (camera, network stream, demo): only the newest
            frame counts and drops are counted. False for files: nothing is dropped.
        width, height: pixels, measured on the first picture.
        fps: frames per second the source promises, 0.0 if it does not say.
        frame_count: number of frames, None where unknown or endless.
    """

    name: str
    live: bool
    width: int
    height: int
    fps: float
    frame_count: int | None


class SourceKind(StrEnum):
    CAMERA = "camera"
    FILE = "file"
    FOLDER = "folder"
    STREAM = "stream"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """Which source to open and how.

    Attributes:
        target: camera index or name, path, or URL; empty for the demo.
        width, height, fps: asked of a camera, which may answer with others.
        paced: play files at their own speed, as a window does, instead of as fast as possible.
        loop: start files and the demo again at their end.
    """

    kind: SourceKind
    target: str = ""
    width: int = 640
    height: int = 480
    fps: float = 30.0
    paced: bool = False
    loop: bool = False


class FrameSource(Protocol):
    """An opened source. One thread opens, reads and closes it."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""

    def read(self) -> Frame | None:
        """The next frame, waiting for it; None once the source has ended for good.

        Raises:
            SourceError: the source failed and will not recover.
        """

    def interrupt(self) -> None:
        """Make `read` return None from now on. Returns at once; any thread may call it."""

    def close(self) -> None:
        """Release device or file; `read` is not called afterwards. May be called twice."""
