"""One frame in, one result out: hands → crop → classifier → tracker → events. No threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gesture_app.core.tracker import TrackerRules, TrackerState, advance, end_all
from gesture_app.core.types import (
    FloatArray,
    Frame,
    FrameResult,
    GestureEvent,
    Hand,
    HandResult,
    Prediction,
    StageTimes,
)
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.classifier import GestureClassifier
from gesture_app.vision.hands import HandDetector

STILL_FRACTION = 0.03
"""A hand has not moved if no landmark went farther than this part of the hand's longer side."""

MAX_REUSE_MS = 150.0
"""A prediction is renewed at least this often, whatever the landmarks say."""


@dataclass(frozen=True, slots=True)
class _Classified:
    landmarks: FloatArray
    prediction: Prediction
    media_ms: float


class GesturePipeline:
    """Recognises gestures frame by frame. Owned by one thread, like its detector and back end.

    Args:
        backend: answers which back end the classifier runs on and why; another one may have
            taken over since the last frame.
        reuse_still: keep the prediction of a hand that has not moved instead of running the
            network again (streams only; single pictures have nothing to do with each other).
    """

    def __init__(
        self,
        detector: HandDetector,
        classifier: GestureClassifier,
        rules: TrackerRules,
        backend: Callable[[], BackendChoice],
        *,
        reuse_still: bool = True,
    ) -> None:
        self._detector = detector
        self._classifier = classifier
        self._rules = rules
        self._backend = backend
        self._reuse_still = reuse_still
        self._state = TrackerState()
        self._classified: tuple[_Classified, ...] = ()

    @property
    def backend(self) -> BackendChoice:
        """The back end in use now; for whoever shows it."""
        return self._backend()

    def step(self, frame: Frame) -> FrameResult:
        """Recognise one frame. Frames come in the order of their ``media_ms``.

        Raises:
            BackendError: the network failed.
            ModelError: the network does not fit its manifest.
        """
        started = time.perf_counter_ns()
        hands = self._detector.detect(frame)
        detected = time.perf_counter_ns()
        predictions, renewed = self._predict(frame, hands)
        classified = time.perf_counter_ns()
        seen = list(zip(hands, predictions, strict=True))
        step = advance(self._state, seen, frame.media_ms, self._rules)
        self._state = step.state
        tracked = time.perf_counter_ns()
        results = tuple(
            HandResult(hand, prediction, held)
            for (hand, prediction), held in zip(seen, step.held, strict=True)
        )
        times = StageTimes(
            (detected - started) / 1e6,
            (classified - detected) / 1e6,
            (tracked - classified) / 1e6,
            renewed,
        )
        return FrameResult(frame, results, step.events, times)

    def end_gestures(self, t_ms: float) -> tuple[GestureEvent, ...]:
        """End whatever is held, for example on pause; the next frame starts afresh."""
        step = end_all(self._state, t_ms, self._rules)
        self._state = step.state
        self._classified = ()
        return step.events

    def close(self) -> None:
        self._detector.close()
        self._classifier.close()

    def _predict(self, frame: Frame, hands: Sequence[Hand]) -> tuple[tuple[Prediction, ...], int]:
        """A prediction per hand, and how many of them the network made anew."""
        known = [self._still(hand, frame.media_ms) for hand in hands]
        moved = [hand for hand, old in zip(hands, known, strict=True) if old is None]
        fresh = iter(self._classifier.classify(frame.bgr, moved))
        rows = tuple(
            _Classified(hand.landmarks, next(fresh), frame.media_ms) if old is None else old
            for hand, old in zip(hands, known, strict=True)
        )
        self._classified = rows
        return tuple(row.prediction for row in rows), len(moved)

    def _still(self, hand: Hand, media_ms: float) -> _Classified | None:
        """What was classified last, if this is the same hand and it has not moved since."""
        if not self._reuse_still:
            return None
        reach = STILL_FRACTION * max(hand.box[2:])
        for row in self._classified:
            if media_ms - row.media_ms > MAX_REUSE_MS:
                continue
            if float(np.abs(row.landmarks[:, :2] - hand.landmarks[:, :2]).max()) <= reach:
                return row
        return None
