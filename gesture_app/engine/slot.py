"""Room for one frame between the thread that captures and the one that recognises."""

from __future__ import annotations

import threading
from enum import Enum, auto

from gesture_app.core.types import Frame


class Signal(Enum):
    """What `FrameSlot.take` says instead of handing out a frame."""

    PAUSED = auto()
    """A pause has begun; said once per pause, however short it was."""

    ENDED = auto()
    """No frame will come any more."""


class FrameSlot:
    """Hands frames from one thread to another.

    Live frames never wait: a newer one replaces one that was not taken, which counts as dropped,
    and during a pause they are thrown away. Frames of files wait until there is room for them.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._live = False
        self._paused = False
        self._pause_unsaid = False
        self._finished = False
        self._stopped = False
        self._captured = 0
        self._dropped = 0

    def put(self, frame: Frame, *, live: bool) -> bool:
        """Put in a frame, waiting for room if it is not ``live``.

        Returns:
            False if the slot was stopped, so that no further frame is wanted.
        """
        with self._changed:
            self._captured += 1
            if not live:
                self._changed.wait_for(lambda: self._frame is None or self._stopped)
            if self._stopped:
                return False
            self._live = live
            if live and self._paused:
                return True
            if self._frame is not None:
                self._dropped += 1
            self._frame = frame
            self._changed.notify_all()
            return True

    def take(self) -> Frame | Signal:
        """Take the frame out, waiting for one; see `Signal` for what else can come."""
        with self._changed:
            self._changed.wait_for(self._has_news)
            if self._stopped:
                return Signal.ENDED
            if self._pause_unsaid:
                self._pause_unsaid = False
                return Signal.PAUSED
            frame, self._frame = self._frame, None
            self._changed.notify_all()
            return Signal.ENDED if frame is None else frame

    def set_paused(self, paused: bool) -> None:
        """Hold back frames of files and throw away live ones, or go on."""
        with self._changed:
            if paused and not self._paused:
                self._pause_unsaid = True
                if self._live:
                    self._frame = None
            self._paused = paused
            self._changed.notify_all()

    def finish(self) -> None:
        """No frame will be put in any more; one that waits can still be taken."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def stop(self) -> None:
        """Throw away what waits and wake both threads; nothing passes any more."""
        with self._changed:
            self._stopped = True
            self._frame = None
            self._changed.notify_all()

    def rest(self, seconds: float) -> None:
        """Wait so long, or until the slot is stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped, seconds)

    def counts(self) -> tuple[int, int]:
        """Frames put in, and those of them that were replaced before they were taken."""
        with self._changed:
            return self._captured, self._dropped

    def _has_news(self) -> bool:
        if self._stopped or self._pause_unsaid:
            return True
        if self._frame is not None:
            return not self._paused
        return self._finished
