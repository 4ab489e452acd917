"""Changes to many samples at once, and taking them back, also after the program was started anew.

Every change is a list of renames. The list is on the disk before the first of them, so that one
that was cut short by a crash can be taken back like any other. What is deleted is moved to the
trash and stays there for `UNDO_S`; the trash is emptied of older things whenever a program opens
the set (`empty_trash`).

Callers hold the set's lock.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gesture_app.core.errors import RefusalError, SampleError
from gesture_app.store.atomic import sync_folder, write_atomically
from gesture_app.store.recordings import FACTS_NAME
from gesture_app.store.sample_layout import (
    SAMPLES,
    TRASH,
    number_of,
    sample_name,
)
from gesture_app.store.strict_json import parse_object

UNDO_S = 24 * 3600.0
CHANGE_SCHEMA = 1
JOURNAL_NAME = "change.json"

Kind = Literal["delete", "move", "merge", "remove_gesture"]
_KINDS = ("delete", "move", "merge", "remove_gesture")
_ID = re.compile(r"[0-9]{19,20}")
_PART = r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,79}"
_PLACE = re.compile(rf"({SAMPLES}|{TRASH}/[0-9]+)/{_PART}/{_PART}(/{_PART})?")
_MAX_JOURNAL_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made and can be taken back.

    Attributes:
        id: of the change; later ones are greater.
        what: its kind.
        count: samples that it touched.
    """

    id: str
    what: Kind
    count: int


class Rename(NamedTuple):
    """A file or recording gets another place; both relative to the set, with ``/``."""

    before: str
    after: str


def new_change_id(root: Path) -> str:
    """Of the time, and not used yet."""
    moment = time.time_ns()
    while (root / TRASH / str(moment)).exists():
        moment += 1
    return str(moment)


def carry_out(root: Path, change: Change, renames: Sequence[Rename]) -> None:
    """Make a change: all of it, or nothing if an error is raised.

    Raises:
        OSError: a place cannot be written.
    """
    journal = root / TRASH / change.id / JOURNAL_NAME
    value = {
        "schema": CHANGE_SCHEMA,
        "what": change.what,
        "count": change.count,
        "renames": [list(rename) for rename in renames],
    }
    write_atomically(journal, json.dumps(value).encode("ascii"))
    done: list[Rename] = []
    try:
        for rename in renames:
            _rename(root / rename.before, root / rename.after)
            done.append(rename)
    except OSError:
        for rename in reversed(done):
            _rename(root / rename.after, root / rename.before)
        shutil.rmtree(journal.parent, ignore_errors=True)
        raise
    _sync_parents(root, renames)
    for folder in {(root / before).parent for before, _ in renames}:
        if folder.parent == root / SAMPLES:  # all of a label's recordings went
            remove_if_empty(root, folder)


def take_back(root: Path, change: Change) -> None:
    """Undo a change, or what of it was made and is still there.

    Raises:
        SampleError: it cannot be undone any more.
        OSError: a place cannot be written.
    """
    _, renames = _read_journal(root, change.id)
    for before, after in reversed(renames):
        if (root / after).exists():
            _rename(root / after, _free_place(root / before))
    _sync_parents(root, renames)
    for folder in {(root / after).parent for _, after in renames}:
        remove_if_empty(root, folder)
    shutil.rmtree(root / TRASH / change.id, ignore_errors=True)


def changes_in(root: Path) -> tuple[Change, ...]:
    """Those that can be taken back, the latest last."""
    found = []
    for change_id in _ids(root):
        with contextlib.suppress(SampleError):
            found.append(_read_journal(root, change_id)[0])
    return tuple(found)


def empty_trash(root: Path, now_s: float) -> None:
    """Delete for good what was changed longer than `UNDO_S` before ``now_s``."""
    for change_id in _ids(root):
        if now_s - int(change_id) / 1e9 < UNDO_S:
            continue
        renames: tuple[Rename, ...] = ()
        with contextlib.suppress(SampleError):
            renames = _read_journal(root, change_id)[1]
        shutil.rmtree(root / TRASH / change_id, ignore_errors=True)
        for folder in {(root / before).parent for before, _ in renames}:
            remove_if_empty(root, folder)


def remove_if_empty(root: Path, folder: Path) -> None:
    """Remove a recording's folder that holds no sample, or a label's that holds no recording."""
    label = folder if folder.parent == root / SAMPLES else folder.parent
    if label.parent != root / SAMPLES or not label.is_dir():
        return
    if folder != label and folder.is_dir() and not _holds_more_than_facts(folder):
        shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        label.rmdir()


def _holds_more_than_facts(folder: Path) -> bool:
    return any(path.name != FACTS_NAME for path in folder.iterdir())


def next_number(folder: Path, taken: Iterable[str] = ()) -> int:
    """One more than any sample in a recording's folder, or among the names ``taken``, has."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    numbers = (number_of(name) for name in [*names, *taken])
    return max((number for number in numbers if number is not None), default=-1) + 1


def samples_behind(place: Path) -> int:
    """How many a file of one, or a recording's folder, holds."""
    if not place.is_dir():
        return 1
    return sum(number_of(path.name) is not None for path in place.iterdir())


def _rename(before: Path, after: Path) -> None:
    after.parent.mkdir(parents=True, exist_ok=True)
    before.rename(after)


def _free_place(place: Path) -> Path:
    """The place, or if it was taken meanwhile, the next one for a sample or a recording."""
    if not place.exists():
        return place
    if number_of(place.name) is not None:
        return place.with_name(sample_name(next_number(place.parent)))
    count = 2
    while place.with_name(f"{place.name}-{count}").exists():
        count += 1
    return place.with_name(f"{place.name}-{count}")


def _sync_parents(root: Path, renames: Sequence[Rename]) -> None:
    for folder in {(root / place).parent for rename in renames for place in rename}:
        if folder.is_dir():
            sync_folder(folder)


def _ids(root: Path) -> list[str]:
    try:
        return sorted(path.name for path in (root / TRASH).iterdir() if _ID.fullmatch(path.name))
    except OSError:
        return []


def _read_journal(root: Path, change_id: str) -> tuple[Change, tuple[Rename, ...]]:
    """Raises: SampleError: there is none that can be used."""
    try:
        if not _ID.fullmatch(change_id):
            raise ValueError("not a change")
        with (root / TRASH / change_id / JOURNAL_NAME).open("rb") as file:
            value = parse_object(file.read(_MAX_JOURNAL_BYTES), JOURNAL_NAME)
        if value["schema"] != CHANGE_SCHEMA or value["what"] not in _KINDS:
            raise ValueError("of another version")
        renames = tuple(Rename(_place(before), _place(after)) for before, after in value["renames"])
        return Change(change_id, value["what"], int(value["count"])), renames
    except (OSError, ValueError, TypeError, KeyError, RefusalError) as error:
        raise SampleError(
            "The change cannot be undone",
            "it was made too long ago, or what was deleted is gone",
            "Record the samples again if they are needed.",
        ) from error


def _place(value: Any) -> str:
    if not isinstance(value, str) or not _PLACE.fullmatch(value):
        raise ValueError("not a place in a set")
    return value
