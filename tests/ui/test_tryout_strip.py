"""Two models side by side on the live page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QApplication

from gesture_app.core.types import NO_GESTURE, Handedness
from gesture_app.engine.model_switch import ModelsInUse, UsedModel
from gesture_app.ui.hand_overlay import Placement, layout_tags
from gesture_app.ui.theme import Appearance
from gesture_app.ui.tryout_strip import TryoutStrip
from tests.fakes import make_hand, make_manifest
from tests.ui.stage import click, make_hand_result, settle

NAMES = {"my_wave": "안녕"}
RIGHT, LEFT = Handedness.RIGHT, Handedness.LEFT


@pytest.fixture
def strip(appearance: Appearance) -> Iterator[TryoutStrip]:
    made = TryoutStrip(appearance)
    yield made
    made.deleteLater()
    settle()


def models(candidate: str | None) -> ModelsInUse:
    active = UsedModel(Path("old"), replace(make_manifest(), name="Old"))
    if candidate is None:
        return ModelsInUse(active)
    return ModelsInUse(active, UsedModel(Path("new"), replace(make_manifest(), name=candidate)))


def test_the_strip_is_there_only_while_something_is_tried_out(strip: TryoutStrip) -> None:
    assert strip.isHidden()
    strip.show_models(models("New"))
    assert not strip.isHidden()
    assert strip.accessibleName() == "Try-out: New"
    strip.show_models(models(None))
    assert strip.isHidden()


def test_both_answers_stand_side_by_side_and_a_difference_is_said(strip: TryoutStrip) -> None:
    strip.set_names(NAMES)
    strip.show_models(models("New"))
    strip.show_answers((make_hand_result("like", 0.9),), (make_hand_result("my_wave", 0.8),))
    assert strip.active[RIGHT].accessibleName() == "Right hand, in use: Like"
    assert strip.candidate[RIGHT].accessibleName() == "Right hand, try-out: differs: 안녕"
    assert strip.differs(RIGHT)
    assert not strip.differs(LEFT)
    assert strip.candidate[LEFT].text() == "Not in view"


def test_where_both_say_the_same_nothing_is_marked(strip: TryoutStrip) -> None:
    strip.show_models(models("New"))
    hands = (
        make_hand_result("like", 0.9),
        make_hand_result("like", 0.9, hand=make_hand(handedness=LEFT)),
    )
    strip.show_answers(hands, hands)
    assert not strip.differs(RIGHT)
    assert not strip.differs(LEFT)


def test_its_buttons_ask_to_stop_and_to_switch_on(strip: TryoutStrip) -> None:
    asked: list[str] = []
    strip.chosen.connect(lambda: asked.append("chosen"))
    strip.stopped.connect(lambda: asked.append("stopped"))
    strip.show_models(models("New"))
    click(strip.use)
    click(strip.stop)
    assert asked == ["chosen", "stopped"]


def test_the_tag_beside_a_hand_names_both_answers(app: QApplication) -> None:
    placement = Placement(QRectF(10, 20, 320, 240), 64, 48, mirrored=False)
    hands = (make_hand_result("like", 0.93),)
    other, same = make_hand_result("my_wave", 0.71), make_hand_result("like", 0.6)
    nothing = make_hand_result(NO_GESTURE, 0.9)
    lines = []
    for trial in (other, same, nothing):
        (tag,) = layout_tags(hands, placement, QFont(), NAMES, (trial,))
        lines.append((tag.trial, tag.differs))
    assert lines == [
        ("Try-out: 안녕 71%", True),
        ("Try-out: Like 60%", False),
        ("Try-out: No gesture", True),
    ]
    (plain,) = layout_tags(hands, placement, QFont(), NAMES)
    assert plain.trial == ""
    assert plain.rect.height() < tag.rect.height()
