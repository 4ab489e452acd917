"""The manifest of a data set: one JSON line for each labelled hand, found or not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.data.errors import DataError
from training.data.fields import FieldError, mapping, optional_text, text, whole
from training.data.labels import LABEL
from training.data.sources import Box, is_inside

_SHA256 = re.compile(r"[0-9a-f]{64}")
_HASH = re.compile(r"[0-9a-f]{16}")
NO_CONTENT = "0" * 64
"""Stands for the hash of a file that could not be read."""


@dataclass(frozen=True, slots=True)
class HandRow:
    """A labelled hand.

    Attributes:
        file: the picture, below the source it was imported from.
        sha256: of the picture's file; `NO_CONTENT` where it could not be read.
        hand: which hand of the picture, from 0.
        label: what it shows.
        person: who it is, or None where nothing says.
        session: the recording, or None where nothing says.
        source: name of the data set.
        licence: of the picture.
        box: where the source says the hand is, as parts of the picture's size; or None.
        row: its row in the cache, or None if no hand was found.
        missing: why no hand was found, or None if one was.
        phash: perceptual hash of the found hand, 16 hex digits, or None.
    """

    file: str
    sha256: str
    hand: int
    label: str
    person: str | None
    session: str | None
    source: str
    licence: str
    box: Box | None
    row: int | None
    missing: str | None
    phash: str | None

    @property
    def found(self) -> bool:
        return self.row is not None


def dump_row(row: HandRow) -> str:
    """One line of JSON that `parse_row` reads back to an equal value."""
    return json.dumps(asdict(row), ensure_ascii=False)


def parse_row(line: str) -> HandRow:
    """Read and check one line.

    Raises:
        FieldError: it is not JSON, or a field is missing, of the wrong type or out of range.
    """
    try:
        value = mapping(json.loads(line), "the row")
    except (json.JSONDecodeError, RecursionError) as error:
        raise FieldError(str(error)) from error
    row = HandRow(
        file=text(value, "file"),
        sha256=text(value, "sha256"),
        hand=whole(value, "hand", high=1000),
        label=text(value, "label"),
        person=optional_text(value, "person"),
        session=optional_text(value, "session"),
        source=text(value, "source"),
        licence=text(value, "licence"),
        box=_box(value.get("box")),
        row=None if value.get("row") is None else whole(value, "row"),
        missing=optional_text(value, "missing"),
        phash=optional_text(value, "phash"),
    )
    checks = {
        "file does not stay below its source": is_inside(row.file),
        "sha256 is not 64 hex digits": _SHA256.fullmatch(row.sha256),
        "label has characters not allowed": LABEL.fullmatch(row.label),
        "phash is not 16 hex digits": row.phash is None or _HASH.fullmatch(row.phash),
        "row, phash and missing contradict each other": row.found
        == (row.missing is None)
        == (row.phash is not None),
    }
    for complaint, good in checks.items():
        if not good:
            raise FieldError(complaint)
    return row


def dump_manifest(rows: Iterable[HandRow]) -> bytes:
    return "".join(dump_row(row) + "\n" for row in rows).encode("utf-8")


def parse_manifest(content: bytes, path: Path) -> tuple[HandRow, ...]:
    """All rows; ``path`` is for the message.

    Raises:
        DataError: a line is malformed, or the rows of the cache are not numbered through.
    """
    try:
        # Not splitlines, which also splits at separators that JSON texts may hold.
        lines = content.decode("utf-8").removesuffix("\n").split("\n")
        rows = tuple(_numbered(number, line) for number, line in enumerate(lines, 1))
        _check_numbers(rows)
    except (FieldError, UnicodeDecodeError) as error:
        raise DataError(
            "The data set cannot be used",
            f"{path}: {error}",
            "Import the pictures again into a new folder.",
        ) from error
    return rows


def _numbered(number: int, line: str) -> HandRow:
    try:
        return parse_row(line)
    except FieldError as error:
        raise FieldError(f"line {number}: {error}") from error


def _check_numbers(rows: Sequence[HandRow]) -> None:
    numbers = [row.row for row in rows if row.row is not None]
    if numbers != list(range(len(numbers))):
        raise FieldError("the rows of the cache are not numbered through")


def _box(value: Any) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise FieldError("box does not have 4 numbers")
    if not all(type(v) in (int, float) and -1 <= v <= 2 for v in value):
        raise FieldError("box is not in parts of the picture's size")
    left, top, width, height = (float(v) for v in value)
    return left, top, width, height
