"""ONNX Runtime on any DirectX 12 GPU under Windows (package ``onnxruntime-directml``)."""

from __future__ import annotations

import sys

from gesture_app.vision.backends.base import ProbeResult
from gesture_app.vision.backends.onnx_offer import probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime DirectML"
PROVIDER = "DmlExecutionProvider"


class OnnxDirectMl:
    def probe(self) -> ProbeResult:
        if sys.platform != "win32":
            return ProbeResult(NAME, False, "exists on Windows only")
        return probe_provider(NAME, PROVIDER, "needs onnxruntime-directml")

    def load(self, model: bytes) -> OnnxBackend:
        # DirectML does not support memory patterns, says ONNX Runtime's documentation.
        return OnnxBackend(model, SessionRecipe(NAME, PROVIDER, memory_pattern=False))
