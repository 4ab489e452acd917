"""Which cameras there are, and which one a person means."""

from __future__ import annotations

import logging
import os
import re
import struct
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from gesture_app.core.errors import SourceError
from gesture_app.vision.sources.capture import OpenCapture, open_capture

_log = logging.getLogger(__name__)

SYSFS = Path("/sys/class/video4linux")
MAX_PROBED = 4
"""Where the system names no cameras, this many indices are tried."""

_NUMBER = re.compile(r"(?:/dev/video|camera\s*)?(\d{1,3})", re.IGNORECASE)

# linux/videodev2.h: VIDIOC_QUERYCAP = _IOR('V', 0, struct v4l2_capability), of 104 bytes with
# `capabilities` at 84 and `device_caps` at 88.
_VIDIOC_QUERYCAP = 0x80685600
_CAPABILITY_BYTES = 104
_CAPABILITIES_AT = 84
_CAP_DEVICE_CAPS = 0x80000000
_CAP_VIDEO_CAPTURE = 0x00000001 | 0x00001000  # single- and multi-planar


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera.

    Attributes:
        index: what OpenCV opens; N of ``/dev/videoN`` on Linux.
        name: as the system calls it, made unique; ``Camera N`` where the system tells no names.
    """

    index: int
    name: str


def list_cameras(opener: OpenCapture = open_capture) -> tuple[CameraInfo, ...]:
    """All cameras found; never raises.

    On Linux this reads names from the system and takes milliseconds. Windows and macOS tell no
    names without further libraries: there each index is opened for a moment, which can take a
    second each (so not on a window's thread) and misses a camera that is in use.
    """
    if sys.platform == "linux":
        return named_cameras()
    return tuple(
        CameraInfo(index, f"Camera {index}")
        for index in range(MAX_PROBED)
        if _answers(index, opener)
    )


def named_cameras(sysfs: Path = SYSFS) -> tuple[CameraInfo, ...]:
    """Linux's own list; empty on other systems. Never raises."""
    try:
        nodes = [(int(node.name[5:]), node) for node in sysfs.glob("video[0-9]*")]
        found = [
            (index, _first_line(node / "name") or f"Camera {index}")
            for index, node in sorted(nodes)
            if _captures(node)
        ]
    except (OSError, ValueError) as error:
        _log.warning("Cameras cannot be listed: %s", error)
        return ()
    seen: Counter[str] = Counter()
    cameras = []
    for index, name in found:
        seen[name] += 1
        cameras.append(CameraInfo(index, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return tuple(cameras)


def find_camera(target: str, cameras: Sequence[CameraInfo]) -> CameraInfo:
    """The camera that ``target`` means: a full name, a number, or part of one name only.

    A number need not be among ``cameras``, since not every system lists them.

    Raises:
        SourceError: no camera is called that, or several are.
    """
    wanted = target.strip().casefold()
    for camera in cameras:
        if camera.name.casefold() == wanted:
            return camera
    number = _NUMBER.fullmatch(target.strip())
    if number:
        index = int(number[1])
        named = [camera for camera in cameras if camera.index == index]
        return named[0] if named else CameraInfo(index, f"Camera {index}")
    similar = [camera for camera in cameras if wanted and wanted in camera.name.casefold()]
    if len(similar) == 1:
        return similar[0]
    there = ", ".join(f"{camera.index}: {camera.name}" for camera in similar or cameras)
    raise SourceError(
        f"The camera “{target}” cannot be opened",
        f"several have that in their names ({there})"
        if similar
        else (f"these are here: {there}" if there else "no camera with a name was found"),
        "Give a camera's full name or its number, a file, a folder, a URL, or demo.",
    )


def find_again(camera: CameraInfo, cameras: Sequence[CameraInfo]) -> CameraInfo:
    """Where a camera that was lost is now: by its name, else where it was.

    Raises:
        SourceError: another camera has its index now.
    """
    for other in cameras:
        if other.name == camera.name:
            return other
    if any(other.index == camera.index for other in cameras):
        raise SourceError(
            f"The camera {camera.name} cannot be opened",
            "another camera is in its place",
            "Plug it in again.",
        )
    return camera


def means_camera(text: str, cameras: Sequence[CameraInfo]) -> bool:
    """Whether a text is a camera's number, device node or full name."""
    wanted = text.strip().casefold()
    return _NUMBER.fullmatch(text.strip()) is not None or any(
        camera.name.casefold() == wanted for camera in cameras
    )


def _captures(node: Path) -> bool:
    """Whether a video4linux node delivers pictures; cameras have further nodes for metadata."""
    capabilities = _query_capabilities(Path("/dev") / node.name)
    if capabilities is not None:
        return bool(capabilities & _CAP_VIDEO_CAPTURE)
    # The device may be out of our reach; the first node of a driver is the one with pictures.
    return _first_line(node / "index") in ("", "0")


def _query_capabilities(device: Path) -> int | None:
    try:
        import fcntl  # not there on Windows

        descriptor = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except (ImportError, OSError):
        return None
    try:
        answer = bytearray(_CAPABILITY_BYTES)
        fcntl.ioctl(descriptor, _VIDIOC_QUERYCAP, answer)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    of_driver, of_node = struct.unpack_from("=II", answer, _CAPABILITIES_AT)
    return int(of_node if of_driver & _CAP_DEVICE_CAPS else of_driver)


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _answers(index: int, opener: OpenCapture) -> bool:
    capture = opener(index, cv2.CAP_ANY)
    if capture is None:
        return False
    capture.release()
    return True
