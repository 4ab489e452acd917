"""Writes settings as they change, on a thread of its own: a disk may take its time."""

from __future__ import annotations

import queue
import threading

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError, SettingsError
from gesture_app.store.settings import Settings
from gesture_app.ui.services import WindowSettings

_CLOSE_TIMEOUT_S = 1.0


class SettingsWriter(QObject):
    """Keeps the order of writes; of several that wait only the newest is written."""

    failed = pyqtSignal(AppError)

    def __init__(self, settings: WindowSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = settings
        self._queue: queue.SimpleQueue[Settings | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="settings-writer", daemon=True)
        self._thread.start()

    def write(self, settings: Settings) -> None:
        self._queue.put(settings)

    def close(self, settings: Settings) -> None:
        """Write once more and end."""
        self._queue.put(settings)
        self._queue.put(None)
        self._thread.join(_CLOSE_TIMEOUT_S)

    def _work(self) -> None:
        ended = False
        while not ended:
            newest = self._queue.get()
            while newest is not None and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    ended = True
                    break
                newest = following
            if newest is None:
                return
            try:
                self._store.save(newest)
            except SettingsError as error:
                if not ended:
                    self.failed.emit(error)
