"""Work that may wait for a disk, in order on a thread of its own; answers on the GUI thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, Qt, pyqtSignal

from gesture_app.core.errors import AppError

_log = logging.getLogger(__name__)

_Answer = Callable[[], None]


class Background(QObject):
    """One thread, ``ui-work``, and a queue. Pieces of work never overlap and keep their order."""

    failed = pyqtSignal(AppError)
    """A piece of work failed and nobody asked to be told."""

    _answered = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Answer | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        # Queued even if told on the GUI thread. (The stubs lack the second argument.)
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._deliver, queued)  # type: ignore[call-arg]
        # A daemon: a network folder that never answers must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="ui-work", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Queue a piece of work. After `close` nothing is done and nobody is told.

        Args:
            work: called on the thread. Anything but an `AppError` is a bug: its traceback is
                logged, and it is said as an `AppError` too.
            done: called on the GUI thread with what ``work`` returned.
            failed: called on the GUI thread instead; without it the signal `failed` says it.
        """
        if not self._closed.is_set():
            self._queue.put(lambda: self._work(work, done, failed or self.failed.emit))

    def close(self, timeout_s: float) -> bool:
        """Forget what is queued, wait for what is under way; False if it does not end in time."""
        self._closed.set()
        self._queue.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (piece := self._queue.get()) is not None and not self._closed.is_set():
            piece()

    def _work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        answer: _Answer
        try:
            value = work()
        except AppError as error:
            answer = _telling(failed, error)
        except Exception as error:
            _log.exception("A bug in background work")
            answer = _telling(failed, _as_app_error(error))
        else:
            answer = _telling(done, value)
        if not self._closed.is_set():
            self._answered.emit(answer)

    def _deliver(self, answer: _Answer) -> None:
        if not self._closed.is_set():
            answer()


def _telling(listener: Callable[[Any], None], value: Any) -> _Answer:
    return lambda: listener(value)


def _as_app_error(error: Exception) -> AppError:
    return AppError(
        "Something in the window went wrong",
        f"{type(error).__name__}: {error}",
        "The app goes on; if it comes back, report it with the log.",
    )
