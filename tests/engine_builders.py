"""Providers that travel to another process and build well, badly, or not at all."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import BackendError
from gesture_app.store.engine_cache import EngineCache, EngineKey
from gesture_app.vision.backends.base import Precision, ProbeResult
from tests.fakes import PATIENCE_S, FakeBackend

KEY = EngineKey("0" * 64, "Builder", "fp32", "a device", "", "versions")
ENDS_WITH = 3


@dataclass(frozen=True)
class Builder:
    """A `BackendProvider` whose `load` writes an engine, and what process did so.

    Attributes:
        behaviour: ``good``, ``fails``, ``dies`` or ``hangs``.
    """

    folder: Path
    behaviour: str = "good"
    precision: Precision = Precision.FP32

    def probe(self) -> ProbeResult:
        return ProbeResult("Builder", True, "it is built into the tests")

    def key(self, model: bytes) -> EngineKey:  # noqa: ARG002 - one engine is enough
        return KEY

    def needs_build(self, model: bytes) -> bool:  # noqa: ARG002 - one engine is enough
        return not EngineCache(self.folder).holds(KEY)

    def load(self, model: bytes) -> FakeBackend:
        with EngineCache(self.folder).building(KEY) as workshop:
            (workshop / "a.engine").write_bytes(model)
            (workshop / "process").write_text(f"{os.getpid()} {os.nice(0)}")
            if self.behaviour == "fails":
                raise BackendError("Builder failed", "an operator is not supported", "Do that.")
            if self.behaviour == "dies":
                os._exit(ENDS_WITH)  # as a driver does that crashes
            if self.behaviour == "hangs":
                print("Building", flush=True)
                threading.Event().wait(PATIENCE_S)
        return FakeBackend()
