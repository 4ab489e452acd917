"""Every sentence of the lower layers that may be shown in the window, see `messages`."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "Message"

MESSAGES = (
    QT_TRANSLATE_NOOP("Message", "The model cannot be loaded"),
    QT_TRANSLATE_NOOP("Message", "Install the model again, or choose another one."),
)
