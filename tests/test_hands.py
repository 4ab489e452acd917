"""What holds for hands whoever finds them, and how MediaPipe is used to follow them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import cv2
import numpy as np
import pytest

from gesture_app.core.types import BgrImage
from gesture_app.store.paths import assets_dir
from gesture_app.vision.hands import with_others, without_doubles
from gesture_app.vision.mediapipe_hands import FRAMES_PER_SEARCH, MediaPipeHands
from tests.fakes import make_frame, make_hand

SHOWN_FRAME = 60
"""Of the demo clip; a hand is in view."""


def test_a_hand_reported_twice_is_kept_once_the_surer_sighting() -> None:
    sure, unsure = make_hand((100, 100), 60), replace(make_hand((108, 96), 70), score=0.6)
    assert without_doubles([unsure, sure]) == (sure,)


def test_two_hands_side_by_side_are_both_kept() -> None:
    hands = [make_hand((100, 100), 60), make_hand((150, 100), 60)]
    assert without_doubles(hands) == tuple(hands)


def test_one_hand_or_none_is_left_alone() -> None:
    assert without_doubles([]) == ()
    assert len(without_doubles([make_hand()])) == 1


def test_a_hand_found_beside_a_followed_one_is_added_and_the_followed_one_itself_is_not() -> None:
    followed, again, other = make_hand((100, 100)), make_hand((102, 99)), make_hand((200, 100))
    assert with_others((followed,), (again, other)) == (followed, other)
    assert with_others((followed, other), (make_hand((300, 100)),)) == (followed, other)
    assert with_others((), (other,)) == (other,)


def both_hands(clip_picture: BgrImage) -> BgrImage:
    """The same hand twice, side by side."""
    return np.ascontiguousarray(np.hstack([clip_picture, clip_picture[:, ::-1]]))


@pytest.fixture
def hand_picture() -> BgrImage:
    """A rendered hand, 640x480."""
    capture = cv2.VideoCapture(str(assets_dir() / "demo" / "demo.mp4"))
    capture.set(cv2.CAP_PROP_POS_FRAMES, SHOWN_FRAME)
    read, picture = capture.read()
    capture.release()
    assert read
    return picture


def test_a_second_hand_is_found_while_one_is_followed_and_both_are_then_followed(
    hand_model: bytes, hand_picture: BgrImage
) -> None:
    alone = np.ascontiguousarray(np.hstack([hand_picture, np.full_like(hand_picture, 90)]))
    with closing(MediaPipeHands(hand_model, video=True)) as detector:
        counts = [len(detector.detect(make_frame(i, bgr=alone))) for i in range(4)]
        assert counts == [1] * 4
        both = both_hands(hand_picture)
        counts = [len(detector.detect(make_frame(i, bgr=both))) for i in range(4, 12)]
        first = counts.index(2)
        assert first < FRAMES_PER_SEARCH
        assert counts[first:] == [2] * len(counts[first:])
        counts = [len(detector.detect(make_frame(i, bgr=alone))) for i in range(12, 16)]
        assert counts[1:] == [1] * 3


def test_following_one_hand_gives_what_mediapipe_alone_gives(
    hand_model: bytes, hand_picture: BgrImage
) -> None:
    with (
        closing(MediaPipeHands(hand_model, video=True)) as ours,
        closing(MediaPipeHands(hand_model, video=True, alone=True)) as alone,
    ):
        for index in range(8):
            frame = make_frame(index, bgr=np.roll(hand_picture, 3 * index, axis=1))
            (followed,), (expected,) = ours.detect(frame), alone.detect(frame)
            reach = max(expected.box[2:])
            apart = np.abs(followed.landmarks - expected.landmarks)[:, :2].max()
            assert apart < 0.05 * reach
            assert followed.handedness is expected.handedness
