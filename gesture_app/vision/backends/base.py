"""What an inference back end is: a few lines around one runtime, nothing else.

No pre- or post-processing sits here, and no caller asks which back end it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray


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


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """Which back end is active and how it was chosen; shown on screen and in the log.

    Attributes:
        active: the one in use.
        passed_over: better ones that cannot run here, in order of preference, with reasons.
    """

    active: ProbeResult
    passed_over: tuple[ProbeResult, ...]


class InferenceBackend(Protocol):
    """A loaded network. Owned and called by one thread."""

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
    """Knows one runtime: whether it is there, and how to load a network into it."""

    def probe(self) -> ProbeResult:
        """Look without loading a network; never raises."""

    def load(self, model: bytes) -> InferenceBackend:
        """Load an ONNX network and run it once, so that the first frame does not pay for it.

        Raises:
            BackendError: the runtime refuses the network.
        """
