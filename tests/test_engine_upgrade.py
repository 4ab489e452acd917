"""Which engine is tried when, what it has to show, and what is remembered of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.engine.engine_upgrade import EngineUpgrade, proven_precisions
from gesture_app.store.engine_cache import EngineCache, Verdict
from gesture_app.vision.backends.base import (
    BackendProvider,
    InferenceBackend,
    Precision,
    Preparation,
    ProbeResult,
    Step,
)
from tests.fake_providers import FakeProvider
from tests.fakes import PATIENCE_S, FakeBackend

ONE_HAND = NetworkInput(np.zeros((1, 3, 32, 32), np.float32), np.zeros((1, 63), np.float32))
FILES = {Precision.FP32: b"fp32", Precision.FP16: b"fp16"}


class RecordingTarget:
    """An `UpgradeTarget` that keeps what it is told, and closes what it is given."""

    def __init__(self) -> None:
        self.offers: list[str] = []
        self.reasons: dict[str, str] = {}
        self.steps: list[tuple[str, Step] | None] = []

    def offer(self, backend: InferenceBackend, probed: ProbeResult) -> None:
        self.offers.append(probed.name)
        backend.close()

    def pass_over(self, probed: ProbeResult) -> None:
        self.reasons[probed.name] = probed.reason

    def report(self, preparation: Preparation | None) -> None:
        step = None if preparation is None else (preparation.name, preparation.step)
        if [step] != self.steps[-1:]:
            self.steps.append(step)


class FakeBuild:
    """A `Build` that makes its provider's engine, fails, or waits until it is cancelled."""

    def __init__(
        self, provider: BackendProvider, error: str = "", *, endless: bool = False
    ) -> None:
        self._provider = provider
        self._error = error
        self._endless = endless
        self.running = threading.Event()
        self.cancelled = threading.Event()

    def run(self) -> None:
        self.running.set()
        if self._endless:
            assert self.cancelled.wait(PATIENCE_S)
            raise BackendError("It cannot be built", "its process ended with code -9", "Do that.")
        if self._error:
            raise BackendError("It cannot be built", self._error, "Do that.")
        assert isinstance(self._provider, FakeProvider)
        self._provider.builds = False

    def cancel(self) -> None:
        self.cancelled.set()


class FakeGate:
    """A `Gate` that refuses those whose turn is in ``refusals``, and keeps what it was told."""

    def __init__(self, refusals: dict[int, str] | None = None) -> None:
        self.seen: list[tuple[Precision, bool]] = []
        self._refusals = refusals or {}

    def examine(
        self,
        candidate: InferenceBackend,
        precision: Precision,
        load_rival: Callable[[], InferenceBackend],
        *,
        known_fast: bool,
    ) -> str:
        candidate.run(ONE_HAND)
        load_rival().close()
        self.seen.append((precision, known_fast))
        return self._refusals.get(len(self.seen), "")


@pytest.fixture
def cache(tmp_path: Path) -> EngineCache:
    return EngineCache(tmp_path / "engines")


def search(
    cache: EngineCache,
    *providers: FakeProvider,
    gate: FakeGate | None = None,
    build: Callable[[BackendProvider], FakeBuild] = FakeBuild,
    started_on: FakeProvider | None = None,
) -> RecordingTarget:
    """One whole search."""
    target = RecordingTarget()
    EngineUpgrade(
        started_on or FakeProvider("processor"),
        providers,
        FILES.get,
        gate or FakeGate(),
        cache,
        lambda provider, _: build(provider),
    ).run(target)
    return target


def test_the_best_that_is_there_and_passes_is_offered(cache: EngineCache) -> None:
    absent = FakeProvider("absent", available=False)
    broken = FakeProvider("broken", failure="its library is missing")
    never = FakeProvider("never")
    target = search(cache, absent, broken, FakeProvider("good"), never)
    assert target.offers == ["good"]
    assert target.reasons == {"absent": "absent looks so", "broken": "its library is missing"}
    assert never.loaded == []


def test_what_needs_no_build_comes_first_and_what_is_better_is_built_after(
    cache: EngineCache,
) -> None:
    best, quick = FakeProvider("best", builds=True), FakeProvider("quick")
    worse = FakeProvider("worse", builds=True)
    target = search(cache, best, quick, worse)
    assert target.offers == ["quick", "best"]
    assert worse.loaded == []
    assert target.steps == [
        None,
        ("quick", Step.LOAD),
        ("quick", Step.CHECK),
        None,
        ("best", Step.BUILD),
        ("best", Step.LOAD),
        ("best", Step.CHECK),
        None,
    ]


def test_each_engine_is_compared_with_the_one_that_it_would_replace(cache: EngineCache) -> None:
    processor, quick = FakeProvider("processor"), FakeProvider("quick")
    best = FakeProvider("best", builds=True)
    search(cache, best, quick, started_on=processor)
    # As a rival: processor and quick. To be examined: quick and best.
    loads = [len(provider.loaded) for provider in (processor, quick, best)]
    assert loads == [1, 2, 1]


def test_each_provider_is_given_the_models_file_of_its_precision(cache: EngineCache) -> None:
    int8 = FakeProvider("int8", precision=Precision.INT8)
    fp16 = FakeProvider("fp16", precision=Precision.FP16)
    target = search(cache, int8, fp16)
    assert fp16.loaded == [b"fp16"]
    assert target.reasons == {"int8": "the model has no INT8 file"}


def test_an_engine_that_does_not_pass_is_closed_refused_and_not_tried_again(
    cache: EngineCache,
) -> None:
    wrong = FakeBackend()
    first = search(
        cache, FakeProvider("wrong", backend=wrong), gate=FakeGate({1: "it answers differently"})
    )
    assert (first.offers, first.reasons) == ([], {"wrong": "it answers differently"})
    assert len(wrong.closed_on) == 1
    again = FakeProvider("wrong")
    second = search(cache, again)
    assert (second.offers, second.reasons) == ([], first.reasons)
    assert again.loaded == []


def test_one_that_passed_is_compared_again_but_not_measured_again(cache: EngineCache) -> None:
    gate = FakeGate()
    for _ in range(2):
        search(cache, FakeProvider("good"), gate=gate)
    assert gate.seen == [(Precision.FP32, False), (Precision.FP32, True)]


def test_a_build_that_fails_is_told_and_not_repeated_at_the_next_start(
    cache: EngineCache,
) -> None:
    builds: list[str] = []

    def failing(provider: BackendProvider) -> FakeBuild:
        builds.append(provider.probe().name)
        return FakeBuild(provider, "an operator is not supported")

    for _ in range(2):
        target = search(cache, FakeProvider("best", builds=True), build=failing)
        assert target.reasons == {"best": "an operator is not supported"}
    assert builds == ["best"]


def test_after_a_build_that_failed_the_next_one_is_built(cache: EngineCache) -> None:
    def first_fails(provider: BackendProvider) -> FakeBuild:
        return FakeBuild(provider, "no memory" if provider.probe().name == "best" else "")

    second = FakeProvider("second", builds=True)
    target = search(cache, FakeProvider("best", builds=True), second, build=first_fails)
    assert target.offers == ["second"]


def test_a_failure_to_load_is_tried_again_at_the_next_start(cache: EngineCache) -> None:
    search(cache, FakeProvider("one", failure="its library is missing"))
    assert search(cache, FakeProvider("one")).offers == ["one"]


def test_a_slow_build_ends_when_it_is_cancelled_and_nothing_is_held_against_it(
    cache: EngineCache,
) -> None:
    builds: list[FakeBuild] = []

    def endless(provider: BackendProvider) -> FakeBuild:
        builds.append(FakeBuild(provider, endless=True))
        started.set()
        return builds[-1]

    started = threading.Event()
    target, provider = RecordingTarget(), FakeProvider("best", builds=True)
    upgrade = EngineUpgrade(
        FakeProvider("processor"),
        [provider, FakeProvider("second", builds=True)],
        FILES.get,
        FakeGate(),
        cache,
        lambda one, _: endless(one),
    )
    thread = threading.Thread(target=upgrade.run, args=(target,), name="search")
    thread.start()
    assert started.wait(PATIENCE_S)
    assert builds[0].running.wait(PATIENCE_S)
    upgrade.cancel()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert (target.offers, target.reasons, len(builds)) == ([], {}, 1)
    assert cache.verdict(provider.key(b"fp32")) is None


def test_a_cache_that_cannot_be_written_does_not_stop_the_search(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert search(EngineCache(tmp_path / "file"), FakeProvider("good")).offers == ["good"]


def test_the_next_start_begins_with_the_precision_that_proved_faster(cache: EngineCache) -> None:
    providers = [FakeProvider("int8", precision=Precision.FP16), FakeProvider("fp32")]
    assert proven_precisions(providers, FILES.get, cache) == ()
    cache.remember(providers[0].key(b"fp16"), Verdict(True, "it is faster"))
    cache.remember(providers[1].key(b"fp32"), Verdict(False, "it is slower"))
    assert proven_precisions(providers, FILES.get, cache) == (Precision.FP16,)
