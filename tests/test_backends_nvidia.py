"""NVIDIA's back ends against a stand-in for ONNX Runtime that behaves as it is documented."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.store.engine_cache import EngineCache
from gesture_app.vision.backends import engine_keys
from gesture_app.vision.backends.base import Precision
from gesture_app.vision.backends.onnx_cuda import OnnxCuda
from gesture_app.vision.backends.onnx_tensorrt import OnnxTensorRt
from gesture_app.vision.backends.onnx_tensorrt_rtx import PACKAGE, OnnxTensorRtRtx
from tests.fake_onnxruntime import (
    CPU,
    CUDA,
    RTX,
    RTX_MODULE,
    TENSORRT,
    FakeNvml,
    FakeOnnxRuntime,
    FakePlugin,
    Machine,
)
from tests.networks import SIZE, biased_network

NETWORK = biased_network((3.0, 1.0, -2.0))
HANDS = NetworkInput(np.zeros((2, 3, SIZE, SIZE), np.float32), np.zeros((2, 63), np.float32))

AddPackage = Callable[[str, str], None]


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """System libraries that can be loaded, by how their names begin: driver and TensorRT 10."""
    there = {"libcuda", "nvcuda", "libnvinfer", "nvinfer", "libnvonnxparser", "nvonnxparser"}

    def load(name: str, mode: int = 0) -> SimpleNamespace:
        if not any(name.startswith(one) for one in there):
            raise OSError(f"{name}: cannot open shared object file")
        return SimpleNamespace(getInferLibVersion=lambda: 101601)

    monkeypatch.setattr(ctypes, "CDLL", load)
    return there


@pytest.fixture
def nvml(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeNvml]:
    fake = FakeNvml()
    monkeypatch.setitem(sys.modules, "pynvml", fake)
    engine_keys.nvidia_gpu.cache_clear()
    yield fake
    engine_keys.nvidia_gpu.cache_clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, libraries: set[str], nvml: FakeNvml) -> Machine:
    """A machine with an NVIDIA GPU, its driver, TensorRT 10 and onnxruntime-gpu."""
    fake = Machine()
    monkeypatch.setitem(sys.modules, "onnxruntime", FakeOnnxRuntime(fake))
    return fake


@pytest.fixture
def add_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddPackage:
    """``add_package(name, version)`` leaves what importlib.metadata finds of a package."""
    folder = tmp_path / "packages"
    monkeypatch.syspath_prepend(folder)

    def add(name: str, version: str) -> None:
        info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    return add


@pytest.fixture
def rtx_machine(
    machine: Machine, add_package: AddPackage, monkeypatch: pytest.MonkeyPatch
) -> Machine:
    """The same with plain onnxruntime and the plug-in."""
    machine.offered = (CPU,)
    add_package(PACKAGE, "0.5.0")
    plugin = ModuleType(RTX_MODULE)
    plugin.__spec__ = ModuleSpec(RTX_MODULE, None)
    plugin.get_ep_name = FakePlugin.get_ep_name  # type: ignore[attr-defined]
    plugin.get_library_path = FakePlugin.get_library_path  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, RTX_MODULE, plugin)
    return machine


@pytest.fixture
def cache(tmp_path: Path) -> EngineCache:
    return EngineCache(tmp_path / "engines")


def load(provider: OnnxTensorRt | OnnxTensorRtRtx | OnnxCuda, network: bytes = NETWORK) -> None:
    """Load, use and close."""
    backend = provider.load(network)
    np.testing.assert_allclose(backend.run(HANDS), [[3.0, 1.0, -2.0]] * 2, atol=1e-5)
    backend.close()


def test_an_engine_is_built_once_and_read_ever_after(machine: Machine, cache: EngineCache) -> None:
    assert OnnxTensorRt(cache).needs_build(NETWORK)
    load(OnnxTensorRt(cache))
    assert not OnnxTensorRt(cache).needs_build(NETWORK)
    assert (machine.built, machine.read) == (1, 1)
    load(OnnxTensorRt(cache))
    assert (machine.built, machine.read) == (1, 2)


def test_each_precision_gets_an_engine_and_tensorrts_permission(
    machine: Machine, cache: EngineCache
) -> None:
    flags = {}
    for precision in Precision:
        load(OnnxTensorRt(cache, precision))
        options = machine.options
        flags[precision] = options["trt_fp16_enable"] + options["trt_int8_enable"]
    assert flags == {Precision.FP32: "00", Precision.FP16: "10", Precision.INT8: "11"}
    assert machine.built == 3


def test_one_engine_serves_every_number_of_hands(machine: Machine, cache: EngineCache) -> None:
    load(OnnxTensorRt(cache))
    smallest, best, largest = (
        machine.options[f"trt_profile_{which}_shapes"] for which in ("min", "opt", "max")
    )
    assert smallest == best == f"crops:1x3x{SIZE}x{SIZE},landmarks:1x63"
    assert largest == f"crops:32x3x{SIZE}x{SIZE},landmarks:32x63"


def test_builds_share_the_compilers_timings(machine: Machine, cache: EngineCache) -> None:
    load(OnnxTensorRt(cache))
    load(OnnxTensorRt(cache, Precision.INT8))
    assert (machine.built, machine.timings_found) == (2, 1)


def test_a_new_driver_means_a_new_engine(
    machine: Machine, cache: EngineCache, nvml: FakeNvml
) -> None:
    load(OnnxTensorRt(cache))
    nvml.driver = "590.01"
    engine_keys.nvidia_gpu.cache_clear()
    assert OnnxTensorRt(cache).needs_build(NETWORK)
    load(OnnxTensorRt(cache))
    assert machine.built == 2


def test_a_damaged_engine_never_reaches_the_runtime(
    machine: Machine, cache: EngineCache, tmp_path: Path
) -> None:
    load(OnnxTensorRt(cache))
    (engine,) = (tmp_path / "engines").glob("*/*.engine")
    engine.write_bytes(b"an engine of somebody else")
    load(OnnxTensorRt(cache))
    assert machine.built == 2


def test_a_build_that_fails_is_an_error_and_leaves_nothing(
    machine: Machine, cache: EngineCache, tmp_path: Path
) -> None:
    machine.build_error = "TensorRT EP failed to create engine from network\nand more"
    with pytest.raises(BackendError) as caught:
        OnnxTensorRt(cache).load(NETWORK)
    assert caught.value.why == "TensorRT EP failed to create engine from network"
    assert list((tmp_path / "engines").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_told(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BackendError, match="cannot be written"):
        OnnxTensorRt(EngineCache(tmp_path / "file")).load(NETWORK)


def test_tensorrt_is_offered_with_its_version(machine: Machine, cache: EngineCache) -> None:
    probe = OnnxTensorRt(cache).probe()
    assert probe.available
    assert probe.name == "ONNX Runtime TensorRT FP16"
    assert probe.reason.endswith("TensorRT 10.16.1")


def test_without_tensorrts_library_the_reason_names_it(
    machine: Machine, cache: EngineCache, libraries: set[str]
) -> None:
    libraries -= {"libnvinfer", "nvinfer"}
    assert OnnxTensorRt(cache).probe().reason.startswith("TensorRT 10 is not installed (")
    assert OnnxCuda().probe().available


def test_another_tensorrt_than_onnx_runtime_wants_is_told(
    machine: Machine, cache: EngineCache, libraries: set[str], add_package: AddPackage
) -> None:
    libraries -= {"libnvinfer", "nvinfer"}
    add_package("tensorrt-cu13", "11.2.0")
    reason = OnnxTensorRt(cache).probe().reason
    assert reason == "tensorrt-cu13 11.2.0 is installed, ONNX Runtime needs TensorRT 10"


def test_without_a_driver_there_is_no_gpu(
    machine: Machine, cache: EngineCache, libraries: set[str]
) -> None:
    libraries -= {"libcuda", "nvcuda"}
    for provider in (OnnxTensorRt(cache), OnnxCuda()):
        assert "no NVIDIA driver" in provider.probe().reason


def test_a_driver_that_does_not_answer_is_told(
    machine: Machine, cache: EngineCache, nvml: FakeNvml
) -> None:
    nvml.broken = True
    with pytest.raises(BackendError, match="version mismatch"):
        OnnxTensorRt(cache).needs_build(NETWORK)


def test_libraries_that_onnx_runtime_misses_are_an_error_not_a_slow_session(
    machine: Machine, cache: EngineCache
) -> None:
    machine.libraries_missing = (CUDA, TENSORRT)
    with pytest.raises(BackendError, match=f"fell back to {CPU}"):
        OnnxCuda().load(NETWORK)
    with pytest.raises(BackendError, match="install TensorRT libraries"):
        OnnxTensorRt(cache).load(NETWORK)


def test_cuda_needs_no_build_and_keeps_standard_output_clean(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not OnnxCuda().needs_build(NETWORK)
    load(OnnxCuda(Precision.FP16))
    assert capsys.readouterr().out == ""


def test_a_device_that_is_lost_in_mid_flight_is_a_back_end_error(machine: Machine) -> None:
    backend = OnnxCuda().load(NETWORK)
    machine.device_lost = True
    with pytest.raises(BackendError, match="unspecified launch failure"):
        backend.run(HANDS)
    backend.close()


def test_the_plug_in_is_registered_once_and_compiles_once(
    rtx_machine: Machine, cache: EngineCache
) -> None:
    for _ in range(2):
        assert OnnxTensorRtRtx(cache).probe().available
        load(OnnxTensorRtRtx(cache))
    assert (rtx_machine.built, rtx_machine.read) == (1, 2)
    assert "nv_profile_max_shapes" in rtx_machine.options


def test_without_the_plug_ins_package_the_reason_names_it(
    machine: Machine, cache: EngineCache
) -> None:
    probe = OnnxTensorRtRtx(cache).probe()
    assert (probe.available, probe.reason) == (False, f"needs {PACKAGE}")


def test_the_plug_in_does_not_go_with_onnxruntime_gpu(
    rtx_machine: Machine, cache: EngineCache
) -> None:
    rtx_machine.offered = (TENSORRT, CUDA, CPU)
    assert "instead of onnxruntime-gpu" in OnnxTensorRtRtx(cache).probe().reason


def test_the_plug_in_needs_a_newer_onnx_runtime(
    rtx_machine: Machine, cache: EngineCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    rtx_machine.version = "1.23.2"
    monkeypatch.setitem(sys.modules, "onnxruntime", FakeOnnxRuntime(rtx_machine))
    probe = OnnxTensorRtRtx(cache).probe()
    assert probe.reason == "onnxruntime 1.23.2 is too old, it needs 1.24"


def test_a_gpu_that_the_plug_in_does_not_take_is_told(
    rtx_machine: Machine, cache: EngineCache
) -> None:
    rtx_machine.gpus = 0
    assert "accepts none of the GPUs" in OnnxTensorRtRtx(cache).probe().reason


def test_a_plug_in_whose_library_cannot_be_loaded_is_told(
    rtx_machine: Machine, cache: EngineCache
) -> None:
    rtx_machine.libraries_missing = (RTX,)
    probe = OnnxTensorRtRtx(cache).probe()
    assert not probe.available
    assert "libcudart.so.13 is missing" in probe.reason
