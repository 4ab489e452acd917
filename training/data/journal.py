"""What an import has done so far, so that a stopped one goes on where it was.

The first line names the import, each further one holds the rows of one picture. Lines are written
after what they speak of is on the disk, and many at a time, since bringing things to the disk takes
longer than finding a hand. A line that a crash cut off does not count.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from training.data.manifest import HandRow, check_rows

NAME = "journal.jsonl"


class Journal:
    """The journal of one import.

    Args:
        folder: of the data set.
        job: identifies what is imported and how; a journal of another job is begun anew.

    Attributes:
        done: rows of each picture that is done, in order.
    """

    def __init__(self, folder: Path, job: str) -> None:
        self._path = folder / NAME
        self.done: list[tuple[HandRow, ...]] = []
        header = msgspec.json.encode({"job": job}) + b"\n"
        size = self._resume(header)
        self._file = self._path.open("r+b" if size else "w+b")
        self._file.truncate(size)
        self._file.seek(size)
        if not size:
            self._append(header)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, pictures: Sequence[tuple[HandRow, ...]]) -> None:
        """Note that these pictures are done, and bring that to the disk."""
        self._append(b"".join(msgspec.json.encode(rows) + b"\n" for rows in pictures))
        self.done += pictures

    def begin_anew(self) -> None:
        """Forget all pictures."""
        self._file.seek(0)
        header = self._file.readline()
        self._file.truncate(len(header))
        self._file.seek(len(header))
        self.done = []

    def delete(self) -> None:
        """The import is finished."""
        self._file.close()
        self._path.unlink()

    def _append(self, content: bytes) -> None:
        self._file.write(content)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _resume(self, header: bytes) -> int:
        """Read what is done; returns how many bytes of the file count."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return 0
        if not content.startswith(header):
            return 0
        size = len(header)
        for line in content[size:].split(b"\n")[:-1]:
            try:
                rows = msgspec.json.decode(line, type=tuple[HandRow, ...])
                check_rows(rows)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                break
            self.done.append(rows)
            size += len(line) + 1
        return size
