"""The zip around a model or a gesture set: which are opened at all, and reading within limits.

An archive from outside is checked as a whole before anything of it is unpacked. The end record is
read by hand first, since `zipfile` builds its whole directory in memory, however large. Background
on what archives can do: David Fifield, "A better zip bomb" (WOOT 2019); Snyk, "Zip Slip" (2018).
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gesture_app.core.errors import AppError, RefusalError
from gesture_app.store.archive_names import quoted

MAX_ARCHIVE_BYTES = 1024 * 1024 * 1024
"""Of the file, and of all its members unpacked."""

MAX_RATIO = 100
"""Deflate reaches 1032. Reports, the most repetitive members, stay below 30."""

_LOCAL_HEADER = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_BYTES = 20
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED = 0x1
_DATE = (1980, 1, 1, 0, 0, 0)
_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3
_CHUNK = 1024 * 1024

# What zipfile raises on what is damaged, cut off or of a kind it does not know.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, RuntimeError, NotImplementedError, UnicodeError, ValueError),
)


@dataclass(frozen=True, slots=True)
class ArchiveKind:
    """What archives of one kind hold.

    Attributes:
        check_name: raises `RefusalError` for names of members that may not even be looked at.
        limit_of: a member's name → most bytes it may have; None refuses the name.
        max_members: how many there may be, at most 65535.
        max_directory_bytes: how large the zip's directory of them may be.
    """

    check_name: Callable[[str], None]
    limit_of: Callable[[str], int | None]
    max_members: int
    max_directory_bytes: int


class CheckedArchive:
    """An open archive whose structure was checked.

    Args:
        archive: opened for reading.
        kind: what it has to hold.

    Raises:
        RefusalError: the structure is not that of a file of this kind.
    """

    def __init__(self, archive: zipfile.ZipFile, kind: ArchiveKind) -> None:
        self._archive = archive
        self._members = _check_members(archive, kind)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    def read(self, name: str) -> bytes:
        """A whole member, for small ones.

        Raises:
            RefusalError: it is missing or damaged.
        """
        if name not in self._members:
            raise RefusalError(f"{name} is missing from it")
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member in pieces; `zipfile` reads no more than the directory says and checks the CRC.

        Raises:
            RefusalError: it is damaged.
        """
        member = self._members[name]
        left = member.file_size
        with _refusing_damage(name), self._archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                yield chunk
        if left:
            raise RefusalError(f"{name} is shorter than it says")


@contextmanager
def open_archive(path: Path, kind: ArchiveKind) -> Iterator[CheckedArchive]:
    """Open a zip file after checking its structure; see `CheckedArchive`.

    Raises:
        RefusalError: it is not an archive as this app writes them.
        AppError: it cannot be opened.
        OSError: reading it failed.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise AppError(
            f"{path} cannot be read", str(error.strerror), "Check the path, or choose another file."
        ) from error
    with file:
        _check_frame(file, kind)
        with _refusing_damage("its directory"):
            archive = zipfile.ZipFile(file)
        with archive:
            yield CheckedArchive(archive, kind)


def new_member(name: str) -> zipfile.ZipInfo:
    """A member to be written, without compression and with a fixed date, so that the same content
    always gives the same bytes."""
    member = zipfile.ZipInfo(name, _DATE)
    member.create_system = _UNIX
    member.external_attr = _ORDINARY_FILE
    return member


@contextmanager
def _refusing_damage(name: str) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise RefusalError(f"{name} is damaged ({error})") from error


def _check_frame(file: BinaryIO, kind: ArchiveKind) -> None:
    """Start and end of the file, without reading what lies between."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise RefusalError("the file is empty")
    if size > MAX_ARCHIVE_BYTES:
        raise RefusalError(f"it is {size} bytes, more than the {MAX_ARCHIVE_BYTES} allowed")
    file.seek(0)
    start = file.read(4)
    if start == _END_SIGNATURE:
        raise RefusalError("it is an archive without files")
    if start != _LOCAL_HEADER:
        raise RefusalError("it does not start as a zip archive")
    file.seek(max(0, size - _END.size - _ZIP64_LOCATOR_BYTES))
    tail = file.read()
    _check_end(tail[: -_END.size], tail[-_END.size :], size, kind)
    file.seek(0)


def _check_end(before: bytes, record: bytes, size: int, kind: ArchiveKind) -> None:
    """The end record has to be the last bytes: nothing is cut off, nothing follows it."""
    if len(record) < _END.size or not record.startswith(_END_SIGNATURE):
        raise RefusalError("its end is missing, or something follows it")
    _, disk, first_disk, here, count, directory, offset, comment = _END.unpack(record)
    if max(count, here) > kind.max_members:
        raise RefusalError(f"it holds more than {kind.max_members} files")
    if before.startswith(_ZIP64_LOCATOR):
        raise RefusalError("it uses the zip64 format, which is not needed")
    if disk or first_disk or here != count or comment:
        raise RefusalError("its end record is not one that this app writes")
    if directory > kind.max_directory_bytes:
        raise RefusalError("its directory is too large")
    if offset + directory + _END.size != size:
        raise RefusalError("its directory is not where it says")


def _check_members(archive: zipfile.ZipFile, kind: ArchiveKind) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for member in archive.infolist():
        name = member.orig_filename  # zipfile shortens and rewrites `filename`
        kind.check_name(name)
        if name in members:
            raise RefusalError(f"{quoted(name)} stands in it twice")
        if name.casefold() in folded:
            raise RefusalError(f"two names in it differ in case only ({quoted(name)})")
        _check_kind(member)
        _check_size(member, kind.limit_of(name))
        members[name] = member
        folded.add(name.casefold())
    total = sum(member.file_size for member in members.values())
    if total > MAX_ARCHIVE_BYTES:
        raise RefusalError(
            f"its files are {total} bytes, more than the {MAX_ARCHIVE_BYTES} allowed"
        )
    _check_layout(members, archive.start_dir)
    return members


def _check_kind(member: zipfile.ZipInfo) -> None:
    name = quoted(member.orig_filename)
    mode = member.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise RefusalError(f"{name} is a link")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise RefusalError(f"{name} is not an ordinary file")
    if member.flag_bits & _ENCRYPTED:
        raise RefusalError(f"{name} is encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusalError(f"{name} is packed in a way that is not known here")


def _check_size(member: zipfile.ZipInfo, limit: int | None) -> None:
    name, size, packed = quoted(member.orig_filename), member.file_size, member.compress_size
    if limit is None:
        raise RefusalError(f"{name} is not a file that belongs there")
    if size > limit:
        raise RefusalError(f"{name} is {size} bytes, more than the {limit} allowed")
    if size > packed * MAX_RATIO:
        raise RefusalError(f"{name} unpacks to more than {MAX_RATIO} times its size")


def _check_layout(members: dict[str, zipfile.ZipInfo], directory: int) -> None:
    """Members lie one after the other: none shares bytes with another (overlapping bombs)."""
    end = 0
    for member in sorted(members.values(), key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise RefusalError("files in it share the same bytes")
        end = member.header_offset + _LOCAL_HEADER_BYTES + member.compress_size
        end += len(member.orig_filename)
    if end > directory:
        raise RefusalError("files in it share the same bytes")
