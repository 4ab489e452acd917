"""Importing: each picture is read once, its hands are found once and go to the disk at once.

What is in memory is one picture and one line for each hand, however many there are.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from gesture_app.core.context import HandContext
from gesture_app.core.types import BgrImage, Frame
from gesture_app.store.atomic import write_atomically
from gesture_app.vision.hands import HandDetector
from training.cache import CacheWriter, context_of, hands_to_keep, with_room
from training.data.dataset_file import CACHE, DESCRIPTION, MANIFEST, DataSet, write_dataset
from training.data.errors import DataError
from training.data.find_hands import (
    Missing,
    PictureError,
    decode_picture,
    hand_hash,
    hands_at_boxes,
)
from training.data.journal import Journal
from training.data.manifest import NO_CONTENT, HandRow, dump_manifest
from training.data.sources import LabelledHand, PictureSource, SourcePicture
from training.data.split import make_split
from training.datasets import Sample

VERSION = 1
"""Goes up when hands are found or cut in another way, so that no import goes on with a mixture."""

PICTURES_AT_ONCE = 32
"""What a crash can cost: the pictures since things were last brought to the disk."""

BYTES_PER_HAND = 120_000
"""A context of 192 x 192 x 3 bytes and what belongs to it."""


@dataclass(frozen=True, slots=True)
class ImportJob:
    """What to import and how.

    Attributes:
        source: the pictures.
        out: folder of the data set.
        name: of the data set.
        licence: of the pictures.
        format: of the source, for the description.
        origin: where the source is, for the description.
        tight: pictures are cut to the hand, so that a detector needs room around it.
        seed: of the split.
        share: of the hands to hold out for validation.
    """

    source: PictureSource
    out: Path
    name: str
    licence: str
    format: str
    origin: str
    tight: bool
    seed: int
    share: float


def import_set(
    job: ImportJob, detector: HandDetector, report: Callable[[int, int], None]
) -> tuple[DataSet, tuple[HandRow, ...]]:
    """Import, split and write a data set; goes on where the same import was stopped.

    Args:
        report: told how many pictures are done, of how many.

    Raises:
        DataError: the source is malformed, there is a data set already, no hand was found, or the
            folder cannot be written.
    """
    if (job.out / DESCRIPTION).exists():
        raise DataError(
            "The pictures are not imported",
            f"{job.out} holds a data set already",
            "Name another folder, or delete that one.",
        )
    pictures = job.source.pictures()
    if not pictures:
        raise DataError(
            "The pictures are not imported",
            "the label map leaves every class out",
            "Name fewer classes with CLASS=-.",
        )
    try:
        job.out.mkdir(parents=True, exist_ok=True)
        with Journal(job.out, _fingerprint(job, pictures)) as journal:
            _check_room(job.out, len(pictures) - len(journal.done))
            rows = _find_all(job, pictures, detector, journal, report)
            dataset = _finish(job, rows)
            journal.delete()
    except OSError as error:
        raise DataError(
            "The data set cannot be written",
            f"{job.out}: {error.strerror or error}",
            "Make room or the folder writable, and run the same command: it goes on where it was.",
        ) from error
    return dataset, rows


def _find_all(
    job: ImportJob,
    pictures: Sequence[SourcePicture],
    detector: HandDetector,
    journal: Journal,
    report: Callable[[int, int], None],
) -> tuple[HandRow, ...]:
    with _cache_writer(job.out / CACHE, journal) as writer:
        report(len(journal.done), len(pictures))
        for start in range(len(journal.done), len(pictures), PICTURES_AT_ONCE):
            some: list[tuple[HandRow, ...]] = []
            for picture in pictures[start : start + PICTURES_AT_ONCE]:
                some.append(_find_in(job, picture, detector, writer))
                report(start + len(some), len(pictures))
            writer.flush()
            journal.add(some)
        rows = tuple(row for picture in journal.done for row in picture)
        writer.finish([_sample(row, job.tight) for row in rows if row.found])
    return rows


def _cache_writer(folder: Path, journal: Journal) -> CacheWriter:
    """A writer that goes on after the hands that the journal knows."""
    count = sum(row.found for rows in journal.done for row in rows)
    try:
        return CacheWriter(folder, count)
    except ValueError:
        # Somebody took files away: nothing of the earlier import can be used.
        journal.begin_anew()
        return CacheWriter(folder)


def _find_in(
    job: ImportJob, picture: SourcePicture, detector: HandDetector, writer: CacheWriter
) -> tuple[HandRow, ...]:
    """Rows of one picture; its hands are added to the cache."""
    sha256 = NO_CONTENT
    pairs: list[tuple[LabelledHand, HandContext | None]]
    try:
        content = job.source.read(picture.file)
        sha256 = hashlib.sha256(content).hexdigest()
        bgr = decode_picture(content)
    except (OSError, PictureError) as error:
        missing = error.reason if isinstance(error, PictureError) else Missing.UNREADABLE
        pairs = [(labelled, None) for labelled in picture.hands]
    else:
        missing = Missing.NO_HAND if picture.hands[0].box is None else Missing.NOT_AT_BOX
        pairs = _hands_of(job, picture, bgr, detector)
    return tuple(
        HandRow(
            file=picture.file,
            sha256=sha256,
            hand=number,
            label=labelled.label,
            person=picture.person,
            session=picture.session,
            source=job.name,
            licence=job.licence,
            box=labelled.box,
            row=None if cached is None else writer.add(cached),
            missing=missing if cached is None else None,
            phash=None if cached is None else f"{hand_hash(cached):016x}",
        )
        for number, (labelled, cached) in enumerate(pairs)
    )


def _hands_of(
    job: ImportJob, picture: SourcePicture, bgr: BgrImage, detector: HandDetector
) -> list[tuple[LabelledHand, HandContext | None]]:
    """Each labelled hand with what was found for it."""
    first = picture.hands[0]
    if first.box is not None:
        found = hands_at_boxes(bgr, picture.hands, detector)
        return [
            (labelled, None if hand is None else context_of(bgr, hand, tight=False))
            for labelled, hand in zip(picture.hands, found, strict=True)
        ]
    if job.tight:
        bgr = with_room(bgr)
    sample = Sample(Path(picture.file), first.label, picture.person, job.name, job.tight)
    hands = hands_to_keep(sample, detector.detect(Frame(0, 0.0, 0, bgr)))
    return [(first, context_of(bgr, hand, job.tight)) for hand in hands] or [(first, None)]


def _finish(job: ImportJob, rows: tuple[HandRow, ...]) -> DataSet:
    if not any(row.found for row in rows):
        raise DataError(
            "The pictures cannot be used",
            f"no hand was found in any of {len(rows)}",
            "If they are cut to the hand, import them with --crops.",
        )
    manifest = dump_manifest(rows)
    write_atomically(job.out / MANIFEST, manifest)
    dataset = DataSet(
        job.name,
        job.licence,
        job.format,
        job.origin,
        hashlib.sha256(manifest).hexdigest(),
        tuple(job.source.notes()),
        make_split(rows, job.seed, job.share),
    )
    write_dataset(job.out, dataset, rows)
    return dataset


def _fingerprint(job: ImportJob, pictures: Sequence[SourcePicture]) -> str:
    """Identifies an import: the same pictures, labels and people, read in the same way."""
    digest = hashlib.sha256()
    head = [VERSION, job.name, job.licence, job.tight]
    for value in (head, *(asdict(picture) for picture in pictures)):
        digest.update(json.dumps(value).encode() + b"\n")
    return digest.hexdigest()


def _check_room(folder: Path, pictures: int) -> None:
    needed = pictures * BYTES_PER_HAND
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DataError(
            "There is too little room for the data set",
            f"{pictures} pictures take up to {needed / 1e9:.1f} GB, {free / 1e9:.1f} GB are free",
            "Make room, or name a folder on another disk.",
        )


def _sample(row: HandRow, tight: bool) -> Sample:
    return Sample(Path(PurePosixPath(row.file)), row.label, row.person, row.source, tight)
