"""Which reader fits a source."""

from __future__ import annotations

from pathlib import Path

from training.data.class_folders import ClassFolders, FolderRules
from training.data.errors import DataError
from training.data.formats import Format
from training.data.hagrid_json import HagridAnnotations, annotation_files
from training.data.sources import PictureSource
from training.data.teachable_machine import ARCHIVE_SUFFIXES, TeachableMachine, archives_in


def tell_format(path: Path) -> Format:
    """A zip is Teachable Machine's, annotations are HaGRID's, anything else is class folders.

    Raises:
        DataError: there is nothing at ``path``.
    """
    if not path.exists():
        raise DataError(
            "The pictures cannot be imported",
            f"{path} does not exist",
            "Check the spelling.",
        )
    if path.is_file():
        return (
            Format.TEACHABLE_MACHINE if path.suffix.lower() in ARCHIVE_SUFFIXES else Format.HAGRID
        )
    if annotation_files(path):
        return Format.HAGRID
    return Format.TEACHABLE_MACHINE if archives_in(path) else Format.FOLDERS


def open_source(
    path: Path, kind: Format, rules: FolderRules, pictures: Path | None = None
) -> PictureSource:
    """The reader of ``path``; ``pictures`` is for HaGRID alone.

    Raises:
        DataError: it is not of that kind.
    """
    if kind is Format.FOLDERS:
        return ClassFolders(path, rules)
    if kind is Format.HAGRID:
        return HagridAnnotations(path, rules.labels, pictures)
    return TeachableMachine(path, rules.labels, rules.person)
