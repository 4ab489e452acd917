"""The samples of a set as its folders hold them, at the cost of looking at names only.

What the index does not know of a file, or knows of another one, is read from the file: the index
may be missing, damaged, old or written by two programs at once, nothing but time is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.store.sample_errors import damaged_sample, unreadable, unreadable_folder
from gesture_app.store.sample_file import MAX_SAMPLE_BYTES, DamagedSampleError, parse_facts
from gesture_app.store.sample_index import (
    FileStamp,
    Row,
    SampleInfo,
    info_of,
    load_rows,
    save_rows,
)
from gesture_app.store.sample_layout import (
    SAMPLES,
    is_recording,
    is_usable_label,
    number_of,
    sample_id,
)
from gesture_app.store.set_lock import changing_set_if_free

UNSAVED_ROWS = 64
"""The index is written when it lacks more: reading so many files again takes no time that anybody
would notice, and writing it after each sample would."""


class SampleListing:
    """What is known about the samples in ``root``. Thread-safe."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._rows: dict[str, Row] | None = None
        self._damaged: dict[str, tuple[FileStamp, SampleError]] = {}
        self._inaccessible: tuple[SampleError, ...] = ()
        self._samples: tuple[SampleInfo, ...] = ()
        self._unsaved = 0

    def samples(self) -> tuple[SampleInfo, ...]:
        """All that can be read, sorted by id."""
        with self._lock:
            self._refresh()
            return self._samples

    def problems(self) -> tuple[SampleError, ...]:
        """One for each file and folder that cannot be read."""
        with self._lock:
            self._refresh()
            return (*self._inaccessible, *(error for _, error in self._damaged.values()))

    def put(self, path: Path, info: SampleInfo) -> None:
        """A sample that was just written, so that it need not be read again."""
        found = path.stat()
        with self._lock:
            if self._rows is not None:
                self._rows[info.id] = Row(FileStamp(found.st_size, found.st_mtime_ns), info)
                self._samples = ()
                self._unsaved += 1

    def forget(self) -> None:
        """Everything was deleted: that there is nothing any more is no problem."""
        with self._lock:
            self._rows, self._damaged, self._samples, self._unsaved = None, {}, (), 0

    def _refresh(self) -> None:
        known = load_rows(self._root) if self._rows is None else self._rows
        try:
            self._root.stat()
        except OSError as error:
            if known or not isinstance(error, FileNotFoundError):  # else: not written yet
                self._inaccessible = (unreadable_folder(self._root, error),)
                self._rows, self._samples, self._damaged = known, (), {}
                return
        rows: dict[str, Row] = {}
        damaged: dict[str, tuple[FileStamp, SampleError]] = {}
        inaccessible: list[SampleError] = []
        changes = 0
        for path, stamp, place in _sample_files(self._root, inaccessible.append):
            of = sample_id(*place)
            row, problem = known.get(of), self._damaged.get(of)
            if row is not None and row.stamp == stamp:
                rows[of] = row
            elif problem is not None and problem[0] == stamp:
                damaged[of] = problem
            else:
                changes += 1
                try:
                    rows[of] = Row(stamp, _read_info(Path(path), place))
                except SampleError as error:
                    damaged[of] = stamp, error
        changes += len(known.keys() - rows.keys())
        if changes or self._rows is None or not self._samples:
            self._samples = tuple(rows[of].info for of in sorted(rows))
        self._rows, self._damaged, self._inaccessible = rows, damaged, tuple(inaccessible)
        self._unsaved += changes
        if self._unsaved > UNSAVED_ROWS:
            self._save()

    def _save(self) -> None:
        """As good as it goes: it is only a cache, and the set may be on a disk that is full."""
        assert self._rows is not None
        with changing_set_if_free(self._root) as free, contextlib.suppress(OSError):
            if free:
                save_rows(self._root, self._rows)
                self._unsaved = 0


def _sample_files(
    root: Path, report: Callable[[SampleError], None]
) -> Iterator[tuple[str, FileStamp, tuple[str, str, int]]]:
    """Path, stamp, and label, recording and number of every sample's file."""
    for label in _entries(root / SAMPLES, report):
        if not is_usable_label(label.name) or not label.is_dir(follow_symlinks=False):
            continue
        for recording in _entries(Path(label.path), report):
            if not is_recording(recording.name) or not recording.is_dir(follow_symlinks=False):
                continue
            for entry in _entries(Path(recording.path), report):
                number = number_of(entry.name)
                if number is None:
                    continue
                place = label.name, recording.name, number
                try:
                    stamp = _stamp(entry)
                except OSError as error:
                    report(unreadable(Path(entry.path), error, sample_id(*place)))
                    continue
                if stamp is not None:
                    yield entry.path, stamp, place


def _entries(folder: Path, report: Callable[[SampleError], None]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        report(unreadable_folder(folder, error))
        return []


def _stamp(entry: os.DirEntry[str]) -> FileStamp | None:
    """None if it is no ordinary file, or was removed at this moment. Raises: OSError."""
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return FileStamp(found.st_size, found.st_mtime_ns)


def _read_info(path: Path, place: tuple[str, str, int]) -> SampleInfo:
    """Raises: SampleError: it cannot be read, or is damaged."""
    content = read_sample_file(path, sample_id(*place))
    try:
        return info_of(*place, hashlib.sha256(content).hexdigest(), parse_facts(content))
    except DamagedSampleError as error:
        raise damaged_sample(path, error, sample_id(*place)) from error


def read_sample_file(path: Path, of: str) -> bytes:
    """Raises: SampleError: the file of sample ``of`` cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_SAMPLE_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error, of) from error
