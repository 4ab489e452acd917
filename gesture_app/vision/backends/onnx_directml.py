"""ONNX Runtime on any DirectX 12 GPU under Windows (package ``onnxruntime-directml``)."""

from __future__ import annotations

import sys

from gesture_app.store.engine_cache import EngineKey
from gesture_app.vision.backends.base import Precision, ProbeResult
from gesture_app.vision.backends.engine_keys import processor_key
from gesture_app.vision.backends.onnx_offer import named, probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime DirectML"
PROVIDER = "DmlExecutionProvider"


class OnnxDirectMl:
    def __init__(self, precision: Precision = Precision.FP32) -> None:
        self.precision = precision

    def probe(self) -> ProbeResult:
        if sys.platform != "win32":
            return ProbeResult(NAME, False, "exists on Windows only")
        return probe_provider(named(NAME, self.precision), PROVIDER, "needs onnxruntime-directml")

    def key(self, model: bytes) -> EngineKey:
        return processor_key(model, PROVIDER, self.precision)

    def needs_build(self, model: bytes) -> bool:  # noqa: ARG002 - loading takes seconds
        return False

    def load(self, model: bytes) -> OnnxBackend:
        # DirectML does not support memory patterns, says ONNX Runtime's documentation.
        return OnnxBackend(
            model, SessionRecipe(named(NAME, self.precision), PROVIDER, memory_pattern=False)
        )
