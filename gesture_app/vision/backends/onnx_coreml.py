"""ONNX Runtime on Apple's GPU and Neural Engine (the package ``onnxruntime`` on macOS)."""

from __future__ import annotations

import sys

from gesture_app.vision.backends.base import ProbeResult
from gesture_app.vision.backends.onnx_offer import probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime CoreML"
PROVIDER = "CoreMLExecutionProvider"


class OnnxCoreMl:
    def probe(self) -> ProbeResult:
        if sys.platform != "darwin":
            return ProbeResult(NAME, False, "exists on macOS only")
        return probe_provider(NAME, PROVIDER, "install onnxruntime again")

    def load(self, model: bytes) -> OnnxBackend:
        return OnnxBackend(model, SessionRecipe(NAME, PROVIDER, {"ModelFormat": "MLProgram"}))
