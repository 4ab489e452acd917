"""Finding the hands of many pictures, on two threads, in the order of the pictures."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType

import cv2

from gesture_app.core.coaching import choose_hand, measure_quality
from gesture_app.core.context import cut_context
from gesture_app.core.errors import SourceError
from gesture_app.core.types import NO_GESTURE, BgrImage, Frame, Hand
from gesture_app.core.variety import Sighting, sight
from gesture_app.store.sample_file import HandSample
from gesture_app.vision.hands import HandDetector
from training.cache import TIGHT_PADDING, TIGHT_SIZE, with_room
from training.data.find_hands import PictureError
from training.teach.footage import Picture

WORKERS = 2
"""Detectors beside each other: each leaves a second core idle for part of its time."""

ROOM_BELOW = 640
"""Pictures whose longer side is shorter may be cut to the hand, where no hand is found as they are;
webcams' frames are not."""

_WAITING_PER_WORKER = 2
_PATIENCE_S = 0.1
"""How long a request to stop waits on Windows, where waiting cannot be interrupted."""

_log = logging.getLogger(__name__)

OpenDetector = Callable[[], HandDetector]


@dataclass(frozen=True, slots=True)
class FoundHand:
    """A hand as it would be kept, and as it is compared with others of a video."""

    sample: HandSample
    sighting: Sighting


class HandFinder:
    """Detectors with a thread each. Made, used and closed by one thread.

    Args:
        open_detector: called once on each thread; for single pictures.
    """

    def __init__(self, open_detector: OpenDetector, workers: int = WORKERS) -> None:
        self._open_detector = open_detector
        self._own = threading.local()
        self._opened: list[HandDetector] = []
        self._workers = workers
        self._threads = ThreadPoolExecutor(workers, "hands")

    def __enter__(self) -> HandFinder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for detector in self._opened:
            detector.close()

    def find(
        self, pictures: Iterable[Picture], label: str
    ) -> Iterator[tuple[Picture, tuple[FoundHand, ...]]]:
        """Each picture with its hands, in the order of ``pictures``.

        Of a gesture the largest hand is kept, of `NO_GESTURE` all are. What cannot be read has
        none.

        Raises:
            ModelError: the detector cannot be loaded.
        """
        waiting: deque[tuple[Picture, Future[tuple[FoundHand, ...]]]] = deque()
        for picture in pictures:
            waiting.append((picture, self._threads.submit(self._look, picture, label)))
            if len(waiting) > self._workers * _WAITING_PER_WORKER:
                yield _first_of(waiting)
        while waiting:
            yield _first_of(waiting)

    def _look(self, picture: Picture, label: str) -> tuple[FoundHand, ...]:
        try:
            bgr = picture.read()
        except (OSError, SourceError, PictureError, cv2.error) as error:
            _log.warning("%s is left out: %s", picture.origin, error)
            return ()
        return hands_in(bgr, picture.origin, label, self._detector())

    def _detector(self) -> HandDetector:
        detector: HandDetector | None = getattr(self._own, "detector", None)
        if detector is None:
            detector = self._own.detector = self._open_detector()
            self._opened.append(detector)
        return detector


def hands_in(
    bgr: BgrImage, origin: str, label: str, detector: HandDetector
) -> tuple[FoundHand, ...]:
    """What of a picture is kept for ``label``, the hand of the picture's own origin last."""
    hands, padding = detector.detect(Frame(0, 0.0, 0, bgr)), 0
    if not hands and max(bgr.shape[:2]) < ROOM_BELOW:
        bgr, padding = with_room(bgr), round(TIGHT_SIZE * TIGHT_PADDING)
        hands = detector.detect(Frame(0, 0.0, 0, bgr))
    kept = _kept(hands, label)
    found = [_found(bgr, hand, padding, _name(origin, at)) for at, hand in enumerate(kept)]
    # A picture counts as taken once its own origin is there: that one is written last.
    return tuple(reversed(found))


def _kept(hands: Sequence[Hand], label: str) -> Sequence[Hand]:
    if label == NO_GESTURE:
        return hands
    chosen = choose_hand(hands, None)
    return () if chosen is None else (chosen,)


def _name(origin: str, index: int) -> str:
    return origin if index == 0 else f"{origin}#{index + 1}"


def _found(bgr: BgrImage, hand: Hand, padding: int, origin: str) -> FoundHand:
    inside = bgr[padding : bgr.shape[0] - padding, padding : bgr.shape[1] - padding]
    quality = measure_quality(inside, hand.landmarks - (padding, padding, 0))
    sample = HandSample(
        context=cut_context(bgr, hand.landmarks, padding),
        handedness=hand.handedness,
        taken_s=time.time(),
        sharpness=quality.sharpness,
        brightness=quality.brightness,
        hand_share=quality.hand_share,
        origin=origin,
    )
    return FoundHand(sample, sight(bgr, hand))


def _first_of(
    waiting: deque[tuple[Picture, Future[tuple[FoundHand, ...]]]],
) -> tuple[Picture, tuple[FoundHand, ...]]:
    picture, future = waiting.popleft()
    while not wait([future], _PATIENCE_S).done:
        pass
    return picture, future.result()
