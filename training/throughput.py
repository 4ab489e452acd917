"""How fast a network is: images per second and latency, by back end, precision and batch size.

All candidates are measured in one run, in turns, so that whatever else the machine does weighs on
all of them alike. Ratios of one run compare well; milliseconds of a busy machine do not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import nn

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.vision.backends.base import (
    BackendProvider,
    InferenceBackend,
    Networks,
    Precision,
    ProbeResult,
)
from gesture_app.vision.backends.engine_keys import processor_name

BATCHES = (1, 2, 32)
"""One hand and two hands, as in live use, and one that fills a GPU."""

WARM_UP_RUNS = 5
"""Of each candidate at each batch size, not counted."""

EAGER = "PyTorch eager"


@dataclass(frozen=True, slots=True)
class Speed:
    """One candidate at one batch size.

    Attributes:
        machine: processor or GPU.
        images_per_second: ``batch`` divided by the median time.
        ratio: median time of the baseline at this batch size divided by this one's.
    """

    backend: str
    precision: str
    batch: int
    machine: str
    images_per_second: float
    p50_ms: float
    p95_ms: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A loaded network to measure.

    Attributes:
        machine: what it runs on.
    """

    backend: InferenceBackend
    precision: str
    machine: str


class TorchEager:
    """The trained network run by PyTorch as it is; implements `InferenceBackend`."""

    name = EAGER

    def __init__(self, net: nn.Module, device: torch.device) -> None:
        self._net = net.to(device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
        self._device = device

    @torch.no_grad()
    def run(self, batch: NetworkInput) -> FloatArray:
        crops = torch.from_numpy(batch.crops).to(self._device, memory_format=torch.channels_last)
        landmarks = torch.from_numpy(batch.landmarks).to(self._device)
        logits = self._net(crops, landmarks).cpu().numpy()  # waits for a GPU
        return np.asarray(logits, np.float32)

    def close(self) -> None:
        self._net = nn.Identity()


def load_candidates(
    providers: Sequence[BackendProvider], networks: Networks, stack: ExitStack
) -> tuple[list[Candidate], list[ProbeResult]]:
    """Load a model into every runtime that takes it, building engines where that is needed.

    Args:
        stack: closes them at its end.

    Returns:
        What can be measured, and what cannot, with the reasons.
    """
    candidates, left_out = [], []
    for provider in providers:
        probed, network = provider.probe(), networks(provider.precision)
        if not probed.available or network is None:
            reason = probed.reason if not probed.available else "the model has no such file"
            left_out.append(ProbeResult(probed.name, False, reason))
            continue
        try:
            backend = stack.enter_context(closing(provider.load(network)))
            machine = provider.key(network).device
        except BackendError as error:
            left_out.append(ProbeResult(probed.name, False, error.why))
            continue
        candidates.append(Candidate(backend, str(provider.precision), machine))
    return candidates, left_out


def eager_candidate(net: nn.Module) -> Candidate:
    """The trained network in PyTorch, on the GPU if there is one."""
    if torch.cuda.is_available():
        device, machine = torch.device("cuda"), torch.cuda.get_device_name()
    else:
        device, machine = torch.device("cpu"), processor_name()
    return Candidate(TorchEager(net, device), str(Precision.FP32), machine)


def measure(
    candidates: Sequence[Candidate],
    input_size: int,
    rounds: int,
    batches: Sequence[int] = BATCHES,
    report: Callable[[], None] = lambda: None,
) -> list[Speed]:
    """Time every candidate at every batch size; the first candidate is the baseline.

    Args:
        rounds: how often each is timed.
        report: called after each round.
    """
    speeds = []
    for batch in batches:
        times = _interleaved(candidates, made_up_hands(batch, input_size), rounds, report)
        baseline = float(np.median(times[0]))
        for candidate, own in zip(candidates, times, strict=True):
            p50, p95 = (float(value) for value in np.percentile(own, (50, 95)))
            speeds.append(
                Speed(
                    candidate.backend.name,
                    candidate.precision,
                    batch,
                    candidate.machine,
                    batch / p50,
                    1000 * p50,
                    1000 * p95,
                    baseline / p50,
                )
            )
    return speeds


def made_up_hands(count: int, input_size: int) -> NetworkInput:
    """Noise; how long a network takes does not depend on what it sees."""
    noise = np.random.default_rng(0)
    return NetworkInput(
        noise.normal(size=(count, 3, input_size, input_size)).astype(np.float32),
        noise.normal(size=(count, LANDMARK_FEATURES)).astype(np.float32),
    )


def _interleaved(
    candidates: Sequence[Candidate], batch: NetworkInput, rounds: int, report: Callable[[], None]
) -> list[list[float]]:
    """Seconds per run of each candidate."""
    for candidate in candidates:
        for _ in range(WARM_UP_RUNS):
            candidate.backend.run(batch)
    times: list[list[float]] = [[] for _ in candidates]
    for number in range(rounds):
        order = list(zip(candidates, times, strict=True))
        # Whoever follows a large network finds its caches cold; so each follows each in turn.
        for candidate, own in order if number % 2 else reversed(order):
            started = time.perf_counter()
            candidate.backend.run(batch)
            own.append(time.perf_counter() - started)
        report()
    return times


def speed_row(speed: Speed) -> dict[str, object]:
    """A measurement as a JSON object, rounded to what it is worth."""
    digits = {"images_per_second": 2, "p50_ms": 3, "p95_ms": 3, "ratio": 3}
    return {
        name: round(value, digits[name]) if name in digits else value
        for name, value in asdict(speed).items()
    }
