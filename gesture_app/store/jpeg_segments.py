"""The segments of a JPEG file before its picture data (ITU-T T.81, annex B), read with checks.

Enough to find a comment and to know how large the picture is before anything is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_START = b"\xff\xd8"
_END = b"\xff\xd9"
_SCAN = 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start of frame, of every kind of coding; DHT, JPG and DAC lie between them."""


class JpegError(ValueError):
    """A file is no JPEG, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment.

    Attributes:
        marker: its second byte, for example 0xFE for a comment.
        start, end: from its marker's first byte to behind its last one; its content begins at
            ``start + 4``.
        picture_size: width and height in pixels, where it says them.
    """

    marker: int
    start: int
    end: int
    picture_size: tuple[int, int] | None = None


def segments_of(content: bytes) -> Iterator[Segment]:
    """Those before the picture data, in their order.

    Raises:
        JpegError: it is no JPEG, or cut off.
    """
    if not content.startswith(_START):
        raise JpegError("it is not a JPEG picture")
    if not content.endswith(_END):
        raise JpegError("it is cut off")
    start = len(_START)
    while True:
        head = content[start : start + 4]
        if len(head) < 4 or head[0] != 0xFF:
            raise JpegError("its parts do not follow one another")
        marker, end = head[1], start + 2 + int.from_bytes(head[2:], "big")
        if marker == _SCAN:
            return
        if end < start + 4 or end > len(content):
            raise JpegError("a part of it is longer than the file")
        yield Segment(marker, start, end, _picture_size(content[start + 4 : end], marker))
        start = end


def _picture_size(content: bytes, marker: int) -> tuple[int, int] | None:
    if marker not in _FRAMES:
        return None
    if len(content) < 5:
        raise JpegError("it does not say how large it is")
    return int.from_bytes(content[3:5], "big"), int.from_bytes(content[1:3], "big")
