"""Choosing the back end: what starts at once, what may replace it, and every reason against."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gesture_app.core.errors import BackendError
from gesture_app.store.engine_cache import EngineCache
from gesture_app.vision.backends.base import (
    BackendChoice,
    BackendProvider,
    InferenceBackend,
    Networks,
    Precision,
    ProbeResult,
)
from gesture_app.vision.backends.onnx_coreml import OnnxCoreMl
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.backends.onnx_cuda import OnnxCuda
from gesture_app.vision.backends.onnx_directml import OnnxDirectMl
from gesture_app.vision.backends.onnx_tensorrt import OnnxTensorRt
from gesture_app.vision.backends.onnx_tensorrt_rtx import OnnxTensorRtRtx
from gesture_app.vision.backends.openvino_cpu import OpenVinoCpu

NEEDS_BUILD = "its engine has yet to be built, which happens while the app runs"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SelectedBackend:
    """A loaded back end and how it was chosen."""

    backend: InferenceBackend
    choice: BackendChoice


@dataclass(frozen=True, slots=True)
class ProviderOrder:
    """All runtimes that this app knows.

    Attributes:
        fast: best first, GPUs before processors. Loading takes seconds, building minutes.
        start: load at once and run everywhere. Which precision is the faster one depends on the
            machine.
    """

    fast: tuple[BackendProvider, ...]
    start: tuple[BackendProvider, ...]

    def starting_with(self, precisions: Iterable[Precision]) -> ProviderOrder:
        """The same, with those of ``start`` that have one of these precisions first, in order."""
        ranks = {precision: rank for rank, precision in reversed(list(enumerate(precisions)))}
        by_rank = sorted(self.start, key=lambda one: ranks.get(one.precision, len(ranks)))
        return replace(self, start=tuple(by_rank))

    @property
    def all(self) -> tuple[BackendProvider, ...]:
        return (*self.fast, *self.start)


def known_providers(cache: EngineCache) -> ProviderOrder:
    """Every runtime at every precision that it gains from.

    FP16 goes before INT8 on GPUs: their tensor cores run both, and at one or two hands a batch the
    time goes into starting kernels, not into arithmetic; INT8 is there where a model has no FP16.

    Args:
        cache: of compiled engines.
    """
    gpu = (Precision.FP16, Precision.FP32)
    return ProviderOrder(
        fast=(
            *(OnnxTensorRt(cache, one) for one in (Precision.FP16, Precision.INT8, Precision.FP32)),
            *(OnnxTensorRtRtx(cache, one) for one in gpu),
            *(OnnxCuda(one) for one in gpu),
            *(OnnxDirectMl(one) for one in gpu),
            OnnxCoreMl(),
            OpenVinoCpu(cache),
        ),
        start=(OnnxCpu(Precision.INT8), OnnxCpu(Precision.FP32)),
    )


def select_backend(
    providers: Sequence[BackendProvider], networks: Networks, *, build: bool = False
) -> SelectedBackend:
    """Load the model into the first provider that can.

    Args:
        build: compile engines that are not in the cache, which may take minutes.

    Raises:
        BackendError: none can; the message says why.
        ModelError: a file of the model was altered.
    """
    passed_over: list[ProbeResult] = []
    failures: list[ProbeResult] = []
    for provider in providers:
        probed = provider.probe()
        if not probed.available:
            passed_over.append(probed)
            continue
        network = networks(provider.precision)
        if network is None:
            passed_over.append(without_network(probed, provider.precision))
            continue
        try:
            if not build and provider.needs_build(network):
                passed_over.append(replace(probed, available=False, reason=NEEDS_BUILD))
                continue
            backend = provider.load(network)
        except BackendError as error:
            _log.warning("%s passed over: %s", probed.name, error)
            failures.append(replace(probed, available=False, reason=error.why))
            passed_over.append(failures[-1])
            continue
        choice = BackendChoice(probed, merged(passed_over))
        _log.info("%s chosen: %s; passed over: %s", probed.name, probed.reason, _reasons(choice))
        return SelectedBackend(backend, choice)
    # Where one was there and failed, those that are not there do not explain anything.
    reasons = "; ".join(f"{one.name}: {one.reason}" for one in failures or merged(passed_over))
    raise BackendError(
        "No inference back end can run the model",
        reasons,
        "Run `gesture-app doctor`, or install the app again with `python3 installer/bootstrap.py`.",
    )


def without_network(probed: ProbeResult, precision: Precision) -> ProbeResult:
    """Why a runtime that is there is of no use for this model."""
    return replace(probed, available=False, reason=f"the model has no {precision.upper()} file")


def merged(results: Iterable[ProbeResult]) -> tuple[ProbeResult, ...]:
    """One line for a runtime whose precisions are all missing for the same reason."""
    kept: dict[tuple[str, str], ProbeResult] = {}
    for result in results:
        words = result.name.split()
        plain = " ".join(words[:-1]) if words[-1].lower() in set(Precision) else result.name
        group = (plain, result.reason)
        kept[group] = replace(result, name=plain) if group in kept else result
    return tuple(kept.values())


def _reasons(choice: BackendChoice) -> str:
    return "; ".join(f"{one.name}: {one.reason}" for one in choice.passed_over) or "none"
