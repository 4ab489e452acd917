"""The card of a model that a user trained: from the run's files and the hands held out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gesture_app.core.manifest import MANIFEST_NAME, ModelFile, dump_manifest
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.models import load_model, read_manifest
from gesture_app.vision.golden import Agreement, Bound
from tests.made_up_hands import RECIPE, made_up_hands
from tests.networks import write_model
from training.card.gathering import parity_rows
from training.card.verifying import verify_card
from training.card.writing import load_card, renew_card
from training.hand_evaluation import evaluate_hands
from training.metrics_file import METRICS_NAME
from training.parity import Score, Verdict
from training.progress import Started
from training.run_card import threshold_rule, write_run_card
from training.run_file import RunPlan, note_session
from training.trained_network import TrainedNetwork
from training.training_data import TRAIN, VALIDATION, DataRow, TrainingData

LABELS = ("like", "dislike", NO_GESTURE)
TRAINED: Any = TrainedNetwork(None, LABELS, 18, True, RECIPE.to_json())  # type: ignore[arg-type]
AGREEMENT = Agreement(0.01, 0.02, 1.0, 0.0, 12, Bound(0.1, 0.1, 0.9))
VERDICTS = (Verdict("fp32", AGREEMENT, Score(0.75, 0.5), Score(0.8, 0.5)),)


def make_data(*validation_people: str) -> TrainingData:
    train, rows = made_up_hands(("ann", "bob")), []
    rows.append(DataRow("my hands", TRAIN, 16, "a" * 64, "by person, seed 3, share 0.3", "CC0-1.0"))
    held_out = ()
    if validation_people:
        held_out = (made_up_hands(validation_people, seed=1),)
        rows.append(replace(rows[0], role=VALIDATION, hands=8 * len(validation_people)))
    return TrainingData((train,), held_out, LABELS, tuple(rows))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder as `gesture-train train` leaves it."""
    folder = tmp_path / "run"
    folder.mkdir()
    plan = RunPlan(RECIPE, LABELS, (), "pretrained weights, sha256 abc", None)
    started = Started(0, 4, 4, 16, "cpu", "Some CPU", "bf16", "it is faster", 1, 2, "its own")
    note_session(folder, plan, started)
    lines = [
        {"step": 1, "loss": 3.0, "epoch": 0.25, "precision": "bf16"},
        {"step": 4, "loss": 2.0, "epoch": 1.0, "precision": "bf16"},
        {"step": 4, "validation_loss": 2.5},
    ]
    (folder / METRICS_NAME).write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_the_card_tells_how_the_run_went_and_whom_it_was_judged_on(
    run: Path, tmp_path: Path
) -> None:
    model, data = write_model(tmp_path / "model"), make_data("eve", "fay")
    rule = threshold_rule(data, 0.05)
    card = write_run_card(model, run, TRAINED, data, VERDICTS, rule, {"team": "blue"})
    assert verify_card(model) == []
    assert (card.training.device, card.training.precision) == ("Some CPU", "bf16")
    assert (card.training.epochs, card.training.pictures_seen) == (1.0, 16)
    assert [point.validation_loss for point in card.training.losses] == [None, 2.5]
    assert card.training.recipe["start"] == "pretrained weights, sha256 abc"
    assert [(s.role, s.people, s.licence) for s in card.data_sets] == [
        ("training", 2, "CC0-1.0"),
        ("validation", 2, "CC0-1.0"),
    ]
    figures = card.evaluation.figures
    assert (figures.gesture_pictures, figures.other_pictures) == (4, 8), "one is no label of it"
    assert [person.person for person in figures.persons] == ["eve", "fay"]
    assert (card.parity[0].accuracy, card.parity[0].trained_accuracy) == (0.75, 0.8)
    page = (model / "card.html").read_text("utf-8")
    assert "on the trained network&#39;s answers to the same hands" in page
    assert "75.00" in page


def test_without_hands_held_out_the_card_says_that_nothing_is_known(
    run: Path, tmp_path: Path
) -> None:
    model, data = write_model(tmp_path / "model"), make_data()
    card = write_run_card(model, run, TRAINED, data, (), threshold_rule(data, 0.05), {})
    assert verify_card(model) == []
    assert card.evaluation.threshold_rule is None
    page = (model / "card.html").read_text("utf-8")
    assert "nothing is known of how good it is" in page
    assert "0.0\u202f%" not in page, "no figure where nothing was measured"


def test_a_run_without_its_files_gives_a_card_that_says_so(tmp_path: Path) -> None:
    model, data = write_model(tmp_path / "model"), make_data("eve")
    card = write_run_card(model, tmp_path / "network.safetensors", TRAINED, data, (), None, {})
    assert card.training.device == card.training.precision == "not recorded"
    assert card.training.losses == ()


def test_answers_to_cached_hands_are_those_of_the_exported_network(tmp_path: Path) -> None:
    model = load_model(write_model(tmp_path / "model"))
    evaluation = evaluate_hands(model, [made_up_hands(("eve",))], "held out")
    assert evaluation.header.model_sha256 == model.manifest.sha256
    assert {answer.label for answer in evaluation.answers} == {"like", NO_GESTURE, "other_hand"}
    assert all(answer.gesture == "like" and answer.margin > 0.9 for answer in evaluation.answers)
    assert all(a.conditions and a.conditions.sharpness for a in evaluation.answers)


def test_a_card_is_renewed_when_its_model_gets_another_file(run: Path, tmp_path: Path) -> None:
    model, data = write_model(tmp_path / "model"), make_data("eve")
    renew_card(model, ())  # without a card, nothing to do
    write_run_card(model, run, TRAINED, data, (), None, {})
    quantised = b"smaller"
    (model / "fake.int8.onnx").write_bytes(quantised)
    digest = hashlib.sha256(quantised).hexdigest()
    manifest = read_manifest(model)
    files = {
        "fp32": ModelFile("fake.onnx", manifest.sha256),
        "int8": ModelFile("fake.int8.onnx", digest),
    }
    (model / MANIFEST_NAME).write_text(dump_manifest(replace(manifest, variants=files)))
    assert verify_card(model) != []
    renew_card(model, parity_rows(VERDICTS))
    assert verify_card(model) == []
    card, _ = load_card(model)
    assert [file.precision for file in card.model.files] == ["fp32", "int8"]
    assert len(card.parity) == 1
