"""The person's gestures and pictures as the pages see them: one observable value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError, SampleError
from gesture_app.store.gesture_set import Gesture, GestureSet
from gesture_app.store.samples import RecordingInfo, SampleInfo, SampleStore
from gesture_app.ui.background import Background
from gesture_app.ui.collection_changes import CollectionFiles, Done, Snapshot
from gesture_app.ui.gesture_entries import GestureEntry, entries_of

__all__ = ["GestureCollection", "GestureEntry"]


class GestureCollection(QObject):
    """What the gesture set holds, read and changed on `Background`.

    Every method returns at once. A change is on the disk before `changed` tells of it; what could
    not be done is told through `failed`, and nothing was changed.

    Args:
        base_labels: of the built-in gestures.
        features_cache: deleted together with everything else.
    """

    changed = pyqtSignal()
    failed = pyqtSignal(AppError)
    undoable = pyqtSignal(str)
    """In words, what `undo` would take back; empty for nothing."""

    def __init__(
        self,
        store: SampleStore,
        base_labels: Sequence[str],
        features_cache: Path,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.base_labels = tuple(base_labels)
        self._background = background
        self._files = CollectionFiles(store, self.base_labels, features_cache)
        self._snapshot = Snapshot()
        self._entries: tuple[GestureEntry, ...] = ()
        self._undo: list[Done] = []
        self._reloading = self._reload_again = False
        self._loaded = False
        self._rebuild()

    @property
    def loaded(self) -> bool:
        """Whether the files were read; before that there only seem to be no own gestures."""
        return self._loaded

    @property
    def entries(self) -> tuple[GestureEntry, ...]:
        """Own gestures first, then "anything else" (`NO_GESTURE`), then the built-in ones."""
        return self._entries

    @property
    def switched_off(self) -> frozenset[str]:
        return self._snapshot.gestures.switched_off

    @property
    def problems(self) -> tuple[SampleError, ...]:
        """Pictures that cannot be read; each costs only itself."""
        return self._snapshot.problems

    def entry(self, label: str) -> GestureEntry | None:
        return next((entry for entry in self._entries if entry.label == label), None)

    def samples(self, label: str) -> tuple[SampleInfo, ...]:
        return self._snapshot.samples.get(label, ())

    def recordings(self, label: str) -> tuple[RecordingInfo, ...]:
        return self._snapshot.recordings.get(label, ())

    def reload(self) -> None:
        """Read the files again, for example after a recording."""
        if self._reloading:
            # What is being read may be older than what this is about.
            self._reload_again = True
            return
        self._reloading, self._reload_again = True, False
        self._background.run(self._files.read, self._take_reloaded, self._fail_reloading)

    def add(self, name: str, done: Callable[[Gesture], None]) -> None:
        """Args: done: told the new gesture, after `changed`."""

        def finish(result: tuple[Snapshot, Gesture]) -> None:
            self._take(result[0])
            done(result[1])

        built_in = [entry.name for entry in self._entries if entry.built_in]
        reserved = (*self.base_labels, *built_in)
        self._run(lambda: self._files.add(name, reserved), finish)

    def rename(self, label: str, name: str) -> None:
        built_in = [entry.name for entry in self._entries if entry.built_in]
        self._change(lambda gestures: gestures.renaming(label, name, built_in))

    def recolor(self, label: str, color: str) -> None:
        """Args: color: ``#rrggbb``."""
        self._change(lambda gestures: gestures.recoloring(label, color))

    def switch(self, label: str, on: bool) -> None:
        """Whether a gesture, built-in or own, is recognised at all."""
        self._change(lambda gestures: gestures.switching(label, on))

    def remove(self, label: str) -> None:
        """An own gesture with all its pictures."""
        self._run(lambda: self._files.remove(label), self._take_undoable)

    def merge(self, source: str, target: str) -> None:
        """All pictures of a gesture become another's; if it is an own one, it is gone then."""
        self._run(lambda: self._files.merge(source, target), self._take_undoable)

    def delete(self, ids: Sequence[str]) -> None:
        self._run(lambda: self._files.delete(ids), self._take_undoable)

    def move(self, ids: Sequence[str], label: str) -> None:
        self._run(lambda: self._files.move(ids, label), self._take_undoable)

    def undo(self) -> None:
        """Take the last removal, merging, deletion or move back, and then the one before it."""
        if not self._undo:
            return
        last = self._undo.pop()
        self._tell_undoable()

        def keep(error: AppError) -> None:
            self._undo.append(last)
            self._tell_undoable()
            self.failed.emit(error)

        self._background.run(lambda: self._files.undo(last), self._take, keep)

    def delete_everything(self) -> None:
        """All own gestures, pictures and what was computed from them; for good."""
        self._undo = []
        self._tell_undoable()
        self._run(self._files.delete_everything, self._take)

    def undo_words(self) -> str:
        """What `undoable` said last, in the language of now."""
        if not self._undo:
            return ""
        done = self._undo[-1]
        words = {
            "remove_gesture": self.tr("“%2” is deleted (pictures: %1)"),
            "merge": self.tr("“%2” is merged (pictures: %1)"),
            "delete": self.tr("Pictures deleted: %1"),
            "move": self.tr("Pictures moved to “%2”: %1"),
        }[done.what]
        return words.replace("%1", str(done.count)).replace("%2", self._name_of(done))

    def retranslate(self) -> None:
        """Names of built-in gestures follow the language."""
        self._rebuild()
        self._tell_undoable()
        self.changed.emit()

    def _name_of(self, done: Done) -> str:
        if done.gesture is not None:
            return done.gesture.name
        entry = self.entry(done.label)
        return done.label if entry is None else entry.name

    def _change(self, change: Callable[[GestureSet], GestureSet]) -> None:
        self._run(lambda: self._files.change(change), self._take)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(work, done, self.failed.emit)

    def _take(self, snapshot: Snapshot) -> None:
        self._loaded = True
        self._snapshot = snapshot
        self._rebuild()
        self.changed.emit()

    def _take_undoable(self, result: tuple[Snapshot, Done]) -> None:
        snapshot, done = result
        self._undo.append(done)
        self._take(snapshot)
        self._tell_undoable()

    def _take_reloaded(self, snapshot: Snapshot) -> None:
        self._end_reloading()
        self._take(snapshot)

    def _fail_reloading(self, error: AppError) -> None:
        self._end_reloading()
        self.failed.emit(error)

    def _end_reloading(self) -> None:
        self._reloading = False
        if self._reload_again:
            self.reload()

    def _rebuild(self) -> None:
        self._entries = entries_of(self._snapshot, self.base_labels)

    def _tell_undoable(self) -> None:
        self.undoable.emit(self.undo_words())
