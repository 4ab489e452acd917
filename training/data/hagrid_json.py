"""HaGRID's annotations: one JSON file per class, boxes of hands in whole scenes.

Format of both versions (hukenovs/hagrid, README, section Annotations)::

    {"PICTURE NAME WITHOUT SUFFIX": {"bboxes": [[left, top, width, height], …],
                                     "labels": ["no_gesture", "one"], "user_id": "…", …}, …}

Boxes are parts of the picture's size. Version 1 adds ``landmarks``, ``leading_hand`` and
``leading_conf``, version 2 ``hand_landmarks``, ``meta``, ``united_bbox`` and ``united_label``; none
of them is used: landmarks come from the app's own detector, and the app names single hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from training.data.errors import DataError
from training.data.labels import LabelMap
from training.data.sources import Box, LabelledHand, SourcePicture, is_inside, natural_order
from training.datasets import PICTURE_SUFFIXES

MAX_JSON_BYTES = 2 * 1024 * 1024 * 1024
MAX_HANDS_IN_PICTURE = 16


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is used of the annotation of one picture."""

    bboxes: Annotated[tuple[Box, ...], Meta(min_length=1, max_length=MAX_HANDS_IN_PICTURE)]
    labels: tuple[str, ...]
    user_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class HagridAnnotations:
    """Pictures with the hands that HaGRID's annotations name.

    Args:
        path: one annotation file, or a folder with them (at any depth).
        pictures: folder with the pictures at any depth; that of the annotations unless given.

    Raises:
        DataError: there is no annotation file.
    """

    def __init__(self, path: Path, labels: LabelMap, pictures: Path | None = None) -> None:
        self._files = annotation_files(path)
        if not self._files:
            raise DataError(
                "HaGRID's annotations cannot be imported",
                f"{path} holds no .json file of them",
                "Name the folder that has the annotations (ann_train_val, annotations, …).",
            )
        self._root = pictures or (path if path.is_dir() else path.parent)
        self._labels = labels
        self._notes: list[str] = []

    def pictures(self) -> Sequence[SourcePicture]:
        places = self._places()
        pictures: dict[str, SourcePicture] = {}
        present = absent = repeated = 0
        for annotation in self._files:
            for name, entry in _entries(annotation):
                file = places.get(name)
                if file is None:
                    absent += 1
                    continue
                present += 1
                picture = _picture(entry, file, self._labels)
                if picture and pictures.setdefault(file, picture) is not picture:
                    repeated += 1
        self._notes = []
        if absent:
            self._notes.append(f"{absent} annotated pictures are not below {self._root}: left out.")
        if repeated:
            self._notes.append(f"{repeated} pictures are annotated twice: the first one counts.")
        if not present:
            raise DataError(
                "HaGRID's annotations cannot be imported",
                f"none of the annotated pictures lies below {self._root}",
                "Name the folder of the pictures with --pictures.",
            )
        return [pictures[file] for file in natural_order(pictures)]

    def notes(self) -> Sequence[str]:
        return tuple(self._notes)

    def read(self, file: str) -> bytes:
        return (self._root / file).read_bytes()

    def close(self) -> None:
        """Nothing is held open."""

    def _places(self) -> dict[str, str]:
        """Name without suffix → path below the root. Names are unique identifiers."""
        paths = (p for p in self._root.rglob("*") if p.suffix.lower() in PICTURE_SUFFIXES)
        names = (p.relative_to(self._root).as_posix() for p in sorted(paths))
        return {Path(name).stem: name for name in names if is_inside(name)}


def annotation_files(path: Path) -> list[Path]:
    """Files at or below ``path`` that look like HaGRID's annotations at their beginning."""
    files = [path] if path.is_file() else sorted(path.rglob("*.json"))
    return [file for file in files if file.suffix.lower() == ".json" and _looks_right(file)]


def _looks_right(file: Path) -> bool:
    with file.open("rb") as opened:
        return b'"bboxes"' in opened.read(65536)


def _entries(file: Path) -> Iterator[tuple[str, Annotation]]:
    if file.stat().st_size > MAX_JSON_BYTES:
        raise _malformed(file, f"it is larger than {MAX_JSON_BYTES} bytes")
    try:
        entries = msgspec.json.decode(file.read_bytes(), type=dict[str, Annotation])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise _malformed(file, str(error)) from error
    for name, entry in entries.items():
        if len(entry.bboxes) != len(entry.labels):
            raise _malformed(file, f"{name} does not have as many labels as boxes")
        yield name, entry


def _picture(entry: Annotation, file: str, labels: LabelMap) -> SourcePicture | None:
    """None if all its classes are dropped."""
    named = zip(map(labels.label_of, entry.labels), entry.bboxes, strict=True)
    hands = tuple(LabelledHand(label, box) for label, box in named if label is not None)
    return SourcePicture(file, hands, entry.user_id) if hands else None


def _malformed(file: Path, reason: str) -> DataError:
    return DataError(
        f"{file.name} cannot be read as annotations of HaGRID",
        reason,
        "Download it again from the project's page.",
    )
