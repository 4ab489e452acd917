"""A data set on the disk: ``dataset.json`` (what it is, its split), ``manifest.jsonl``, ``cache/``.

``dataset.json`` is written last, so its presence says that the set is whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from gesture_app.store.atomic import write_atomically
from training.data.errors import DataError
from training.data.manifest import HandRow, Index, Sha256, Text, parse_manifest
from training.data.split import LeftOut, Split, SplitBy, check_split

SCHEMA: Literal[1] = 1
DESCRIPTION = "dataset.json"
MANIFEST = "manifest.jsonl"
REPORT = "report.json"
CACHE = "cache"

MAX_ROWS = 100_000_000


@dataclass(frozen=True, slots=True)
class DataSet:
    """What a data set says of itself.

    Attributes:
        name: short, for people and for model cards.
        licence: of the pictures.
        format: how the source was read: folders, hagrid or teachable-machine.
        source: where the pictures were imported from.
        manifest_sha256: identifies the data whatever the split.
        notes: on how the source was read, a sentence each.
        split: which hands are held out.
    """

    name: str
    licence: str
    format: str
    source: str
    manifest_sha256: str
    notes: tuple[str, ...]
    split: Split


@dataclass(frozen=True, slots=True)
class _StoredSplit:
    """`Split` as it is written: rows as ranges."""

    by: SplitBy
    seed: Index
    share: Annotated[float, Meta(gt=0, lt=1)]
    groups: tuple[Text, ...]
    validation: str
    left_out: dict[LeftOut, str]
    note: str


@dataclass(frozen=True, slots=True)
class _Stored:
    """``dataset.json``. The counts are for readers; what is used is counted from the manifest."""

    schema: Literal[1]
    name: Text
    licence: Text
    format: Text
    source: Text
    manifest_sha256: Sha256
    notes: tuple[Text, ...]
    counts: dict[str, int]
    split: _StoredSplit


def write_dataset(folder: Path, dataset: DataSet, rows: Sequence[HandRow]) -> None:
    """Write ``dataset.json``; ``rows`` are counted in it.

    Raises:
        OSError: nothing was changed.
    """
    split = dataset.split
    stored = _Stored(
        schema=SCHEMA,
        name=dataset.name,
        licence=dataset.licence,
        format=dataset.format,
        source=dataset.source,
        manifest_sha256=dataset.manifest_sha256,
        notes=dataset.notes,
        counts={
            "pictures": len({row.file for row in rows}),
            "hands": sum(row.found for row in rows),
            "training": len(split.training(rows)),
            "validation": len(split.validation),
        },
        split=_StoredSplit(
            by=split.by,
            seed=split.seed,
            share=split.share,
            groups=split.groups,
            validation=dump_ranges(split.validation),
            left_out={reason: dump_ranges(group) for reason, group in split.left_out.items()},
            note=split.note,
        ),
    )
    content = msgspec.json.format(msgspec.json.encode(stored), indent=2)
    write_atomically(folder / DESCRIPTION, content + b"\n")


def read_dataset(folder: Path, *, check: bool = True) -> tuple[DataSet, tuple[HandRow, ...]]:
    """Read and check a data set, but for its cache.

    Args:
        check: that the split holds.

    Raises:
        DataError: it is not there, was altered, is malformed, or its split does not hold.
    """
    path = folder / DESCRIPTION
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
        manifest = (folder / MANIFEST).read_bytes()
        dataset = _from_stored(stored)
    except FileNotFoundError as error:
        raise DataError(
            f"There is no data set in {folder}",
            f"{Path(str(error.filename)).name} is missing",
            "Make one with `gesture-train data import`; an import that was stopped goes on.",
        ) from error
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(f"{path}: {error}") from error
    if hashlib.sha256(manifest).hexdigest() != dataset.manifest_sha256:
        raise _unusable(f"{folder / MANIFEST} was altered (another sha256)")
    rows = parse_manifest(manifest, folder / MANIFEST)
    if check:
        check_split(rows, dataset.split)
    return dataset, rows


def dump_ranges(rows: Sequence[int]) -> str:
    """Ascending numbers as text: ``0-3 7 9-10``."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return " ".join(str(low) if low == high else f"{low}-{high}" for low, high in parts)


def parse_ranges(ranges: str, limit: int = MAX_ROWS) -> tuple[int, ...]:
    """What `dump_ranges` wrote.

    Raises:
        msgspec.ValidationError: it is something else, or goes beyond ``limit``.
    """
    rows: list[int] = []
    for part in ranges.split():
        low, dash, high = part.partition("-")
        numbers = (low, high if dash else low)
        if not all(n.isascii() and n.isdigit() and len(n) <= 9 for n in numbers):
            raise msgspec.ValidationError(f"{part[:20]!r} is not a range of rows")
        first, last = (int(n) for n in numbers)
        if not (rows[-1] if rows else -1) < first <= last < limit:
            raise msgspec.ValidationError(f"{part!r} does not follow the rows before it")
        rows += range(first, last + 1)
    return tuple(rows)


def _from_stored(stored: _Stored) -> DataSet:
    split = stored.split
    return DataSet(
        name=stored.name,
        licence=stored.licence,
        format=stored.format,
        source=stored.source,
        manifest_sha256=stored.manifest_sha256,
        notes=stored.notes,
        split=Split(
            by=split.by,
            seed=split.seed,
            share=split.share,
            groups=split.groups,
            validation=parse_ranges(split.validation),
            left_out={reason: parse_ranges(rows) for reason, rows in split.left_out.items()},
            note=split.note,
        ),
    )


def _unusable(reason: str) -> DataError:
    return DataError(
        "The data set cannot be used", reason, "Import the pictures again into a new folder."
    )
