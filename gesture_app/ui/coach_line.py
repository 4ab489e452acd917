"""What the coach says, large over the picture, in words that a child understands."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from gesture_app.core.coaching import Hint
from gesture_app.ui.theme import DARK, STAGE, scaled_font

_WORDS = {
    Hint.NO_HAND: QT_TRANSLATE_NOOP("Coach", "Show your hand to the camera"),
    Hint.TOO_DARK: QT_TRANSLATE_NOOP("Coach", "It is too dark: turn on a light"),
    Hint.BLURRED: QT_TRANSLATE_NOOP("Coach", "Move more slowly"),
    Hint.TOO_FAR: QT_TRANSLATE_NOOP("Coach", "You are far away: come closer"),
    Hint.TOO_NEAR: QT_TRANSLATE_NOOP("Coach", "Too close: move your hand back"),
    Hint.CUT_OFF: QT_TRANSLATE_NOOP("Coach", "Keep the whole hand in the picture"),
    Hint.TURN_WRIST: QT_TRANSLATE_NOOP("Coach", "Turn your wrist"),
    Hint.COME_CLOSER: QT_TRANSLATE_NOOP("Coach", "Come closer"),
    Hint.MOVE_BACK: QT_TRANSLATE_NOOP("Coach", "Move your hand back a little"),
    Hint.MOVE_ASIDE: QT_TRANSLATE_NOOP("Coach", "Move your hand to the side"),
    Hint.OTHER_HAND: QT_TRANSLATE_NOOP("Coach", "Use the other hand"),
    Hint.ENOUGH: QT_TRANSLATE_NOOP("Coach", "Well done, that is enough"),
    Hint.GOOD: QT_TRANSLATE_NOOP("Coach", "Good, go on"),
}

EVERYDAY = (
    QT_TRANSLATE_NOOP("Coach", "Type on your keyboard"),
    QT_TRANSLATE_NOOP("Coach", "Drink from a cup"),
    QT_TRANSLATE_NOOP("Coach", "Scratch your nose"),
    QT_TRANSLATE_NOOP("Coach", "Run your hand through your hair"),
    QT_TRANSLATE_NOOP("Coach", "Pick up your phone"),
    QT_TRANSLATE_NOOP("Coach", "Talk with your hands"),
    QT_TRANSLATE_NOOP("Coach", "Rest your chin on your hand"),
    QT_TRANSLATE_NOOP("Coach", "Open and close your hand"),
)
"""What hands do when they make no gesture; suggested one after the other."""

READY = QT_TRANSLATE_NOOP("Coach", "Ready when you are")

_FAULTS = frozenset(
    {Hint.NO_HAND, Hint.TOO_DARK, Hint.BLURRED, Hint.TOO_FAR, Hint.TOO_NEAR, Hint.CUT_OFF}
)
_PADDING = 18.0
_HEIGHT = 46
_LARGE = 1.5
_SMALLEST = 1.0


def coach_words(hint: Hint, *, recording: bool) -> str:
    """What to say; before a recording only what would keep it from going well."""
    if not recording and hint not in _FAULTS:
        return QCoreApplication.translate("Coach", READY)
    return QCoreApplication.translate("Coach", _WORDS[hint])


def everyday_words(hint: Hint, turn: int) -> str:
    """What to say while "anything else" is recorded: the next thing to do, unless it is dark."""
    if hint is Hint.TOO_DARK:
        return coach_words(hint, recording=True)
    return QCoreApplication.translate("Coach", EVERYDAY[turn % len(EVERYDAY)])


class CoachLine(QWidget):
    """One line on a dark ground, in both themes, since it lies over the picture."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def text(self) -> str:
        return self._text

    def say(self, text: str) -> None:
        """Show it; nothing is shown for an empty text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._fitting_font()
        metrics = QFontMetricsF(font)
        width = min(metrics.horizontalAdvance(self._text) + 2 * _PADDING, self.width())
        area = QRectF((self.width() - width) / 2, 0, width, self.height())
        ground = QColor(STAGE)
        ground.setAlpha(220)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setFont(font)
        painter.setPen(QColor(DARK.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()

    def _fitting_font(self) -> QFont:
        """Large, and smaller only where the picture is too narrow for the sentence."""
        large = scaled_font(self.font(), _LARGE, QFont.Weight.DemiBold)
        needed = QFontMetricsF(large).horizontalAdvance(self._text)
        room = self.width() - 2 * _PADDING
        if needed <= room:
            return large
        factor = max(_LARGE * room / needed, _SMALLEST)
        return scaled_font(self.font(), factor, QFont.Weight.DemiBold)
