"""Recording samples: frames from the inference thread, judged and saved on a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult
from gesture_app.engine.sample_taking import (
    RecordingOrder,
    RecordingPlace,
    RecordingProgress,
    SampleTaker,
)

INTERVAL_NS = 90_000_000
"""Frames are looked at this far apart: about ten a second, whatever the camera's rate is."""

MAX_WAITING = 4
"""Frames that wait for the disk; the oldest one makes room, and is counted as dropped."""

_log = logging.getLogger(__name__)


class RecorderListener(Protocol):
    """Told what happens, on the recorder's thread. Must return quickly and never raise."""

    def on_progress(self, progress: RecordingProgress) -> None:
        """A frame was looked at; recording or only watching."""

    def on_ended(self, progress: RecordingProgress) -> None:
        """A recording is over: all of it is on the disk."""

    def on_failed(self, error: AppError) -> None:
        """A sample could not be saved; `on_ended` follows. What was saved before is kept."""

    def on_closed(self) -> None:
        """Called once, last."""


class _End:
    """The recording is to end after the frames that came before this."""


_Item = FrameResult | RecordingOrder | _End


class Recorder:
    """Watches hands, and saves samples between `begin` and `end`.

    Args:
        place: where samples go.
        listener: told what happens.
        clock: unix seconds.
    """

    def __init__(
        self,
        place: RecordingPlace,
        listener: RecorderListener,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._taker = SampleTaker(place, clock)
        self._listener = listener
        self._condition = threading.Condition()
        self._waiting: deque[_Item] = deque()
        self._frames_waiting = 0
        self._dropped = 0
        self._next_ns = 0
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="recorder")

    def start(self) -> None:
        """Start watching and return at once."""
        self._thread.start()

    def observe(self, result: FrameResult) -> None:
        """Take a frame into account. Called on the inference thread; returns at once."""
        captured_ns = result.frame.captured_ns
        with self._condition:
            if self._closing or captured_ns < self._next_ns:
                return
            self._next_ns = captured_ns + INTERVAL_NS
            if self._frames_waiting == MAX_WAITING:
                self._drop_oldest()
            self._waiting.append(result)
            self._frames_waiting += 1
            self._condition.notify()

    def begin(self, order: RecordingOrder) -> None:
        """Save samples from the next frame on. Returns at once."""
        self._enqueue(order)

    def end(self) -> None:
        """Save what was seen so far and no more. Returns at once; nothing happens without one."""
        self._enqueue(_End())

    def close(self) -> None:
        """End the recording and the thread, as soon as what waits is saved. Returns at once."""
        with self._condition:
            self._closing = True
            self._condition.notify()

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread; False if it is still busy."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _enqueue(self, item: RecordingOrder | _End) -> None:
        with self._condition:
            self._waiting.append(item)
            self._condition.notify()

    def _drop_oldest(self) -> None:
        for index, item in enumerate(self._waiting):
            if isinstance(item, FrameResult):
                del self._waiting[index]
                self._frames_waiting -= 1
                self._dropped += 1
                return

    def _take(self) -> _Item | None:
        """The next thing to do, None at the end."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._closing)
            if not self._waiting:
                return None
            item = self._waiting.popleft()
            if isinstance(item, FrameResult):
                self._frames_waiting -= 1
            return item

    def _run(self) -> None:
        while (item := self._take()) is not None:
            try:
                self._handle(item)
            except AppError as error:
                self._end(error)
            except Exception as error:
                _log.exception("A bug while recording")
                self._end(_as_app_error(error))
        self._end()
        self._listener.on_closed()

    def _handle(self, item: _Item) -> None:
        if isinstance(item, RecordingOrder):
            self._end()
            self._taker.begin(item)
            self._listener.on_progress(self._progress())
        elif isinstance(item, FrameResult):
            self._taker.look_at(item)
            self._listener.on_progress(self._progress())
        else:
            self._end()

    def _end(self, error: AppError | None = None) -> None:
        """End the recording if there is one, because of ``error`` if there is one."""
        if not self._taker.recording:
            return
        try:
            self._taker.end()
        except AppError as another:
            error = error or another  # the first one is the cause
        if error is not None:
            self._listener.on_failed(error)
        self._listener.on_ended(self._progress())

    def _progress(self) -> RecordingProgress:
        return replace(self._taker.progress, dropped=self._dropped)


def _as_app_error(error: Exception) -> AppError:
    return AppError(
        "Recording has stopped because of a bug in this app",
        f"{type(error).__name__}: {error}",
        "The app goes on; if it comes back, report it with the log.",
    )
