"""The manifest of a data set: one JSON line for each labelled hand, found or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from training.data.errors import DataError
from training.data.labels import LABEL
from training.data.sources import Box, is_inside

Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Label = Annotated[str, Meta(pattern=rf"^{LABEL.pattern}\Z")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z")]
Index = Annotated[int, Meta(ge=0)]

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

    file: Text
    sha256: Sha256
    hand: Index
    label: Label
    person: Text | None
    session: Text | None
    source: Text
    licence: Text
    box: Box | None
    row: Index | None
    missing: Text | None
    phash: Hash | None

    @property
    def found(self) -> bool:
        return self.row is not None


def dump_manifest(rows: Iterable[HandRow]) -> bytes:
    """One line of JSON for each row."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def parse_manifest(content: bytes, path: Path) -> tuple[HandRow, ...]:
    """What `dump_manifest` wrote; ``path`` is for the message.

    Raises:
        DataError: a line is malformed, or the rows of the cache are not numbered through.
    """
    try:
        rows = tuple(msgspec.json.Decoder(HandRow).decode_lines(content))
        check_rows(rows)
        numbers = [row.row for row in rows if row.row is not None]
        if numbers != list(range(len(numbers))):
            raise msgspec.ValidationError("the rows of the cache are not numbered through")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(
            "The data set cannot be used",
            f"{path}: {error}",
            "Import the pictures again into a new folder.",
        ) from error
    return rows


def check_rows(rows: Sequence[HandRow]) -> None:
    """What the types of the fields do not say.

    Raises:
        msgspec.ValidationError: a path leaves its source, or fields contradict each other.
    """
    for number, row in enumerate(rows, 1):
        if not is_inside(row.file):
            raise msgspec.ValidationError(f"line {number}: file does not stay below its source")
        if not row.found == (row.missing is None) == (row.phash is not None):
            raise msgspec.ValidationError(f"line {number}: row, phash and missing contradict")
