"""What is drawn over the picture."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QRect, QRectF
from PyQt6.QtGui import QFont, QImage, QPainter
from PyQt6.QtWidgets import QApplication

from gesture_app.core.types import NO_GESTURE, HandResult, Prediction
from gesture_app.ui.hand_overlay import Placement, layout_tags, paint_hands, shown_gesture
from gesture_app.ui.theme import Appearance
from gesture_app.ui.video_view import VideoView
from tests.fakes import make_hand
from tests.ui.stage import make_hand_result, make_result, wait_until

PROBABILITIES = np.array([0.5, 0.5], np.float32)


def _placement(mirrored: bool) -> Placement:
    return Placement(QRectF(10, 20, 320, 240), 64, 48, mirrored)


def test_points_are_mapped_into_the_picture_and_mirrored_there() -> None:
    points = np.array([[0.0, 0.0, 0.0], [16.0, 24.0, 0.0]], np.float32)
    assert _placement(mirrored=False).place(points).tolist() == [[10, 20], [90, 140]]
    assert _placement(mirrored=True).place(points).tolist() == [[330, 20], [250, 140]]


def test_a_held_gesture_outlasts_a_frame_that_is_not_sure() -> None:
    unsure = Prediction(NO_GESTURE, 0.5, "like", -0.1, PROBABILITIES)
    gesture, prob = shown_gesture(HandResult(make_hand(), unsure, "like"))
    assert gesture == "like"
    assert prob == pytest.approx(0.4)


def test_a_held_gesture_has_no_probability_in_a_frame_that_says_another() -> None:
    other = Prediction("dislike", 0.8, "dislike", 0.7, PROBABILITIES)
    assert shown_gesture(HandResult(make_hand(), other, "like")) == ("like", None)


def test_without_a_held_gesture_the_prediction_is_shown() -> None:
    assert shown_gesture(make_hand_result("like", 0.9)) == ("like", 0.9)


def test_each_hand_has_a_tag_with_name_probability_and_hand(app: QApplication) -> None:
    hands = (make_hand_result("like", 0.93, held="like"), make_hand_result(NO_GESTURE, 0.8))
    like, nothing = layout_tags(hands, _placement(mirrored=False), QFont())
    assert (like.title, like.probability, like.detail, like.held) == (
        "Like",
        "93%",
        "Right hand",
        True,
    )
    assert (nothing.title, nothing.probability, nothing.held) == ("No gesture", "", False)


@pytest.mark.parametrize("center", [(2.0, 2.0), (62.0, 46.0), (32.0, 24.0)])
def test_tags_stay_inside_the_picture_and_off_each_other(
    app: QApplication, center: tuple[float, float]
) -> None:
    hands = [make_hand_result("like", hand=make_hand(center)) for _ in range(2)]
    placement = _placement(mirrored=True)
    first, second = layout_tags(hands, placement, QFont())
    assert placement.area.contains(first.rect)
    assert not first.rect.intersects(second.rect)


def test_mirroring_does_not_mirror_the_text(app: QApplication) -> None:
    """A hand in the middle: its tag is in the same place, and has to look the same."""
    hands = (make_hand_result("like", 0.93, hand=make_hand((32.0, 40.0), 8.0)),)
    plain, mirrored = (_painted(hands, _placement(mirrored=m)) for m in (False, True))
    (tag,) = layout_tags(hands, _placement(mirrored=False), QFont())
    rect = tag.rect.toAlignedRect()
    assert plain.copy(rect) == mirrored.copy(rect)
    assert plain.copy(rect) != plain.copy(rect).flipped()


def test_the_focus_frame_covers_nothing_of_the_picture(appearance: Appearance) -> None:
    view = VideoView(appearance)
    view.resize(340, 280)
    view.show_result(make_result(make_hand_result("like", 0.93, held="like")), None)
    plain = view.grab().toImage()
    view.show()
    view.activateWindow()
    view.setFocus()
    wait_until(view.hasFocus)
    focused = view.grab().toImage()
    view.close()
    assert focused != plain
    inside = QRect(4, 20, 332, 240)
    assert focused.copy(inside) == plain.copy(inside)


def _painted(hands: tuple[HandResult, ...], placement: Placement) -> QImage:
    image = QImage(340, 280, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_hands(painter, hands, placement, QFont())
    painter.end()
    return image
