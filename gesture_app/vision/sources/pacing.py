"""Playing a file at its own speed."""

from __future__ import annotations

import time
from collections.abc import Callable

MAX_LATE_S = 0.25
"""After a pause or a slow stretch longer than this a file goes on at its own speed from where it
is, instead of rushing through what it missed."""


class Pacer:
    """Waits until each frame is due.

    Args:
        wait: waits for the given seconds or until woken, like ``threading.Event.wait``.
        clock_ns: nanoseconds, monotonic.
    """

    def __init__(
        self,
        wait: Callable[[float], object],
        clock_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._wait = wait
        self._clock_ns = clock_ns
        self._start_ns: float | None = None

    def wait_for(self, media_ms: float) -> None:
        """Return when the frame at ``media_ms`` is due, at once if it is late."""
        now = self._clock_ns()
        if self._start_ns is None:
            self._start_ns = now - media_ms * 1e6
        early_s = (self._start_ns + media_ms * 1e6 - now) / 1e9
        if early_s > 0:
            self._wait(early_s)
        elif early_s < -MAX_LATE_S:
            self._start_ns = now - media_ms * 1e6
