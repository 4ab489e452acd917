"""Image projects of Teachable Machine: the project file and the samples of single classes.

There is no published specification. What is read here is what tools that open such files rely on:
a project ("Download project as file", ``.tm``) is a zip of ``manifest.json`` and one member per
sample named ``CLASS-!-NUMBER``; "Download samples" of a class gives a zip of numbered pictures
whose own name tells the class. A zip of class folders is read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from training.data.errors import DataError
from training.data.labels import LabelMap
from training.data.picture_archive import PictureArchive
from training.data.sources import LabelledHand, SourcePicture, natural_order
from training.datasets import PICTURE_SUFFIXES

ARCHIVE_SUFFIXES = frozenset({".zip", ".tm"})
MANIFEST = "manifest.json"
SEPARATOR = "-!-"
KIND = "image"

_SAMPLES_OF_CLASS = re.compile(r"(?P<name>.+?)([-_ ]samples)?( \(\d+\))?$")
"""``Class 1-samples (2).zip`` → ``Class 1``: browsers number files that they save twice."""


class TeachableMachine:
    """A project file, a zip of one class, or a folder with zips of several classes.

    Args:
        person: who is on the pictures, where that is known.

    Raises:
        DataError: there is no archive, or one is not safe.
    """

    def __init__(self, path: Path, labels: LabelMap, person: str | None = None) -> None:
        paths = [path] if path.is_file() else archives_in(path)
        if not paths:
            raise DataError(
                "The pictures cannot be imported",
                f"{path} is neither a .zip or .tm file nor a folder of some",
                "Name the file that Teachable Machine saved.",
            )
        self._labels = labels
        self._person = person
        self._archives: dict[str, PictureArchive] = {}
        try:
            for archive in paths:
                self._archives[archive.name] = PictureArchive(archive)
        except DataError:
            self.close()
            raise

    def pictures(self) -> Sequence[SourcePicture]:
        samples = [
            (f"{archive.path.name}/{name}", class_name)
            for archive in self._archives.values()
            for name, class_name in samples_of(archive)
        ]
        if not samples:
            raise DataError(
                "The pictures cannot be imported",
                f"{', '.join(self._archives)}: no samples in them",
                "Save an image project with samples in it, not the exported model.",
            )
        named = ((file, self._labels.label_of(class_name)) for file, class_name in samples)
        return [
            SourcePicture(file, (LabelledHand(label),), self._person)
            for file, label in named
            if label is not None
        ]

    def notes(self) -> Sequence[str]:
        return ("Teachable Machine does not say who is on the pictures, nor in which session.",)

    def read(self, file: str) -> bytes:
        archive, _, name = file.partition("/")
        return self._archives[archive].read(name)

    def close(self) -> None:
        for archive in self._archives.values():
            archive.close()


def archives_in(folder: Path) -> list[Path]:
    """Zips and project files that lie in ``folder`` itself."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in ARCHIVE_SUFFIXES)


def samples_of(archive: PictureArchive) -> list[tuple[str, str]]:
    """Name and class of every sample, in natural order.

    Raises:
        DataError: it is a project of sound or posture.
    """
    _check_kind(archive)
    named = ((name, _class_of(archive.path, name)) for name in natural_order(archive.names()))
    return [(name, class_name) for name, class_name in named if class_name]


def _class_of(archive: Path, name: str) -> str | None:
    """The class that a member is a sample of, or None if it is no sample."""
    path = PurePosixPath(name)
    if path.name == MANIFEST or path.parts[0] == "__MACOSX":
        return None
    if SEPARATOR in path.name:
        return path.name.partition(SEPARATOR)[0]
    if path.suffix.lower() not in PICTURE_SUFFIXES:
        return None
    if len(path.parts) > 1:
        return path.parent.name
    match = _SAMPLES_OF_CLASS.fullmatch(archive.stem)
    return match["name"] if match else archive.stem


def _check_kind(archive: PictureArchive) -> None:
    """Refuse projects of sound and posture, where the manifest says so."""
    if MANIFEST not in archive.names():
        return
    try:
        manifest = json.loads(archive.read(MANIFEST))
    except (ValueError, RecursionError, OSError):
        # Nothing in it is needed.
        return
    kind = manifest.get("type") if isinstance(manifest, dict) else None
    if isinstance(kind, str) and kind.lower() != KIND:
        raise DataError(
            f"{archive.path.name} is not imported",
            f"it is a project of the kind {kind[:40]!r}, not of pictures",
            "Choose an image project.",
        )
