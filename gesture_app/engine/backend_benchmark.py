"""How fast each back end runs a network: times by batch size, and what it takes to get ready."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

import numpy as np
import psutil

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput
from gesture_app.engine.statistics import Spread, spread_of
from gesture_app.store.models import LoadedModel, read_network
from gesture_app.vision.backends.base import BackendProvider, InferenceBackend, ProbeResult
from gesture_app.vision.backends.select import merged, without_network

BATCHES = (1, 2, 32)
"""One hand and two hands, as in live use, and what fills a GPU."""

WARM_UP_RUNS = 3
"""Of each back end at each batch size, the first one told apart, none counted."""


@dataclass(frozen=True, slots=True)
class ReadyBackend:
    """A back end with a network in it.

    Attributes:
        input_size: side of the network's input in pixels.
        built: whether an engine had to be compiled, which ``ready_ms`` then includes.
        ready_ms: from the network's bytes to a back end that has run once at one and two hands.
        memory_mb: by how much this process grew meanwhile. Memory of a GPU is not in it.
    """

    model: str
    input_size: int
    backend: InferenceBackend
    precision: str
    built: bool
    ready_ms: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class BatchSpeed:
    """One back end at one batch size.

    Attributes:
        first_ms: the first run ever at this size.
        run_ms: those after the warm-up.
        ratio: median time of the first back end at this size divided by this one's: above 1 is
            faster.
    """

    of: ReadyBackend
    batch: int
    first_ms: float
    run_ms: Spread
    ratio: float

    @property
    def images_per_second(self) -> float:
        return 1000 * self.batch / self.run_ms.p50


def get_ready(
    models: Sequence[LoadedModel], providers: Sequence[BackendProvider], stack: ExitStack
) -> tuple[list[ReadyBackend], tuple[ProbeResult, ...]]:
    """Load every model into every runtime that takes it.

    Args:
        stack: closes the back ends at its end.

    Returns:
        What can be measured, and what cannot, with the reasons.

    Raises:
        ModelError: a model's file was altered.
    """
    ready: list[ReadyBackend] = []
    left_out: list[ProbeResult] = []
    for model in models:
        for provider in providers:
            network = read_network(model, provider.precision)
            probed = provider.probe()
            if not probed.available:
                left_out.append(probed)
            elif network is None:
                left_out.append(without_network(probed, provider.precision))
            else:
                try:
                    ready.append(_load(model, provider, network))
                except BackendError as error:
                    left_out.append(ProbeResult(probed.name, False, error.why))
                else:
                    stack.enter_context(closing(ready[-1].backend))
    return ready, merged(dict.fromkeys(left_out))


def measure_backends(
    ready: Sequence[ReadyBackend],
    rounds: int,
    batches: Sequence[int] = BATCHES,
    on_round: Callable[[], None] = lambda: None,
) -> list[BatchSpeed]:
    """Time each back end at each batch size, all of them in turns.

    In turns, and in both orders, so that whatever else the machine does weighs on all alike.

    Args:
        rounds: how often each is timed.
        on_round: called after each round.
    """
    speeds: list[BatchSpeed] = []
    for count in batches:
        sizes = {one.input_size for one in ready}
        hands = {size: made_up_hands(count, size) for size in sizes}
        warm_up = [[_timed(one, hands) for _ in range(WARM_UP_RUNS)] for one in ready]
        times: list[list[float]] = [[] for _ in ready]
        for number in range(rounds):
            order = list(zip(ready, times, strict=True))
            for one, own in order if number % 2 else reversed(order):
                own.append(_timed(one, hands))
            on_round()
        spreads = [spread_of(own) for own in times]
        speeds += [
            BatchSpeed(one, count, first_ms, run_ms, spreads[0].p50 / run_ms.p50)
            for one, (first_ms, *_), run_ms in zip(ready, warm_up, spreads, strict=True)
        ]
    return speeds


def made_up_hands(count: int, input_size: int) -> NetworkInput:
    """Noise: how long a network takes does not depend on what it sees."""
    noise = np.random.default_rng(0)
    return NetworkInput(
        noise.normal(size=(count, 3, input_size, input_size)).astype(np.float32),
        noise.normal(size=(count, LANDMARK_FEATURES)).astype(np.float32),
    )


def _load(model: LoadedModel, provider: BackendProvider, network: bytes) -> ReadyBackend:
    """Raises: BackendError."""
    gc.collect()
    before = psutil.Process().memory_info().rss
    started = time.perf_counter_ns()
    built = provider.needs_build(network)
    backend = provider.load(network)
    ready_ms = (time.perf_counter_ns() - started) / 1e6
    grown = psutil.Process().memory_info().rss - before
    return ReadyBackend(
        model.manifest.name,
        model.manifest.preprocess.input_size,
        backend,
        provider.precision,
        built,
        ready_ms,
        grown / 2**20,
    )


def _timed(one: ReadyBackend, hands: Mapping[int, NetworkInput]) -> float:
    """Milliseconds of one run on the hands of its input size."""
    batch = hands[one.input_size]
    started = time.perf_counter_ns()
    one.backend.run(batch)
    return (time.perf_counter_ns() - started) / 1e6
