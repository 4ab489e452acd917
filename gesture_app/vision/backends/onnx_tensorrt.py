"""ONNX Runtime on NVIDIA GPUs through TensorRT (package ``onnxruntime-gpu`` and TensorRT)."""

from __future__ import annotations

from pathlib import Path

from gesture_app.core.errors import BackendError
from gesture_app.vision.backends.base import ProbeResult
from gesture_app.vision.backends.onnx_cuda import preload_cuda, require_driver
from gesture_app.vision.backends.onnx_offer import probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime TensorRT"
PROVIDER = "TensorrtExecutionProvider"


class OnnxTensorRt:
    """Args: cache: folder for compiled engines; compiling takes a minute, loading a second."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def probe(self) -> ProbeResult:
        return require_driver(probe_provider(NAME, PROVIDER, "needs onnxruntime-gpu and TensorRT"))

    def load(self, model: bytes) -> OnnxBackend:
        preload_cuda()
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BackendError(
                f"{NAME} cannot load the model",
                f"its cache {self._cache} cannot be made ({error.strerror})",
                "Make the folder writable.",
            ) from error
        options = {
            "trt_fp16_enable": "1",
            "trt_engine_cache_enable": "1",
            "trt_engine_cache_path": str(self._cache),
        }
        return OnnxBackend(model, SessionRecipe(NAME, PROVIDER, options))
