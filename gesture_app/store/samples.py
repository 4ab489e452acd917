"""A person's recorded samples: kept, listed, corrected, and taken back.

This is the one way to them. Below it lie `sample_layout` (places and names), `sample_file` (one
sample), `sample_index` and `sample_listing` (what is known without opening files),
`sample_changes` (moving, deleting, undo) and `recording_writer`.
"""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.store.recording_writer import RecordingWriter
from gesture_app.store.recordings import (
    FACTS_NAME,
    RecordingFacts,
    RecordingInfo,
    read_facts,
    write_facts,
)
from gesture_app.store.sample_changes import (
    Change,
    Kind,
    Rename,
    carry_out,
    changes_in,
    new_change_id,
    samples_behind,
    take_back,
)
from gesture_app.store.sample_errors import damaged_sample
from gesture_app.store.sample_file import DamagedSampleError, HandSample, decode_sample
from gesture_app.store.sample_index import SampleInfo
from gesture_app.store.sample_layout import (
    check_free_of_twins,
    recording_folder,
    sample_path,
)
from gesture_app.store.sample_listing import SampleListing, read_sample_file
from gesture_app.store.sample_plans import deleting, merging, moving, removing
from gesture_app.store.set_lock import LOCK_NAME, changing_set
from gesture_app.store.set_tidying import tidy

__all__ = [
    "Change",
    "HandSample",
    "RecordingInfo",
    "RecordingWriter",
    "SampleInfo",
    "SampleStore",
]


class SampleStore:
    """The samples of a gesture set. Several threads and programs may use one at once.

    Args:
        root: the set's folder, see `sample_layout`; made when something is first written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._listing = SampleListing(root)
        self._tidy_lock = threading.Lock()
        self._tidied = False

    def samples(self) -> tuple[SampleInfo, ...]:
        """All samples that can be read, sorted by id. Never fails; see `problems`."""
        self._tidy()
        return self._listing.samples()

    def problems(self) -> tuple[SampleError, ...]:
        """What cannot be read, each with the id of its sample; such a file can be deleted."""
        return self._listing.problems()

    def recordings(self) -> tuple[RecordingInfo, ...]:
        """Those that hold samples, sorted by label and name."""
        samples = self.samples()
        counts = Counter((info.label, info.recording) for info in samples)
        first_s: dict[tuple[str, str], float] = {}
        for info in samples:
            place = info.label, info.recording
            first_s[place] = min(info.taken_s, first_s.get(place, info.taken_s))
        found = []
        for place, count in sorted(counts.items()):
            facts = read_facts(recording_folder(self.root, *place))
            started_s = facts.started_s or first_s[place]
            found.append(RecordingInfo(*place, started_s, facts.source, count))
        return tuple(found)

    def begin(self, label: str, source: str, recording: str | None = None) -> RecordingWriter:
        """Start a recording.

        Args:
            label: of the gesture.
            source: what it is taken from, in words (a camera, a folder's name).
            recording: a name for it; if there is one of this name, it is resumed. Without it, one
                is made from the time.

        Raises:
            SampleError: label or name cannot be a folder's, or the set cannot be written.
        """
        self._tidy()
        started_s = time.time()
        folder = recording_folder(self.root, label, recording or _recording_name(started_s))
        with changing_set(self.root):
            check_free_of_twins(self.root, label)
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / FACTS_NAME).exists():
                write_facts(folder, RecordingFacts(started_s, source))
            return RecordingWriter(self.root, folder, self._listing)

    def read(self, sample_id: str) -> HandSample:
        """A sample with its picture.

        Raises:
            SampleError: it is damaged or gone.
        """
        path = sample_path(self.root, sample_id)
        content = read_sample_file(path, sample_id)
        try:
            return decode_sample(content)
        except DamagedSampleError as error:
            raise damaged_sample(path, error, sample_id) from error

    def picture_path(self, sample_id: str) -> Path:
        """The JPEG file of a sample, which may be gone meanwhile.

        Raises:
            SampleError: no sample has such an id.
        """
        return sample_path(self.root, sample_id)

    def delete(self, ids: Sequence[str]) -> Change:
        """Take samples out of the set; see `undo`.

        Raises:
            SampleError: none of them is there, or the set cannot be written; nothing was changed.
        """
        return self._change("delete", lambda change_id: deleting(self.root, ids, change_id))

    def move(self, ids: Sequence[str], label: str) -> Change:
        """Give samples to another gesture. They stay in a recording of their recording's name.

        Raises:
            SampleError: none of them is there, ``label`` cannot be one, or the set cannot be
                written; nothing was changed.
        """
        return self._change("move", lambda _: moving(self.root, ids, label))

    def merge(self, source: str, target: str) -> Change:
        """Give all recordings of one gesture to another.

        Raises:
            SampleError: there are none, ``target`` cannot be a label, or the set cannot be
                written; nothing was changed.
        """
        return self._change("merge", lambda _: merging(self.root, source, target))

    def remove_label(self, label: str) -> Change:
        """Take all recordings of a gesture out of the set.

        Raises:
            SampleError: there are none, or the set cannot be written; nothing was changed.
        """
        return self._change("remove_gesture", lambda change: removing(self.root, label, change))

    def undo(self, change: Change) -> None:
        """Take a change back; what was changed again since then stays as it is.

        Raises:
            SampleError: it was made more than a day ago, or the set cannot be written.
        """
        with changing_set(self.root):
            take_back(self.root, change)

    def changes(self) -> tuple[Change, ...]:
        """Those that can be undone, also from before the program was started; latest last."""
        return changes_in(self.root)

    def delete_everything(self) -> None:
        """Delete the set's folder for good: samples, trash, gestures.

        Raises:
            SampleError: something could not be deleted; said which.
        """
        if not self.root.exists():
            return
        with changing_set(self.root):
            for path in self.root.iterdir():
                if path.name != LOCK_NAME:
                    _delete(path)
        self._listing.forget()
        _delete(self.root)

    def _change(self, what: Kind, plan: Callable[[str], list[Rename]]) -> Change:
        """Carry out what ``plan`` says, given the change's id."""
        with changing_set(self.root):
            change_id = new_change_id(self.root)
            renames = plan(change_id)
            if not renames:
                raise SampleError(
                    "The samples cannot be changed",
                    "there are none",
                    "Open the gesture again.",
                )
            count = sum(samples_behind(self.root / rename.before) for rename in renames)
            change = Change(change_id, what, count)
            carry_out(self.root, change, renames)
            return change

    def _tidy(self) -> None:
        """Once for each store, as soon as nobody else is changing the set."""
        with self._tidy_lock:
            if not self._tidied:
                self._tidied = tidy(self.root, time.time())


def _delete(path: Path) -> None:
    """Raises: SampleError: something of it is still there."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        raise SampleError(
            "The samples cannot be deleted",
            f"{error.filename or path} cannot be removed ({error.strerror})",
            "Delete the folder yourself.",
        ) from error


def _recording_name(started_s: float) -> str:
    """Sorted by time, and not given by another program in the same second."""
    moment = time.strftime("%Y%m%d-%H%M%S", time.localtime(started_s))
    return f"{moment}-{secrets.token_hex(2)}"
