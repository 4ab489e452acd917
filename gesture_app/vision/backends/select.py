"""Choosing the back end: the first in order that loads; every reason against others is kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gesture_app.core.errors import BackendError
from gesture_app.vision.backends.base import (
    BackendChoice,
    BackendProvider,
    InferenceBackend,
    ProbeResult,
)
from gesture_app.vision.backends.onnx_coreml import OnnxCoreMl
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.backends.onnx_cuda import OnnxCuda
from gesture_app.vision.backends.onnx_directml import OnnxDirectMl
from gesture_app.vision.backends.onnx_tensorrt import OnnxTensorRt

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SelectedBackend:
    """A loaded back end and how it was chosen."""

    backend: InferenceBackend
    choice: BackendChoice


def providers_in_order(engine_cache: Path) -> tuple[BackendProvider, ...]:
    """All runtimes this app knows, fastest first; the CPU last, since it runs everywhere.

    Args:
        engine_cache: folder where TensorRT keeps compiled engines.
    """
    return (OnnxTensorRt(engine_cache), OnnxCuda(), OnnxDirectMl(), OnnxCoreMl(), OnnxCpu())


def select_backend(providers: Sequence[BackendProvider], model: bytes) -> SelectedBackend:
    """Load ``model`` into the first provider that can.

    Raises:
        BackendError: none can; the message says why.
    """
    passed_over: list[ProbeResult] = []
    failures: list[ProbeResult] = []
    for provider in providers:
        probed = provider.probe()
        if not probed.available:
            passed_over.append(probed)
            continue
        try:
            backend = provider.load(model)
        except BackendError as error:
            _log.warning("%s passed over: %s", probed.name, error)
            failures.append(replace(probed, available=False, reason=error.why))
            passed_over.append(failures[-1])
            continue
        reasons = "; ".join(f"{other.name}: {other.reason}" for other in passed_over)
        _log.info("%s chosen: %s; passed over: %s", probed.name, probed.reason, reasons or "none")
        return SelectedBackend(backend, BackendChoice(probed, tuple(passed_over)))
    # Where one was there and failed, those that are not there do not explain anything.
    reasons = "; ".join(f"{probed.name}: {probed.reason}" for probed in failures or passed_over)
    raise BackendError(
        "No inference back end can run the model",
        reasons,
        "Run `gesture-app doctor`, or install the app again with `python3 installer/bootstrap.py`.",
    )
