"""A network stream through FFmpeg."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import cv2

from gesture_app.core.errors import SourceError
from gesture_app.vision.sources.base import FrameSource, Notify
from gesture_app.vision.sources.capture import (
    Capture,
    OpenCapture,
    open_capture,
    promised_frames,
)
from gesture_app.vision.sources.reconnecting import Patience, ReconnectingSource
from gesture_app.vision.sources.video import Playback, VideoSource

STREAM_SCHEMES = frozenset(
    {"http", "https", "rtmp", "rtmps", "rtp", "rtsp", "rtsps", "srt", "tcp", "udp"}
)
OPEN_TIMEOUT_MS = 5000
READ_TIMEOUT_MS = 3000

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+)://\S+")
_ADVICE = "Check the address and the network."


def is_url(text: str) -> bool:
    """Whether a text looks like a URL, of a kind that can be opened or not."""
    return _URL.fullmatch(text) is not None


def open_stream(
    url: str,
    playback: Playback,
    notify: Notify,
    opener: OpenCapture = open_capture,
    patience: Patience | None = None,
) -> FrameSource:
    """Open a stream. A finite video behind a URL is played like a file.

    Raises:
        SourceError: the address is not of a known kind, nobody answers, or no picture comes.
    """
    name = without_password(url)
    scheme = urlsplit(url).scheme.lower()
    if scheme not in STREAM_SCHEMES:
        raise SourceError(
            f"{name} cannot be opened",
            f"{scheme}:// is not a kind of stream known here",
            f"Use one of {', '.join(sorted(STREAM_SCHEMES))}.",
        )

    def connect() -> Capture:
        params = (
            *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS),
            *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS),
        )
        capture = opener(url, cv2.CAP_FFMPEG, params)
        if capture is None:
            raise SourceError(
                f"{name} cannot be opened",
                f"no video came within {OPEN_TIMEOUT_MS // 1000} s, or what came is none",
                f"{_ADVICE} Or choose another source.",
            )
        return capture

    first = connect()
    connect_again = _first_then(first, connect)
    if promised_frames(first) is not None:
        return VideoSource(connect_again, name, playback, notify)
    return ReconnectingSource(connect_again, name, _ADVICE, notify, patience)


def without_password(url: str) -> str:
    """The URL as it may be shown and logged: without user, password and query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _first_then(first: Capture, connect: Callable[[], Capture]) -> Callable[[], Capture]:
    """``first``, which is open already, then new connections."""
    waiting = [first]
    return lambda: waiting.pop() if waiting else connect()
