"""What one gesture model makes of a stream of hands: predictions, and gestures held over time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gesture_app.core.tracker import TrackerRules, TrackerState, advance, end_all
from gesture_app.core.types import (
    FloatArray,
    Frame,
    GestureEvent,
    Hand,
    HandResult,
    Prediction,
)
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.classifier import NOTHING_OFF, GestureClassifier

STILL_FRACTION = 0.03
"""A hand has not moved if no landmark went farther than this part of the hand's longer side."""

MAX_REUSE_MS = 150.0
"""A prediction is renewed at least this often, whatever the landmarks say."""


@dataclass(frozen=True, slots=True)
class ReadyModel:
    """A gesture model that can recognise at once: read, checked, on a back end that ran once.

    Attributes:
        folder: where it was read.
        backend: answers which back end it runs on and why; another one may have taken over since
            the last frame.
    """

    folder: Path
    classifier: GestureClassifier
    rules: TrackerRules
    backend: Callable[[], BackendChoice]

    def close(self) -> None:
        self.classifier.close()


@dataclass(frozen=True, slots=True)
class Seen:
    """What `Recognition.see` makes of a frame.

    Attributes:
        hands: one result per hand, in the order given.
        renewed: how many predictions the network made anew.
        classify_ms, track_ms: how long it took.
    """

    hands: tuple[HandResult, ...]
    events: tuple[GestureEvent, ...]
    renewed: int
    classify_ms: float
    track_ms: float


@dataclass(frozen=True, slots=True)
class _Classified:
    landmarks: FloatArray
    prediction: Prediction
    media_ms: float


class Recognition:
    """One model on one stream. Owned by one thread.

    Args:
        reuse_still: keep the prediction of a hand that has not moved instead of running the
            network again (streams only; single pictures have nothing to do with each other).
    """

    def __init__(self, model: ReadyModel, *, reuse_still: bool) -> None:
        self.model = model
        self._reuse_still = reuse_still
        self._off: Set[str] = NOTHING_OFF
        self._state = TrackerState()
        self._classified: tuple[_Classified, ...] = ()

    def see(self, frame: Frame, hands: Sequence[Hand], off: Set[str]) -> Seen:
        """Recognise the hands of the next frame; those in ``off`` count as no gesture.

        Raises:
            BackendError: the network failed.
            ModelError: the network does not fit its manifest.
        """
        if off != self._off:
            self._off, self._classified = off, ()
        started = time.perf_counter_ns()
        predictions, renewed = self._predict(frame, hands)
        classified = time.perf_counter_ns()
        pairs = list(zip(hands, predictions, strict=True))
        step = advance(self._state, pairs, frame.media_ms, self.model.rules)
        self._state = step.state
        results = tuple(
            HandResult(hand, prediction, held)
            for (hand, prediction), held in zip(pairs, step.held, strict=True)
        )
        tracked = time.perf_counter_ns()
        return Seen(
            results,
            step.events,
            renewed,
            (classified - started) / 1e6,
            (tracked - classified) / 1e6,
        )

    def end_gestures(self, t_ms: float) -> tuple[GestureEvent, ...]:
        """End whatever is held; the next frame starts afresh."""
        step = end_all(self._state, t_ms, self.model.rules)
        self._state = step.state
        self._classified = ()
        return step.events

    def _predict(self, frame: Frame, hands: Sequence[Hand]) -> tuple[tuple[Prediction, ...], int]:
        """A prediction per hand, and how many of them the network made anew."""
        known = [self._still(hand, frame.media_ms) for hand in hands]
        moved = [hand for hand, old in zip(hands, known, strict=True) if old is None]
        fresh = iter(self.model.classifier.classify(frame.bgr, moved, self._off))
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
