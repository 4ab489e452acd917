"""ONNX Runtime on the CPU: runs everywhere."""

from __future__ import annotations

import os

from gesture_app.store.engine_cache import EngineKey
from gesture_app.vision.backends.base import Precision, ProbeResult
from gesture_app.vision.backends.engine_keys import processor_key
from gesture_app.vision.backends.onnx_offer import named, probe_provider
from gesture_app.vision.backends.onnx_session import OnnxBackend, SessionRecipe

NAME = "ONNX Runtime CPU"
PROVIDER = "CPUExecutionProvider"
_MAX_THREADS = 4
"""The camera, MediaPipe and the window want cores too."""


class OnnxCpu:
    """Args: precision: fp16 would be computed in fp32 after a detour, so it is not offered."""

    def __init__(self, precision: Precision = Precision.FP32) -> None:
        self.precision = precision

    def probe(self) -> ProbeResult:
        return probe_provider(named(NAME, self.precision), PROVIDER, "install onnxruntime again")

    def key(self, model: bytes) -> EngineKey:
        return processor_key(model, PROVIDER, self.precision)

    def needs_build(self, model: bytes) -> bool:  # noqa: ARG002 - nothing is compiled
        return False

    def load(self, model: bytes) -> OnnxBackend:
        recipe = SessionRecipe(
            named(NAME, self.precision),
            PROVIDER,
            # By default idle workers spin for their next task: measured with a ResNet-50 on two
            # cores, that burns a whole core between frames for 6 % less time in the network.
            config={"session.intra_op.allow_spinning": "0"},
            threads=threads_for(os.cpu_count() or 1),
        )
        return OnnxBackend(model, recipe)


def threads_for(logical_cpus: int) -> int:
    """One per physical core, taking two logical CPUs for one core where there are more than two."""
    cores = logical_cpus if logical_cpus <= 2 else logical_cpus // 2
    return min(cores, _MAX_THREADS)
