"""How long a frame takes: MediaPipe alone against the whole pipeline, frame by frame in turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from gesture_app.core.types import Frame, StageTimes
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.engine.statistics import Spread, spread_of
from gesture_app.vision.hands import HandDetector

T = TypeVar("T")

WARM_UP_FRAMES = 5
"""The first frames pay for memory and for finding the hand; both sides run them uncounted."""


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """What one run measured, in milliseconds per frame.

    Attributes:
        frames: frames that were counted.
        frames_with_hands: those in which the pipeline saw a hand.
        classified_hands: hands that went through the network; still ones keep their prediction.
        mediapipe: MediaPipe alone. ``pipeline``: everything a live frame goes through.
        detect, classify, track: the pipeline's stages.
    """

    frames: int
    frames_with_hands: int
    classified_hands: int
    mediapipe: Spread
    pipeline: Spread
    detect: Spread
    classify: Spread
    track: Spread

    @property
    def ratio(self) -> float:
        """The pipeline's mean time per frame in units of MediaPipe's."""
        return self.pipeline.mean / self.mediapipe.mean


def measure(
    frames: Iterable[Frame],
    mediapipe: HandDetector,
    pipeline: GesturePipeline,
    on_frame: Callable[[], None] = lambda: None,
) -> BenchmarkReport | None:
    """Run both on each frame and compare; None if there are too few frames to count any.

    Both meet the same frames within milliseconds, and who goes first alternates, so that a clock
    that changes its speed or another program weighs on both alike. Reading and decoding the
    frames is part of neither.

    Args:
        mediapipe: a detector of its own, without second looks.
        on_frame: called after each frame.
    """
    alone: list[float] = []
    whole: list[float] = []
    stages: list[StageTimes] = []
    with_hands = 0
    for number, frame in enumerate(frames):
        if number % 2:
            _, alone_ms = _timed(mediapipe.detect, frame)
            result, whole_ms = _timed(pipeline.step, frame)
        else:
            result, whole_ms = _timed(pipeline.step, frame)
            _, alone_ms = _timed(mediapipe.detect, frame)
        if number >= WARM_UP_FRAMES:
            alone.append(alone_ms)
            whole.append(whole_ms)
            stages.append(result.times)
            with_hands += bool(result.hands)
        on_frame()
    if not stages:
        return None
    return BenchmarkReport(
        frames=len(stages),
        frames_with_hands=with_hands,
        classified_hands=sum(times.classified_hands for times in stages),
        mediapipe=spread_of(alone),
        pipeline=spread_of(whole),
        detect=spread_of([times.detect_ms for times in stages]),
        classify=spread_of([times.classify_ms for times in stages]),
        track=spread_of([times.track_ms for times in stages]),
    )


def _timed(work: Callable[[Frame], T], frame: Frame) -> tuple[T, float]:
    """What ``work`` returns for the frame, and how many milliseconds it took."""
    started = time.perf_counter_ns()
    result = work(frame)
    return result, (time.perf_counter_ns() - started) / 1e6
