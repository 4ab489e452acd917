"""OpenVINO, as far as it shows without being installed: a stand-in compiles and answers."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import onnxruntime
import pytest

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.store.engine_cache import EngineCache
from gesture_app.vision.backends.openvino_cpu import OpenVinoCpu
from tests.networks import SIZE, biased_network

NETWORK = biased_network((3.0, 1.0, -2.0))
HANDS = NetworkInput(np.zeros((2, 3, SIZE, SIZE), np.float32), np.zeros((2, 63), np.float32))


class FakeOpenVino(ModuleType):
    """Compiles with ONNX Runtime; writes into ``CACHE_DIR`` unless something lies there."""

    def __init__(self) -> None:
        super().__init__("openvino")
        self.__spec__ = ModuleSpec("openvino", None)
        self.compiled = 0
        self.lost = False
        self.Core = lambda: self

    def read_model(self, model: bytes) -> Any:
        try:
            session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise RuntimeError("Exception from core.cpp:91:\nUnable to read the model.") from error
        length = SimpleNamespace(get_length=lambda: SIZE)
        inputs = SimpleNamespace(partial_shape=[None, None, length, length])
        return SimpleNamespace(session=session, input=lambda _name: inputs)

    def compile_model(self, network: Any, device: str, options: dict[str, Any]) -> Any:
        assert device == "CPU"
        folder = Path(options["CACHE_DIR"])
        if not list(folder.glob("*.blob")):
            self.compiled += 1
            (folder / "1.blob").write_bytes(b"compiled")

        def infer(feed: dict[str, Any]) -> dict[str, Any]:
            if self.lost:
                raise RuntimeError("Exception\nout of memory.")
            return {"logits": network.session.run(["logits"], feed)[0]}

        return SimpleNamespace(create_infer_request=lambda: SimpleNamespace(infer=infer))


@pytest.fixture
def openvino(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeOpenVino:
    fake = FakeOpenVino()
    monkeypatch.setitem(sys.modules, "openvino", fake)
    info = tmp_path / "packages" / "openvino-2026.4.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: openvino\nVersion: 2026.4.1\n")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    return fake


@pytest.fixture
def provider(tmp_path: Path) -> OpenVinoCpu:
    return OpenVinoCpu(EngineCache(tmp_path / "engines"))


def test_a_network_is_compiled_once(openvino: FakeOpenVino, provider: OpenVinoCpu) -> None:
    assert provider.probe().reason == "offered by openvino 2026.4.1"
    assert provider.needs_build(NETWORK)
    for _ in range(2):
        backend = provider.load(NETWORK)
        np.testing.assert_allclose(backend.run(HANDS), [[3.0, 1.0, -2.0]] * 2, atol=1e-5)
        backend.close()
    assert openvino.compiled == 1
    assert not provider.needs_build(NETWORK)


def test_a_failure_is_told_by_its_last_line(openvino: FakeOpenVino, provider: OpenVinoCpu) -> None:
    with pytest.raises(BackendError) as caught:
        provider.load(b"this is not a network")
    assert caught.value.why == "Unable to read the model"
    backend = provider.load(NETWORK)
    openvino.lost = True
    with pytest.raises(BackendError, match="out of memory"):
        backend.run(HANDS)
    backend.close()
    with pytest.raises(BackendError, match="closed"):
        backend.run(HANDS)


def test_without_the_package_the_reason_names_it(
    provider: OpenVinoCpu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "gesture_app.vision.backends.openvino_cpu.installed_version", lambda _: None
    )
    probe = provider.probe()
    assert (probe.available, probe.reason) == (False, "needs openvino")
