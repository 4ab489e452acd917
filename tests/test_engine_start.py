"""Zero wait: a run begins on the processor at once, whatever is built or loaded behind it."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.errors import AppError, BackendError
from gesture_app.core.manifest import MANIFEST_NAME, ModelFile, dump_manifest
from gesture_app.core.preprocess import NetworkInput
from gesture_app.engine.engine_parity import parity_check
from gesture_app.engine.engine_start import TAKES_OVER, EngineStart
from gesture_app.engine.live_backend import STANDS_BY
from gesture_app.store.engine_cache import EngineCache, Verdict
from gesture_app.store.models import LoadedModel, load_model
from gesture_app.vision.backends.base import (
    BackendProvider,
    InferenceBackend,
    Precision,
    ProbeResult,
)
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.backends.select import NEEDS_BUILD, ProviderOrder
from gesture_app.vision.golden import (
    GOLDEN_NAME,
    Golden,
    GoldenHand,
    coarse,
    dump_golden,
    golden_input,
)
from tests.fake_providers import FakeProvider
from tests.fakes import LABELS, PATIENCE_S, FakeBackend, make_manifest
from tests.networks import SIZE, biased_network, write_model

FIXTURES = Path(__file__).parent / "fixtures" / "hands"
ONE_HAND = NetworkInput(np.zeros((1, 3, SIZE, SIZE), np.float32), np.zeros((1, 63), np.float32))
LOGITS = (2.0, 1.0, 0.0)


@pytest.fixture
def model(tmp_path: Path) -> LoadedModel:
    """A model with an fp32 and an int8 file of the same network; fp32 is its maker's choice."""
    folder = write_model(tmp_path / "model", biased_network(LOGITS))
    loaded = load_model(folder)
    fp32 = ModelFile(loaded.manifest.model_file, loaded.manifest.sha256)
    # The graph's name makes it another file.
    other = biased_network(LOGITS).replace(b"gestures", b"gesturez")
    (folder / "int8.onnx").write_bytes(other)
    int8 = ModelFile("int8.onnx", hashlib.sha256(other).hexdigest())
    manifest = replace(loaded.manifest, variants={"fp32": fp32, "int8": int8})
    (folder / MANIFEST_NAME).write_text(dump_manifest(manifest), "utf-8")
    return load_model(folder)


@pytest.fixture
def cache(tmp_path: Path) -> EngineCache:
    return EngineCache(tmp_path / "engines")


def start(model: LoadedModel, cache: EngineCache, *fast: BackendProvider) -> EngineStart:
    order = ProviderOrder(fast, (OnnxCpu(Precision.INT8), OnnxCpu(Precision.FP32)))
    return EngineStart(model, order, cache)


def wait_for_upgrade() -> None:
    """Until nothing better is looked for any more."""
    for thread in threading.enumerate():
        if thread.name == "engine-upgrade":
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


class Answers(FakeBackend):
    """A fast one that answers ``logits`` to everything."""

    def __init__(self, *logits: float) -> None:
        super().__init__()
        self._logits = np.array([logits], np.float32)

    def run(self, batch: NetworkInput) -> np.ndarray:
        return np.repeat(self._logits, len(batch.crops), axis=0) + batch.crops[:, :1].mean(
            axis=(2, 3)
        ) * np.eye(1, len(LABELS), dtype=np.float32)


def test_a_run_begins_on_the_processor_with_the_file_that_the_models_maker_chose(
    model: LoadedModel, cache: EngineCache
) -> None:
    live = start(model, cache, FakeProvider("GPU")).open([].append, upgrades=False)
    np.testing.assert_allclose(live.run(ONE_HAND), [LOGITS], atol=1e-5)
    assert live.choice.active.name == "ONNX Runtime CPU"
    live.close()


def test_a_better_engine_takes_over_while_hands_go_through(
    model: LoadedModel, cache: EngineCache
) -> None:
    gpu = FakeProvider("GPU", backend=Answers(*LOGITS))
    absent = FakeProvider("TPU", available=False)
    live = start(model, cache, absent, gpu).open([].append, upgrades=True)
    np.testing.assert_allclose(live.run(ONE_HAND), [LOGITS], atol=1e-5)
    wait_for_upgrade()
    np.testing.assert_allclose(live.run(ONE_HAND), [LOGITS], atol=1e-5)
    assert live.choice.active.name == "GPU"
    assert live.choice.passed_over == (
        ProbeResult("ONNX Runtime CPU", True, STANDS_BY),
        ProbeResult("TPU", False, "TPU looks so"),
    )
    live.close()


def test_an_engine_with_other_answers_never_takes_over(
    model: LoadedModel, cache: EngineCache
) -> None:
    wrong = FakeProvider("GPU", backend=Answers(0.0, 2.0, 1.0))
    begun = start(model, cache, wrong)
    live = begun.open([].append, upgrades=True)
    wait_for_upgrade()
    np.testing.assert_allclose(live.run(ONE_HAND), [LOGITS], atol=1e-5)
    reasons = {one.name: one.reason for one in live.choice.passed_over}
    assert "does not answer like the model" in reasons["GPU"]
    live.close()
    told = {one.name: one.reason for one in begun.explain().passed_over}
    assert told["GPU"] == reasons["GPU"]


def test_the_next_run_begins_with_what_proved_faster_here(
    model: LoadedModel, cache: EngineCache
) -> None:
    int8 = OnnxCpu(Precision.INT8)
    begun = start(model, cache)
    assert begun.explain().active.name == "ONNX Runtime CPU"
    cache.remember(
        int8.key((model.folder / "int8.onnx").read_bytes()), Verdict(True, "it is faster")
    )
    live = begun.open([].append, upgrades=False)
    assert live.choice.active.name == "ONNX Runtime CPU INT8"
    live.close()


def test_what_a_run_would_do_can_be_explained_without_loading_anything(
    model: LoadedModel, cache: EngineCache
) -> None:
    providers = [
        FakeProvider("absent", available=False),
        FakeProvider("unbuilt", builds=True),
        FakeProvider("half", precision=Precision.FP16),
        FakeProvider("ready"),
    ]
    choice = start(model, cache, *providers).explain()
    assert [(one.name, one.reason) for one in choice.passed_over] == [
        ("absent", "absent looks so"),
        ("unbuilt", NEEDS_BUILD),
        ("half", "the model has no FP16 file"),
        ("ready", TAKES_OVER),
        ("ONNX Runtime CPU INT8", TAKES_OVER),
    ]
    assert all(provider.loaded == [] for provider in providers)


def test_if_the_engine_in_use_fails_the_other_precision_goes_on(
    model: LoadedModel, cache: EngineCache
) -> None:
    notices: list[AppError] = []
    live = start(model, cache).open(notices.append, upgrades=False)
    live._active.close()  # from now on it fails, as a lost device does
    np.testing.assert_allclose(live.run(ONE_HAND), [LOGITS], atol=1e-5)
    assert live.choice.active.name == "ONNX Runtime CPU INT8"
    assert [notice.what for notice in notices] == ["ONNX Runtime CPU has failed"]
    live.close()


def test_where_nothing_can_run_the_model_every_reason_is_told(
    model: LoadedModel, cache: EngineCache
) -> None:
    order = ProviderOrder((), (FakeProvider("CPU", available=False),))
    with pytest.raises(BackendError, match="CPU: CPU looks so"):
        EngineStart(model, order, cache).explain()


def test_a_model_with_a_golden_set_is_compared_with_what_that_says(model: LoadedModel) -> None:
    picture = FIXTURES / "call_1.jpg"
    height, width = cv2.imread(str(picture)).shape[:2]
    grid = np.linspace(0.3, 0.7, 21, dtype=np.float32)
    landmarks = np.stack([grid * width, grid[::-1] * height, grid * 0], axis=1)
    hands = (GoldenHand(picture.read_bytes(), landmarks),)
    spec = make_manifest().preprocess
    batch = golden_input(hands, spec)
    backend = OnnxCpu().load(model.onnx)
    golden = Golden(hands, spec, LABELS, coarse(batch.crops), backend.run(batch))
    (model.folder / GOLDEN_NAME).write_bytes(dump_golden(golden))

    def never() -> InferenceBackend:
        raise AssertionError("the golden set is enough")

    check = parity_check(model)
    assert check(backend, Precision.FP32, never) == ""
    assert "probabilities differ" in check(Answers(0.0, 3.0, 0.0), Precision.FP16, never)
    (model.folder / GOLDEN_NAME).write_bytes(b"damaged")
    assert check(backend, Precision.FP32, never) != ""
    backend.close()
