"""The share of the machine's processors that recognition may take."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

LONGEST_REST_S = 1.0
"""Even the smallest share sees a picture about once a second."""


class ProcessorAllowance:
    """Says how long to rest after each frame. Used by one thread.

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
        self._limited = share < 1.0
        self._rate = share * (processors or os.cpu_count() or 1)
        self._clock_s = clock_s
        self._used_s = used_s
        self._since_s = clock_s()
        self._used_before_s = used_s()

    def rest_s(self) -> float:
        """Seconds to rest now, given the time used since the last call. It counts as rested."""
        if not self._limited:
            return 0.0
        now_s, used_s = self._clock_s(), self._used_s()
        due_s = (used_s - self._used_before_s) / self._rate - (now_s - self._since_s)
        rest_s = min(max(due_s, 0.0), LONGEST_REST_S)
        self._since_s, self._used_before_s = now_s + rest_s, used_s
        return rest_s
