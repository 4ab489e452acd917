"""One frame in, one result out: hands → crop → classifier → tracker → events. No threads."""

from __future__ import annotations

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.types import Frame, FrameResult, GestureEvent, Hand, HandResult, StageTimes
from gesture_app.engine.recognition import ReadyModel, Recognition
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.classifier import NOTHING_OFF
from gesture_app.vision.hands import HandDetector


@dataclass(frozen=True, slots=True)
class ModelChange:
    """What is to be different from the next frame on; None and False leave things as they are.

    Attributes:
        active: recognises from now on.
        candidate: is tried out beside the active one.
        ends_trial: nothing is tried out any more.
        off: labels that count as no gesture.
    """

    active: ReadyModel | None = None
    candidate: ReadyModel | None = None
    ends_trial: bool = False
    off: frozenset[str] | None = None


class ModelFeed(Protocol):
    """Where other models come from while frames do; called on the pipeline's thread."""

    def take(self) -> ModelChange | None:
        """What has been made ready since the last call. Never waits."""

    def retire(self, model: ReadyModel) -> None:
        """Take back a model that is not used any more, and close it elsewhere: that can take a
        while."""

    def report(self, active: ReadyModel, candidate: ReadyModel | None) -> None:
        """These are in use from now on."""

    def refuse(self, folder: Path, error: AppError) -> None:
        """The model of that folder, which was tried out, has failed."""


class GesturePipeline:
    """Recognises gestures frame by frame. Owned by one thread, like its detector and back end.

    Args:
        model: recognises until ``feed`` has another.
        feed: brings other models in mid-stream; without one, nothing ever changes.
        off: labels that count as no gesture.
        reuse_still: see `Recognition`.
    """

    def __init__(
        self,
        detector: HandDetector,
        model: ReadyModel,
        feed: ModelFeed | None = None,
        *,
        off: Set[str] = NOTHING_OFF,
        reuse_still: bool = True,
    ) -> None:
        self._detector = detector
        self._active = Recognition(model, reuse_still=reuse_still)
        self._candidate: Recognition | None = None
        self._feed = feed
        self._off = off
        self._reuse_still = reuse_still
        if feed is not None:
            feed.report(model, None)

    @property
    def backend(self) -> BackendChoice:
        """The back end in use now; for whoever shows it."""
        return self._active.model.backend()

    def step(self, frame: Frame) -> FrameResult:
        """Recognise one frame. Frames come in the order of their ``media_ms``.

        Raises:
            BackendError: the network failed.
            ModelError: the network does not fit its manifest.
        """
        ended = self._change_models(frame.media_ms)
        started = time.perf_counter_ns()
        hands = self._detector.detect(frame)
        detect_ms = (time.perf_counter_ns() - started) / 1e6
        seen = self._active.see(frame, hands, self._off)
        trial, trial_ms = self._try_out(frame, hands)
        times = StageTimes(detect_ms, seen.classify_ms + trial_ms, seen.track_ms, seen.renewed)
        return FrameResult(frame, seen.hands, ended + seen.events, times, trial)

    def end_gestures(self, t_ms: float) -> tuple[GestureEvent, ...]:
        """End whatever is held, for example on pause; the next frame starts afresh."""
        if self._candidate is not None:
            self._candidate.end_gestures(t_ms)
        return self._active.end_gestures(t_ms)

    def close(self) -> None:
        self._detector.close()
        self._active.model.close()
        if self._candidate is not None:
            self._candidate.model.close()

    def _change_models(self, t_ms: float) -> tuple[GestureEvent, ...]:
        """Between two frames: what was held with a model that goes ends with it."""
        change = None if self._feed is None else self._feed.take()
        if change is None or self._feed is None:
            return ()
        ended: tuple[GestureEvent, ...] = ()
        if change.off is not None:
            self._off = change.off
        if change.active is not None:
            ended = self._active.end_gestures(t_ms)
            self._feed.retire(self._active.model)
            self._active = Recognition(change.active, reuse_still=self._reuse_still)
        if change.ends_trial or change.candidate is not None:
            self._end_trial()
        if change.candidate is not None:
            self._candidate = Recognition(change.candidate, reuse_still=self._reuse_still)
        self._report()
        return ended

    def _try_out(self, frame: Frame, hands: Sequence[Hand]) -> tuple[tuple[HandResult, ...], float]:
        """What the candidate says, and the milliseconds that it took. Its failure ends only it."""
        if self._candidate is None:
            return (), 0.0
        try:
            seen = self._candidate.see(frame, hands, self._off)
        except AppError as error:
            folder = self._candidate.model.folder
            self._end_trial()
            self._report()
            assert self._feed is not None, "the candidate came from it"
            self._feed.refuse(folder, error)
            return (), 0.0
        return seen.hands, seen.classify_ms + seen.track_ms

    def _end_trial(self) -> None:
        candidate, self._candidate = self._candidate, None
        if candidate is not None and self._feed is not None:
            self._feed.retire(candidate.model)

    def _report(self) -> None:
        if self._feed is not None:
            candidate = None if self._candidate is None else self._candidate.model
            self._feed.report(self._active.model, candidate)
