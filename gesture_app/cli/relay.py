"""From the runner's threads to the main thread, where a command prints and signals arrive."""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import Protocol

import numpy as np

from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult, GestureEvent
from gesture_app.engine.runner import RunnerListener
from gesture_app.engine.statistics import RunStatistics
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import SourceInfo

_NO_PICTURE = np.zeros((0, 0, 3), np.uint8)
_WAKE_S = 0.2
"""On Windows a waiting main thread hears of Ctrl+C only when it wakes."""


class Runner(Protocol):
    """The part of `PipelineRunner` that is needed here."""

    def start(self) -> None:
        """Start and return at once."""

    def stop(self, timeout_s: float = 1.0) -> bool:
        """Ask it to end and wait; the listener hears of the end in any case."""


def run_until_finished(
    make_runner: Callable[[RunnerListener], Runner], listener: RunnerListener
) -> None:
    """Run, and tell ``listener`` everything on this thread, in order, until the end.

    Ctrl+C and SIGTERM end the run in order, with the end of every held gesture; a second one
    raises KeyboardInterrupt. Results are told without their pictures.
    """
    relay = _Relay()
    runner = make_runner(relay)
    with _signals_call(relay.request_stop):
        runner.start()
        try:
            relay.deliver(listener, runner)
        finally:
            runner.stop()


class _Relay:
    """A `RunnerListener` that keeps every call for the main thread."""

    def __init__(self) -> None:
        # Its put() may be called by a signal handler that interrupts another put() or get().
        self._calls: queue.SimpleQueue[Callable[[RunnerListener], None] | None] = (
            queue.SimpleQueue()
        )
        self._finished = False

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        self._calls.put(lambda listener: listener.on_started(source, backend))

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        # A terminal that is slow to read must not make pictures pile up.
        light = replace(result, frame=replace(result.frame, bgr=_NO_PICTURE))
        self._calls.put(lambda listener: listener.on_result(light, statistics))

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        self._calls.put(lambda listener: listener.on_events(events))

    def on_notice(self, notice: AppError) -> None:
        self._calls.put(lambda listener: listener.on_notice(notice))

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        self._calls.put(partial(self._finish, statistics, error))

    def request_stop(self) -> None:
        self._calls.put(None)

    def deliver(self, listener: RunnerListener, runner: Runner) -> None:
        while not self._finished:
            try:
                call = self._calls.get(timeout=_WAKE_S)
            except queue.Empty:
                continue
            if call is None:
                runner.stop()
            else:
                call(listener)

    def _finish(
        self, statistics: RunStatistics, error: AppError | None, listener: RunnerListener
    ) -> None:
        self._finished = True
        listener.on_finished(statistics, error)


@contextmanager
def _signals_call(request_stop: Callable[[], None]) -> Iterator[None]:
    """SIGINT and SIGTERM ask to stop, a second one interrupts."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may install handlers
        return
    asked = False

    def handle(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        request_stop()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
