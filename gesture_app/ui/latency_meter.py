"""From the camera's picture to the paint on the screen: where a frame's time goes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from gesture_app.core.types import FrameResult
from gesture_app.engine.statistics import Spread, spread_of

KEPT_FRAMES = 150
"""Five seconds of a camera at 30 frames per second."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds since the frame was captured, over the last `KEPT_FRAMES` painted ones.

    Attributes:
        begun: until recognition took the frame up.
        seen: until its hands were found.
        named: until their gestures were named.
        painted: until the result was on the screen, as far as Qt can tell: the paint has ended,
            the screen's own refresh has not.
    """

    frames: int
    begun: Spread
    seen: Spread
    named: Spread
    painted: Spread


class LatencyMeter:
    """Collects painted frames. GUI thread."""

    def __init__(self) -> None:
        self._rows: deque[tuple[float, float, float, float]] = deque(maxlen=KEPT_FRAMES)

    def add(self, result: FrameResult, painted_ns: int) -> None:
        """Count a frame whose result has just been painted, at ``time.perf_counter_ns``."""
        times = result.times
        begun = times.waited_ms
        seen = begun + times.detect_ms
        painted = (painted_ns - result.frame.captured_ns) / 1e6
        self._rows.append((begun, seen, seen + times.classify_ms, painted))

    def clear(self) -> None:
        self._rows.clear()

    def latencies(self) -> Latencies | None:
        """None before the first frame."""
        if not self._rows:
            return None
        begun, seen, named, painted = (
            spread_of(column) for column in zip(*self._rows, strict=True)
        )
        return Latencies(len(self._rows), begun, seen, named, painted)
