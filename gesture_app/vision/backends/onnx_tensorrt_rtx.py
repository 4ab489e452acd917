"""TensorRT for RTX as a plug-in of plain ONNX Runtime (``onnxruntime-ep-nv-tensorrt-rtx-cu13``).

The plug-in brings all of its libraries (146 MB to fetch), compiles within seconds, and accepts
GPUs of compute capability 8.0 or newer, as its source says.
"""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

from gesture_app.store.engine_cache import EngineCache, EngineKey
from gesture_app.vision.backends.base import InferenceBackend, Precision, ProbeResult
from gesture_app.vision.backends.engine_building import load_through_cache, shape_ranges
from gesture_app.vision.backends.engine_keys import installed_version, nvidia_key
from gesture_app.vision.backends.onnx_cuda import require_driver
from gesture_app.vision.backends.onnx_offer import named
from gesture_app.vision.backends.onnx_session import (
    OnnxBackend,
    SessionRecipe,
    network_input_size,
)

NAME = "ONNX Runtime TensorRT RTX"
PACKAGE = "onnxruntime-ep-nv-tensorrt-rtx-cu13"
OLDEST_ONNXRUNTIME = (1, 24)
_MODULE = "onnxruntime_ep_nv_tensorrt_rtx"


class OnnxTensorRtRtx:
    """Args: cache: of the kernels that it compiles for this GPU."""

    def __init__(self, cache: EngineCache, precision: Precision = Precision.FP16) -> None:
        self._cache = cache
        self.precision = precision

    def probe(self) -> ProbeResult:
        name = named(NAME, self.precision)
        version = installed_version(PACKAGE)
        if version is None or importlib.util.find_spec(_MODULE) is None:
            return ProbeResult(name, False, f"needs {PACKAGE}")
        unfit = _why_onnxruntime_is_unfit()
        if unfit:
            return ProbeResult(name, False, unfit)
        probed = require_driver(ProbeResult(name, True, f"offered by {PACKAGE} {version}"))
        if not probed.available:
            return probed
        try:
            found = len(find_devices())
        except Exception as error:  # ONNX Runtime's exceptions share no base but Exception
            return replace(
                probed, available=False, reason=f"its library cannot be loaded ({error})"
            )
        if not found:
            return replace(probed, available=False, reason="it accepts none of the GPUs here")
        return probed

    def key(self, model: bytes) -> EngineKey:
        compiler = f"{PACKAGE} {installed_version(PACKAGE)}"
        return nvidia_key(model, _MODULE, self.precision, compiler)

    def needs_build(self, model: bytes) -> bool:
        return not self._cache.holds(self.key(model))

    def load(self, model: bytes) -> InferenceBackend:
        size = network_input_size(model)

        def open_engine(folder: Path) -> OnnxBackend:
            smallest, best, largest = shape_ranges(size)
            options = {
                "nv_runtime_cache_path": str(folder),
                "nv_profile_min_shapes": smallest,
                "nv_profile_opt_shapes": best,
                "nv_profile_max_shapes": largest,
            }
            name = named(NAME, self.precision)
            recipe = SessionRecipe(name, provider_name(), options, devices=find_devices)
            return OnnxBackend(model, recipe)

        return load_through_cache(self._cache, self.key(model), open_engine)


def provider_name() -> str:
    """What the plug-in calls its provider; it changed between versions, so the plug-in is asked."""
    plugin = importlib.import_module(_MODULE)
    return str(plugin.get_ep_name())


def find_devices() -> list[Any]:
    """The GPU that the plug-in takes (it wants one per session), registering its library once.

    Raises:
        Exception: ONNX Runtime cannot load the library.
    """
    import onnxruntime as ort

    plugin = importlib.import_module(_MODULE)
    name = plugin.get_ep_name()
    try:
        ort.register_execution_provider_library(name, plugin.get_library_path())
    except Exception as error:
        if "already registered" not in str(error).lower():
            raise
    return [device for device in ort.get_ep_devices() if device.ep_name == name][:1]


def _why_onnxruntime_is_unfit() -> str:
    import onnxruntime as ort

    version = tuple(int(part) for part in ort.__version__.split(".")[:2])
    if version < OLDEST_ONNXRUNTIME:
        oldest = ".".join(map(str, OLDEST_ONNXRUNTIME))
        return f"onnxruntime {ort.__version__} is too old, it needs {oldest}"
    if "TensorrtExecutionProvider" in ort.get_available_providers():
        return "it needs the package onnxruntime instead of onnxruntime-gpu"
    return ""
