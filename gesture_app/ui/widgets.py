"""The few small widgets that every part is made of, in the look of the style sheet."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QLabel, QPushButton, QToolButton

from gesture_app.ui.theme import scaled_font

_ICON_SIDE = 20


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
