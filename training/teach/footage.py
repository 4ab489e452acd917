"""Where pictures of one gesture come from: files, folders, videos, zips of Teachable Machine.

Each folder of pictures, each video and each zip is one recording: what was taken together must not
be torn apart when a model is judged.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from gesture_app.core.errors import AppError, SourceError
from gesture_app.core.types import BgrImage
from gesture_app.vision.sources import log_notice
from gesture_app.vision.sources.pictures import is_picture, read_picture
from gesture_app.vision.sources.video import FALLBACK_FPS, Playback, is_video, open_video
from training.data.errors import DataError
from training.data.sources import natural_order
from training.data.teachable_machine import ARCHIVE_SUFFIXES

VIDEO_RATE = 5.0
"""Frames a second that are looked at; those in between show hardly anything else."""

_STEP_MS = 1000 / VIDEO_RATE

FRAME_MARK = "@"
"""``clip.mp4@000120`` is the frame of that number."""

_LONGEST_NAME = 180
"""Of a file within a picture's origin, which holds 200 characters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to take a hand from.

    Attributes:
        origin: its name within the footage, which tells it from all others.
        read: uint8 BGR (height, width, 3). Raises: OSError, SourceError or PictureError.
    """

    origin: str
    read: Callable[[], BgrImage]


class Footage(Protocol):
    """Pictures that were taken together, in the order in which they were taken."""

    @property
    def recording(self) -> str:
        """Name of the recording that they become; the same one for the same place."""

    @property
    def source(self) -> str:
        """Where they come from, for people."""

    @property
    def moves(self) -> bool:
        """Whether they follow each other so closely that many are nearly the same."""

    def count(self) -> int:
        """How many there are, for a video about how many. Raises: AppError."""

    def pictures(self, after: str) -> Iterator[Picture]:
        """Those from the one with the origin ``after`` on, all of them if it is empty.

        Only what moves may leave any out. Raises: AppError.
        """


def find_footage(
    paths: Sequence[Path], label: str, refuse: Callable[[AppError], None]
) -> list[Footage]:
    """Everything below ``paths``; links to folders are not followed, hidden files left out.

    Args:
        label: chooses the class of a zip that holds several.
        refuse: told of each zip that is none, or not a safe one; it is left out.

    Raises:
        SourceError: a path does not exist, or holds nothing that could be taken.
        OSError: a folder cannot be read.
    """
    refused: list[AppError] = []
    files: dict[Path, list[str]] = {}
    found: list[Footage] = []
    for path in (path.expanduser().resolve() for path in paths):
        before = len(found) + len(refused) + sum(map(len, files.values()))
        if path.is_dir():
            for parent, folders, names in os.walk(path, onerror=_refuse):
                folders[:] = natural_order(name for name in folders if not name.startswith("."))
                refused += _sort_in(Path(parent), natural_order(names), label, files, found)
        else:
            refused += _sort_in(path.parent, [path.name], label, files, found)
        after = len(found) + len(refused) + sum(map(len, files.values()))
        if not path.exists() or after == before:
            raise _nothing_in(path)
    for error in refused:
        refuse(error)
    return [*(StillPictures(folder, tuple(names)) for folder, names in files.items()), *found]


def _refuse(error: OSError) -> None:
    """`os.walk` would pass over a folder that it cannot read."""
    raise error


def _sort_in(
    folder: Path,
    names: Sequence[str],
    label: str,
    files: dict[Path, list[str]],
    found: list[Footage],
) -> list[AppError]:
    """Add what is in a folder; what is there already, named twice, is not added again.

    Returns: why zips were left out.
    """
    refused: list[AppError] = []
    known = {footage.recording for footage in found}
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if is_picture(path):
            if name not in files.setdefault(folder, []):
                files[folder].append(name)
        elif recording_of(path) in known:
            continue
        elif is_video(path):
            found.append(VideoFrames(path))
        elif path.suffix.lower() in ARCHIVE_SUFFIXES:
            from training.teach.zipped_pictures import ZippedPictures

            try:
                found.append(ZippedPictures(path, label))
            except DataError as error:
                refused.append(error)
    return refused


def recording_of(path: Path) -> str:
    """One name for one place, so that what was taken from there is known again."""
    return "from-" + hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class StillPictures:
    """Picture files of one folder, in their natural order."""

    folder: Path
    names: tuple[str, ...]

    @property
    def recording(self) -> str:
        return recording_of(self.folder)

    @property
    def source(self) -> str:
        return self.folder.name

    @property
    def moves(self) -> bool:
        return False

    def count(self) -> int:
        return len(self.names)

    def pictures(self, after: str) -> Iterator[Picture]:  # noqa: ARG002
        for name in self.names:
            yield Picture(shortened(name), partial(read_picture, self.folder / name))


@dataclass(frozen=True, slots=True)
class VideoFrames:
    """Frames of a video, `VIDEO_RATE` a second."""

    path: Path

    @property
    def recording(self) -> str:
        return recording_of(self.path)

    @property
    def source(self) -> str:
        return self.path.name

    @property
    def moves(self) -> bool:
        return True

    def count(self) -> int:
        with closing(open_video(self.path, Playback(), log_notice)) as video:
            info = video.info
        frames = info.frame_count or 0
        return max(round(frames / (info.fps or FALLBACK_FPS) * VIDEO_RATE), 1)

    def pictures(self, after: str) -> Iterator[Picture]:
        first = int(after.rpartition(FRAME_MARK)[2]) if FRAME_MARK in after else 0
        next_ms = 0.0
        with closing(open_video(self.path, Playback(), log_notice)) as video:
            while (frame := video.read()) is not None:
                if frame.media_ms < next_ms:
                    continue
                next_ms = max(next_ms, frame.media_ms - _STEP_MS) + _STEP_MS
                if frame.index >= first:
                    origin = f"{shortened(self.path.name)}{FRAME_MARK}{frame.index:06d}"
                    yield Picture(origin, partial(_as_it_is, frame.bgr))


def _as_it_is(bgr: BgrImage) -> BgrImage:
    return bgr


def shortened(name: str) -> str:
    """A name that fits into an origin; of a longer one its end, which tells files apart."""
    return name[-_LONGEST_NAME:]


def _nothing_in(path: Path) -> SourceError:
    reason = (
        "it holds no picture, no video and no zip" if path.exists() else f"{path} does not exist"
    )
    return SourceError(
        f"There is nothing to take from {path.name}",
        reason,
        "Name a picture, a video, a folder of them, or a zip that Teachable Machine saved.",
    )
