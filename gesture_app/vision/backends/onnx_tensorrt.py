"""ONNX Runtime on NVIDIA GPUs through TensorRT (package ``onnxruntime-gpu`` and TensorRT 10)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gesture_app.core.errors import BackendError
from gesture_app.store.engine_cache import EngineCache, EngineKey
from gesture_app.vision.backends.base import InferenceBackend, Precision, ProbeResult
from gesture_app.vision.backends.engine_building import load_through_cache, shape_ranges
from gesture_app.vision.backends.engine_keys import nvidia_key
from gesture_app.vision.backends.onnx_cuda import PROVIDER as CUDA_PROVIDER
from gesture_app.vision.backends.onnx_cuda import preload_cuda, require_driver
from gesture_app.vision.backends.onnx_offer import named, probe_provider
from gesture_app.vision.backends.onnx_session import (
    OnnxBackend,
    SessionRecipe,
    network_input_size,
)
from gesture_app.vision.backends.tensorrt_library import preload_tensorrt

NAME = "ONNX Runtime TensorRT"
PROVIDER = "TensorrtExecutionProvider"


class OnnxTensorRt:
    """Compiling takes a minute, loading what was compiled a second.

    Args:
        cache: of compiled engines.
        precision: of the network's file. TensorRT 10 computes in fp16 and int8 only if it is
            allowed to, also where the file says so.
    """

    def __init__(self, cache: EngineCache, precision: Precision = Precision.FP16) -> None:
        self._cache = cache
        self.precision = precision

    def probe(self) -> ProbeResult:
        name = named(NAME, self.precision)
        probed = require_driver(
            probe_provider(name, PROVIDER, "needs onnxruntime-gpu and TensorRT")
        )
        if not probed.available:
            return probed
        try:
            preload_cuda()
            version = preload_tensorrt()
        except OSError as error:
            return replace(probed, available=False, reason=str(error))
        return replace(probed, reason=f"{probed.reason}, TensorRT {version}")

    def key(self, model: bytes) -> EngineKey:
        return nvidia_key(model, PROVIDER, self.precision, _compiler())

    def needs_build(self, model: bytes) -> bool:
        return not self._cache.holds(self.key(model))

    def load(self, model: bytes) -> InferenceBackend:
        preload_cuda()
        key = self.key(model)
        size = network_input_size(model)

        def open_engine(folder: Path) -> OnnxBackend:
            options = _options(folder, size, self.precision)
            name = named(NAME, self.precision)
            # What TensorRT does not support stays on the GPU.
            return OnnxBackend(model, SessionRecipe(name, PROVIDER, options, (CUDA_PROVIDER,)))

        timings = replace(key, model_sha256="timings", precision="any")
        return load_through_cache(self._cache, key, open_engine, timings)


def _compiler() -> str:
    """Raises: BackendError."""
    try:
        return f"TensorRT {preload_tensorrt()}"
    except OSError as error:
        raise BackendError(
            f"{NAME} cannot load the model", str(error), "Install the package tensorrt-cu13."
        ) from error


def _options(folder: Path, size: int, precision: Precision) -> dict[str, str]:
    smallest, best, largest = shape_ranges(size)
    return {
        "trt_engine_cache_enable": "1",
        "trt_engine_cache_path": str(folder),
        "trt_timing_cache_enable": "1",
        "trt_timing_cache_path": str(folder),
        "trt_profile_min_shapes": smallest,
        "trt_profile_opt_shapes": best,
        "trt_profile_max_shapes": largest,
        "trt_fp16_enable": "0" if precision is Precision.FP32 else "1",
        # Scales come from the network's own QuantizeLinear nodes; no calibration table is read.
        "trt_int8_enable": "1" if precision is Precision.INT8 else "0",
    }
