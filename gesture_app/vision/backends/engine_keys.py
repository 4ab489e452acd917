"""What an engine depends on, asked of this machine: device, driver, versions."""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from gesture_app.core.errors import BackendError
from gesture_app.store.engine_cache import EngineKey
from gesture_app.vision.backends.base import Precision

_NEXT_STEP = "Run `gesture-app doctor` to see every back end and why it is (not) available."


def processor_key(model: bytes, runtime: str, precision: Precision) -> EngineKey:
    """For what runs on the processor, or on a GPU whose driver nobody asks about."""
    return EngineKey(_sha256(model), runtime, precision, processor_name(), "", _onnxruntime())


def nvidia_key(model: bytes, runtime: str, precision: Precision, compiler: str = "") -> EngineKey:
    """For what runs on the first NVIDIA GPU.

    Args:
        compiler: below ONNX Runtime, with its version.

    Raises:
        BackendError: NVIDIA's driver does not answer.
    """
    device, driver = nvidia_gpu()
    versions = f"{_onnxruntime()} {compiler}".strip()
    return EngineKey(_sha256(model), runtime, precision, device, driver, versions)


@cache
def processor_name() -> str:
    """Maker and model where the system says them, else the architecture."""
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


@cache
def nvidia_gpu() -> tuple[str, str]:
    """Names and compute capabilities of the GPUs that CUDA may use, and the driver's version.

    Asked through NVIDIA's management library, which needs no CUDA context.

    Raises:
        BackendError: the driver does not answer.
    """
    try:
        import pynvml
    except ImportError as error:
        raise BackendError("The NVIDIA GPU cannot be asked", str(error), _NEXT_STEP) from error
    try:
        pynvml.nvmlInit()
        try:
            gpus = [_describe(pynvml, index) for index in range(pynvml.nvmlDeviceGetCount())]
            driver = str(pynvml.nvmlSystemGetDriverVersion())
        finally:
            pynvml.nvmlShutdown()
    except pynvml.NVMLError as error:
        raise BackendError("The NVIDIA GPU cannot be asked", str(error), _NEXT_STEP) from error
    # Decides which of them CUDA counts as its first.
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "all")
    return f"{', '.join(gpus)}; visible {visible}", driver


def _describe(pynvml: Any, index: int) -> str:
    gpu = pynvml.nvmlDeviceGetHandleByIndex(index)
    major, minor = pynvml.nvmlDeviceGetCudaComputeCapability(gpu)
    return f"{pynvml.nvmlDeviceGetName(gpu)} sm_{major}{minor}"


def _onnxruntime() -> str:
    import onnxruntime as ort

    return f"onnxruntime {ort.__version__}"


def installed_version(package: str) -> str | None:
    """The version of an installed package, None if it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _sha256(model: bytes) -> str:
    return hashlib.sha256(model).hexdigest()
