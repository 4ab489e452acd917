"""Reading pictures out of a zip from anywhere: nothing is unpacked to the disk, nothing too large
is read, and names are only names."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path

from training.data.errors import DataError
from training.data.sources import is_inside

MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 32 * 1024 * 1024
MAX_TOTAL_BYTES = 16 * 1024 * 1024 * 1024
MAX_RATIO = 100
"""JPEG and PNG hardly shrink in a zip; a member that grows a hundredfold is no picture."""
RATIO_FROM_BYTES = 64 * 1024
"""Below this size the ratio does not matter: small texts may shrink well."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, KeyError)
# RuntimeError: encrypted; NotImplementedError, a RuntimeError too: a compression we lack.


class PictureArchive:
    """A checked zip, read member by member.

    Raises:
        DataError: it is not a zip, or not a safe one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except _UNREADABLE as error:
            raise _refused(path, f"it is not a readable zip ({error})") from error
        try:
            self._check(path)
        except DataError:
            self._zip.close()
            raise

    def names(self) -> list[str]:
        """Names of all members that are files, in the archive's order."""
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def read(self, name: str) -> bytes:
        """The content of a member.

        Raises:
            OSError: it is damaged, or larger than the archive says.
        """
        try:
            with self._zip.open(name) as member:
                content = member.read(MAX_MEMBER_BYTES + 1)
        except _UNREADABLE as error:
            raise OSError(f"{name} cannot be unpacked ({error})") from error
        if len(content) > MAX_MEMBER_BYTES:
            raise OSError(f"{name} is larger than {MAX_MEMBER_BYTES} bytes")
        return content

    def close(self) -> None:
        self._zip.close()

    def _check(self, path: Path) -> None:
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise _refused(path, f"it has more than {MAX_MEMBERS} members")
        for info in members:
            if reason := _fault(info):
                raise _refused(path, f"{info.filename[:80]!r} {reason}")
        if len({info.filename for info in members}) < len(members):
            raise _refused(path, "a name stands in it twice")
        if sum(info.file_size for info in members) > MAX_TOTAL_BYTES:
            raise _refused(path, f"it holds more than {MAX_TOTAL_BYTES} bytes")
        # Members that share the same bytes are how a small archive becomes a huge one.
        if sum(info.compress_size for info in members) > path.stat().st_size:
            raise _refused(path, "its members overlap")


def _fault(info: zipfile.ZipInfo) -> str:
    """What is wrong with a member, or an empty text."""
    # zipfile cuts names at a null byte; the original says whether there was one.
    if not is_inside(info.filename) or info.orig_filename != info.filename:
        return "is not a plain relative name"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a symbolic link"
    if info.flag_bits & 0x1:
        return "is encrypted"
    if info.file_size > MAX_MEMBER_BYTES:
        return f"is larger than {MAX_MEMBER_BYTES} bytes"
    large = info.file_size > RATIO_FROM_BYTES
    if large and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"grows more than {MAX_RATIO} times when it is unpacked"
    return ""


def _refused(path: Path, reason: str) -> DataError:
    return DataError(
        f"{path.name} is not imported",
        reason,
        "Export the project again and import that file; a file from someone else may be harmful.",
    )
