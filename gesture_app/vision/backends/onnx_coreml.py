"""ONNX Runtime on Apple's GPU and Neural Engine (the package ``onnxruntime`` on macOS)."""

from __future__ import annotations

import sys

from gesture_app.store.engine_cache import EngineKey
from gesture_app.vision.backends.base import Precision, ProbeResult
from gesture_app.vision.backends.engine_keys import processor_key
from gesture_app.vision.backends.onnx_offer import named, probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime CoreML"
PROVIDER = "CoreMLExecutionProvider"


class OnnxCoreMl:
    def __init__(self, precision: Precision = Precision.FP32) -> None:
        self.precision = precision

    def probe(self) -> ProbeResult:
        if sys.platform != "darwin":
            return ProbeResult(NAME, False, "exists on macOS only")
        return probe_provider(named(NAME, self.precision), PROVIDER, "install onnxruntime again")

    def key(self, model: bytes) -> EngineKey:
        return processor_key(model, PROVIDER, self.precision)

    def needs_build(self, model: bytes) -> bool:  # noqa: ARG002 - loading takes seconds
        return False

    def load(self, model: bytes) -> OnnxBackend:
        return OnnxBackend(
            model,
            SessionRecipe(named(NAME, self.precision), PROVIDER, {"ModelFormat": "MLProgram"}),
        )
