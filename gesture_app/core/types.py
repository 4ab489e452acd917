"""The values that travel through the pipeline, in the order in which they come about.

`Frame` → `Hand` → `Prediction` → `GestureEvent` → `FrameResult`. All are frozen; arrays inside
them are treated as read-only by everyone who did not create them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

BgrImage = NDArray[np.uint8]
"""uint8, shape (height, width, 3), colour order BGR: what OpenCV reads."""

FloatArray = NDArray[np.float32]

NO_GESTURE = "no_gesture"
"""Label of every hand that makes no known gesture, or of which the model is not sure."""

LANDMARK_COUNT = 21
"""Points per hand in MediaPipe's hand model: wrist 0, then four per finger from the thumb."""


class Handedness(StrEnum):
    """Which hand of the person it is (not the side of the picture it is on)."""

    LEFT = "Left"
    RIGHT = "Right"

    @property
    def opposite(self) -> Handedness:
        return Handedness.LEFT if self is Handedness.RIGHT else Handedness.RIGHT


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture from a source.

    Attributes:
        index: position in the source, from 0, counting dropped frames too.
        media_ms: time on the source's own clock in milliseconds (position in a file, time since
            the first frame of a camera). Trackers use this one, so that a file processed faster
            than real time gives the same events.
        captured_ns: ``time.perf_counter_ns()`` when the picture arrived; latency is measured
            from here.
        bgr: the picture as the source saw it, never mirrored.
    """

    index: int
    media_ms: float
    captured_ns: int
    bgr: BgrImage


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand found in a frame.

    Attributes:
        landmarks: float32 (21, 3); x and y in pixels of the frame (may lie outside it), z in the
            same pixel scale relative to the wrist, smaller is nearer to the camera.
        handedness: the person's hand.
        score: confidence of the handedness in [0, 1]; MediaPipe reports no score of the hand.
    """

    landmarks: FloatArray
    handedness: Handedness
    score: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Tight upright box around the landmarks: x, y, width, height in whole pixels."""
        low = np.floor(self.landmarks[:, :2].min(axis=0)).astype(int)
        high = np.ceil(self.landmarks[:, :2].max(axis=0)).astype(int)
        return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier says of one hand in one frame, before any smoothing over time.

    Attributes:
        gesture: the accepted label, `NO_GESTURE` when no gesture passes the threshold.
        prob: probability of ``gesture`` in [0, 1].
        best_gesture: the likeliest label other than `NO_GESTURE`, accepted or not.
        margin: probability of ``best_gesture`` minus that of `NO_GESTURE`, in [-1, 1]; accepted
            at the manifest's threshold.
        probabilities: float32 (labels,), in the manifest's label order, sums to 1.
    """

    gesture: str
    prob: float
    best_gesture: str
    margin: float
    probabilities: FloatArray


@dataclass(frozen=True, slots=True)
class HandResult:
    """One hand with its prediction and the gesture that the tracker holds for it.

    Attributes:
        held_gesture: the gesture that has started and not ended, or None.
    """

    hand: Hand
    prediction: Prediction
    held_gesture: str | None = None


class EventKind(StrEnum):
    START = "start"
    HOLD = "hold"
    END = "end"


@dataclass(frozen=True, slots=True)
class GestureEvent:
    """A change that the tracker announces.

    Every `START` is followed by exactly one `END` of the same hand and gesture, with any number
    of `HOLD` between.

    Attributes:
        prob: smoothed probability of the gesture in [0, 1].
        t_ms: the source's clock, see `Frame.media_ms`.
    """

    kind: EventKind
    gesture: str
    prob: float
    hand: Handedness
    t_ms: float


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds spent on one frame, stage by stage.

    Attributes:
        detect_ms: finding hands.
        classify_ms: cropping, normalising and classifying all hands.
        track_ms: smoothing and events.
        classified_hands: how many hands went through the network; a hand that has not moved
            keeps its last prediction.
        waited_ms: from the frame's capture until its recognition began; 0 without threads.
    """

    detect_ms: float
    classify_ms: float
    track_ms: float
    classified_hands: int = 0
    waited_ms: float = 0.0

    @property
    def total_ms(self) -> float:
        return self.detect_ms + self.classify_ms + self.track_ms


@dataclass(frozen=True, slots=True)
class FrameResult:
    """Everything the pipeline learnt from one frame.

    Attributes:
        trial: what a model that is tried out says of the same hands, in the same order; empty
            without one. It has no part in the events.
    """

    frame: Frame
    hands: tuple[HandResult, ...]
    events: tuple[GestureEvent, ...]
    times: StageTimes = field(default_factory=lambda: StageTimes(0.0, 0.0, 0.0))
    trial: tuple[HandResult, ...] = ()
