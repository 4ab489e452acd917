"""What is known about each sample, as a value and as the cache ``index.jsonl``.

A line for the schema, then one for each sample. A row counts only for a file of the name, size and
time that it was made from; one that is damaged costs only itself. Not one large JSON value: Python
reads and writes such a value in one go, in which no other thread of the program gets its turn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from gesture_app.core.types import Handedness
from gesture_app.store.atomic import write_atomically
from gesture_app.store.sample_file import SampleFacts
from gesture_app.store.sample_layout import INDEX_NAME, sample_id

INDEX_SCHEMA = 1
_HEAD = {"schema": INDEX_SCHEMA}
_MAX_INDEX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SampleInfo:
    """A sample without its picture; see `sample_file.HandSample` for what is not said here.

    Attributes:
        id: ``LABEL/RECORDING/NNNNNN``.
        number: within its recording, in the order of recording.
        digest: sha256 of its file, 64 lower-case hex digits; the same wherever it is moved.
        fingerprint: see `core.fingerprint`.
    """

    id: str
    label: str
    recording: str
    number: int
    digest: str
    fingerprint: int
    handedness: Handedness
    taken_s: float
    sharpness: float
    brightness: float
    hand_share: float
    origin: str


class FileStamp(NamedTuple):
    """Size in bytes and time of change of a file: whether it is still the one that was read."""

    size: int
    changed_ns: int


class Row(NamedTuple):
    """What a file of this stamp was found to hold."""

    stamp: FileStamp
    info: SampleInfo


def info_of(label: str, recording: str, number: int, digest: str, facts: SampleFacts) -> SampleInfo:
    """The row of a sample, from what its file says."""
    return SampleInfo(
        sample_id(label, recording, number),
        label,
        recording,
        number,
        digest,
        facts.fingerprint,
        facts.handedness,
        facts.taken_s,
        facts.sharpness,
        facts.brightness,
        facts.hand_share,
        facts.origin,
    )


def load_rows(root: Path) -> dict[str, Row]:
    """The rows of the set in ``root`` by sample id; empty if there is no index to be used."""
    path = root / INDEX_NAME
    try:
        if path.stat().st_size > _MAX_INDEX_BYTES:
            return {}
        head, *lines = path.read_bytes().splitlines()
        if json.loads(head) != _HEAD:
            return {}
    except (OSError, ValueError, RecursionError):
        return {}
    rows = filter(None, map(_row, lines))
    return {row.info.id: row for row in rows}


def save_rows(root: Path, rows: Mapping[str, Row]) -> None:
    """Raises: OSError: nothing was changed."""
    lines = [_line(_HEAD), *(_line(_fields(row)) for row in rows.values())]
    write_atomically(root / INDEX_NAME, b"".join(lines))


def _line(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def _fields(row: Row) -> list[Any]:
    info = row.info
    return [
        *(info.label, info.recording, info.number),
        *row.stamp,
        *(info.digest, info.fingerprint, info.handedness.value),
        *(info.taken_s, info.sharpness, info.brightness, info.hand_share, info.origin),
    ]


def _row(line: bytes) -> Row | None:
    """What `save_rows` wrote; None if it is something else."""
    try:
        label, recording, number, *rest = json.loads(line)
        size, changed_ns, digest, fingerprint, handedness, *figures, origin = rest
        taken_s, sharpness, brightness, hand_share = map(float, figures)
        if not all(isinstance(text, str) for text in (label, recording, digest, origin)):
            return None
        info = SampleInfo(
            sample_id(label, recording, int(number)),
            label,
            recording,
            int(number),
            digest,
            int(fingerprint),
            Handedness(handedness),
            taken_s,
            sharpness,
            brightness,
            hand_share,
            origin,
        )
        return Row(FileStamp(int(size), int(changed_ns)), info)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
