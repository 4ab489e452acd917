"""A live source that survives the loss of its device or connection and comes back by itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, repeat

from gesture_app.core.errors import SourceError
from gesture_app.core.types import BgrImage, Frame
from gesture_app.vision.sources.base import Notify, SourceInfo
from gesture_app.vision.sources.capture import Capture, frames_per_second, grab

_log = logging.getLogger(__name__)

_GRAB_AGAIN_S = 0.02


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds.

    Attributes:
        silence_s: without a picture before the device counts as lost; a single bad picture is
            nothing unusual for a camera.
        first_picture_s: for the first picture after opening, since cameras warm up.
        retries_s: before each attempt to open it again; the last one repeats.
    """

    silence_s: float = 1.0
    first_picture_s: float = 3.0
    retries_s: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)


class ReconnectingSource:
    """Reads a camera or a stream, and opens it again for as long as it takes when it is lost.

    Args:
        connect: opens it; raises a SourceError if it is not there.
        name: shown to people.
        advice: what a person can do when it is lost, one sentence.
        notify: told once per loss. Frames that come again are the news that it is back.

    Raises:
        SourceError: it is not there, or delivers no picture, at the very start.
    """

    def __init__(
        self,
        connect: Callable[[], Capture],
        name: str,
        advice: str,
        notify: Notify,
        patience: Patience | None = None,
    ) -> None:
        self._connect = connect
        self._name = name
        self._advice = advice
        self._notify = notify
        self._patience = patience or Patience()
        self._interrupted = threading.Event()
        self._index = 0
        self._first_ns: int | None = None
        self._capture, picture = self._open()
        # This picture only tells the size: it would be old by the time somebody reads it.
        height, width = picture.shape[:2]
        fps = frames_per_second(self._capture)
        self._info = SourceInfo(name, True, width, height, fps, None)

    @property
    def info(self) -> SourceInfo:
        return self._info

    def read(self) -> Frame | None:
        picture = self._await_picture(self._capture, self._patience.silence_s)
        if picture is None and not self._interrupted.is_set():
            self._capture.release()
            self._report_loss()
            picture = self._reconnect()
        if picture is None or self._interrupted.is_set():
            return None
        return self._frame(picture)

    def interrupt(self) -> None:
        self._interrupted.set()

    def close(self) -> None:
        self._interrupted.set()
        self._capture.release()

    def _frame(self, picture: BgrImage) -> Frame:
        now = time.perf_counter_ns()
        if self._first_ns is None:
            self._first_ns = now
        frame = Frame(self._index, (now - self._first_ns) / 1e6, now, picture)
        self._index += 1
        return frame

    def _open(self) -> tuple[Capture, BgrImage]:
        capture = self._connect()
        picture = self._await_picture(capture, self._patience.first_picture_s)
        if picture is not None:
            return capture, picture
        capture.release()
        raise SourceError(f"{self._name} shows nothing", "it delivers no pictures", self._advice)

    def _await_picture(self, capture: Capture, patience_s: float) -> BgrImage | None:
        """The next picture; None if none comes in time, or once interrupted."""
        deadline = time.monotonic() + patience_s
        while not self._interrupted.is_set():
            picture = grab(capture)
            if picture is not None:
                return picture
            if time.monotonic() >= deadline:
                return None
            self._interrupted.wait(_GRAB_AGAIN_S)
        return None

    def _reconnect(self) -> BgrImage | None:
        """Open it again, however long that takes; None once interrupted."""
        retries = self._patience.retries_s
        for delay_s in chain(retries, repeat(retries[-1])):
            if self._interrupted.wait(delay_s):
                break
            try:
                self._capture, picture = self._open()
            except SourceError as error:
                _log.debug("Not back yet: %s", error)
                continue
            _log.info("%s is back", self._name)
            return picture
        return None

    def _report_loss(self) -> None:
        self._notify(
            SourceError(
                f"{self._name} has stopped",
                "it delivers no pictures any more",
                f"{self._advice} It is tried again by itself until it is back.",
            )
        )
