"""Which hands become samples, and what the coach says meanwhile. No threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from gesture_app.core.coaching import (
    ANYTHING,
    BOUNDS,
    Advice,
    Hint,
    Quality,
    QualityBounds,
    advise,
    choose_hand,
    fault_of,
    measure_quality,
)
from gesture_app.core.context import cut_context
from gesture_app.core.types import NO_GESTURE, Frame, FrameResult, Hand
from gesture_app.core.variety import Sighting, Variety, VarietyMeter, is_new, sight
from gesture_app.store.sample_file import HandSample
from gesture_app.store.sample_index import SampleInfo

STALE_S = 1.5
"""Without anything new for so long, the coach says what would be."""

_REMEMBERED = 12
"""So many samples just taken are compared with a new one."""

_LEAST_GAIN = 0.005
"""Of coverage: less is nothing new."""


@dataclass(frozen=True, slots=True)
class RecordingProgress:
    """How a recording goes.

    Attributes:
        recording: its id; empty before the first sample.
        saved: its samples that are on the disk, durably.
        dropped: frames that were not looked at since saving took too long.
        hint: the one thing to say now.
        variety: of what was saved.
    """

    recording: str = ""
    saved: int = 0
    dropped: int = 0
    hint: Hint = Hint.GOOD
    variety: Variety = field(default_factory=Variety)


class OpenRecording(Protocol):
    """A recording that grows, see `gesture_app.store.samples.RecordingWriter`."""

    @property
    def id(self) -> str:
        """What `RecordingPlace.begin` takes to go on with it."""

    def add(self, sample: HandSample) -> SampleInfo:
        """Save one sample; it is on the disk when this returns. Raises: AppError."""

    def close(self) -> None:
        """No more samples will come for now."""


class RecordingPlace(Protocol):
    """Where recordings go, see `gesture_app.store.samples.SampleStore`."""

    def begin(self, label: str, source: str, recording: str | None = None) -> OpenRecording:
        """A new recording, or an earlier one to go on with. Raises: AppError."""


@dataclass(frozen=True, slots=True)
class RecordingOrder:
    """What is to be recorded.

    Attributes:
        label: of the gesture.
        source: what the frames come from, kept with the recording.
        resume: go on with the last recording, if there is one and it is of this label.
    """

    label: str
    source: str
    resume: bool = False


class SampleTaker:
    """Looks at frames; takes samples while a recording is open. Owned by one thread.

    Args:
        place: where samples go.
        clock: unix seconds, for the samples.
    """

    def __init__(self, place: RecordingPlace, clock: Callable[[], float]) -> None:
        self._place = place
        self._clock = clock
        self._hand: Hand | None = None
        self._advice = Advice()
        self._order: RecordingOrder | None = None
        self._writer: OpenRecording | None = None
        self._last = ("", "")
        """Label and id of the last recording."""
        self._saved = 0
        self._meter = VarietyMeter()
        self._recent: deque[Sighting] = deque(maxlen=_REMEMBERED)
        self._gain = _Gain()

    @property
    def recording(self) -> bool:
        """Whether samples are taken."""
        return self._order is not None

    @property
    def progress(self) -> RecordingProgress:
        _, recording = self._last
        return RecordingProgress(
            recording, self._saved, hint=self._advice.hint, variety=self._meter.variety
        )

    def begin(self, order: RecordingOrder) -> None:
        """Take samples from the next frame on."""
        self.end()
        self._order = order
        self._gain = _Gain(self._meter.variety.coverage)
        if not (order.resume and self._last[0] == order.label):
            self._last = ("", "")
            self._saved = 0
            self._meter = VarietyMeter()
            self._gain = _Gain()
            self._recent.clear()

    def end(self) -> None:
        """Take no more samples."""
        self._order = None
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def look_at(self, result: FrameResult) -> None:
        """Take a frame into account.

        Raises:
            AppError: a sample could not be saved; those before it are.
        """
        frame, t_s = result.frame, result.frame.captured_ns / 1e9
        hand = self._hand = choose_hand([seen.hand for seen in result.hands], self._hand)
        if hand is None:
            self._advise(Hint.NO_HAND, t_s)
            return
        quality = measure_quality(frame.bgr, hand.landmarks)
        fault = fault_of(quality, self._bounds())
        if fault is not None:
            self._advise(fault, t_s)
        elif self._order is None:
            self._advise(Hint.GOOD, t_s)
        else:
            self._take(frame, hand, quality)
            self._advise(self._suggestion(quality, t_s), t_s)

    def _bounds(self) -> QualityBounds:
        anything = self._order is not None and self._order.label == NO_GESTURE
        return ANYTHING if anything else BOUNDS

    def _advise(self, wanted: Hint, t_s: float) -> None:
        self._advice = advise(self._advice, wanted, t_s)

    def _take(self, frame: Frame, hand: Hand, quality: Quality) -> None:
        """Save the hand unless it is nearly the same as one just taken."""
        sighting = sight(frame.bgr, hand)
        if not is_new(sighting, self._recent):
            return
        self._open().add(self._sample(frame, hand, quality))
        self._saved += 1
        self._recent.append(sighting)
        self._meter.add(sighting)

    def _open(self) -> OpenRecording:
        """The recording's writer. Only now: a press without a sample leaves nothing behind."""
        order = self._order
        assert order is not None
        if self._writer is None:
            self._writer = self._place.begin(order.label, order.source, self._last[1] or None)
            self._last = (order.label, self._writer.id)
        return self._writer

    def _sample(self, frame: Frame, hand: Hand, quality: Quality) -> HandSample:
        return HandSample(
            context=cut_context(frame.bgr, hand.landmarks),
            handedness=hand.handedness,
            taken_s=self._clock(),
            sharpness=quality.sharpness,
            brightness=quality.brightness,
            hand_share=quality.hand_share,
        )

    def _suggestion(self, quality: Quality, t_s: float) -> Hint:
        """What to say to a hand that is seen well."""
        variety = self._meter.variety
        if variety.coverage >= 1:
            return Hint.ENOUGH
        if self._gain.idle_s(variety.coverage, t_s) < STALE_S:
            return Hint.GOOD
        return variety.missing(quality.hand_share)


class _Gain:
    """Since when nothing new has come."""

    def __init__(self, coverage: float = 0.0) -> None:
        self._coverage = coverage
        self._since_s: float | None = None

    def idle_s(self, coverage: float, t_s: float) -> float:
        """Seconds since coverage rose, or since this was asked first."""
        if self._since_s is None or coverage >= self._coverage + _LEAST_GAIN:
            self._coverage, self._since_s = coverage, t_s
        return t_s - self._since_s
