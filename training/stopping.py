"""Requests to stop: SIGINT, SIGTERM, a line ``cancel`` on standard input, or its end.

The latter two work on every system, and the end also when whoever started the process dies.
"""

from __future__ import annotations

import os
import select
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

POLL_S = 0.05
"""How long the end of a process waits for the watch at most."""

CANCEL = b"cancel"
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_requests(then: Callable[[], None], *, watch_stdin: bool) -> Iterator[None]:
    """Call ``then`` when this process is asked to stop; asked again by signal, it ends at once.

    Must be used in the main thread, as signals want it.
    """
    previous = {number: signal.getsignal(number) for number in SIGNALS}

    def on_signal(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        then()

    for number in SIGNALS:
        signal.signal(number, on_signal)
    over = threading.Event()
    watch = threading.Thread(
        target=_watch_stdin,
        args=(then, over),
        name="stdin watch",
        # On Windows a read of a pipe cannot be given up; there it ends with the process.
        daemon=os.name == "nt",
    )
    if watch_stdin:
        watch.start()
    try:
        yield
    finally:
        over.set()
        if watch_stdin and os.name != "nt":
            watch.join()
        for number, handler in previous.items():
            signal.signal(number, handler)


def stdin_is_a_pipe() -> bool:
    """Whether another program holds the other end of standard input."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # closed, or replaced by something else
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _watch_stdin(then: Callable[[], None], over: threading.Event) -> None:
    """Read until the other end is closed, or a line asks to stop."""
    descriptor = sys.stdin.fileno()
    heard = b""
    while not over.is_set():
        # Windows has no `select` for pipes and reads without it.
        if os.name != "nt" and not select.select([descriptor], [], [], POLL_S)[0]:
            continue
        content = os.read(descriptor, 4096)
        heard = (heard + content)[-4096:]
        if not content or CANCEL in heard.splitlines():
            then()
            return
