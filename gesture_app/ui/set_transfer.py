"""A whole gesture set to a file and from one, in the background, with progress."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, Qt, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.store.set_archive import export_set, import_set
from gesture_app.store.set_merging import ImportedSet
from gesture_app.ui.background import Background
from gesture_app.ui.gesture_collection import GestureCollection

_REPORT_EVERY_S = 0.05


class _CancelledError(AppError):
    """Not shown: whoever cancels knows it."""

    def __init__(self) -> None:
        super().__init__("Cancelled", "it was asked for", "")


class SetTransfer(QObject):
    """One file at a time. Other changes of the set wait meanwhile."""

    progressed = pyqtSignal(int, int, float)
    """Samples done, of how many, and seconds left."""
    exported = pyqtSignal(Path, int)
    """The file, and how many samples it holds."""
    imported = pyqtSignal(ImportedSet)
    ended = pyqtSignal()
    """However it ended."""
    failed = pyqtSignal(AppError)

    _reported = pyqtSignal(int, int, float)

    def __init__(self, collection: GestureCollection, background: Background) -> None:
        super().__init__(collection)
        self._collection = collection
        self._background = background
        self._running = False
        self._cancelled = threading.Event()
        self._started_s = self._told_s = 0.0
        # Reported on the background's thread. (The stubs lack the second argument.)
        queued = Qt.ConnectionType.QueuedConnection
        self._reported.connect(self.progressed, queued)  # type: ignore[call-arg]

    @property
    def running(self) -> bool:
        return self._running

    def export(self, target: Path) -> None:
        """Write everything to ``target``."""
        store = self._collection.store
        self._run(
            lambda: export_set(store, target, self._report),
            lambda samples: self.exported.emit(target, samples),
        )

    def take_in(self, path: Path) -> None:
        """Add what ``path`` holds."""
        store, reserved = self._collection.store, frozenset(self._collection.base_labels)

        def finish(imported: ImportedSet) -> None:
            self._collection.reload()
            self.imported.emit(imported)

        self._run(lambda: import_set(path, store, reserved, self._report), finish)

    def cancel(self) -> None:
        self._cancelled.set()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        if self._running:
            return
        self._running = True
        self._cancelled.clear()
        self._started_s = self._told_s = time.monotonic()

        def finish(result: object) -> None:
            self._running = False
            self.ended.emit()
            done(result)

        self._background.run(work, finish, self._fail)

    def _fail(self, error: AppError) -> None:
        self._running = False
        self.ended.emit()
        # What was taken in before it failed is there.
        self._collection.reload()
        if not isinstance(error, _CancelledError):
            self.failed.emit(error)

    def _report(self, done: int, total: int) -> None:
        """On the background's thread."""
        if self._cancelled.is_set():
            raise _CancelledError
        now_s = time.monotonic()
        if now_s - self._told_s >= _REPORT_EVERY_S:
            self._told_s = now_s
            left_s = (now_s - self._started_s) / done * (total - done)
            self._reported.emit(done, total, left_s)
