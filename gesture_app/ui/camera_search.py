"""Looking for cameras without holding up the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt, pyqtSignal

from gesture_app.ui.services import CameraChoice

_log = logging.getLogger(__name__)


class CameraSearch(QObject):
    """Asks for the cameras on a thread of its own, one search at a time."""

    found = pyqtSignal(tuple)
    """The cameras, `CameraChoice` each. Emitted on the GUI thread."""

    _answered = pyqtSignal(tuple)

    def __init__(
        self, list_cameras: Callable[[], tuple[CameraChoice, ...]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._list_cameras = list_cameras
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()
        # Queued even if told on the GUI thread. (The stubs lack the second argument.)
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._finish, queued)  # type: ignore[call-arg]

    @property
    def running(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        """Search, unless a search is under way or the window is closing."""
        if self._thread is not None or self._closed.is_set():
            return
        # A daemon: a driver that never answers must not keep the program from ending.
        self._thread = threading.Thread(target=self._search, name="camera-search", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float) -> None:
        self._closed.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _search(self) -> None:
        try:
            cameras = self._list_cameras()
        except Exception:
            # The picker goes on with the other sources; the reason is for the log.
            _log.exception("The cameras could not be listed")
            cameras = ()
        if not self._closed.is_set():
            self._answered.emit(cameras)

    def _finish(self, cameras: tuple[CameraChoice, ...]) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()
        self.found.emit(cameras)
