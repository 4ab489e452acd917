"""Paints what was recognised over the picture: outline, bones, joints and a name per hand.

Works in the widget's coordinates: points are mapped there first (and mirrored, if the picture
is), so that lines keep their width and text is never mirrored or scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from gesture_app.core.types import NO_GESTURE, FloatArray, HandResult
from gesture_app.ui.gesture_names import NO_NAMES, OwnNames, gesture_name, hand_name
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import DARK, scaled_font

_BONES = (
    *((0, 1), (1, 2), (2, 3), (3, 4)),
    *((0, 5), (5, 6), (6, 7), (7, 8)),
    *((5, 9), (9, 10), (10, 11), (11, 12)),
    *((9, 13), (13, 14), (14, 15), (15, 16)),
    *((13, 17), (0, 17), (17, 18), (18, 19), (19, 20)),
)
"""Pairs of landmarks, thumb to little finger with the palm between them (MediaPipe's order)."""

_OUTLINE_REACH = 0.1
"""How far the outline stays away from the landmarks, as a part of the hand's longer side."""

_CIRCLE = np.stack([np.cos(a := np.linspace(0, 2 * np.pi, 32, endpoint=False)), np.sin(a)], axis=1)

_RIGHT_COLOR, _LEFT_COLOR = QColor(DARK.right_hand), QColor(DARK.left_hand)
_SHADOW = QColor(0, 0, 0, 110)
_BONE = QColor(255, 255, 255, 225)
_TAG_GROUND = QColor(11, 13, 17, 215)
_TAG_TEXT = QColor("#f5f7fb")
_TAG_MUTED = QColor("#b4bccb")
_TAG_DIFFERS = QColor(DARK.notice)
_TAG_ON_COLOR = QColor("#0b0d11")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a frame lies in the widget.

    Attributes:
        area: rectangle of the picture in the widget's coordinates.
        frame_width, frame_height: the frame's own pixels.
        mirrored: whether left and right are exchanged on the screen.
    """

    area: QRectF
    frame_width: int
    frame_height: int
    mirrored: bool

    def place(self, points: FloatArray) -> FloatArray:
        """Frame pixels (N, >= 2) → widget coordinates (N, 2)."""
        placed = points[:, :2] / (self.frame_width, self.frame_height)
        if self.mirrored:
            placed[:, 0] = 1.0 - placed[:, 0]
        placed *= (self.area.width(), self.area.height())
        placed += (self.area.x(), self.area.y())
        return placed.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands beside a hand.

    Attributes:
        rect: in the widget's coordinates.
        title, probability, detail: ``Like``, ``97%`` (or empty), ``Right hand``.
        held: the gesture has started, not only been seen.
        trial: what a model that is tried out says, ``Try-out: Stop 88%``; empty without one.
        differs: it says something else.
    """

    rect: QRectF
    title: str
    probability: str
    detail: str
    held: bool
    trial: str = ""
    differs: bool = False


def shown_gesture(result: HandResult) -> tuple[str, float | None]:
    """The gesture to show for a hand and its probability.

    The held gesture outlasts single frames that say otherwise, so that the name does not flicker;
    its probability is None where the frame favours another gesture.
    """
    prediction = result.prediction
    if result.held_gesture is None:
        return prediction.gesture, prediction.prob
    if prediction.gesture == result.held_gesture:
        return prediction.gesture, prediction.prob
    if prediction.best_gesture == result.held_gesture:
        # Not accepted in this frame: ``prob`` is that of no gesture, the margin the way to ours.
        return prediction.best_gesture, max(prediction.margin + prediction.prob, 0.0)
    return result.held_gesture, None


def paint_hands(
    painter: QPainter,
    hands: Sequence[HandResult],
    placement: Placement,
    font: QFont,
    *,
    names: OwnNames = NO_NAMES,
    trial: Sequence[HandResult] = (),
) -> None:
    """Paint all hands; tags last, so that none is covered by another hand's lines.

    Args:
        names: what the person calls own gestures.
        trial: see `FrameResult.trial`.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A hand at the edge reaches beyond the picture; its lines do not.
    painter.setClipRect(placement.area)
    placed = [placement.place(result.hand.landmarks) for result in hands]
    for result, points in zip(hands, placed, strict=True):
        _paint_hand(painter, points, hand_color(result))
    tags = layout_tags(hands, placement, font, names, trial)
    for result, tag in zip(hands, tags, strict=True):
        _paint_tag(painter, tag, hand_color(result), font)
    painter.setClipping(False)


def hand_color(result: HandResult) -> QColor:
    return _RIGHT_COLOR if result.hand.handedness == "Right" else _LEFT_COLOR


def layout_tags(
    hands: Sequence[HandResult],
    placement: Placement,
    font: QFont,
    names: OwnNames = NO_NAMES,
    trial: Sequence[HandResult] = (),
) -> list[Tag]:
    """A tag above each hand, moved to stay inside the picture and off the tags before it."""
    tags: list[Tag] = []
    for place, result in enumerate(hands):
        tag = _tag(result, trial[place] if trial else None, names)
        width, height = _tag_size(tag, font)
        points = placement.place(result.hand.landmarks)
        low, high = points.min(axis=0), points.max(axis=0)
        reach = _OUTLINE_REACH * float((high - low).max())
        area = placement.area.adjusted(6, 6, -6, -6)
        x = float(low[0] + high[0]) / 2 - width / 2
        y = float(low[1]) - reach - 8 - height
        rect = QRectF(
            min(max(x, area.left()), max(area.right() - width, area.left())),
            min(max(y, area.top()), max(area.bottom() - height, area.top())),
            width,
            height,
        )
        for other in tags:
            if rect.intersects(other.rect):
                rect.moveTop(other.rect.bottom() + 4)
        tags.append(replace(tag, rect=rect))
    return tags


def _tag(result: HandResult, trial: HandResult | None, names: OwnNames) -> Tag:
    """What a tag says, not yet placed."""
    gesture, _ = shown_gesture(result)
    title, probability = _answer(result, names)
    detail = hand_name(result.hand.handedness)
    held = result.held_gesture is not None
    if trial is None:
        return Tag(QRectF(), title, probability, detail, held)
    second = QCoreApplication.translate("Hand", "Try-out: %1")
    second = second.replace("%1", " ".join(_answer(trial, names)).strip())
    differs = shown_gesture(trial)[0] != gesture
    return Tag(QRectF(), title, probability, detail, held, second, differs)


def _answer(result: HandResult, names: OwnNames) -> tuple[str, str]:
    """``Like`` and ``97%``, the latter empty where there is nothing to say."""
    gesture, prob = shown_gesture(result)
    probability = "" if prob is None or gesture == NO_GESTURE else f"{prob:.0%}"
    return gesture_name(gesture, names), probability


def _outline(points: FloatArray) -> QPolygonF:
    """A rounded hull: that of all points on circles around the landmarks."""
    reach = _OUTLINE_REACH * float(np.ptp(points, axis=0).max())
    cloud = (points[:, None, :] + reach * _CIRCLE).reshape(-1, 2).astype(np.float32)
    return QPolygonF([QPointF(x, y) for x, y in cv2.convexHull(cloud)[:, 0].tolist()])


def _paint_hand(painter: QPainter, points: FloatArray, color: QColor) -> None:
    line = max(float(np.ptp(points, axis=0).max()) / 90, 1.6)
    fill = QColor(color)
    fill.setAlpha(34)
    painter.setPen(QPen(color, line, Qt.PenStyle.SolidLine, join=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(fill)
    painter.drawPolygon(_outline(points))
    spots = [QPointF(x, y) for x, y in points.tolist()]
    for width, stroke in ((line * 2.2, _SHADOW), (line, _BONE)):
        pen = QPen(stroke, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for start, end in _BONES:
            painter.drawLine(spots[start], spots[end])
    painter.setPen(QPen(_BONE, line * 0.7))
    painter.setBrush(color)
    for spot in spots:
        painter.drawEllipse(spot, line * 1.7, line * 1.7)


def _tag_fonts(font: QFont) -> tuple[QFont, QFont]:
    return scaled_font(font, 1.15, QFont.Weight.DemiBold), scaled_font(font, 0.88)


def _tag_size(tag: Tag, font: QFont) -> tuple[float, float]:
    title_font, detail_font = _tag_fonts(font)
    big, small = QFontMetricsF(title_font), QFontMetricsF(detail_font)
    # Room for the widest probability, so that the tag does not change with every frame.
    first_line = big.horizontalAdvance(tag.title) + 10 + big.horizontalAdvance("100%")
    others = (tag.detail, tag.trial)
    width = max(first_line, *(small.horizontalAdvance(line) for line in others)) + 24
    lines = small.height() * (2 if tag.trial else 1)
    return width, big.height() + lines + 14


def _paint_tag(painter: QPainter, tag: Tag, color: QColor, font: QFont) -> None:
    title_font, detail_font = _tag_fonts(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color if tag.held else _TAG_GROUND)
    painter.drawRoundedRect(tag.rect, 9, 9)
    inner = tag.rect.adjusted(12, 5, -12, -5)
    if tag.trial:
        last = QRectF(inner)
        last.setTop(inner.bottom() - QFontMetricsF(detail_font).height())
        inner.setBottom(last.top())
        painter.setFont(detail_font)
        plain = _TAG_ON_COLOR if tag.held else _TAG_MUTED
        painter.setPen(_TAG_DIFFERS if tag.differs and not tag.held else plain)
        draw_line(painter, last, tag.trial)
    top, bottom = QRectF(inner), QRectF(inner)
    top.setHeight(inner.height() * 0.56)
    bottom.setTop(top.bottom())
    painter.setFont(title_font)
    painter.setPen(_TAG_ON_COLOR if tag.held else _TAG_TEXT)
    draw_line(painter, top, tag.title)
    draw_line(painter, top, tag.probability, right=True)
    painter.setFont(detail_font)
    painter.setPen(_TAG_ON_COLOR if tag.held else _TAG_MUTED)
    draw_line(painter, bottom, tag.detail)
