"""Writing samples of one recording, each on the disk before it counts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.sample_changes import next_number, remove_if_empty
from gesture_app.store.sample_errors import unwritable
from gesture_app.store.sample_file import HandSample, encode_sample, parse_facts
from gesture_app.store.sample_index import SampleInfo, info_of
from gesture_app.store.sample_layout import LARGEST_NUMBER, sample_name
from gesture_app.store.sample_listing import SampleListing
from gesture_app.store.set_lock import changing_set


class RecordingWriter:
    """One recording that goes on; made by `SampleStore.begin`. For one thread.

    Attributes:
        id: its name, with which it can be resumed.
    """

    def __init__(self, root: Path, folder: Path, listing: SampleListing) -> None:
        self.id = folder.name
        self._root = root
        self._folder = folder
        self._listing = listing
        self._next = next_number(folder)

    def add(self, sample: HandSample) -> SampleInfo:
        """Keep a sample: when this returns, it is on the disk and survives a power cut.

        Raises:
            SampleError: it could not be written; those before it are untouched.
        """
        content = encode_sample(sample)
        digest = hashlib.sha256(content).hexdigest()
        self._check_place()  # locking would make the set anew, perhaps on another disk
        with changing_set(self._root):
            self._check_place()  # everything may have been deleted meanwhile
            path = self._free_path()
            try:
                write_atomically(path, content)
            except OSError as error:
                raise unwritable(self._folder, error) from error
            label = self._folder.parent.name
            info = info_of(label, self.id, self._next, digest, parse_facts(content))
            self._listing.put(path, info)  # before anybody moves it
        self._next += 1
        return info

    def close(self) -> None:
        """End the recording; one without samples leaves nothing."""
        try:
            self._check_place()
        except SampleError:
            return
        with changing_set(self._root):
            remove_if_empty(self._root, self._folder)

    def _check_place(self) -> None:
        """Raises: SampleError: the recording's folder is gone, or out of reach."""
        try:
            self._folder.stat()
        except OSError as error:
            raise unwritable(self._folder, error) from error

    def _free_path(self) -> Path:
        """The file of the next number that nobody has taken meanwhile."""
        while (self._folder / sample_name(self._next)).exists():
            self._next += 1
        if self._next > LARGEST_NUMBER:
            raise SampleError(
                "The samples cannot be saved",
                "the recording is full",
                "Start another recording.",
            )
        return self._folder / sample_name(self._next)
