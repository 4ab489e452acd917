"""What is said of a judgement."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PyQt6.QtWidgets import QApplication

from gesture_app.store.judgement import Collision
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.judgement_words import JudgementWords, changed_gestures
from tests.judgements import make_built_in, make_judgement, make_own


def test_of_several_gestures_the_weakest_is_named(app: QApplication) -> None:
    gestures = (make_own("B", 39), make_own("wave", 24, name="My wave"))
    words = JudgementWords(make_judgement(gestures, ()))
    assert (
        words.verdict() == "Your 2 gestures are recognised in 63 of 80 pictures never seen before."
    )
    assert "My wave (24 of 40)" in words.weak_spots()
    assert "B (" not in words.weak_spots()


def test_what_could_not_be_judged_is_said(app: QApplication) -> None:
    still = make_own("still", 0, 0)
    assert "still" in JudgementWords(make_judgement((make_own("B", 39), still), ())).weak_spots()
    nothing = JudgementWords(make_judgement((still,), ()))
    assert nothing.verdict() == "Your gestures have too few different pictures to be judged."
    assert nothing.how_judged() == ""


def test_where_only_negatives_were_taught_the_built_in_gestures_are_the_verdict(
    app: QApplication,
) -> None:
    words = JudgementWords(make_judgement((make_built_in("stop", 48, 48),), ()))
    assert words.verdict().startswith("The built-in gestures are recognised in 93 of 100")


def test_a_loss_of_the_built_in_gestures_is_said_beside_the_verdict(app: QApplication) -> None:
    warning = "The built-in gestures suffer: 97% recognised before, 93% now."
    judgement = make_judgement()
    assert JudgementWords(judgement).weak_spots() == warning
    kept = replace(judgement, built_in_after=judgement.built_in_before)
    assert JudgementWords(kept).weak_spots() == ""


def test_a_full_training_is_said_to_be_judged_by_what_it_was(app: QApplication) -> None:
    quick = make_judgement()
    words = JudgementWords(replace(quick, mode=TeachingMode.FULL))
    assert words.how_judged().endswith("which this model did not learn from.")
    assert words.built_in_summary().startswith("Rendered hands")
    assert "people who sign" not in words.false_alarm_summary()
    assert "rendered" in words.pictures_of(quick.cells[2])
    assert "other people's" in JudgementWords(quick).pictures_of(quick.cells[2])


def test_losses_come_before_gains() -> None:
    gestures = (
        make_built_in("a", 40, 45),
        make_built_in("b", 45, 40),
        make_built_in("c", 45, 45),
        make_built_in("d", 45, 35),
    )
    assert [one.label for one in changed_gestures(make_judgement(gestures, ()))] == ["d", "b", "a"]


@pytest.mark.parametrize(
    ("collision", "what", "step"),
    [
        (
            Collision("B", "C", 0.1),
            "B is taken for C in 10% of its pictures.",
            "another pose for one",
        ),
        (
            Collision("B", "stop", 0.1),
            "B is taken for Stop in 10%",
            "a pose for B .* switch Stop off",
        ),
        (
            Collision("stop", "B", 0.1),
            "Stop is taken for B in 10%",
            "a pose for B .* switch Stop off",
        ),
        (Collision("B", "stop", 0.9, True), "B is close to Stop in 90%", "switch Stop off"),
    ],
)
def test_a_collision_comes_with_advice(
    app: QApplication, collision: Collision, what: str, step: str
) -> None:
    gestures = (make_own("B", 36), make_own("C", 40), make_built_in("stop", 48, 48))
    advice = JudgementWords(make_judgement(gestures, ())).advice(collision)
    assert advice.what.startswith(what)
    assert re.search(step, advice.next_step)
