"""How a run goes: counts, rate, latency and the time of each stage."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gesture_app.core.types import StageTimes
from gesture_app.vision.backends.base import BackendChoice

FPS_WINDOW_NS = 2_000_000_000
KEPT_FRAMES = 300


@dataclass(frozen=True, slots=True)
class RunStatistics:
    """How the run goes; a snapshot.

    Attributes:
        frames: frames recognised since the start.
        dropped: frames of a live source that a newer one replaced before they were recognised.
        fps: recognised frames per second over the last two seconds.
        latency_p50_ms, latency_p95_ms, latency_p99_ms: capture to result, over the last
            300 frames.
        detect_ms, classify_ms, track_ms: means over the last 300 frames.
        captured: frames that the source delivered, those thrown away during a pause included.
        backend: the one in use at the last recognised frame; another may take over in mid-stream.
    """

    frames: int = 0
    dropped: int = 0
    fps: float = 0.0
    latency_p50_ms: float = 0.0
    latency_p95_ms: float = 0.0
    latency_p99_ms: float = 0.0
    detect_ms: float = 0.0
    classify_ms: float = 0.0
    track_ms: float = 0.0
    captured: int = 0
    backend: BackendChoice | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure spreads, for example milliseconds per frame."""

    mean: float
    p50: float
    p95: float
    p99: float


def spread_of(values: Sequence[float]) -> Spread:
    """Of at least one value; between two of them percentiles are interpolated."""
    p50, p95, p99 = np.percentile(values, (50, 95, 99))
    return Spread(float(np.mean(values)), float(p50), float(p95), float(p99))


class StatisticsKeeper:
    """Collects figures of recognised frames. Used by one thread."""

    def __init__(self) -> None:
        self._frames = 0
        self._results_ns: deque[int] = deque()
        self._kept_ms = np.zeros((KEPT_FRAMES, 4))
        """Latency, hands, network, events of the last frames; the oldest is written over."""

    def add(self, captured_ns: int, result_ns: int, times: StageTimes) -> None:
        """Count a frame; both times are of ``time.perf_counter_ns``."""
        self._kept_ms[self._frames % KEPT_FRAMES] = (
            (result_ns - captured_ns) / 1e6,
            times.detect_ms,
            times.classify_ms,
            times.track_ms,
        )
        self._frames += 1
        self._results_ns.append(result_ns)
        while self._results_ns[0] < result_ns - FPS_WINDOW_NS:
            self._results_ns.popleft()

    def interrupt_rate(self) -> None:
        """A pause begins: time without frames does not count as a low rate."""
        self._results_ns.clear()

    def snapshot(self, captured: int, dropped: int) -> RunStatistics:
        """The figures so far, with the counts that whoever captures keeps."""
        if not self._frames:
            return RunStatistics(captured=captured, dropped=dropped)
        kept = self._kept_ms[: min(self._frames, KEPT_FRAMES)]
        p50, p95, p99 = np.percentile(kept[:, 0], (50, 95, 99))
        _, detect, classify, track = kept.mean(axis=0)
        return RunStatistics(
            frames=self._frames,
            dropped=dropped,
            fps=self._rate(),
            latency_p50_ms=float(p50),
            latency_p95_ms=float(p95),
            latency_p99_ms=float(p99),
            detect_ms=float(detect),
            classify_ms=float(classify),
            track_ms=float(track),
            captured=captured,
        )

    def _rate(self) -> float:
        if len(self._results_ns) < 2:
            return 0.0
        span_s = (self._results_ns[-1] - self._results_ns[0]) / 1e9
        return (len(self._results_ns) - 1) / span_s if span_s > 0 else 0.0
