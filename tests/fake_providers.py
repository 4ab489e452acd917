"""A stand-in for the runtimes that the app chooses from."""

from __future__ import annotations

import hashlib

from gesture_app.core.errors import BackendError
from gesture_app.store.engine_cache import EngineKey
from gesture_app.vision.backends.base import InferenceBackend, Precision, ProbeResult
from tests.fakes import FakeBackend


class FakeProvider:
    """Loads the back end that it is given, or fails to.

    Args:
        builds: its engine has to be built; `load` counts as the build.
        failure: why loading fails.
        backend: what is loaded; a new `FakeBackend` unless given.
    """

    def __init__(
        self,
        name: str,
        *,
        available: bool = True,
        failure: str = "",
        precision: Precision = Precision.FP32,
        builds: bool = False,
        backend: InferenceBackend | None = None,
    ) -> None:
        self.name = name
        self.precision = precision
        self.builds = builds
        self.loaded: list[bytes] = []
        self._available = available
        self._failure = failure
        self._backend = backend

    def probe(self) -> ProbeResult:
        return ProbeResult(self.name, self._available, f"{self.name} looks so")

    def key(self, model: bytes) -> EngineKey:
        sha256 = hashlib.sha256(model).hexdigest()
        return EngineKey(sha256, self.name, self.precision, "a device", "", "versions")

    def needs_build(self, model: bytes) -> bool:  # noqa: ARG002 - as in the interface
        return self.builds

    def load(self, model: bytes) -> InferenceBackend:
        self.loaded.append(model)
        if self._failure:
            raise BackendError(f"{self.name} cannot load the model", self._failure, "Do that.")
        return self._backend or FakeBackend()
