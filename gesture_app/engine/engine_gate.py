"""What an engine has to show before it takes over: the model's answers, and faster."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from gesture_app.core.preprocess import NetworkInput
from gesture_app.vision.backends.base import InferenceBackend, Precision

LoadRival = Callable[[], InferenceBackend]

ParityCheck = Callable[[InferenceBackend, Precision, LoadRival], str]
"""Why an engine does not answer like the model that it was made of; empty if it does.
Raises BackendError."""

WORTH_A_SWAP = 0.95
"""An engine that saves less than 5 % of the time is not worth its memory."""

_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class EngineGate:
    """The `Gate` of live use.

    Attributes:
        parity: compares with stored answers, or with the rival's.
        batch: one hand, to measure with.
    """

    parity: ParityCheck
    batch: NetworkInput

    def examine(
        self,
        candidate: InferenceBackend,
        precision: Precision,
        load_rival: LoadRival,
        *,
        known_fast: bool,
    ) -> str:
        difference = self.parity(candidate, precision, load_rival)
        if difference:
            return f"it does not answer like the model: {difference}"
        if known_fast:
            return ""
        with closing(load_rival()) as rival:
            mine, others = fastest_ms(candidate, rival, self.batch)
        if mine > WORTH_A_SWAP * others:
            return f"it is no faster here: {mine:.1f} ms a hand, {rival.name} takes {others:.1f} ms"
        return ""


def fastest_ms(
    one: InferenceBackend, other: InferenceBackend, batch: NetworkInput
) -> tuple[float, float]:
    """Shortest time of each in milliseconds, measured in turns.

    The shortest of many, because the app recognises meanwhile: whatever disturbs a run makes it
    longer, never shorter.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for backend, kept in zip((one, other), times, strict=True):
            started = time.perf_counter()
            backend.run(batch)
            kept.append((time.perf_counter() - started) * 1e3)
    return min(times[0]), min(times[1])
