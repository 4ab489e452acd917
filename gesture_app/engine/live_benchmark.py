"""A live run, measured: drops, latency, how long an event takes, share of the processors."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gesture_app.core.errors import AppError
from gesture_app.core.types import EventKind, Frame, FrameResult, GestureEvent, StageTimes
from gesture_app.engine.runner import PipelineRunner, RunnerListener
from gesture_app.engine.statistics import RunStatistics, Spread, spread_of
from gesture_app.vision.backends.base import BackendChoice, ProbeResult
from gesture_app.vision.hands import HandDetector
from gesture_app.vision.sources import SourceInfo

WARM_UP_FRAMES = 5
"""Left out of latencies, if more come: the first ones pay for memory."""


@dataclass(frozen=True, slots=True)
class LiveReport:
    """What one live run measured; times in milliseconds.

    Attributes:
        captured, dropped: frames of the source, and those that no one had time for.
        fps: recognised frames per second, over the whole run.
        latency: capture of a frame → its result, of which ``waited`` passed before it was begun.
        starts: gestures that started.
        frame_to_event: capture of the frame that completed a gesture → its start told. This is
            what the machine adds; the deliberate wait is over in that frame.
        shown_to_event: capture of the first frame that was taken for the gesture → its start
            told, the tracker's smoothing and hold included.
        processor_share: processor time of this program in units of all processors.
    """

    captured: int
    recognised: int
    dropped: int
    fps: float
    latency: Spread
    waited: Spread
    starts: int
    frame_to_event: Spread | None
    shown_to_event: Spread | None
    processor_share: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """One frame as a listener sees it.

    Attributes:
        gestures: the accepted gesture of each hand. ``started``: those whose start was told.
    """

    captured_ns: int
    told_ns: int
    waited_ms: float
    gestures: frozenset[str]
    started: tuple[str, ...]


class DetectorOnly:
    """Runs a hand detector and nothing else, on no back end; a `Recogniser`."""

    backend = BackendChoice(ProbeResult("MediaPipe", available=True, reason=""), ())

    def __init__(self, detector: HandDetector) -> None:
        self._detector = detector

    def step(self, frame: Frame) -> FrameResult:
        started = time.perf_counter_ns()
        self._detector.detect(frame)
        times = StageTimes((time.perf_counter_ns() - started) / 1e6, 0.0, 0.0)
        return FrameResult(frame, (), (), times)

    def end_gestures(self, t_ms: float) -> tuple[GestureEvent, ...]:  # noqa: ARG002
        return ()

    def close(self) -> None:
        self._detector.close()


def measure_live(
    make_runner: Callable[[RunnerListener], PipelineRunner],
    on_frame: Callable[[], None] = lambda: None,
) -> LiveReport | None:
    """Run a live source to its end; None if no frame of it was recognised.

    Raises:
        AppError: what ended the run before its time.
    """
    recorder = _Recorder(on_frame)
    runner = make_runner(recorder)
    runner.start()
    try:
        recorder.finished.wait()
    finally:
        runner.stop()
    if recorder.error is not None:
        raise recorder.error
    return recorder.report()


def event_times(sightings: Sequence[Sighting]) -> tuple[list[float], list[float]]:
    """Milliseconds from the completing frame, and from the first frame of it, to each start."""
    completing, shown = [], []
    for number, sighting in enumerate(sightings):
        for gesture in sighting.started:
            first = number
            while first and gesture in sightings[first - 1].gestures:
                first -= 1
            completing.append((sighting.told_ns - sighting.captured_ns) / 1e6)
            shown.append((sighting.told_ns - sightings[first].captured_ns) / 1e6)
    return completing, shown


class _Recorder:
    """A `RunnerListener` that keeps when what was told."""

    def __init__(self, on_frame: Callable[[], None]) -> None:
        self.finished = threading.Event()
        self.error: AppError | None = None
        self._on_frame = on_frame
        self._sightings: list[Sighting] = []
        self._statistics = RunStatistics()
        self._started_s = self._used_s = self._ended_s = self._used_at_end_s = 0.0

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:  # noqa: ARG002
        self._started_s, self._used_s = time.perf_counter(), time.process_time()

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:  # noqa: ARG002
        starts = [event.gesture for event in result.events if event.kind is EventKind.START]
        self._sightings.append(
            Sighting(
                result.frame.captured_ns,
                time.perf_counter_ns(),
                result.times.waited_ms,
                frozenset(hand.prediction.gesture for hand in result.hands),
                tuple(starts),
            )
        )
        self._on_frame()

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        """Gestures that end with the run say nothing about its speed."""

    def on_notice(self, notice: AppError) -> None:
        """Sources log what they survive themselves."""

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        self._ended_s, self._used_at_end_s = time.perf_counter(), time.process_time()
        self._statistics, self.error = statistics, error
        self.finished.set()

    def report(self) -> LiveReport | None:
        counted = self._sightings[WARM_UP_FRAMES:] or self._sightings
        if not counted:
            return None
        seconds = self._ended_s - self._started_s
        completing, shown = event_times(self._sightings)
        return LiveReport(
            captured=self._statistics.captured,
            recognised=self._statistics.frames,
            dropped=self._statistics.dropped,
            fps=self._statistics.frames / seconds,
            latency=spread_of([(one.told_ns - one.captured_ns) / 1e6 for one in counted]),
            waited=spread_of([one.waited_ms for one in counted]),
            starts=len(completing),
            frame_to_event=spread_of(completing) if completing else None,
            shown_to_event=spread_of(shown) if shown else None,
            processor_share=(self._used_at_end_s - self._used_s)
            / (seconds * (os.cpu_count() or 1)),
        )
