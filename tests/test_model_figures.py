"""What the files beside a model say of how good it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gesture_app.app import compose
from gesture_app.store.archive_contents import CARD_NAME
from gesture_app.store.judgement import (
    JUDGEMENT_NAME,
    GestureJudgement,
    Judgement,
    Share,
    save_judgement,
)
from gesture_app.store.model_figures import Measure, read_figures


def share(count: int, of: int) -> Share:
    return Share(count / of if of else 0.0, 0.0, 1.0, count, of)


def make_judgement() -> Judgement:
    return Judgement(
        mode="quick",
        base="Gesture Studio",
        split="sessions",
        gestures=(
            GestureJudgement(
                "wave", "Wave", False, 40, share(38, 40), share(38, 39), None, None, "sessions"
            ),
            GestureJudgement(
                "like", "like", True, 0, share(0, 0), share(0, 0), share(0, 0), share(0, 0)
            ),
        ),
        cells=(),
        collisions=(),
        false_alarms=share(3, 100),
        old_false_alarms=share(4, 100),
        built_in_before=share(190, 200),
        built_in_after=share(189, 200),
        made_s=1.0,
    )


def test_the_bundled_models_figures_are_those_of_its_card() -> None:
    folder = compose().bundled_model
    figures, judgement = read_figures(folder)
    card = json.loads((folder / CARD_NAME).read_text("utf-8"))["evaluation"]
    assert judgement is None
    assert figures is not None
    assert figures.data == card["data"]
    pictures = card["figures"]["recall"]["pictures"]
    assert figures.key[0][0] is Measure.BUILT_IN
    assert figures.key[0][2] == pictures
    assert figures.key[0][1] / pictures == pytest.approx(
        card["figures"]["recall"]["value"], abs=1e-3
    )
    assert {one.label for one in figures.gestures} == {
        one["gesture"] for one in card["figures"]["classes"]
    }


def test_a_judged_models_figures_are_those_of_its_judgement(tmp_path: Path) -> None:
    save_judgement(tmp_path, make_judgement())
    figures, judgement = read_figures(tmp_path)
    assert judgement == make_judgement()
    assert figures is not None
    assert figures.key == (
        (Measure.OWN, 38, 40),
        (Measure.BUILT_IN, 189, 200),
        (Measure.FALSE_ALARMS, 3, 100),
    )
    assert figures.gestures[1].recall is None, "nothing was measured"


def test_a_model_without_either_has_no_figures(tmp_path: Path) -> None:
    assert read_figures(tmp_path) == (None, None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (JUDGEMENT_NAME, b"{}"),
        (CARD_NAME, b"not json"),
        (CARD_NAME, b'{"evaluation": {"figures": []}}'),
        (CARD_NAME, b'{"created": "x", "evaluation": {"data": "d", "figures": {"recall": 3}}}'),
    ],
)
def test_a_file_that_cannot_be_read_counts_as_none(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    assert read_figures(tmp_path) == (None, None)
