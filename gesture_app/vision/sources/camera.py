"""A camera through OpenCV."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2

from gesture_app.core.errors import SourceError
from gesture_app.vision.sources.base import Notify, SourceSpec
from gesture_app.vision.sources.camera_names import (
    CameraInfo,
    find_again,
    find_camera,
    named_cameras,
)
from gesture_app.vision.sources.capture import Capture, OpenCapture, open_capture
from gesture_app.vision.sources.reconnecting import Patience, ReconnectingSource

APIS = {
    "linux": (cv2.CAP_V4L2,),
    "darwin": (cv2.CAP_AVFOUNDATION,),
    # Media Foundation takes seconds to open many cameras and ignores MJPG on some.
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
}
"""The system's own interfaces to cameras, in the order in which they are tried."""

_ADVICE = "Plug it in firmly and close other programs that use it."


def open_camera(
    spec: SourceSpec,
    notify: Notify,
    opener: OpenCapture = open_capture,
    list_named: Callable[[], Sequence[CameraInfo]] = named_cameras,
    patience: Patience | None = None,
) -> ReconnectingSource:
    """Open a camera with the asked size and rate, compressed (MJPG) where it offers that.

    Args:
        list_named: the cameras of which the system tells names. A camera with a name is looked
            for by it when it was unplugged, since it may come back under another index.

    Raises:
        SourceError: there is no such camera, it cannot be opened, or it delivers no picture.
    """
    camera = find_camera(spec.target, list_named())

    def connect() -> Capture:
        return _connect(find_again(camera, list_named()), spec, opener)

    return ReconnectingSource(connect, camera.name, _ADVICE, notify, patience)


def _connect(camera: CameraInfo, spec: SourceSpec, opener: OpenCapture) -> Capture:
    for api in APIS.get(sys.platform, (cv2.CAP_ANY,)):
        capture = opener(camera.index, api)
        if capture is not None:
            _ask(capture, spec)
            return capture
    why, next_step = _why_closed(camera.index)
    raise SourceError(f"The camera {camera.name} cannot be opened", why, next_step)


def _ask(capture: Capture, spec: SourceSpec) -> None:
    """Ask for format, size and rate, in this order, since the format limits the other two.

    A camera that has them not keeps its own; what it really delivers is measured.
    """
    # Uncompressed, USB 2 carries 1280x720 at no more than 10 frames per second.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, spec.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, spec.height)
    capture.set(cv2.CAP_PROP_FPS, spec.fps)


def _why_closed(index: int) -> tuple[str, str]:
    """The cause as far as the system tells it, and what to do."""
    other = "Choose another camera, a file or the demo."
    if sys.platform == "linux":
        device = Path(f"/dev/video{index}")
        if not device.exists():
            return f"there is no {device}", f"Plug a camera in. {other}"
        if not os.access(device, os.R_OK | os.W_OK):
            return (
                f"{device} may not be used by this user",
                "Run `sudo usermod -aG video $USER`, log out and in again.",
            )
        return f"{device} does not open, another program may be using it", f"{_ADVICE} {other}"
    if sys.platform == "darwin":
        return (
            "it is not there, in use, or not allowed",
            f"Allow it in System Settings, Privacy & Security, Camera. {other}",
        )
    return "it is not there, or another program is using it", f"{_ADVICE} {other}"
