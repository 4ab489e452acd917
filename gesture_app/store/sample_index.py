"""What is known about each sample, as a value and as the cache ``index.json``.

A row counts only for a file of the name, size and time that it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from gesture_app.core.types import Handedness
from gesture_app.store.atomic import write_atomically
from gesture_app.store.sample_file import SAMPLE_SUFFIX, SampleFacts
from gesture_app.store.sample_layout import INDEX_NAME, number_of, sample_id

INDEX_SCHEMA = 1
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
        value = json.loads(path.read_bytes())
        if value["schema"] != INDEX_SCHEMA:
            return {}
        rows = (
            _row(place, name, fields)
            for place, recording in value["recordings"].items()
            for name, fields in recording.items()
        )
        return {row.info.id: row for row in rows}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def save_rows(root: Path, rows: Mapping[str, Row]) -> None:
    """Raises: OSError: nothing was changed."""
    recordings: dict[str, dict[str, list[Any]]] = {}
    for row in rows.values():
        info = row.info
        place = recordings.setdefault(f"{info.label}/{info.recording}", {})
        place[f"{info.number:06d}"] = [
            *row.stamp,
            info.digest,
            info.fingerprint,
            info.handedness.value,
            info.taken_s,
            info.sharpness,
            info.brightness,
            info.hand_share,
            info.origin,
        ]
    value = {"schema": INDEX_SCHEMA, "recordings": recordings}
    write_atomically(root / INDEX_NAME, json.dumps(value, separators=(",", ":")).encode("ascii"))


def _row(place: str, name: str, fields: list[Any]) -> Row:
    """Raises: ValueError, TypeError, AttributeError: it is not a row as `save_rows` writes it."""
    size, changed_ns, digest, fingerprint, handedness, *figures, origin = fields
    taken_s, sharpness, brightness, hand_share = map(float, figures)
    label, recording = place.split("/")
    number = number_of(name + SAMPLE_SUFFIX)
    if number is None or not isinstance(digest, str) or not isinstance(origin, str):
        raise ValueError("not a row")
    info = SampleInfo(
        sample_id(label, recording, number),
        label,
        recording,
        number,
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
