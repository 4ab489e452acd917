"""From what a person typed to an opened source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from gesture_app.core.errors import SourceError
from gesture_app.vision.sources.base import (
    FrameSource,
    Notify,
    SourceKind,
    SourceSpec,
    log_notice,
)
from gesture_app.vision.sources.camera import open_camera
from gesture_app.vision.sources.camera_names import CameraInfo, means_camera, named_cameras
from gesture_app.vision.sources.pictures import is_picture, open_pictures
from gesture_app.vision.sources.stream import is_url, open_stream
from gesture_app.vision.sources.video import Playback, open_video

DEMO = "demo"

_LOOKS_LIKE_PATH = re.compile(r".*[/\\].*|.*\.(?=[^.]*[A-Za-z])[A-Za-z0-9]{2,5}|~.*|\.{1,2}")


def parse_source(
    text: str, list_named: Callable[[], Sequence[CameraInfo]] = named_cameras
) -> SourceSpec:
    """What a person means by ``0``, a camera's name, a file, a folder, a URL or ``demo``.

    A file that is called like a camera or ``demo`` is meant by ``./0`` or ``./demo``. Nothing is
    opened; a name that fits nothing is taken for a camera's, and opening it says what is there.

    Raises:
        SourceError: the text is empty.
    """
    target = text.strip()
    if not target:
        raise SourceError(
            "No source was named",
            "the text is empty",
            "Give a camera's number or name, a file, a folder, a URL, or demo.",
        )
    if target.lower() == DEMO:
        return SourceSpec(SourceKind.DEMO, paced=True, loop=True)
    if is_url(target):
        return SourceSpec(SourceKind.STREAM, target)
    if means_camera(target, list_named()):
        return SourceSpec(SourceKind.CAMERA, target)
    path = Path(target).expanduser()
    if path.is_dir():
        return SourceSpec(SourceKind.FOLDER, target)
    if path.exists() or _LOOKS_LIKE_PATH.fullmatch(target):
        return SourceSpec(SourceKind.FILE, target)
    return SourceSpec(SourceKind.CAMERA, target)


def open_source(spec: SourceSpec, demo_clip: Path, notify: Notify = log_notice) -> FrameSource:
    """Open a source. Can take seconds; the calling thread owns the source.

    Args:
        demo_clip: the bundled clip, played in real time, for ever, in place of a camera.
        notify: told, on the reading thread, of what the source survives.

    Raises:
        SourceError: what could not be opened, why, and what to do.
    """
    playback = Playback(spec.paced, spec.loop)
    path = Path(spec.target).expanduser()
    if spec.kind is SourceKind.CAMERA:
        return open_camera(spec, notify)
    if spec.kind is SourceKind.STREAM:
        return open_stream(spec.target, playback, notify)
    if spec.kind is SourceKind.DEMO:
        return open_video(demo_clip, Playback(paced=True, loop=True, live=True), notify)
    if spec.kind is SourceKind.FOLDER or is_picture(path):
        return open_pictures(path, playback, notify)
    return open_video(path, playback, notify)
