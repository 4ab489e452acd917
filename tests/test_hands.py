"""What holds for hands whoever finds them."""

from __future__ import annotations

from dataclasses import replace

from gesture_app.vision.hands import without_doubles
from tests.fakes import make_hand


def test_a_hand_reported_twice_is_kept_once_the_surer_sighting() -> None:
    sure, unsure = make_hand((100, 100), 60), replace(make_hand((108, 96), 70), score=0.6)
    assert without_doubles([unsure, sure]) == (sure,)


def test_two_hands_side_by_side_are_both_kept() -> None:
    hands = [make_hand((100, 100), 60), make_hand((150, 100), 60)]
    assert without_doubles(hands) == tuple(hands)


def test_one_hand_or_none_is_left_alone() -> None:
    assert without_doubles([]) == ()
    assert len(without_doubles([make_hand()])) == 1
