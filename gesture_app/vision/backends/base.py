"""What an inference back end is: a few lines around one runtime, nothing else.

No pre- or post-processing sits here, and no caller asks which back end it has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.store.engine_cache import EngineKey


class Precision(StrEnum):
    """What a network's file computes in; the keys of the manifest's ``variants``."""

    FP32 = "fp32"
    FP16 = "fp16"
    INT8 = "int8"


Networks = Callable[[Precision], bytes | None]
"""The model's ONNX file of a precision, or None; raises ModelError if the file was altered."""


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """Whether a back end can run on this machine, and why (not).

    Attributes:
        name: shown to people, for example ``ONNX Runtime CPU``.
        reason: one sentence without a full stop.
    """

    name: str
    available: bool
    reason: str


class Step(StrEnum):
    """What is being done to a better engine."""

    BUILD = "build"
    LOAD = "load"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A better engine on its way.

    Attributes:
        name: of its back end.
        since_ns: ``time.perf_counter_ns()`` when the step began.
    """

    name: str
    step: Step
    since_ns: int


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """Which back end is active and how it was chosen; shown on screen and in the log.

    Attributes:
        active: the one in use.
        passed_over: the others, with the reasons why they are not used, best first.
        preparing: what is prepared in the background to take over.
    """

    active: ProbeResult
    passed_over: tuple[ProbeResult, ...]
    preparing: Preparation | None = None


class InferenceBackend(Protocol):
    """A loaded network. Called by one thread at a time."""

    @property
    def name(self) -> str:
        """Shown to people; the same as in its `ProbeResult`."""

    def run(self, batch: NetworkInput) -> FloatArray:
        """Logits, float32 (N, labels), for N >= 1 hands.

        Raises:
            BackendError: the runtime failed.
        """

    def close(self) -> None:
        """Release the network."""


class BackendProvider(Protocol):
    """Knows one runtime at one precision: whether it is there, and how to load a network."""

    @property
    def precision(self) -> Precision:
        """Which of the model's files it loads."""

    def probe(self) -> ProbeResult:
        """Look without loading a network; never raises."""

    def key(self, model: bytes) -> EngineKey:
        """What an engine made of ``model`` here depends on.

        Raises:
            BackendError: the device does not say what it is.
        """

    def needs_build(self, model: bytes) -> bool:
        """Whether `load` would have to compile first, which may take minutes.

        Raises:
            BackendError: as `key`.
        """

    def load(self, model: bytes) -> InferenceBackend:
        """Load an ONNX network and run it once, so that the first frame does not pay for it.

        Raises:
            BackendError: the runtime refuses the network.
        """
