"""A data set on the disk: ``dataset.json`` (what it is, its split), ``manifest.jsonl``, ``cache/``.

``dataset.json`` is written last, so its presence says that the set is whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesture_app.store.atomic import write_atomically
from training.data.errors import DataError
from training.data.fields import FieldError, mapping, number, text, texts, whole
from training.data.manifest import HandRow, parse_manifest
from training.data.split import LeftOut, Split, SplitBy, check_split

SCHEMA = 1
DESCRIPTION = "dataset.json"
MANIFEST = "manifest.jsonl"
REPORT = "report.json"
CACHE = "cache"


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


def write_dataset(folder: Path, dataset: DataSet, rows: Sequence[HandRow]) -> None:
    """Write ``dataset.json``; ``rows`` are counted in it.

    Raises:
        OSError: nothing was changed.
    """
    split = dataset.split
    value = {
        "schema": SCHEMA,
        "name": dataset.name,
        "licence": dataset.licence,
        "format": dataset.format,
        "source": dataset.source,
        "manifest_sha256": dataset.manifest_sha256,
        "notes": list(dataset.notes),
        # Counts are for readers; what is used is counted from the manifest.
        "counts": {
            "pictures": len({row.file for row in rows}),
            "hands": sum(row.found for row in rows),
            "training": len(split.training(rows)),
            "validation": len(split.validation),
        },
        "split": {
            "by": split.by,
            "seed": split.seed,
            "share": split.share,
            "groups": list(split.groups),
            "validation": dump_ranges(split.validation),
            "left_out": {reason: dump_ranges(group) for reason, group in split.left_out.items()},
            "note": split.note,
        },
    }
    content = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / DESCRIPTION, content.encode("utf-8"))


def read_dataset(folder: Path, *, check: bool = True) -> tuple[DataSet, tuple[HandRow, ...]]:
    """Read and check a data set, but for its cache.

    Args:
        check: that the split holds.

    Raises:
        DataError: it is not there, was altered, is malformed, or its split does not hold.
    """
    path = folder / DESCRIPTION
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        manifest = (folder / MANIFEST).read_bytes()
        dataset = _from_json(mapping(value, DESCRIPTION))
    except FileNotFoundError as error:
        raise DataError(
            f"There is no data set in {folder}",
            f"{Path(str(error.filename)).name} is missing",
            "Make one with `gesture-train data import`; an import that was stopped goes on.",
        ) from error
    except (OSError, ValueError, RecursionError) as error:
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


def parse_ranges(ranges: Any, limit: int = 100_000_000) -> tuple[int, ...]:
    """What `dump_ranges` wrote.

    Raises:
        FieldError: it is something else, or goes beyond ``limit``.
    """
    if not isinstance(ranges, str):
        raise FieldError("rows are not a text")
    rows: list[int] = []
    for part in ranges.split():
        low, dash, high = part.partition("-")
        numbers = (low, high if dash else low)
        if not all(n.isascii() and n.isdigit() and len(n) <= 9 for n in numbers):
            raise FieldError(f"{part[:20]!r} is not a range of rows")
        first, last = (int(n) for n in numbers)
        if not (rows[-1] if rows else -1) < first <= last < limit:
            raise FieldError(f"{part!r} does not follow the rows before it")
        rows += range(first, last + 1)
    return tuple(rows)


def _from_json(value: Mapping[str, Any]) -> DataSet:
    if value.get("schema") != SCHEMA:
        raise FieldError(f"schema {value.get('schema')!r} is not known here")
    return DataSet(
        name=text(value, "name"),
        licence=text(value, "licence"),
        format=text(value, "format"),
        source=text(value, "source"),
        manifest_sha256=text(value, "manifest_sha256"),
        notes=texts(value, "notes"),
        split=_split(mapping(value.get("split"), "split")),
    )


def _split(value: Mapping[str, Any]) -> Split:
    left_out = mapping(value.get("left_out"), "left_out")
    note = value.get("note")
    if not isinstance(note, str):
        raise FieldError("note is not a text")
    return Split(
        by=SplitBy(text(value, "by")),
        seed=whole(value, "seed"),
        share=number(value, "share", 0, 1),
        groups=texts(value, "groups"),
        validation=parse_ranges(value.get("validation")),
        left_out={LeftOut(reason): parse_ranges(rows) for reason, rows in left_out.items()},
        note=note,
    )


def _unusable(reason: str) -> DataError:
    return DataError(
        "The data set cannot be used", reason, "Import the pictures again into a new folder."
    )
