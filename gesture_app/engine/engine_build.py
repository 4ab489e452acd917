"""Building an engine in a process of its own.

A compiler of engines takes minutes, uses all the memory it likes, cannot be told to stop, and takes
its process with it when the driver crashes. In a thread, closing the app would have to wait for it;
a process can be ended at any moment, and runs at a lower priority than the frames. Only loading
what was built happens in the app itself.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from multiprocessing.connection import Connection, wait
from typing import Protocol

from gesture_app.core.errors import AppError, BackendError
from gesture_app.vision.backends.base import BackendProvider

BUILD_LIMIT_S = 900.0
"""A compiler that needs longer than this hangs."""

_NICENESS = 10
_NEXT_STEP = "Run `gesture-app doctor` to see every back end and why it is (not) available."


class Build(Protocol):
    """One build."""

    def run(self) -> None:
        """Put the engine into its provider's cache.

        Raises:
            BackendError: it cannot be built, or `cancel` was called.
        """

    def cancel(self) -> None:
        """End it now; called from another thread, before, during or after `run`."""


class EngineBuild:
    """A `Build` in a child process.

    Args:
        provider: builds the engine by loading ``model``; it travels to the other process.
    """

    def __init__(self, provider: BackendProvider, model: bytes) -> None:
        self._name = provider.probe().name
        # "spawn": a fork of a process with threads and a GPU's driver in it is not defined.
        context = multiprocessing.get_context("spawn")
        self._answer, self._to_parent = context.Pipe(duplex=False)
        self._lock = threading.Lock()
        self._cancelled = False
        self._process = context.Process(
            target=_build, args=(provider, model, self._to_parent), name="engine-build", daemon=True
        )

    def run(self) -> None:
        try:
            with self._lock:
                if self._cancelled:
                    raise BackendError(
                        f"{self._name} cannot be built", "it was called off", _NEXT_STEP
                    )
                self._process.start()
            self._to_parent.close()  # so that the child's end is the only one
            problem = self._wait()
        finally:
            self._to_parent.close()
            self._answer.close()
            if self._process.pid is not None:
                self._process.kill()
                self._process.join()
        if problem is not None:
            raise BackendError(*problem)

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._process.pid is not None:
                self._process.kill()

    def _wait(self) -> tuple[str, str, str] | None:
        """What went wrong, in an error's three parts; None if all went well."""
        what = f"{self._name} cannot be built"
        if not wait([self._answer], BUILD_LIMIT_S):
            return what, f"it was not done after {BUILD_LIMIT_S:.0f} s", _NEXT_STEP
        try:
            answer: tuple[str, str, str] | None = self._answer.recv()
        except (EOFError, OSError):
            self._process.join()
            return what, f"its process ended with code {self._process.exitcode}", _NEXT_STEP
        return answer


def _build(provider: BackendProvider, model: bytes, to_parent: Connection) -> None:
    """The child process: answers None, or an error's three parts."""
    with contextlib.suppress(OSError):
        os.dup2(2, 1)  # standard output belongs to the app's results, compilers like to print
    with contextlib.suppress(AttributeError, OSError):  # not on Windows
        os.nice(_NICENESS)
    try:
        provider.load(model).close()
        answer = None
    except AppError as error:
        answer = (error.what, error.why, error.next_step)
    to_parent.send(answer)
