"""ONNX Runtime on NVIDIA GPUs through CUDA (package ``onnxruntime-gpu``)."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from dataclasses import replace

from gesture_app.store.engine_cache import EngineKey
from gesture_app.vision.backends.base import Precision, ProbeResult
from gesture_app.vision.backends.engine_keys import nvidia_key
from gesture_app.vision.backends.onnx_offer import named, probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime CUDA"
PROVIDER = "CUDAExecutionProvider"


class OnnxCuda:
    def __init__(self, precision: Precision = Precision.FP32) -> None:
        self.precision = precision

    def probe(self) -> ProbeResult:
        return require_driver(
            probe_provider(named(NAME, self.precision), PROVIDER, "needs onnxruntime-gpu")
        )

    def key(self, model: bytes) -> EngineKey:
        return nvidia_key(model, PROVIDER, self.precision)

    def needs_build(self, model: bytes) -> bool:  # noqa: ARG002 - loading takes seconds
        return False

    def load(self, model: bytes) -> OnnxBackend:
        preload_cuda()
        # Exhaustive search of convolution kernels takes seconds per shape and gains little here.
        options = {"cudnn_conv_algo_search": "HEURISTIC"}
        return OnnxBackend(model, SessionRecipe(named(NAME, self.precision), PROVIDER, options))


def require_driver(probed: ProbeResult) -> ProbeResult:
    """``probed``, or why it is of no use: without NVIDIA's driver there is no GPU to run on."""
    if not probed.available:
        return probed
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        ctypes.CDLL(library)
    except OSError:
        return replace(probed, available=False, reason=f"no NVIDIA driver ({library} not found)")
    return probed


def preload_cuda() -> None:
    """Let ONNX Runtime find the CUDA and cuDNN libraries that pip installed, if any."""
    import onnxruntime as ort

    # It reports what it cannot find with print(), and standard output belongs to our results.
    # The session then says for itself what is missing.
    with contextlib.redirect_stdout(sys.stderr):
        ort.preload_dlls()
