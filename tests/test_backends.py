"""Real ONNX Runtime on the CPU, and how a back end is chosen."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.store.engine_cache import EngineCache
from gesture_app.vision.backends import onnx_cuda
from gesture_app.vision.backends.base import Networks, Precision, ProbeResult
from gesture_app.vision.backends.onnx_cpu import OnnxCpu, threads_for
from gesture_app.vision.backends.onnx_cuda import OnnxCuda
from gesture_app.vision.backends.onnx_offer import check_one_package, installed_packages
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe
from gesture_app.vision.backends.select import NEEDS_BUILD, known_providers, merged, select_backend
from tests.fake_providers import FakeProvider
from tests.fakes import FakeBackend
from tests.networks import SIZE, biased_network

LOGITS = (3.0, 1.0, -2.0)
CPU_RECIPE = SessionRecipe("Test", "CPUExecutionProvider")


def batch(count: int, red: float = 0.0) -> NetworkInput:
    crops = np.zeros((count, 3, SIZE, SIZE), np.float32)
    crops[:, 0] = red
    return NetworkInput(crops, np.zeros((count, 63), np.float32))


def only_fp32(network: bytes = b"network") -> Networks:
    """A model with no other file than its fp32 one."""
    return {Precision.FP32: network}.get


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_cpu_answers_with_the_networks_logits_for_any_number_of_hands(count: int) -> None:
    backend = OnnxCpu().load(biased_network(LOGITS))
    logits = backend.run(batch(count, red=0.5))
    assert logits.dtype == np.float32
    np.testing.assert_allclose(logits, [[3.5, 1.0, -2.0]] * count, atol=1e-5)
    backend.close()


def test_loading_runs_the_network_with_one_and_with_two_hands() -> None:
    sizes = []

    class Recording(OnnxBackend):
        def run(self, batch: NetworkInput) -> FloatArray:
            sizes.append(len(batch.crops))
            return super().run(batch)

    Recording(biased_network(LOGITS), CPU_RECIPE).close()
    assert sizes == [1, 2]


@pytest.mark.parametrize(("logical_cpus", "threads"), [(1, 1), (2, 2), (4, 2), (8, 4), (64, 4)])
def test_the_network_takes_one_thread_per_core_and_leaves_some(
    logical_cpus: int, threads: int
) -> None:
    assert threads_for(logical_cpus) == threads


def test_bytes_that_are_no_network_are_refused_without_a_word_on_standard_output(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(BackendError) as caught:
        OnnxCpu().load(b"this is not a network")
    assert "protobuf" in caught.value.why.lower()
    assert "doctor" in caught.value.next_step
    assert capfd.readouterr().out == ""


def test_a_network_with_other_inputs_is_refused() -> None:
    with pytest.raises(BackendError, match="not a gesture model"):
        OnnxCpu().load(biased_network(LOGITS, inputs="something_else"))


def test_a_run_that_fails_is_an_error_with_a_next_step() -> None:
    backend = OnnxCpu().load(biased_network(LOGITS))
    wrong = NetworkInput(np.zeros((1, 3, SIZE, 7), np.float32), np.zeros((1, 63), np.float32))
    with pytest.raises(BackendError, match="failed"):
        backend.run(wrong)
    backend.close()
    with pytest.raises(BackendError, match="closed"):
        backend.run(batch(1))


@pytest.mark.skipif(
    onnx_cuda.PROVIDER in onnxruntime.get_available_providers(), reason="CUDA is offered here"
)
def test_a_session_that_quietly_fell_back_to_the_cpu_is_refused() -> None:
    with (
        pytest.warns(UserWarning, match="not in available provider names"),
        pytest.raises(BackendError, match="fell back to CPUExecutionProvider"),
    ):
        OnnxCuda().load(biased_network(LOGITS))


def test_the_first_that_loads_is_chosen_and_every_reason_is_kept() -> None:
    absent = FakeProvider("absent", available=False)
    broken = FakeProvider("broken", failure="its library is missing")
    good, never = FakeProvider("good"), FakeProvider("never")
    selected = select_backend([absent, broken, good, never], only_fp32())
    assert isinstance(selected.backend, FakeBackend)
    assert selected.choice.active == ProbeResult("good", True, "good looks so")
    assert selected.choice.passed_over == (
        ProbeResult("absent", False, "absent looks so"),
        ProbeResult("broken", False, "its library is missing"),
    )
    assert (absent.loaded, never.loaded) == ([], [])


def test_if_none_loads_the_error_says_why_those_that_were_there_failed() -> None:
    providers = [
        FakeProvider("absent", available=False),
        FakeProvider("broken", failure="its library is missing"),
    ]
    with pytest.raises(BackendError) as caught:
        select_backend(providers, only_fp32())
    assert caught.value.why == "broken: its library is missing"


def test_if_none_is_there_the_error_has_every_reason() -> None:
    names = ("one", "two")
    with pytest.raises(BackendError) as caught:
        select_backend([FakeProvider(name, available=False) for name in names], only_fp32())
    assert caught.value.why == "one: one looks so; two: two looks so"


def test_an_engine_that_has_to_be_built_is_not_waited_for() -> None:
    slow, ready = FakeProvider("slow", builds=True), FakeProvider("ready")
    selected = select_backend([slow, ready], only_fp32())
    assert selected.choice.active.name == "ready"
    assert selected.choice.passed_over == (ProbeResult("slow", False, NEEDS_BUILD),)
    assert select_backend([slow, ready], only_fp32(), build=True).choice.active.name == "slow"


def test_a_provider_gets_the_models_file_of_its_precision_or_is_passed_over() -> None:
    half = FakeProvider("half", precision=Precision.FP16)
    whole = FakeProvider("whole")
    files = {Precision.FP16: b"half", Precision.FP32: b"whole"}
    select_backend([half, whole], files.get)
    assert half.loaded == [b"half"]
    selected = select_backend([half, whole], only_fp32(b"whole"))
    assert whole.loaded == [b"whole"]
    assert selected.choice.passed_over[0].reason == "the model has no FP16 file"


def test_a_runtime_that_is_missing_is_told_once_and_not_for_each_precision() -> None:
    missing = "needs onnxruntime-gpu"
    results = [
        ProbeResult("CUDA FP16", False, missing),
        ProbeResult("CUDA", False, missing),
        ProbeResult("CPU INT8", False, "the model has no INT8 file"),
    ]
    told = [(one.name, one.reason) for one in merged(results)]
    assert told == [("CUDA", missing), ("CPU INT8", "the model has no INT8 file")]


def test_on_this_machine_a_back_end_is_found_and_all_runtimes_gave_a_reason(
    tmp_path: Path,
) -> None:
    order = known_providers(EngineCache(tmp_path))
    selected = select_backend(order.all, only_fp32(biased_network(LOGITS)))
    np.testing.assert_allclose(selected.backend.run(batch(1)), [LOGITS], atol=1e-2)
    selected.backend.close()
    assert selected.backend.name == selected.choice.active.name
    assert all(probe.name and probe.reason for probe in (p.probe() for p in order.all))
    assert order.all[-1].probe().name == "ONNX Runtime CPU"


def test_the_processors_engines_start_with_the_precision_that_is_asked_for(tmp_path: Path) -> None:
    order = known_providers(EngineCache(tmp_path))
    for first, second in (("int8", "fp32"), ("fp32", "int8")):
        start = order.starting_with((Precision(first),)).start
        assert [provider.precision for provider in start] == [first, second]


def test_without_onnxruntime_a_probe_says_so_and_does_not_raise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    probe = OnnxCpu().probe()
    assert not probe.available
    assert "cannot be imported" in probe.reason


def test_cuda_without_a_driver_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [onnx_cuda.PROVIDER, "CPU"])
    monkeypatch.setattr(ctypes, "CDLL", no_library)
    probe = OnnxCuda().probe()
    assert not probe.available
    assert "no NVIDIA driver" in probe.reason


def add_distribution(folder: Path, name: str) -> None:
    """What an installed package leaves for importlib.metadata."""
    info = folder / f"{name.replace('-', '_')}-9.9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.9\n")


def test_two_onnxruntime_packages_are_refused_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    add_distribution(tmp_path, "onnxruntime")
    check_one_package(installed_packages())
    add_distribution(tmp_path, "onnxruntime-gpu")
    assert set(installed_packages()) == {"onnxruntime", "onnxruntime-gpu"}
    with pytest.raises(BackendError) as caught:
        check_one_package(installed_packages())
    assert "pip uninstall -y onnxruntime onnxruntime-gpu" in caught.value.next_step


@pytest.mark.parametrize("other", ["onnxruntime-directml", "onnxruntime-openvino"])
def test_every_package_with_the_same_module_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    for name in ("onnxruntime", other):
        add_distribution(tmp_path, name)
    with pytest.raises(BackendError, match="more than once"):
        check_one_package(installed_packages())


def test_no_onnxruntime_package_is_told() -> None:
    with pytest.raises(BackendError, match="not installed"):
        check_one_package(())
