"""HaGRID's annotations: one JSON file per class, boxes of hands in whole scenes.

Format of both versions (hukenovs/hagrid, README, section Annotations)::

    {"PICTURE NAME WITHOUT SUFFIX": {"bboxes": [[left, top, width, height], …],
                                     "labels": ["no_gesture", "one"], "user_id": "…", …}, …}

Boxes are parts of the picture's size. Version 1 adds ``landmarks``, ``leading_hand`` and
``leading_conf``, version 2 ``hand_landmarks``, ``meta``, ``united_bbox`` and ``united_label``; none
of them is used: landmarks come from the app's own detector, and the app names single hands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.data.errors import DataError
from training.data.labels import LabelMap
from training.data.sources import Box, LabelledHand, SourcePicture, is_inside, natural_order
from training.datasets import PICTURE_SUFFIXES

MAX_JSON_BYTES = 2 * 1024 * 1024 * 1024
MAX_HANDS_IN_PICTURE = 16


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
        absent = repeated = 0
        for annotation in self._files:
            for name, entry in _entries(annotation):
                file = places.get(name)
                if file is None:
                    absent += 1
                    continue
                picture = _picture(annotation, name, entry, file, self._labels)
                if picture and pictures.setdefault(file, picture) is not picture:
                    repeated += 1
        self._notes = []
        if absent:
            self._notes.append(f"{absent} annotated pictures are not below {self._root}: left out.")
        if repeated:
            self._notes.append(f"{repeated} pictures are annotated twice: the first one counts.")
        if not pictures:
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
        return b'"bboxes"' in opened.read(4096)


def _entries(file: Path) -> Iterator[tuple[str, Any]]:
    if file.stat().st_size > MAX_JSON_BYTES:
        raise _malformed(file, f"it is larger than {MAX_JSON_BYTES} bytes")
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        raise _malformed(file, str(error)) from error
    if not isinstance(value, dict):
        raise _malformed(file, "its top level is not an object")
    yield from value.items()


def _picture(
    annotation: Path, name: str, entry: Any, file: str, labels: LabelMap
) -> SourcePicture | None:
    """None if all its classes are dropped."""
    if not isinstance(entry, Mapping):
        raise _malformed(annotation, f"{name} is not an object")
    boxes, names = entry.get("bboxes"), entry.get("labels")
    if (
        not isinstance(boxes, list)
        or not isinstance(names, list)
        or not 0 < len(boxes) == len(names) <= MAX_HANDS_IN_PICTURE
    ):
        raise _malformed(annotation, f"{name} does not have as many labels as boxes")
    hands = []
    for box, class_name in zip(boxes, names, strict=True):
        if not isinstance(class_name, str):
            raise _malformed(annotation, f"{name} has a label that is no text")
        label = labels.label_of(class_name)
        if label is not None:
            hands.append(LabelledHand(label, _box(annotation, name, box)))
    person = entry.get("user_id")
    if person is not None and not (isinstance(person, str) and 0 < len(person) <= 200):
        raise _malformed(annotation, f"{name} has a user_id that is no text")
    return SourcePicture(file, tuple(hands), person) if hands else None


def _box(annotation: Path, name: str, value: Any) -> Box:
    good = (
        isinstance(value, list)
        and len(value) == 4
        and all(type(v) in (int, float) and -1 <= v <= 2 for v in value)
        and min(value[2:]) > 0
    )
    if not good:
        raise _malformed(annotation, f"{name} has a box that is not [left, top, width, height]")
    left, top, width, height = (float(v) for v in value)
    return left, top, width, height


def _malformed(file: Path, reason: str) -> DataError:
    return DataError(
        f"{file.name} cannot be read as annotations of HaGRID",
        reason,
        "Download it again from the project's page.",
    )
