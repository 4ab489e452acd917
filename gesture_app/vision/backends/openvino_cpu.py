"""OpenVINO on the processor (package ``openvino``, beside any ONNX Runtime)."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.store.engine_cache import EngineCache, EngineKey
from gesture_app.vision.backends.base import InferenceBackend, Precision, ProbeResult
from gesture_app.vision.backends.engine_building import load_through_cache
from gesture_app.vision.backends.engine_keys import installed_version, processor_key
from gesture_app.vision.backends.onnx_cpu import threads_for
from gesture_app.vision.backends.onnx_offer import named
from gesture_app.vision.backends.onnx_session import OUTPUT, WARM_UP_BATCHES

NAME = "OpenVINO CPU"
PACKAGE = "openvino"
_NEXT_STEP = "Run `gesture-app doctor` to see every back end and why it is (not) available."


class OpenVinoCpu:
    """Compiling takes seconds of all cores, so it is done beside and kept.

    Args:
        cache: of compiled networks.
        precision: INT8 is what it is faster at; in fp32 it is level with ONNX Runtime.
    """

    def __init__(self, cache: EngineCache, precision: Precision = Precision.INT8) -> None:
        self._cache = cache
        self.precision = precision

    def probe(self) -> ProbeResult:
        version = installed_version(PACKAGE)
        name = named(NAME, self.precision)
        if version is None or importlib.util.find_spec("openvino") is None:
            return ProbeResult(name, False, f"needs {PACKAGE}")
        return ProbeResult(name, True, f"offered by {PACKAGE} {version}")

    def key(self, model: bytes) -> EngineKey:
        key = processor_key(model, NAME, self.precision)
        return replace(key, versions=f"{PACKAGE} {installed_version(PACKAGE)}")

    def needs_build(self, model: bytes) -> bool:
        return not self._cache.holds(self.key(model))

    def load(self, model: bytes) -> InferenceBackend:
        name = named(NAME, self.precision)
        return load_through_cache(
            self._cache, self.key(model), lambda folder: OpenVinoBackend(model, name, folder)
        )


class OpenVinoBackend:
    """A compiled network; implements `InferenceBackend`.

    Args:
        model: as in `OnnxBackend`.
        folder: where compiled networks are read or, if there are none, written.

    Raises:
        BackendError: OpenVINO refuses the network.
    """

    def __init__(self, model: bytes, name: str, folder: Path) -> None:
        self.name = name
        self._request: Any = None
        try:
            import openvino

            core = openvino.Core()
            network = core.read_model(model)
            size = network.input("crops").partial_shape[2].get_length()
            options = {
                "CACHE_DIR": str(folder),
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_NUM_THREADS": threads_for(os.cpu_count() or 1),
                # What is not quantised is computed as the file says, not in bf16.
                "INFERENCE_PRECISION_HINT": "f32",
            }
            self._request = core.compile_model(network, "CPU", options).create_infer_request()
        except Exception as error:  # OpenVINO's exceptions share no base but RuntimeError, if that
            raise BackendError(
                f"{name} cannot load the model", _first_line(error), _NEXT_STEP
            ) from error
        for count in WARM_UP_BATCHES:
            crops = np.zeros((count, 3, size, size), np.float32)
            self.run(NetworkInput(crops, np.zeros((count, LANDMARK_FEATURES), np.float32)))

    def run(self, batch: NetworkInput) -> FloatArray:
        if self._request is None:
            raise BackendError(f"{self.name} cannot run", "it was closed", "Start the app again.")
        feed = {"crops": batch.crops, "landmarks": batch.landmarks}
        try:
            answer = self._request.infer(feed)[OUTPUT]
        except Exception as error:  # as above
            raise BackendError(f"{self.name} failed", _first_line(error), _NEXT_STEP) from error
        # Copied: the request writes its next answer into the same memory.
        return np.array(answer, np.float32)

    def close(self) -> None:
        self._request = None


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[-1] if lines else type(error).__name__).rstrip(". ")
