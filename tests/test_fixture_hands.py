"""The rendered test pictures are what their names say, and MediaPipe takes them for hands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.types import LANDMARK_COUNT, NO_GESTURE, Frame
from gesture_app.vision.mediapipe_hands import MediaPipeHands

FOLDER = Path(__file__).parent / "fixtures" / "hands"
EMPTY = "empty"
PICTURES = sorted(FOLDER.glob("*.jpg"))
GESTURES = (
    *("call", "dislike", "fist", "four", "like", "mute", "ok", "one", "palm", "peace"),
    *("peace_inverted", "rock", "stop", "stop_inverted", "three", "three2", "two_up"),
    "two_up_inverted",
)


def label_of(path: Path) -> str:
    """``stop_inverted_2.jpg`` → ``stop_inverted``."""
    return path.stem.rpartition("_")[0]


@pytest.fixture(scope="module")
def detector(hand_model: bytes) -> Iterator[MediaPipeHands]:
    detector = MediaPipeHands(hand_model, video=False)
    yield detector
    detector.close()


def frame_of(path: Path) -> Frame:
    return Frame(0, 0.0, 0, np.asarray(cv2.imread(str(path)), np.uint8))


def test_every_gesture_is_there_with_hands_at_rest_and_empty_rooms_in_under_a_megabyte() -> None:
    counts = Counter(label_of(path) for path in PICTURES)
    assert set(counts) == {*GESTURES, NO_GESTURE, EMPTY}
    assert counts[NO_GESTURE] >= 3
    assert counts[EMPTY] >= 2
    assert sum(path.stat().st_size for path in PICTURES) < 1_000_000


@pytest.mark.parametrize(
    "path", [p for p in PICTURES if label_of(p) != EMPTY], ids=lambda path: path.stem
)
def test_mediapipe_finds_the_hand(detector: MediaPipeHands, path: Path) -> None:
    frame = frame_of(path)
    hands = detector.detect(frame)
    assert hands
    assert hands[0].landmarks.shape == (LANDMARK_COUNT, 3)
    height, width = frame.bgr.shape[:2]
    middle = hands[0].landmarks[:, :2].mean(axis=0)
    assert (middle > 0).all()
    assert (middle < (width, height)).all()


@pytest.mark.parametrize(
    "path", [p for p in PICTURES if label_of(p) == EMPTY], ids=lambda path: path.stem
)
def test_mediapipe_finds_nothing_where_no_hand_is(detector: MediaPipeHands, path: Path) -> None:
    assert detector.detect(frame_of(path)) == ()
