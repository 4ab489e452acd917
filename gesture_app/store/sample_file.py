"""A sample as one file: a JPEG of a hand's context that also holds what is known about the hand.

What is known is JSON in a comment segment (marker FFFE and its length, ITU-T T.81, B.2.4.5), so
that a sample is there completely or not at all, whatever copies, moves or deletes it, and any
program shows the picture. It stands behind JFIF's own segment, which has to be the first.
"""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from gesture_app.core.errors import RefusalError
from gesture_app.core.fingerprint import BITS, fingerprint
from gesture_app.core.types import LANDMARK_COUNT, FloatArray, Handedness
from gesture_app.store.jpeg_segments import JpegError, segments_of
from gesture_app.store.strict_json import parse_object

SAMPLE_SCHEMA = 1
SAMPLE_SUFFIX = ".jpg"
JPEG_QUALITY = 95
MAX_SAMPLE_BYTES = 256 * 1024
"""A context of pure noise takes 60 KB."""

MAX_ORIGIN_LENGTH = 200
_COMMENT = 0xFE
_JFIF = 0xE0
_DIGITS = 3
"""Of a landmark, in context pixels: a thousandth is far below what a detector knows."""

_HASH_DIGITS = BITS // 4
_FAR = 1e6
_LATEST_S = 4e9  # the year 2096


class DamagedSampleError(ValueError):
    """A file is not a sample, or not a whole one; the text says why."""


@dataclass(frozen=True, slots=True)
class HandSample:
    """A recorded hand.

    Attributes:
        context: the picture and where the hand is in it.
        handedness: the person's hand.
        taken_s: when, in seconds since 1970.
        sharpness: variance of the Laplacian of the 96 pixel crop, see `core.coaching`.
        brightness: mean of the crop's grey values, 0 to 255.
        hand_share: longer side of the hand's box over the shorter side of the frame.
        origin: name of the file it came from; empty for the camera.
    """

    context: HandContext
    handedness: Handedness
    taken_s: float
    sharpness: float
    brightness: float
    hand_share: float
    origin: str = ""


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """What a sample's file says without its picture being decoded; see `HandSample`.

    Attributes:
        fingerprint: see `core.fingerprint`, computed when it was written.
    """

    landmarks: FloatArray
    picture_box: FloatArray
    fingerprint: int
    handedness: Handedness
    taken_s: float
    sharpness: float
    brightness: float
    hand_share: float
    origin: str


def encode_sample(sample: HandSample) -> bytes:
    """The content of a sample's file. Landmarks are kept to a thousandth of a pixel."""
    _, encoded = cv2.imencode(".jpg", sample.context.bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    picture = encoded.tobytes()
    facts = {
        "schema": SAMPLE_SCHEMA,
        "handedness": sample.handedness.value,
        "taken_s": round(sample.taken_s, _DIGITS),
        "sharpness": round(float(sample.sharpness), _DIGITS),
        "brightness": round(float(sample.brightness), _DIGITS),
        "hand_share": round(float(sample.hand_share), 6),
        "origin": sample.origin[:MAX_ORIGIN_LENGTH],
        "fingerprint": f"{fingerprint(sample.context):0{_HASH_DIGITS}x}",
        "landmarks": _rounded(sample.context.landmarks),
        "picture_box": _rounded(sample.context.picture_box),
        "crc32": zlib.crc32(picture),
    }
    # ASCII only: names of files may hold what UTF-8 cannot.
    text = json.dumps(facts, separators=(",", ":"), allow_nan=False).encode("ascii")
    comment = bytes([0xFF, _COMMENT]) + (len(text) + 2).to_bytes(2, "big") + text
    first = next(iter(segments_of(picture)))
    place = first.end if first.marker == _JFIF else first.start
    return picture[:place] + comment + picture[place:]


def parse_facts(content: bytes) -> SampleFacts:
    """What a sample's file says, after checking that it is whole.

    Raises:
        DamagedSampleError: it is not a sample as `encode_sample` writes them, or was altered.
    """
    try:
        return _facts(content)
    except RefusalError as error:
        raise DamagedSampleError(error.why) from error
    except KeyError as error:
        raise DamagedSampleError(f"it does not say its {error.args[0]}") from error
    except (JpegError, TypeError, ValueError, OverflowError) as error:
        raise DamagedSampleError(f"{error}") from error


def decode_sample(content: bytes) -> HandSample:
    """A sample from its file's content.

    Raises:
        DamagedSampleError: it is not a sample as `encode_sample` writes them, or was altered.
    """
    facts = parse_facts(content)
    try:
        bgr = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise DamagedSampleError("its picture cannot be decoded") from error
    if bgr is None or bgr.shape != (CONTEXT_SIZE, CONTEXT_SIZE, 3):
        raise DamagedSampleError("its picture cannot be decoded")
    return HandSample(
        HandContext(np.asarray(bgr, np.uint8), facts.landmarks, facts.picture_box),
        facts.handedness,
        facts.taken_s,
        facts.sharpness,
        facts.brightness,
        facts.hand_share,
        facts.origin,
    )


def _facts(content: bytes) -> SampleFacts:
    _require(len(content) <= MAX_SAMPLE_BYTES, "it is too large for a sample")
    segments = list(segments_of(content))
    sizes = {segment.picture_size for segment in segments} - {None}
    _require(sizes == {(CONTEXT_SIZE, CONTEXT_SIZE)}, "its picture has another size")
    comments = [segment for segment in segments if segment.marker == _COMMENT]
    _require(len(comments) == 1, "it does not say what it shows")
    comment = comments[0]
    value = parse_object(content[comment.start + 4 : comment.end], "its comment")
    _require(value["schema"] == SAMPLE_SCHEMA, "its schema is not known here")
    rest = zlib.crc32(content[comment.end :], zlib.crc32(content[: comment.start]))
    _require(value["crc32"] == rest, "its picture was altered")
    return SampleFacts(
        landmarks=_numbers(value["landmarks"], LANDMARK_COUNT * 3).reshape(LANDMARK_COUNT, 3),
        picture_box=_numbers(value["picture_box"], 4),
        fingerprint=_fingerprint(value["fingerprint"]),
        handedness=Handedness(value["handedness"]),
        taken_s=_number(value["taken_s"], 0, _LATEST_S),
        sharpness=_number(value["sharpness"], 0, 1e9),
        brightness=_number(value["brightness"], 0, 255),
        hand_share=_number(value["hand_share"], 0, 100),
        origin=_origin(value["origin"]),
    )


def _rounded(values: FloatArray) -> list[float]:
    return [round(float(value), _DIGITS) for value in values.reshape(-1)]


def _numbers(value: Any, count: int) -> FloatArray:
    _require(isinstance(value, list) and len(value) == count, "it has too many or few numbers")
    _require(set(map(type, value)) <= {int, float}, "what should be a number is none")
    numbers = np.array(value, np.float64)
    # False for NaN too.
    _require(bool((np.abs(numbers) <= _FAR).all()), "a number is not within what a picture has")
    return numbers.astype(np.float32)


def _number(value: Any, low: float, high: float) -> float:
    fits = type(value) in (int, float) and math.isfinite(value) and low <= value <= high
    _require(fits, f"a number is not within {low:g} and {high:g}")
    return float(value)


def _fingerprint(value: Any) -> int:
    _require(isinstance(value, str) and len(value) == _HASH_DIGITS, "its fingerprint is none")
    return int.from_bytes(bytes.fromhex(value), "big")


def _origin(value: Any) -> str:
    fits = isinstance(value, str) and len(value) <= MAX_ORIGIN_LENGTH
    _require(fits, "its origin is no name of a file")
    return str(value)


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise DamagedSampleError(otherwise)
