"""What an engine has to show: the model's answers, and faster than the one in use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gesture_app.core.preprocess import NetworkInput
from gesture_app.engine.engine_gate import EngineGate
from gesture_app.engine.engine_parity import one_made_up_hand, parity_check
from gesture_app.store.models import load_model
from gesture_app.vision.backends.base import Precision
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from tests.fakes import FakeBackend
from tests.networks import biased_network, write_model

ONE_HAND = NetworkInput(np.zeros((1, 3, 32, 32), np.float32), np.zeros((1, 63), np.float32))


class CountingBackend(FakeBackend):
    """Takes turns with others on a clock of its own: each run lasts ``ms``."""

    def __init__(self, clock: list[float], ms: float) -> None:
        super().__init__()
        self._clock = clock
        self._ms = ms

    def run(self, batch: NetworkInput) -> np.ndarray:
        self._clock[0] += self._ms / 1e3
        return super().run(batch)


@pytest.mark.parametrize(("ms", "refused"), [(5.0, False), (9.9, True), (20.0, True)])
def test_an_engine_has_to_be_clearly_faster_than_the_one_in_use(
    monkeypatch: pytest.MonkeyPatch, ms: float, refused: bool
) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: clock[0])
    rivals: list[FakeBackend] = []

    def load_rival() -> FakeBackend:
        rivals.append(CountingBackend(clock, 10.0))
        return rivals[-1]

    gate = EngineGate(lambda *_: "", ONE_HAND)
    candidate = CountingBackend(clock, ms)
    refusal = gate.examine(candidate, Precision.FP32, load_rival, known_fast=False)
    assert bool(refusal) is refused
    assert not refused or f"{ms:.1f} ms a hand, Fake takes 10.0 ms" in refusal
    assert [len(rival.closed_on) for rival in rivals] == [1]
    assert gate.examine(candidate, Precision.FP32, load_rival, known_fast=True) == ""


def test_an_engine_that_answers_differently_is_refused_before_it_is_measured() -> None:
    gate = EngineGate(lambda *_: "probabilities differ", ONE_HAND)
    refusal = gate.examine(FakeBackend(), Precision.FP16, FakeBackend, known_fast=True)
    assert refusal == "it does not answer like the model: probabilities differ"


def test_without_a_golden_set_engines_are_compared_with_the_one_in_use(tmp_path: Path) -> None:
    network = biased_network([2.0, 1.0, 0.0])
    model = load_model(write_model(tmp_path, network))
    check = parity_check(model)
    candidates = {
        "same": biased_network([2.0, 1.0, 0.0]),
        "wrong": biased_network([1.0, 2.0, 0.0]),
        "shape": biased_network([2.0, 1.0]),
    }
    found = {}
    for name, content in candidates.items():
        backend = OnnxCpu().load(content)
        found[name] = check(backend, Precision.FP32, lambda: OnnxCpu().load(network))
        backend.close()
    assert found["same"] == ""
    assert "probabilities differ by" in found["wrong"]
    assert "its answers have shape" in found["shape"]
    assert one_made_up_hand(model).crops.shape == (1, 3, 32, 32)
