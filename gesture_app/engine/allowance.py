"""The share of the machine's processors that recognition may take."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

LONGEST_REST_S = 1.0
"""Even the smallest share sees a picture about once a second."""


class ProcessorAllowance:
    """Says how long to rest after each frame. Used by one thread, except for `set_share`.

    What counts is the processor time of the whole program, the window and MediaPipe's and the
    network's threads included. Unused time is not saved up.

    Args:
        share: part of all processors, in (0, 1]; 1 never rests.
        processors: how many there are.
        clock_s, used_s: wall clock and the program's processor time.
    """

    def __init__(
        self,
        share: float,
        processors: int | None = None,
        clock_s: Callable[[], float] = time.perf_counter,
        used_s: Callable[[], float] = time.process_time,
    ) -> None:
        self._share = self._share_before = share
        self._processors = processors or os.cpu_count() or 1
        self._clock_s = clock_s
        self._used_s = used_s
        self._since_s = clock_s()
        self._used_before_s = used_s()

    def set_share(self, share: float) -> None:
        """From the next frame on. May be called by any thread."""
        self._share = share

    def rest_s(self) -> float:
        """Seconds to rest now, given the time used since the last call. It counts as rested."""
        share = self._share
        if share >= 1.0:
            self._share_before = share
            return 0.0
        now_s, used_s = self._clock_s(), self._used_s()
        if share == self._share_before:
            due_s = (used_s - self._used_before_s) / (share * self._processors)
            due_s -= now_s - self._since_s
        else:
            due_s = 0.0  # what was used under another share is settled
        self._share_before = share
        rest_s = min(max(due_s, 0.0), LONGEST_REST_S)
        self._since_s, self._used_before_s = now_s + rest_s, used_s
        return rest_s
