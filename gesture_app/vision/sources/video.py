"""A video as a source: all its frames, at its own speed or as fast as they are taken."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2

from gesture_app.core.errors import SourceError
from gesture_app.core.types import BgrImage, Frame
from gesture_app.vision.sources.base import Notify, SourceInfo
from gesture_app.vision.sources.capture import (
    Capture,
    OpenCapture,
    frames_per_second,
    grab,
    open_capture,
    promised_frames,
)
from gesture_app.vision.sources.pacing import Pacer

VIDEO_SUFFIXES = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm"})

FALLBACK_FPS = 30.0
"""For containers that name no rate."""

MISSING_FRAMES_TOLERATED = 1
"""Some encoders announce one frame more than they wrote."""


def is_video(path: Path) -> bool:
    """Whether a file counts as a video, by its suffix."""
    return path.suffix.lower() in VIDEO_SUFFIXES


@dataclass(frozen=True, slots=True)
class Playback:
    """How a video is played.

    Attributes:
        paced: at its own speed instead of as fast as its frames are taken.
        loop: again from the start, for ever; times go on rising.
        live: it stands in for a camera, so that only the newest frame counts.
    """

    paced: bool = False
    loop: bool = False
    live: bool = False


class VideoSource:
    """A video, turned upright as its metadata say (OpenCV does that by itself).

    Args:
        open_video: opens it from its start; called again for every loop.
        name: shown to people.
        notify: told when a looped video ends early; without a loop that is an error.

    Raises:
        SourceError: it cannot be opened, or not even its first picture can be read.
    """

    def __init__(
        self, open_video: Callable[[], Capture], name: str, playback: Playback, notify: Notify
    ) -> None:
        self._open_video = open_video
        self._playback = playback
        self._notify = notify
        self._interrupted = threading.Event()
        self._pacer = Pacer(self._interrupted.wait)
        self._index = 0
        self._round_starts_ms = 0.0
        self._told_early_end = False
        self._capture, first = self._open(name)
        self._waiting: BgrImage | None = first
        self._fps = frames_per_second(self._capture)
        self._step_ms = 1000.0 / (self._fps or FALLBACK_FPS)
        self._promised = promised_frames(self._capture)
        self._round_frames = 0
        self._round_ms = -self._step_ms
        height, width = first.shape[:2]
        frame_count = None if playback.loop else self._promised
        self._info = SourceInfo(name, playback.live, width, height, self._fps, frame_count)

    @property
    def info(self) -> SourceInfo:
        return self._info

    def read(self) -> Frame | None:
        picture = self._next_picture()
        if picture is None or self._interrupted.is_set():
            return None
        self._round_ms = self._time_of_picture()
        self._round_frames += 1
        media_ms = self._round_starts_ms + self._round_ms
        if self._playback.paced:
            self._pacer.wait_for(media_ms)
            if self._interrupted.is_set():
                return None
        frame = Frame(self._index, media_ms, time.perf_counter_ns(), picture)
        self._index += 1
        return frame

    def interrupt(self) -> None:
        self._interrupted.set()

    def close(self) -> None:
        self._interrupted.set()
        self._capture.release()

    def _open(self, name: str) -> tuple[Capture, BgrImage]:
        """The opened video and its first picture, which proves that it is one."""
        capture = self._open_video()
        picture = grab(capture)
        if picture is None:
            capture.release()
            raise SourceError(
                f"{name} cannot be played",
                "it contains no picture that can be decoded",
                "Check that the file is a complete video, or choose another source.",
            )
        return capture, picture

    def _next_picture(self) -> BgrImage | None:
        if self._interrupted.is_set():
            return None
        picture, self._waiting = self._waiting, None
        picture = grab(self._capture) if picture is None else picture
        if picture is not None:
            return picture
        self._report_early_end()
        return self._first_picture_again() if self._playback.loop else None

    def _first_picture_again(self) -> BgrImage:
        self._capture.release()
        self._capture, picture = self._open(self._info.name)
        self._round_starts_ms += self._round_ms + self._step_ms
        self._round_ms = -self._step_ms
        self._round_frames = 0
        return picture

    def _time_of_picture(self) -> float:
        """Milliseconds from the start: the container's timestamp, else one step after the last."""
        stamp = self._capture.get(cv2.CAP_PROP_POS_MSEC)
        if math.isfinite(stamp) and stamp > self._round_ms and stamp >= 0.0:
            return float(stamp)
        return self._round_ms + self._step_ms

    def _report_early_end(self) -> None:
        """Once: raise, or in a loop notify, if the container promised more than it held."""
        if self._told_early_end or not self._ended_early():
            return
        self._told_early_end = True
        error = SourceError(
            f"{self._info.name} ends early",
            f"{self._round_frames} of its {self._promised} frames could be read, "
            "so the file is damaged or was not copied completely",
            "Copy or record it again if the rest is needed.",
        )
        if not self._playback.loop:
            raise error
        self._notify(error)

    def _ended_early(self) -> bool:
        # The promised count is exact in some containers and derived from the duration in others,
        # so a file is called short only if both its frames and its time fall short.
        if self._promised is None:
            return False
        missing = self._promised - self._round_frames
        missing_ms = self._promised * self._step_ms - (self._round_ms + self._step_ms)
        return (
            missing > MISSING_FRAMES_TOLERATED
            and missing_ms > MISSING_FRAMES_TOLERATED * self._step_ms
        )


def open_video(
    path: Path, playback: Playback, notify: Notify, opener: OpenCapture = open_capture
) -> VideoSource:
    """Open a video file.

    Raises:
        SourceError: it is not a video that can be read, or no file at all.
    """

    def open_again() -> Capture:
        capture = opener(str(path), cv2.CAP_FFMPEG)
        if capture is None:
            raise SourceError(
                f"{path.name} cannot be played",
                "it is not a video, or its end is missing",
                "Check that the file is a complete video, or choose another source.",
            )
        return capture

    require_file(path)
    return VideoSource(open_again, path.name, playback, notify)


def require_file(path: Path) -> None:
    """Check that ``path`` is a file that may be read.

    Raises:
        SourceError: it is missing, a folder, empty, or not ours to read.
    """
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        why = error.strerror or str(error)
    else:
        if not empty:
            return
        why = "the file is empty"
    raise SourceError(
        f"{path.name} cannot be opened", f"{path}: {why}", "Check the path, or choose another file."
    )
