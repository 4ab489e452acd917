"""Stopping at once, on request: by a signal, by a line ``cancel``, or by the end of the program
that started this one.

A request is an exception in the main thread. Whatever was being done is torn down like on Ctrl-C,
and may be: files are written atomically, so what was done so far is there to go on with.
"""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from training.stopping import stdin_is_a_pipe, stop_requests


class CancelRequest(BaseException):
    """Somebody asked to stop. No `Exception`, so that nobody takes it for a failure."""


@contextmanager
def cancellable() -> Iterator[None]:
    """Within it, requests to stop raise `CancelRequest` in the main thread, which uses this."""
    with stop_requests(_raise_in_main_thread, watch_stdin=stdin_is_a_pipe()):
        yield


def _raise_in_main_thread() -> None:
    if threading.current_thread() is not threading.main_thread():
        # Comes back as the signal's handler, there.
        _thread.interrupt_main(signal.SIGTERM)
        return
    raise CancelRequest
