"""What all ONNX Runtime back ends share: one session, warmed up, that says when it fell back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput
from gesture_app.core.types import FloatArray

OUTPUT = "logits"
WARM_UP_BATCHES = (1, 2)
"""One hand and two hands: the only batches that live use meets. Runtimes pick kernels, compile
engines and reserve memory per shape on its first run, which must not fall on a frame."""

_QUIET = 3
"""ONNX Runtime's log level "error"; its warnings are about graph details nobody can act on."""

_NEXT_STEP = "Run `gesture-app doctor` to see every back end and why it is (not) available."


@dataclass(frozen=True, slots=True)
class SessionRecipe:
    """How to open a session on one runtime.

    Attributes:
        name: shown to people, the same as in the back end's `ProbeResult`.
        provider: ONNX Runtime's name of the execution provider.
        provider_options: options of that provider.
        helpers: providers for what the first one does not support; after them comes the CPU.
        config: session configuration entries.
        threads: threads within one operator on the CPU; 0 lets the runtime decide.
        devices: finds the devices of a provider that comes as a plug-in library.
    """

    name: str
    provider: str
    provider_options: Mapping[str, str] = field(default_factory=dict)
    helpers: tuple[str, ...] = ()
    config: Mapping[str, str] = field(default_factory=dict)
    threads: int = 0
    memory_pattern: bool = True
    devices: Callable[[], list[Any]] | None = None


class OnnxBackend:
    """A network in an ONNX Runtime session; implements `InferenceBackend`.

    Args:
        model: an ONNX network with inputs ``crops`` float32 (N, 3, size, size) and ``landmarks``
            float32 (N, 63), N free, and an output ``logits`` float32 (N, labels).

    Raises:
        BackendError: the runtime refuses the network, does not run it where it was told to, or
            the network has other inputs and outputs.
    """

    def __init__(self, model: bytes, recipe: SessionRecipe) -> None:
        self.name = recipe.name
        self._session = _open(model, recipe)
        size = _checked_input_size(self._session, recipe.name)
        for count in WARM_UP_BATCHES:
            crops = np.zeros((count, 3, size, size), np.float32)
            self.run(NetworkInput(crops, np.zeros((count, LANDMARK_FEATURES), np.float32)))

    def run(self, batch: NetworkInput) -> FloatArray:
        if self._session is None:
            raise BackendError(f"{self.name} cannot run", "it was closed", "Start the app again.")
        feed = {"crops": batch.crops, "landmarks": batch.landmarks}
        try:
            (logits,) = self._session.run([OUTPUT], feed)
        except Exception as error:  # ONNX Runtime's exceptions share no base but Exception
            raise BackendError(f"{self.name} failed", _first_line(error), _NEXT_STEP) from error
        return np.asarray(logits, np.float32)

    def close(self) -> None:
        self._session = None


def _open(model: bytes, recipe: SessionRecipe) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = _QUIET
    options.intra_op_num_threads = recipe.threads
    options.enable_mem_pattern = recipe.memory_pattern
    for key, value in recipe.config.items():
        options.add_session_config_entry(key, value)
    providers = [(recipe.provider, dict(recipe.provider_options)), *recipe.helpers]
    try:
        if recipe.devices is not None:
            # Plug-ins are named by their devices in the options, not in the session's providers.
            options.add_provider_for_devices(recipe.devices(), dict(recipe.provider_options))
            providers = []
        # Without enable_fallback=0 a failing provider makes ONNX Runtime print to standard
        # output and go on with the CPU.
        session = ort.InferenceSession(model, options, providers=providers, enable_fallback=0)
    except Exception as error:  # as above: no common base
        raise BackendError(
            f"{recipe.name} cannot load the model", _first_line(error), _NEXT_STEP
        ) from error
    # A provider whose libraries are missing is left out with no more than a line in the log.
    if session.get_providers()[0] != recipe.provider:
        raise BackendError(
            f"{recipe.name} cannot load the model",
            f"ONNX Runtime fell back to {session.get_providers()[0]}, "
            "as it does when the provider's libraries cannot be loaded",
            _NEXT_STEP,
        )
    return session


def network_input_size(model: bytes) -> int:
    """The side of the crops that a network takes, read without optimising or running it.

    Raises:
        BackendError: it is not a gesture network.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = _QUIET
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # as below: no common base
        raise BackendError(
            "ONNX Runtime cannot load the model", _first_line(error), _NEXT_STEP
        ) from error
    return _checked_input_size(session, "ONNX Runtime")


def _checked_input_size(session: Any, name: str) -> int:
    shapes = {node.name: node.shape for node in session.get_inputs()}
    outputs = [node.name for node in session.get_outputs()]
    crops, landmarks = shapes.get("crops", []), shapes.get("landmarks", [])
    fits = (
        len(shapes) == 2
        and len(crops) == 4
        and type(crops[2]) is int
        and crops[1:] == [3, crops[2], crops[2]]
        and landmarks[1:] == [LANDMARK_FEATURES]
        and OUTPUT in outputs
    )
    if not fits:
        raise BackendError(
            f"{name} cannot use the model",
            f"it has inputs {shapes} and outputs {outputs}, which is not a gesture model",
            "Install the model again, or choose another one.",
        )
    return int(crops[2])


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(". ")
