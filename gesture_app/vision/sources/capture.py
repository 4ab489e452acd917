"""The one place that touches ``cv2.VideoCapture``, and how to keep it quiet."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import Any, Protocol

import cv2
import numpy as np

from gesture_app.core.types import BgrImage

V4L2_TIMEOUT_S = 1
"""How long OpenCV waits for one picture of a Linux camera (its default is 10 s). A camera that is
silent for longer is lost, and `interrupt` has to wait this long at most."""

_FFMPEG_QUIET = "-8"
"""AV_LOG_QUIET. What FFmpeg would print on standard error is said by a SourceError instead."""


class Capture(Protocol):
    """The part of ``cv2.VideoCapture`` that sources use."""

    def read(self) -> tuple[bool, Any]:
        """Whether a picture came, and the picture."""

    def get(self, prop: int, /) -> float:
        """A property ``cv2.CAP_PROP_*``; 0 or -1 if it is not known."""

    def set(self, prop: int, value: float, /) -> bool:
        """Ask for a property; False if it is refused outright."""

    def release(self) -> None:
        """Close device, file or connection."""


class OpenCapture(Protocol):
    """Opens a `Capture`; tests put a device of their own here."""

    def __call__(
        self, target: int | str, api: int, params: Sequence[int] = (), /
    ) -> Capture | None:
        """The opened capture, or None if it cannot be opened.

        Args:
            target: camera index, path or URL.
            api: ``cv2.CAP_*``.
            params: pairs of ``cv2.CAP_PROP_*`` and value.
        """


def open_capture(target: int | str, api: int, params: Sequence[int] = ()) -> Capture | None:
    """The `OpenCapture` of the real world."""
    _quieten_opencv()
    try:
        capture = cv2.VideoCapture(target, api, list(params))
        if capture.isOpened():
            return capture
        capture.release()
    except cv2.error:
        return None
    return None


def grab(capture: Capture) -> BgrImage | None:
    """The next picture, uint8 BGR (height, width, 3), or None if none came."""
    try:
        came, picture = capture.read()
    except cv2.error:  # some drivers throw when their device goes away
        return None
    if not came or picture is None or picture.size == 0:
        return None
    return np.asarray(picture, np.uint8)


def frames_per_second(capture: Capture) -> float:
    """The promised rate, 0.0 if it is not known or not believable."""
    fps = capture.get(cv2.CAP_PROP_FPS)
    return float(fps) if math.isfinite(fps) and 0.0 < fps <= 1000.0 else 0.0


def promised_frames(capture: Capture) -> int | None:
    """How many frames the container says it has, None if it does not say."""
    count = capture.get(cv2.CAP_PROP_FRAME_COUNT)
    return int(count) if math.isfinite(count) and 0 < count < 2**31 else None


def _quieten_opencv() -> None:
    if "OPENCV_LOG_LEVEL" not in os.environ:
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", _FFMPEG_QUIET)
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(V4L2_TIMEOUT_S))
