"""The threads around the pipeline: capture → newest-frame slot → inference → listener."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult, GestureEvent
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import FrameSource, SourceInfo


@dataclass(frozen=True, slots=True)
class RunStatistics:
    """How the run goes; a snapshot.

    Attributes:
        frames: frames recognised since the start.
        dropped: frames that were captured and never recognised.
        fps: recognised frames per second over the last two seconds.
        latency_p50_ms, latency_p95_ms, latency_p99_ms: capture to result, over the last
            300 frames.
        detect_ms, classify_ms, track_ms: means over the last 300 frames.
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


class RunnerListener(Protocol):
    """Told what happens, on the runner's threads. Must return quickly and never raise."""

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        """Source and pipeline are ready and frames will come."""

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        """A frame was recognised; its events are in the result."""

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        """Events outside any frame: gestures ended by a pause, a failure or the end."""

    def on_notice(self, notice: AppError) -> None:
        """Something went wrong that the run survives, for example a camera that was unplugged."""

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        """Called once, last: the source ended, `stop` was called, or ``error`` ended the run."""


class PipelineRunner:
    """Runs a pipeline on a source in two named threads until the source ends or `stop`.

    Args:
        open_source: called on the capture thread, since opening a camera can take seconds.
        open_pipeline: called on the inference thread, which owns detector and network.
        listener: told what happens.
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        open_pipeline: Callable[[], GesturePipeline],
        listener: RunnerListener,
    ) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Start both threads and return at once."""
        raise NotImplementedError

    def set_paused(self, paused: bool) -> None:
        """Pause or go on. Pausing ends held gestures; live frames are thrown away meanwhile."""
        raise NotImplementedError

    def stop(self, timeout_s: float = 1.0) -> bool:
        """Ask both threads to end and wait for them.

        Returns:
            False if a thread is still busy after ``timeout_s`` (it ends by itself later).
        """
        raise NotImplementedError

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the run has finished by itself; False if it has not in time."""
        raise NotImplementedError
