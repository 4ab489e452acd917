"""Figures of an evaluation, on answers written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.evaluate import (
    Answer,
    load_answers,
    operating_point,
    recall_by,
    recall_interval,
    save_answers,
    threshold_at,
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


def test_answers_survive_being_saved(tmp_path: Path) -> None:
    save_answers(ANSWERS, tmp_path / "answers.jsonl")
    assert load_answers(tmp_path / "answers.jsonl") == ANSWERS
