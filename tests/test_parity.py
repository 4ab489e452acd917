"""The parity gate lets honest files pass and refuses those with a planted fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from gesture_app.core import preprocess
from gesture_app.core.manifest import PRECISIONS
from gesture_app.core.preprocess import NetworkInput, PreprocessSpec
from gesture_app.core.types import BgrImage, FloatArray
from gesture_app.store.models import load_model, read_network
from gesture_app.vision.golden import BOUNDS, Golden, check, load_golden
from tests.slim_networks import exported_model
from training.parity import Score, Validation, Verdict, judge, score

BUNDLED = Path(__file__).resolve().parents[1] / "assets" / "models" / "default"


@pytest.fixture(scope="module")
def model() -> Iterator[Path]:
    with exported_model() as folder:
        yield folder


@pytest.fixture(scope="module")
def golden(model: Path) -> Golden:
    return load_golden(model)


class Answering:
    """A back end that answers what it is told to."""

    name = "answering"

    def __init__(self, answer: Callable[[NetworkInput], FloatArray]) -> None:
        self.run = answer

    def close(self) -> None:
        pass


def files_of(folder: Path) -> list[tuple[str, bytes]]:
    loaded = load_model(folder)
    files = ((precision, read_network(loaded, precision)) for precision in PRECISIONS)
    return [(precision, content) for precision, content in files if content is not None]


def with_colours_exchanged(network: bytes) -> bytes:
    """The same network, but it takes red for blue: its first weights are turned round."""
    model = onnx.load_model_from_string(network)
    (first,) = (
        tensor
        for tensor in model.graph.initializer
        if len(tensor.dims) == 4 and tensor.dims[1] == 3
    )
    turned = np.ascontiguousarray(numpy_helper.to_array(first)[:, ::-1])
    first.CopyFrom(numpy_helper.from_array(turned, first.name))
    return bytes(model.SerializeToString())


@pytest.mark.parametrize("folder", ["exported", "bundled"])
def test_files_pass_and_the_same_files_with_colours_exchanged_do_not(
    model: Path, folder: str
) -> None:
    place = model if folder == "exported" else BUNDLED
    golden = load_golden(place)
    for precision, network in files_of(place):
        assert judge(network, precision, golden).complaint == ""
        planted = judge(with_colours_exchanged(network), precision, golden)
        assert "probabilities differ" in planted.complaint, precision


def test_red_and_blue_exchanged_in_the_preprocessing_are_noticed(
    golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = preprocess.normalise_crops

    def wrong(crops: list[BgrImage], spec: PreprocessSpec) -> FloatArray:
        return right([crop[..., ::-1] for crop in crops], spec)

    monkeypatch.setattr(preprocess, "normalise_crops", wrong)
    assert "network's input differs" in complaint_whatever_is_answered(golden)


@pytest.mark.parametrize(
    "changed",
    [
        {"crop_margin": 1.45},
        {"crop_margin": 1.35},
        {"mean": (0.5, 0.5, 0.5)},
        {"std": (0.25, 0.25, 0.25)},
        {"mean": (0.406, 0.456, 0.485)},
    ],
)
def test_another_crop_or_normalisation_is_noticed(
    golden: Golden, changed: dict[str, object]
) -> None:
    spec = replace(golden.spec, **changed)  # type: ignore[arg-type]
    assert "network's input differs" in complaint_whatever_is_answered(replace(golden, spec=spec))


def complaint_whatever_is_answered(golden: Golden) -> str:
    """What `check` says of the input alone: the back end answers as stored."""
    rows = iter(golden.logits)
    backend = Answering(lambda batch: np.stack([next(rows) for _ in batch.crops]))
    return check(backend, golden, BOUNDS["fp32"]).complaint


def test_the_input_as_it_was_passes_and_comes_in_ones_and_pairs(golden: Golden) -> None:
    assert complaint_whatever_is_answered(golden) == ""
    sizes = []

    def answer(batch: NetworkInput) -> FloatArray:
        sizes.append(len(batch.crops))
        return np.zeros((len(batch.crops), len(golden.labels)), np.float32)

    check(Answering(answer), golden, BOUNDS["fp32"])
    assert set(sizes) == {1, 2}
    assert sum(sizes) == len(golden.hands)


def test_labels_in_another_order_are_noticed(model: Path, golden: Golden) -> None:
    for precision, network in files_of(model):
        swapped = golden.logits[:, np.roll(np.arange(len(golden.labels)), 1)]
        verdict = judge(network, precision, replace(golden, logits=swapped))
        assert "probabilities differ" in verdict.complaint


@pytest.mark.parametrize("answer", [np.nan, np.inf])
def test_answers_that_are_no_numbers_are_refused(golden: Golden, answer: float) -> None:
    shape = (len(golden.labels),)
    backend = Answering(lambda batch: np.full((len(batch.crops), *shape), answer, np.float32))
    assert check(backend, golden, BOUNDS["int8"]).complaint


def test_answers_for_another_number_of_labels_are_refused(golden: Golden) -> None:
    backend = Answering(lambda batch: np.zeros((len(batch.crops), 2), np.float32))
    assert check(backend, golden, BOUNDS["int8"]).complaint


def logits_for(labels: tuple[str, ...], named: list[str], sureness: list[float]) -> FloatArray:
    logits = np.zeros((len(named), len(labels)), np.float32)
    logits[np.arange(len(named)), [labels.index(name) for name in named]] = sureness
    return logits


LABELS = ("like", "palm", "stop", "no_gesture")


def validation(shown: list[str]) -> Validation:
    count = len(shown)
    batch = NetworkInput(
        np.zeros((count, 3, 32, 32), np.float32), np.zeros((count, 63), np.float32)
    )
    targets = np.array([LABELS.index(name) for name in shown], np.int64)
    return Validation(batch, targets, LABELS)


def test_scores_count_labels_that_data_sets_mix_up_as_one() -> None:
    shown = ["like", "stop", "palm", "no_gesture"]
    named = ["like", "palm", "stop", "no_gesture"]
    scored = score(logits_for(LABELS, named, [5, 5, 5, 5]), validation(shown))
    assert scored == Score(accuracy=1.0, recall=1.0)


def test_a_gesture_that_is_no_surer_than_the_others_hands_does_not_count_as_recalled() -> None:
    shown = ["like", "like", "no_gesture"]
    named = ["like", "like", "like"]
    scored = score(logits_for(LABELS, named, [5, 1, 2]), validation(shown))
    assert scored == Score(accuracy=pytest.approx(2 / 3), recall=0.5)


@pytest.mark.parametrize(
    ("accuracy", "recall", "refused"),
    [(0.900, 0.800, False), (0.896, 0.796, False), (0.894, 0.8, True), (0.9, 0.79, True)],
)
def test_a_file_that_loses_more_than_half_a_point_on_validation_is_refused(
    golden: Golden, accuracy: float, recall: float, refused: bool
) -> None:
    rows = iter(golden.logits)
    backend = Answering(lambda batch: np.stack([next(rows) for _ in batch.crops]))
    agreement = check(backend, golden, BOUNDS["int8"])
    verdict = Verdict("int8", agreement, Score(accuracy, recall), Score(0.9, 0.8))
    assert ("points of" in verdict.complaint) is refused
