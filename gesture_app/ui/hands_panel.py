"""What each hand shows right now, large enough to read from where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gesture_app.core.types import NO_GESTURE, Handedness, HandResult
from gesture_app.ui.gesture_names import NO_NAMES, OwnNames, gesture_name, hand_name
from gesture_app.ui.hand_overlay import shown_gesture
from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font

_BAR_STEPS = 100


@dataclass(frozen=True, slots=True)
class ShownHand:
    """What a row shows; equal values look the same, so that unchanged rows are not painted."""

    hand: Handedness
    gesture: str
    percent: int | None
    held: bool


def to_shown_hand(result: HandResult) -> ShownHand:
    gesture, prob = shown_gesture(result)
    unknown = prob is None or gesture == NO_GESTURE
    percent = None if unknown or prob is None else round(prob * _BAR_STEPS)
    return ShownHand(result.hand.handedness, gesture, percent, result.held_gesture is not None)


def shown_hands(hands: Sequence[HandResult]) -> dict[Handedness, ShownHand]:
    """Which hand each row shows."""
    shown = [to_shown_hand(result) for result in hands]
    if len(shown) == 2 and shown[0].hand is shown[1].hand:
        # Two hands taken for the same one (or two people): the second gets the free row.
        return {shown[0].hand: shown[0], shown[0].hand.opposite: shown[1]}
    return {one.hand: one for one in shown}


class HandRow(QWidget):
    """One hand: its gesture in large type, and a bar for the probability.

    Args:
        size: of the gesture's type, times that of running text.
    """

    def __init__(self, appearance: Appearance, hand: Handedness, size: float = 1.55) -> None:
        super().__init__()
        self._size = size
        self._appearance = appearance
        self._hand = hand
        self._shown: ShownHand | None = None
        self._names: OwnNames = NO_NAMES
        self._caption = ""
        self._marked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_hand(self, shown: ShownHand | None) -> None:
        if shown != self._shown:
            self._shown = shown
            self.retranslate()

    def set_names(self, names: OwnNames) -> None:
        """What the person calls own gestures."""
        self._names = names
        self.retranslate()

    def set_caption(self, caption: str) -> None:
        """Stands above the gesture instead of the hand's name."""
        self._caption = caption
        self.retranslate()

    def set_marked(self, marked: bool) -> None:
        """Draw the eye to this row."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(f"{self.caption()}: {self.text()}")
        self.update()

    def caption(self) -> str:
        return self._caption or hand_name(self._hand)

    def text(self) -> str:
        """The gesture's name, or that the hand is not seen."""
        if self._shown is None:
            return self.tr("Not in view")
        return gesture_name(self._shown.gesture, self._names)

    def sizeHint(self) -> QSize:
        return QSize(200, round(QFontMetricsF(self.font()).height() * (self._size + 1.55) + 16))

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, shown = self._appearance.tokens, self._shown
        right = self._hand is Handedness.RIGHT
        color = QColor(tokens.right_hand if right else tokens.left_hand)
        area = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        if self._marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.notice_soft))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            area.adjust(8, 0, -8, -2)
        caption, line = QRectF(area), area.adjusted(0, 0, 0, -9)
        caption.setHeight(QFontMetricsF(self.font()).height())
        line.setTop(caption.bottom())
        painter.setFont(scaled_font(self.font(), 0.9))
        painter.setPen(QColor(tokens.muted))
        draw_line(painter, caption, self.caption())
        named = shown is not None and shown.gesture != NO_GESTURE
        weight = self.font().Weight
        big = scaled_font(self.font(), self._size, weight.DemiBold if named else weight.Normal)
        painter.setFont(big)
        held = shown is not None and shown.held
        painter.setPen(QColor(tokens.text if named else tokens.muted))
        percent = "" if shown is None or shown.percent is None else f"{shown.percent}%"
        taken = QFontMetricsF(big).horizontalAdvance("100%") + 8 if percent else 0
        draw_line(painter, line.adjusted(0, 0, -taken, 0), self.text())
        painter.setPen(color if held else QColor(tokens.muted))
        draw_line(painter, line, percent, right=True)
        self._paint_bar(painter, area, color)

    def _paint_bar(self, painter: QPainter, area: QRectF, color: QColor) -> None:
        tokens, shown = self._appearance.tokens, self._shown
        groove = QRectF(area.left(), area.bottom() - 6, area.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, 3, 3)
        if shown is None or not shown.percent:
            return
        filled = QRectF(groove)
        filled.setWidth(max(groove.width() * shown.percent / _BAR_STEPS, 6))
        painter.setBrush(color if shown.held else QColor(tokens.muted))
        painter.drawRoundedRect(filled, 3, 3)


class HandsPanel(QWidget):
    """Both hands, always in the same place, so that nothing jumps when one comes or goes."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = {
            hand: HandRow(appearance, hand) for hand in (Handedness.LEFT, Handedness.RIGHT)
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for row in self.rows.values():
            layout.addWidget(row)

    def show_hands(self, hands: tuple[HandResult, ...]) -> None:
        shown = shown_hands(hands)
        for hand, row in self.rows.items():
            row.show_hand(shown.get(hand))

    def set_names(self, names: OwnNames) -> None:
        for row in self.rows.values():
            row.set_names(names)

    def retranslate(self) -> None:
        for row in self.rows.values():
            row.retranslate()
