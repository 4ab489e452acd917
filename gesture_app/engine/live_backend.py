"""The back end of a live run: better engines take over between frames, failing ones hand over."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

import numpy as np

from gesture_app.core.errors import AppError, BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.vision.backends.base import (
    BackendChoice,
    InferenceBackend,
    Preparation,
    ProbeResult,
)
from gesture_app.vision.backends.select import SelectedBackend, merged

STANDS_BY = "takes over if the one in use fails"

Reserve = Callable[[Collection[str]], SelectedBackend]
"""Loads the best back end whose name is not among those given. Raises BackendError."""

_log = logging.getLogger(__name__)


class UpgradeTarget(Protocol):
    """Whom an upgrade serves; called on the upgrade's thread."""

    def offer(self, backend: InferenceBackend, probed: ProbeResult) -> None:
        """A proven, warmed up back end, which the target owns from now on."""

    def pass_over(self, probed: ProbeResult) -> None:
        """One that is not used, with the reason."""

    def report(self, preparation: Preparation | None) -> None:
        """What is being prepared now, None for nothing."""


class Upgrade(Protocol):
    """Looks for better engines."""

    def run(self, target: UpgradeTarget) -> None:
        """Return when there is nothing more to try, or soon after `cancel`."""

    def cancel(self) -> None:
        """Called from another thread, at any time."""


class LiveBackend:
    """Runs on what is ready, and is never without an engine as long as any works.

    An `InferenceBackend` for one thread, the inference thread, which also makes every swap, at the
    start of a batch and thus between two frames. An `UpgradeTarget` for the upgrade's thread.

    Args:
        selected: what the run starts on.
        reserve: where the next one comes from if none that is loaded is left.
        notify: told when a back end has failed, on the inference thread.
    """

    def __init__(
        self, selected: SelectedBackend, reserve: Reserve, notify: Callable[[AppError], None]
    ) -> None:
        self._lock = threading.Lock()
        self._active = selected.backend
        self._choice = selected.choice
        self._offered: tuple[InferenceBackend, ProbeResult] | None = None
        self._standing_by: list[tuple[InferenceBackend, ProbeResult]] = []
        self._failed: set[str] = set()
        self._replaced: list[ProbeResult] = []
        """Those that were in use, newest first."""
        self._tried: list[ProbeResult] = []
        """What the upgrade passed over, in the order in which it went: best first."""
        self._not_started = selected.choice.passed_over
        self._reserve = reserve
        self._notify = notify
        self._upgrade: Upgrade | None = None
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        return self._active.name

    @property
    def choice(self) -> BackendChoice:
        """Which back end is in use and what is prepared. Any thread."""
        with self._lock:
            return self._choice

    def improve(self, upgrade: Upgrade) -> None:
        """Let ``upgrade`` look for better engines, in a thread that `close` ends."""
        self._upgrade = upgrade
        self._thread = threading.Thread(target=self._run_upgrade, name="engine-upgrade")
        self._thread.start()

    def run(self, batch: NetworkInput) -> FloatArray:
        """Logits of whichever back end works; the same batch goes on to the next if one fails.

        Raises:
            BackendError: none works any more.
        """
        self._take_over()
        while True:
            try:
                return _run_checked(self._active, batch)
            except BackendError as error:
                self._hand_over(error)

    def close(self) -> None:
        """End the upgrade and release every engine."""
        if self._upgrade is not None and self._thread is not None:
            self._upgrade.cancel()
            self._thread.join()
        with self._lock:
            offered, self._offered = self._offered, None
        for backend, _ in [*([offered] if offered else []), *self._standing_by]:
            backend.close()
        self._standing_by.clear()
        self._active.close()

    def offer(self, backend: InferenceBackend, probed: ProbeResult) -> None:
        with self._lock:
            unused, self._offered = self._offered, (backend, probed)
        if unused is not None:
            unused[0].close()

    def pass_over(self, probed: ProbeResult) -> None:
        with self._lock:
            self._tried.append(probed)
            self._describe(self._choice.active)

    def report(self, preparation: Preparation | None) -> None:
        with self._lock:
            self._choice = replace(self._choice, preparing=preparation)

    def _run_upgrade(self) -> None:
        assert self._upgrade is not None
        try:
            self._upgrade.run(self)
        except Exception:
            # Recognition goes on with the engine that it has; the log says what to mend.
            _log.exception("A bug ended the search for a better engine")
        finally:
            self.report(None)

    def _take_over(self) -> None:
        """Swap to the engine that was offered, if one was."""
        with self._lock:
            if self._offered is None:
                return
            backend, probed = self._offered
            self._offered = None
            previous = self._choice.active
            self._standing_by.append((self._active, previous))
            self._active = backend
            self._replaced.insert(0, replace(previous, reason=STANDS_BY))
            self._describe(probed)
        _log.info("%s has taken over from %s", probed.name, previous.name)

    def _hand_over(self, error: BackendError) -> None:
        """Put the next engine in the place of the one that failed.

        Raises:
            BackendError: there is none.
        """
        failed = self._choice.active
        self._failed.add(failed.name)
        if self._standing_by:
            backend, probed = self._standing_by.pop()
        else:
            selected = self._reserve(self._failed)
            backend, probed = selected.backend, selected.choice.active
        self._active.close()
        with self._lock:
            self._active = backend
            self._replaced.insert(0, replace(failed, available=False, reason=error.why))
            self._describe(probed)
        _log.error("%s; %s takes over", error, probed.name)
        self._notify(
            BackendError(f"{failed.name} has failed", error.why, f"{probed.name} has taken over.")
        )

    def _describe(self, active: ProbeResult) -> None:
        """Renew what `choice` says. Call with the lock held."""
        others: dict[str, ProbeResult] = {}
        for one in (*self._replaced, *self._tried, *self._not_started):
            if one.name != active.name:
                others.setdefault(one.name, one)
        self._choice = replace(self._choice, active=active, passed_over=merged(others.values()))


def _run_checked(backend: InferenceBackend, batch: NetworkInput) -> FloatArray:
    """Raises: BackendError: it failed, or answers with what no network answers."""
    logits = backend.run(batch)
    if not np.isfinite(logits).all():
        raise BackendError(
            f"{backend.name} failed",
            "it answers with numbers that are not finite",
            "Run `gesture-app doctor` to see every back end and why it is (not) available.",
        )
    return logits
