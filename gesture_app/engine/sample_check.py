"""Asks a model about recorded samples, in the background: where does it see something else?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.types import Hand
from gesture_app.engine.recognition import ReadyModel
from gesture_app.store.samples import HandSample, SampleInfo
from gesture_app.vision.classifier import GestureClassifier

BATCH = 16
"""Answers are told so many at a time: often enough to watch, seldom enough for a window."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What the model says of a sample.

    Attributes:
        gesture: the accepted label, `NO_GESTURE` if none is.
        prob: its probability.
        own_prob: that of the label it was recorded for; None if the model does not know it.
    """

    sample_id: str
    gesture: str
    prob: float
    own_prob: float | None


class SampleSource(Protocol):
    """Where the pictures are."""

    def read(self, sample_id: str) -> HandSample:
        """Raises: AppError: it is damaged or gone."""


class CheckListener(Protocol):
    """Told on the check's thread; must return quickly and never raise."""

    def on_answers(self, answers: tuple[SampleAnswer, ...]) -> None:
        """The next few answers, in the order of the samples."""

    def on_checked(self, error: AppError | None) -> None:
        """All samples are done, or none could be asked about. Not told after `cancel`."""


class SampleCheck:
    """One thread, ``sample-check``, that asks about whatever samples it was given last.

    Args:
        open_model: may raise `AppError`. The thread owns and closes the model; it is open only
            while there are samples to ask about.
        source: of the pictures; those that cannot be read are left out.
    """

    def __init__(
        self,
        open_model: Callable[[], ReadyModel],
        source: SampleSource,
        listener: CheckListener,
    ) -> None:
        self._open = open_model
        self._source = source
        self._listener = listener
        self._changed = threading.Condition()
        # Guarded by `_changed`:
        self._wanted: tuple[SampleInfo, ...] | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def start(self, samples: Sequence[SampleInfo]) -> None:
        """Ask about these and forget what was under way. Returns at once."""
        with self._changed:
            if self._closed:
                return
            self._wanted = tuple(samples)
            self._changed.notify_all()
        if self._thread is None:
            # A daemon: a network folder that never answers must not keep the program from ending.
            self._thread = threading.Thread(target=self._work, name="sample-check", daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Stop asking after the sample that is under way. Returns at once."""
        with self._changed:
            self._wanted = None

    def close(self, timeout_s: float) -> bool:
        """End the thread; False if it does not end in time."""
        with self._changed:
            self._closed = True
            self._wanted = None
            self._changed.notify_all()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._wanted is not None)
                wanted = self._wanted
            if wanted is None:
                return
            error: AppError | None = None
            try:
                self._check(wanted)
            except AppError as failure:
                _log.warning("Recorded samples are not checked: %s", failure)
                error = failure
            except Exception as failure:
                _log.exception("A bug kept recorded samples from being checked")
                error = _as_app_error(failure)
            with self._changed:
                current = self._wanted is wanted
                if current:
                    self._wanted = None
            if current:
                self._listener.on_checked(error)

    def _check(self, wanted: tuple[SampleInfo, ...]) -> None:
        """Raises: AppError: the model cannot be opened or has failed."""
        model = self._open()
        try:
            for start in range(0, len(wanted), BATCH):
                answers = []
                for info in wanted[start : start + BATCH]:
                    if self._wanted is not wanted:
                        return
                    answers.append(self._ask(model.classifier, info))
                self._listener.on_answers(tuple(one for one in answers if one is not None))
        finally:
            model.close()

    def _ask(self, classifier: GestureClassifier, info: SampleInfo) -> SampleAnswer | None:
        try:
            sample = self._source.read(info.id)
        except AppError as error:
            # The page says so where its picture should be.
            _log.info("Not checked: %s", error)
            return None
        hand = Hand(sample.context.landmarks, sample.handedness, 1.0)
        (prediction,) = classifier.classify(sample.context.bgr, (hand,))
        labels = classifier.manifest.labels
        own = labels.index(info.label) if info.label in labels else None
        return SampleAnswer(
            info.id,
            prediction.gesture,
            prediction.prob,
            None if own is None else float(prediction.probabilities[own]),
        )


def _as_app_error(error: Exception) -> AppError:
    return AppError(
        "The samples are not checked because of a bug in this app",
        f"{type(error).__name__}: {error}",
        "The app goes on; if it comes back, report it with the log.",
    )
