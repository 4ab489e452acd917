"""A model as one file, ``NAME.gesture``: written from a model folder, unpacked into an empty one.

It is an uncompressed zip with fixed dates and order, so that the same model always gives the same
bytes, whichever zlib is at hand. Networks hardly compress anyway.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gesture_app.core.errors import AppError, RefusalError
from gesture_app.core.manifest import MANIFEST_NAME
from gesture_app.store.archive_check import check_files, check_manifest
from gesture_app.store.archive_contents import (
    CONTENTS_NAME,
    Contents,
    FileRecord,
    describe,
    parse_contents,
    size_limit,
)
from gesture_app.store.archive_names import check_name
from gesture_app.store.archive_zip import ArchiveKind, new_member, open_archive
from gesture_app.store.atomic import sync_folder, writing_atomically
from gesture_app.store.models import read_manifest

SUFFIX = ".gesture"
_CHUNK = 1024 * 1024
_KIND = ArchiveKind(check_name, size_limit, max_members=16, max_directory_bytes=16 * 1024)


def write_archive(folder: Path, target: Path) -> Contents:
    """Pack the model of a folder; ``target`` is replaced as a whole or not at all.

    Raises:
        ModelError: a file of the model is missing or not what it should be.
        AppError: a file cannot be read or written.
    """
    contents = inspect_folder(folder)
    try:
        with writing_atomically(target) as file, zipfile.ZipFile(file, "w") as archive:
            archive.writestr(new_member(CONTENTS_NAME), contents.to_bytes())
            for name in _in_order(contents):
                _pack(archive, folder / name, contents.files[name])
    except OSError as error:
        raise AppError(
            "The model cannot be exported",
            f"{error.filename or target} cannot be written ({error.strerror})",
            "Choose a folder that is writable and has room.",
        ) from error
    return contents


def inspect_folder(folder: Path) -> Contents:
    """What a model folder holds, after checking all of it but the networks' insides.

    Raises:
        ModelError: a file of the model is missing or not what it should be.
    """
    manifest = read_manifest(folder)
    try:
        contents = describe(folder, manifest)
        check_manifest((folder / MANIFEST_NAME).read_bytes(), contents)
        check_files(folder, contents, manifest)
    except OSError as error:
        raise RefusalError(f"{error.filename} cannot be read ({error.strerror})") from error
    return contents


def copy_model(folder: Path, target: Path) -> Contents:
    """Copy a model's files, and its contents, into an empty folder, flushed to the disk.

    Raises:
        ModelError: a file of the model is missing or not what it should be.
        OSError: it cannot be written.
    """
    contents = inspect_folder(folder)
    for name, record in contents.files.items():
        _put(target / name, _chunks(folder / name), record)
    _put_contents(target, contents)
    return contents


def unpack_archive(path: Path, target: Path) -> Contents:
    """Unpack a model file into an empty folder and check all of it but the networks' insides.

    What can be refused without unpacking the large files is refused before.

    Raises:
        RefusalError: it is damaged, hostile, or no model.
        OSError: it cannot be read, or the folder not written.
    """
    with open_archive(path, _KIND) as archive:
        contents = parse_contents(archive.read(CONTENTS_NAME))
        if missing := sorted(contents.files.keys() - archive.names):
            raise RefusalError(f"{missing[0]} is missing from it")
        if surplus := sorted(archive.names - contents.files.keys() - {CONTENTS_NAME}):
            raise RefusalError(f"{surplus[0]} is not listed in {CONTENTS_NAME}")
        manifest = check_manifest(archive.read(MANIFEST_NAME), contents)
        for name in _in_order(contents):
            _put(target / name, archive.chunks(name), contents.files[name])
    check_files(target, contents, manifest)
    _put_contents(target, contents)
    return contents


def _in_order(contents: Contents) -> list[str]:
    """The manifest first, so that a reader can decide early."""
    return sorted(contents.files, key=lambda name: (name != MANIFEST_NAME, name))


def _pack(archive: zipfile.ZipFile, path: Path, expected: FileRecord) -> None:
    member = new_member(path.name)
    member.file_size = expected.size
    with archive.open(member, "w") as packed:
        _copy(_chunks(path), packed.write, path.name, expected)


def _put(path: Path, chunks: Iterable[bytes], expected: FileRecord) -> None:
    """Write a new file of a model and flush it, while checking that it is the expected one."""
    with path.open("xb") as file:
        _copy(chunks, file.write, path.name, expected)
        file.flush()
        os.fsync(file.fileno())


def _put_contents(target: Path, contents: Contents) -> None:
    content = contents.to_bytes()
    record = FileRecord(len(content), hashlib.sha256(content).hexdigest())
    _put(target / CONTENTS_NAME, [content], record)
    sync_folder(target)


def _copy(
    chunks: Iterable[bytes], write: Callable[[bytes], object], name: str, expected: FileRecord
) -> None:
    sha256, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        sha256.update(chunk)
        write(chunk)
    if FileRecord(size, sha256.hexdigest()) != expected:
        raise RefusalError(f"{name} is not the file that {CONTENTS_NAME} lists (sha256)")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
