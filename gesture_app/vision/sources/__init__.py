"""Where frames come from. Import from here; the files inside are one kind of source each."""

from gesture_app.vision.sources.base import (
    FrameSource,
    Notify,
    SourceInfo,
    SourceKind,
    SourceSpec,
    log_notice,
)
from gesture_app.vision.sources.camera_names import CameraInfo, list_cameras
from gesture_app.vision.sources.choice import open_source, parse_source

__all__ = [
    "CameraInfo",
    "FrameSource",
    "Notify",
    "SourceInfo",
    "SourceKind",
    "SourceSpec",
    "list_cameras",
    "log_notice",
    "open_source",
    "parse_source",
]
