"""A stand-in for ONNX Runtime with NVIDIA's providers that behaves as they are documented.

`FakeOnnxRuntime` takes the place of the module ``onnxruntime``. What it says about providers and
devices comes from a `Machine`; what a session computes, the real ONNX Runtime computes on the CPU.
The behaviour follows the pages on the TensorRT, TensorRT RTX and CUDA providers and on plug-in
libraries at onnxruntime.ai/docs, and what onnxruntime-gpu 1.31 does on a machine without a GPU:

- A provider whose libraries are missing is left out of the session, which runs on the next one;
  TensorRT's raises an error instead.
- TensorRT's provider compiles when the session is created, writes ``*.engine`` and ``*.timing``
  into the folders that its options name, and reads an engine that lies there instead of compiling.
- A plug-in is registered by a library's path, once, and then offers devices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import onnxruntime as real

TENSORRT = "TensorrtExecutionProvider"
CUDA = "CUDAExecutionProvider"
CPU = "CPUExecutionProvider"
RTX = "NvTensorRTRTXExecutionProvider"
RTX_MODULE = "onnxruntime_ep_nv_tensorrt_rtx"

ENGINE = b"an engine for this machine"


class FailError(Exception):
    """Like ONNX Runtime's own exceptions, of no base but Exception."""


@dataclass
class Machine:
    """What is installed, and how it behaves; tests change it as they go.

    Attributes:
        version: of ONNX Runtime.
        offered: providers that it was built with.
        libraries_missing: providers whose libraries cannot be loaded.
        build_error: TensorRT says this instead of compiling.
        while_building: called while an engine is compiled.
        wrong_by: added to the first logit of what GPUs compute.
        device_lost: set it and every run on a GPU fails.
        gpus: what the plug-in accepts.
        built, read: sessions that compiled an engine, and that read one.
        timings_found: builds that found an earlier timing cache.
        options: of the last session's first provider.
    """

    version: str = "1.31.1"
    offered: tuple[str, ...] = (TENSORRT, CUDA, CPU)
    libraries_missing: tuple[str, ...] = ()
    build_error: str = ""
    while_building: Callable[[], None] = lambda: None
    wrong_by: float = 0.0
    device_lost: bool = False
    gpus: int = 1
    built: int = 0
    read: int = 0
    timings_found: int = 0
    options: dict[str, str] = field(default_factory=dict)


class FakeOptions:
    """``SessionOptions``: keeps what it is told."""

    def __init__(self) -> None:
        self.plugin: tuple[list[Any], dict[str, str]] | None = None

    def add_session_config_entry(self, key: str, value: str) -> None:
        """Nothing here depends on one."""

    def add_provider_for_devices(self, devices: list[Any], options: dict[str, str]) -> None:
        if not devices:
            raise FailError("INVALID_ARGUMENT : Must provide one or more OrtEpDevice instances.")
        self.plugin = (devices, options)


class FakeSession:
    """``InferenceSession``."""

    def __init__(
        self, machine: Machine, model: bytes, options: FakeOptions, providers: list[Any]
    ) -> None:
        self._machine = machine
        self._session = real.InferenceSession(model, providers=[CPU])
        wanted = [one if isinstance(one, tuple) else (one, {}) for one in providers]
        if options.plugin is not None:
            devices, its_options = options.plugin
            wanted = [(devices[0].ep_name, its_options)]
        if wanted[0][0] == TENSORRT and TENSORRT in machine.libraries_missing:
            raise FailError(
                "Please install TensorRT libraries as mentioned in the GPU requirements page"
            )
        self._providers = [
            name for name, _ in wanted if name not in machine.libraries_missing and name != CPU
        ] + [CPU]
        machine.options = dict(wanted[0][1])
        if self._providers[0] == TENSORRT:
            self._compile(Path(machine.options["trt_engine_cache_path"]), "engine_sm90.engine")
        if self._providers[0] == RTX:
            self._compile(Path(machine.options["nv_runtime_cache_path"]), "kernels.cache")

    def get_providers(self) -> list[str]:
        return self._providers

    def get_inputs(self) -> list[Any]:
        return list(self._session.get_inputs())

    def get_outputs(self) -> list[Any]:
        return list(self._session.get_outputs())

    def run(self, outputs: list[str], feed: dict[str, Any]) -> list[Any]:
        on_gpu = self._providers[0] != CPU
        if on_gpu and self._machine.device_lost:
            raise FailError("CUDA failure 719: unspecified launch failure")
        (logits,) = self._session.run(outputs, feed)
        if on_gpu:
            logits = logits + np.eye(1, logits.shape[1], dtype=np.float32) * self._machine.wrong_by
        return [logits]

    def _compile(self, folder: Path, name: str) -> None:
        engine = folder / name
        if engine.exists():
            if engine.read_bytes() != ENGINE:
                raise FailError("TensorRT EP could not deserialize engine from cache")
            self._machine.read += 1
            return
        self._machine.while_building()
        if self._machine.build_error:
            raise FailError(self._machine.build_error)
        self._machine.built += 1
        engine.write_bytes(ENGINE)
        if self._machine.options.get("trt_timing_cache_enable") == "1":
            timings = folder / "TensorrtExecutionProvider_cache_sm90.timing"
            self._machine.timings_found += timings.exists()
            timings.write_bytes(b"timings")


class FakeOnnxRuntime:
    """The module ``onnxruntime`` on a `Machine`."""

    GraphOptimizationLevel = real.GraphOptimizationLevel
    SessionOptions = FakeOptions

    def __init__(self, machine: Machine) -> None:
        self.__version__ = machine.version
        self._machine = machine
        self._registered: set[str] = set()

    def get_available_providers(self) -> list[str]:
        return list(self._machine.offered)

    def preload_dlls(self) -> None:
        print("CUDA's libraries were not found")

    def InferenceSession(  # noqa: N802 - a class of the real module
        self,
        model: bytes,
        sess_options: FakeOptions,
        providers: list[Any],
        enable_fallback: int = 1,  # noqa: ARG002 - it never falls back by itself
    ) -> FakeSession:
        return FakeSession(self._machine, model, sess_options, providers)

    def register_execution_provider_library(self, name: str, path: str) -> None:
        if RTX in self._machine.libraries_missing:
            raise FailError(f"Failed to load library {path} with error: libcudart.so.13 is missing")
        if name in self._registered:
            raise FailError(f"library {name} is already registered")
        self._registered.add(name)

    def get_ep_devices(self) -> list[Any]:
        gpus = self._machine.gpus if RTX in self._registered else 0
        return [SimpleNamespace(ep_name=CPU), *[SimpleNamespace(ep_name=RTX)] * gpus]


class FakePlugin:
    """The module that the plug-in's package installs."""

    @staticmethod
    def get_ep_name() -> str:
        return RTX

    @staticmethod
    def get_library_path() -> str:
        return "/somewhere/libonnxruntime_providers_nv_tensorrt_rtx.so"


class FakeNvml(ModuleType):
    """NVIDIA's management library with one GPU."""

    NVMLError = RuntimeError

    def __init__(self) -> None:
        super().__init__("pynvml")
        self.driver = "580.95"
        self.broken = False

    def nvmlInit(self) -> None:  # noqa: N802
        if self.broken:
            raise RuntimeError("Driver/library version mismatch")

    def nvmlShutdown(self) -> None:  # noqa: N802
        """It was started."""

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802
        return 1

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:  # noqa: N802
        return index

    def nvmlDeviceGetCudaComputeCapability(self, gpu: int) -> tuple[int, int]:  # noqa: N802
        return 9, gpu

    def nvmlDeviceGetName(self, gpu: int) -> str:  # noqa: N802
        return f"GPU {gpu}"

    def nvmlSystemGetDriverVersion(self) -> str:  # noqa: N802
        return self.driver
