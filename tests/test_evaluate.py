"""Figures of an evaluation, on answers written by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.types import NO_GESTURE
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import GestureClassifier
from tests.fakes import FakeDetector, make_hand, make_manifest
from tests.networks import biased_network
from training.conditions import Conditions
from training.datasets import scan_webcam
from training.evaluate import (
    Answer,
    answer_pictures,
    operating_point,
    recall_by,
    recall_interval,
    threshold_at,
)
from training.evaluation_file import (
    Evaluation,
    EvaluationHeader,
    load_evaluation,
    save_evaluation,
)


def answer(label: str, gesture: str, margin: float, person: str = "ann", **more: bool) -> Answer:
    path = f"{label}/{person}.jpg"
    return Answer(path, label, person, gesture, margin, 1, more.get("lookalike", False))


ANSWERS = [
    answer("like", "like", 0.9),
    answer("like", "like", 0.2, "bob"),
    answer("like", "fist", 0.9, "bob"),
    answer("stop", "palm", 0.9),
    answer("other_hand", "fist", 0.5),
    answer("other_hand", "fist", 0.1),
    answer("no_gesture", "one", -0.5),
    answer("no_gesture", "one", -0.9),
    answer("other_hand", "fist", 0.99, lookalike=True),
]


def test_recall_counts_what_is_named_rightly_above_the_threshold() -> None:
    point = operating_point(ANSWERS, 0.3)
    assert point.recall == pytest.approx(2 / 4), "one like, and stop counted as palm"
    assert point.false_positives == pytest.approx(1 / 4)
    assert point.lookalikes == 1


def test_the_threshold_keeps_false_positives_at_or_under_the_rate() -> None:
    for rate in (0.0, 0.25, 0.5, 0.75, 1.0):
        assert operating_point(ANSWERS, threshold_at(ANSWERS, rate)).false_positives <= rate
    assert operating_point(ANSWERS, threshold_at(ANSWERS, 0.25)).false_positives == 0.25


def test_recall_is_told_by_person() -> None:
    assert recall_by(ANSWERS, 0.0, lambda a: a.person) == {"ann": (1.0, 2), "bob": (0.5, 2)}


def test_the_interval_by_person_holds_the_recall() -> None:
    low, high = recall_interval(ANSWERS, 0.0)
    assert low <= operating_point(ANSWERS, 0.0).recall <= high


HEADER = EvaluationHeader("made_up", "0" * 64, ("like", "no_gesture"), 1.5)


def test_answers_survive_being_saved(tmp_path: Path) -> None:
    measured = replace(ANSWERS[0], probabilities=(0.9, 0.1), conditions=Conditions(0.3, 0.2, 55.0))
    evaluation = Evaluation(HEADER, (measured, *ANSWERS[1:]))
    save_evaluation(evaluation, tmp_path / "evaluation.jsonl")
    assert load_evaluation(tmp_path / "evaluation.jsonl") == evaluation


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b'"schema":2', b'"schema":3', "schema 3"),
        (b'"margin":0.9', b'"margin":"0.9"', "line 2"),
        (b'"margin":0.9', b'"margin":NaN', "line 2"),
        (b'"probabilities":[]', b'"probabilities":[1.0]', "1 probabilities"),
        (b'{"data"', b"{", "line 1"),
    ],
)
def test_a_malformed_evaluation_is_refused_with_its_line(
    old: bytes, new: bytes, complaint: str, tmp_path: Path
) -> None:
    path = tmp_path / "evaluation.jsonl"
    save_evaluation(Evaluation(HEADER, tuple(ANSWERS)), path)
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(ValueError, match=complaint):
        load_evaluation(path)


def test_the_answer_is_that_of_the_hand_with_the_largest_margin(tmp_path: Path) -> None:
    folder = tmp_path / "set" / "like"
    folder.mkdir(parents=True)
    picture = np.zeros((240, 320, 3), np.uint8)
    picture[:, 160:] = (0, 0, 255)  # BGR: red on the right
    assert cv2.imwrite(str(folder / "ann__like_1.png"), picture)
    left, right = make_hand((60, 120), 60), make_hand((260, 120), 60)
    network = biased_network([1.0, 0.0, 0.0])
    manifest = make_manifest(("like", "fist", NO_GESTURE))
    classifier = GestureClassifier(OnnxCpu().load(network), manifest)
    try:
        (found,) = answer_pictures(
            scan_webcam(tmp_path / "set"), FakeDetector(lambda _: (left, right)), classifier
        )
    finally:
        classifier.close()
    assert (found.gesture, found.person, found.hands) == ("like", "ann", 2)
    assert found.probabilities[0] == max(found.probabilities)
    assert found.margin == pytest.approx(found.probabilities[0] - found.probabilities[2], abs=1e-4)
    assert found.conditions is not None
    assert found.conditions.brightness == pytest.approx(0.299 / 2, abs=0.01), "half red, half black"
    assert found.conditions.hand_size == pytest.approx(60 / 240, abs=0.02)
