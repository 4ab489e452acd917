"""A gesture set as one file, ``NAME.gestureset``: own gestures and all samples.

An uncompressed zip of ``set.json`` and ``samples/``, as they lie in the set's folder. What comes
from elsewhere is checked completely, every picture decoded, before anything of it is taken in.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

from gesture_app.core.errors import RefusalError, SampleError
from gesture_app.store.archive_names import quoted
from gesture_app.store.archive_zip import (
    MAX_ARCHIVE_BYTES,
    ArchiveKind,
    CheckedArchive,
    new_member,
    open_archive,
)
from gesture_app.store.atomic import writing_atomically
from gesture_app.store.gesture_set import (
    MAX_SET_BYTES,
    SET_NAME,
    dump_gesture_set,
    load_gesture_set,
    parse_gesture_set,
)
from gesture_app.store.recordings import (
    FACTS_NAME,
    MAX_FACTS_BYTES,
    dump_facts,
    parse_recording,
    read_facts,
)
from gesture_app.store.sample_errors import unwritable
from gesture_app.store.sample_file import MAX_SAMPLE_BYTES, DamagedSampleError, decode_sample
from gesture_app.store.sample_layout import (
    SAMPLES,
    is_recording,
    is_usable_label,
    number_of,
    recording_folder,
    sample_name,
)
from gesture_app.store.sample_listing import read_sample_file
from gesture_app.store.samples import SampleStore
from gesture_app.store.set_lock import changing_set
from gesture_app.store.set_merging import ImportedSet, merge_set
from gesture_app.store.set_tidying import INCOMING

SUFFIX = ".gestureset"
MAX_SAMPLES = 50_000
_MAX_RECORDINGS = 10_000
_PLACE = re.compile(rf"{SAMPLES}/([^/]+)/([^/]+)/([^/]+)")

Report = Callable[[int, int], None]
"""Told how many files are done, of how many. An exception that it raises cancels the work."""


def export_set(store: SampleStore, target: Path, report: Report) -> int:
    """Pack a set; ``target`` is replaced as a whole or not at all.

    Returns:
        How many samples it holds. Damaged ones are left out; see `SampleStore.problems`.

    Raises:
        SampleError: something of the set cannot be read, there is too much of it, or the file
            cannot be written.
    """
    samples, recordings = store.samples(), store.recordings()
    if len(samples) > MAX_SAMPLES or len(recordings) > _MAX_RECORDINGS:
        raise SampleError(
            "The gesture set cannot be exported",
            f"it holds more than {MAX_SAMPLES} samples or {_MAX_RECORDINGS} recordings",
            "Delete some of its samples.",
        )
    gestures = dump_gesture_set(load_gesture_set(store.root))
    try:
        with writing_atomically(target) as file, zipfile.ZipFile(file, "w") as archive:
            archive.writestr(new_member(SET_NAME), gestures)
            for one in recordings:
                folder = recording_folder(store.root, one.label, one.recording)
                name = f"{SAMPLES}/{one.label}/{one.recording}/{FACTS_NAME}"
                archive.writestr(new_member(name), dump_facts(read_facts(folder)))
            for done, info in enumerate(samples, start=1):
                content = read_sample_file(store.picture_path(info.id), info.id)
                name = f"{SAMPLES}/{info.label}/{info.recording}/{sample_name(info.number)}"
                archive.writestr(new_member(name), content)
                _check_size(file.tell())
                report(done, len(samples))
    except OSError as error:
        raise SampleError(
            "The gesture set cannot be exported",
            f"{error.filename or target} cannot be written ({error.strerror})",
            "Choose a folder that is writable and has room.",
        ) from error
    return len(samples)


def import_set(
    path: Path, store: SampleStore, reserved: Collection[str], report: Report
) -> ImportedSet:
    """Add what an exported set holds to this one.

    A gesture that has the name of one here is taken for the same. Samples that are here already
    are not taken twice, so that importing the same file again changes nothing.

    Args:
        reserved: labels that the app knows by itself. Samples of them are added to them; an own
            gesture of the file never gets one of them.

    Raises:
        SampleError: the file is damaged, hostile, or no gesture set; or this one cannot be
            written. If the disk fails in the midst of it, importing again completes it.
    """
    incoming = None
    try:
        store.root.mkdir(parents=True, exist_ok=True)
        incoming = Path(tempfile.mkdtemp(prefix=INCOMING, dir=store.root))
        _unpack(path, incoming, report)
        with changing_set(store.root):
            return merge_set(store.root, incoming, reserved)
    except RefusalError as error:
        raise SampleError(
            "The gesture set is refused",
            error.why,
            "Ask whoever made it to export it again, or use another.",
        ) from error
    except OSError as error:
        raise unwritable(store.root, error) from error
    finally:
        if incoming is not None:
            shutil.rmtree(incoming, ignore_errors=True)


def _check_size(size: int) -> None:
    """Raises: SampleError: no program would take in a file of so many bytes."""
    if size > MAX_ARCHIVE_BYTES:
        raise SampleError(
            "The gesture set cannot be exported",
            f"the file would be larger than {MAX_ARCHIVE_BYTES} bytes",
            "Delete some of its samples.",
        )


def _unpack(path: Path, target: Path, report: Report) -> None:
    """Unpack a file into an empty folder, checking every member.

    Raises:
        RefusalError: it is damaged, hostile, or no gesture set.
        AppError: it cannot be opened.
        OSError: it cannot be read, or the folder not written.
    """
    with open_archive(path, _KIND) as archive:
        names = sorted(archive.names, key=lambda name: (name != SET_NAME, name))
        _check_labels(names)
        for done, name in enumerate(names, start=1):
            content = _checked(name, archive)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            with (target / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            report(done, len(names))


def _check_labels(names: list[str]) -> None:
    """Raises: RefusalError: two labels differ in case only, or the gestures are missing."""
    if SET_NAME not in names:
        raise RefusalError(f"{SET_NAME} is missing from it")
    places = [name.split("/") for name in names if name != SET_NAME]
    for depth in (2, 3):
        folders = {"/".join(place[:depth]) for place in places}
        if len({folder.casefold() for folder in folders}) != len(folders):
            raise RefusalError("two names in it differ in case only")


def _checked(name: str, archive: CheckedArchive) -> bytes:
    """The content of a member, which is what its name says.

    Raises:
        RefusalError: it is not.
    """
    content = archive.read(name)
    if name == SET_NAME:
        parse_gesture_set(content)
    elif name.endswith(FACTS_NAME):
        parse_recording(content)
    else:
        try:
            decode_sample(content)
        except DamagedSampleError as error:
            raise RefusalError(f"{quoted(name)} is damaged ({error})") from error
    return content


def _limit_of(name: str) -> int | None:
    if name == SET_NAME:
        return MAX_SET_BYTES
    return MAX_FACTS_BYTES if name.endswith("/" + FACTS_NAME) else MAX_SAMPLE_BYTES


def _check_name(name: str) -> None:
    """Raises: RefusalError: no file of a set is called so, or it would not mean the same
    everywhere."""
    place = _PLACE.fullmatch(name)
    if name == SET_NAME or (place is not None and _is_place(*place.groups())):
        return
    raise RefusalError(f"{quoted(name)} is not a file of a gesture set")


def _is_place(label: str, recording: str, file: str) -> bool:
    known = file == FACTS_NAME or number_of(file) is not None
    return known and is_usable_label(label) and is_recording(recording)


_KIND = ArchiveKind(
    _check_name,
    _limit_of,
    max_members=MAX_SAMPLES + _MAX_RECORDINGS + 1,
    max_directory_bytes=16 * 1024 * 1024,
)
