"""The few small widgets that every part is made of, in the look of the style sheet."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton

from gesture_app.ui.theme import scaled_font

_ICON_SIDE = 20


class SqueezableLabel(QLabel):
    """One line of text that gives way: what does not fit is elided, or not shown at all.

    Args:
        role: name in the style sheet.
        all_or_nothing: show the text only where all of it fits, as with figures.
    """

    def __init__(self, role: str, *, all_or_nothing: bool = False) -> None:
        super().__init__()
        self._all_or_nothing = all_or_nothing
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def shown_text(self) -> str:
        """The part of the text that there is room for."""
        metrics = self.fontMetrics()
        text = str(self.text())
        if metrics.horizontalAdvance(text) <= self.width():
            return text
        if self._all_or_nothing:
            return ""
        return str(metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width()))

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        align = Qt.AlignmentFlag
        painter.drawText(self.rect(), align.AlignLeft | align.AlignVCenter, self.shown_text())


def make_label(role: str, *, wraps: bool = False, text: str = "") -> QLabel:
    """A label of plain text: it may show what a file or a device calls itself.

    Args:
        role: name in the style sheet: ``caption``, ``muted`` …
    """
    label = QLabel(text)
    label.setObjectName(role)
    label.setWordWrap(wraps)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def make_heading(factor: float = 1.0, text: str = "") -> QLabel:
    """A label in semi-bold, ``factor`` times as large as running text."""
    label = make_label("heading", text=text)
    label.setFont(scaled_font(label.font(), factor, label.font().Weight.DemiBold))
    return label


def make_tool(role: str = "tool", *, checkable: bool = False) -> QToolButton:
    """A button with an icon beside its text. It takes the keyboard's focus by Tab only, so that a
    click leaves no focus ring behind."""
    button = QToolButton()
    button.setObjectName(role)
    button.setCheckable(checkable)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(_ICON_SIDE, _ICON_SIDE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def make_button(role: str, text: str) -> QPushButton:
    """A button of text; ``primary`` for the suggested one."""
    button = QPushButton(text)
    button.setObjectName(role)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
