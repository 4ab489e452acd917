"""Looking for a better engine while the app already runs: load or build, check, offer."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Protocol

from gesture_app.core.errors import AppError, BackendError
from gesture_app.engine.engine_build import Build, EngineBuild
from gesture_app.engine.live_backend import UpgradeTarget
from gesture_app.store.engine_cache import EngineCache, EngineKey, Verdict
from gesture_app.vision.backends.base import (
    BackendProvider,
    InferenceBackend,
    Networks,
    Precision,
    Preparation,
    ProbeResult,
    Step,
)
from gesture_app.vision.backends.select import without_network

_PROVEN = "it agrees with the model and is faster"

_log = logging.getLogger(__name__)


class Gate(Protocol):
    """What every engine has to pass."""

    def examine(
        self,
        candidate: InferenceBackend,
        precision: Precision,
        load_rival: Callable[[], InferenceBackend],
        *,
        known_fast: bool,
    ) -> str:
        """Why ``candidate`` must not take over, one sentence without a full stop; or empty.

        Args:
            load_rival: loads another instance of the engine that it would replace; that one itself
                belongs to the inference thread.
            known_fast: it was measured at an earlier start; its answers are compared each time.

        Raises:
            BackendError: it failed.
        """


class _Outcome(Enum):
    ACCEPTED = auto()
    REFUSED = auto()
    NEEDS_BUILD = auto()


class EngineUpgrade:
    """Tries providers, best first, and stops at the first whose engine passes the gate.

    First those that only have to be loaded, so that a graphics card helps within seconds; then
    those better than the one found whose engine has to be built, one at a time.

    Args:
        started_on: what runs until a better one is found.
        providers: those that are better, or may be, best first.
        networks: the model's files.
        gate: what an engine has to pass.
        cache: remembers what was found out, so that it is not found out again at each start.
        make_build: a build of an engine outside this process.
    """

    def __init__(
        self,
        started_on: BackendProvider,
        providers: Sequence[BackendProvider],
        networks: Networks,
        gate: Gate,
        cache: EngineCache,
        make_build: Callable[[BackendProvider, bytes], Build] = EngineBuild,
    ) -> None:
        self._in_use = started_on
        self._providers = tuple(providers)
        self._networks = networks
        self._gate = gate
        self._cache = cache
        self._make_build = make_build
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._build: Build | None = None

    def run(self, target: UpgradeTarget) -> None:
        waiting: list[BackendProvider] = []
        for provider in self._providers:
            outcome = self._try(provider, target, may_build=False)
            if outcome is _Outcome.ACCEPTED:
                break
            if outcome is _Outcome.NEEDS_BUILD:
                waiting.append(provider)
        for provider in waiting:
            if self._try(provider, target, may_build=True) is _Outcome.ACCEPTED:
                return

    def cancel(self) -> None:
        self._cancelled.set()
        with self._lock:
            if self._build is not None:
                self._build.cancel()

    def _try(
        self, provider: BackendProvider, target: UpgradeTarget, *, may_build: bool
    ) -> _Outcome:
        """One provider, from looking whether it is there to offering its engine."""
        if self._cancelled.is_set():
            return _Outcome.REFUSED
        probed = provider.probe()
        if not probed.available:
            target.pass_over(probed)
            return _Outcome.REFUSED
        try:
            return self._try_available(provider, probed, target, may_build=may_build)
        except AppError as error:
            if not self._cancelled.is_set():
                _log.warning("%s passed over: %s", probed.name, error)
                target.pass_over(replace(probed, available=False, reason=error.why))
            return _Outcome.REFUSED
        finally:
            target.report(None)

    def _try_available(
        self,
        provider: BackendProvider,
        probed: ProbeResult,
        target: UpgradeTarget,
        *,
        may_build: bool,
    ) -> _Outcome:
        """Raises: AppError: it cannot be built, loaded or run."""
        network = self._networks(provider.precision)
        if network is None:
            target.pass_over(without_network(probed, provider.precision))
            return _Outcome.REFUSED
        key = provider.key(network)
        verdict = self._cache.verdict(key)
        if verdict is not None and not verdict.accepted:
            target.pass_over(replace(probed, available=False, reason=verdict.reason))
            return _Outcome.REFUSED
        if provider.needs_build(network):
            if not may_build:
                return _Outcome.NEEDS_BUILD
            self._report(target, probed, Step.BUILD)
            self._run_build(provider, network, key)
        self._report(target, probed, Step.LOAD)
        backend = provider.load(network)
        with contextlib.ExitStack() as unless_accepted:
            unless_accepted.callback(backend.close)
            self._report(target, probed, Step.CHECK)
            refusal = self._gate.examine(
                backend, provider.precision, self._load_rival, known_fast=verdict is not None
            )
            self._remember(key, Verdict(not refusal, refusal or _PROVEN))
            if refusal:
                target.pass_over(replace(probed, available=False, reason=refusal))
                return _Outcome.REFUSED
            unless_accepted.pop_all()
        target.offer(backend, probed)
        self._in_use = provider
        return _Outcome.ACCEPTED

    def _load_rival(self) -> InferenceBackend:
        """Raises: AppError."""
        network = self._networks(self._in_use.precision)
        assert network is not None, "it was loaded before"
        return self._in_use.load(network)

    def _run_build(self, provider: BackendProvider, network: bytes, key: EngineKey) -> None:
        """Raises: BackendError."""
        build = self._make_build(provider, network)
        with self._lock:
            self._build = build
        try:
            if not self._cancelled.is_set():
                build.run()
        except BackendError as error:
            if not self._cancelled.is_set():
                self._remember(key, Verdict(False, error.why))
            raise
        finally:
            with self._lock:
                self._build = None
        if self._cancelled.is_set():
            raise BackendError("The engine was not built", "it was not waited for", "Start again.")

    def _remember(self, key: EngineKey, verdict: Verdict) -> None:
        try:
            self._cache.remember(key, verdict)
        except OSError as error:
            _log.warning("What was found out about %s is not kept: %s", key.runtime, error)

    @staticmethod
    def _report(target: UpgradeTarget, probed: ProbeResult, step: Step) -> None:
        target.report(Preparation(probed.name, step, time.perf_counter_ns()))


def proven_precisions(
    providers: Sequence[BackendProvider], networks: Networks, cache: EngineCache
) -> tuple[Precision, ...]:
    """At which precisions these providers were found to be the better ones on this machine."""
    found = []
    for provider in providers:
        with contextlib.suppress(AppError):
            network = networks(provider.precision)
            verdict = None if network is None else cache.verdict(provider.key(network))
            if verdict is not None and verdict.accepted:
                found.append(provider.precision)
    return tuple(found)
