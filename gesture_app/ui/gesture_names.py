"""Gesture labels and hands → words for people, in the language of the window."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gesture_app.core.types import Handedness

_NAMES = {
    "call": QT_TRANSLATE_NOOP("Gesture", "Call"),
    "dislike": QT_TRANSLATE_NOOP("Gesture", "Dislike"),
    "fist": QT_TRANSLATE_NOOP("Gesture", "Fist"),
    "four": QT_TRANSLATE_NOOP("Gesture", "Four"),
    "like": QT_TRANSLATE_NOOP("Gesture", "Like"),
    "mute": QT_TRANSLATE_NOOP("Gesture", "Mute"),
    "no_gesture": QT_TRANSLATE_NOOP("Gesture", "No gesture"),
    "ok": QT_TRANSLATE_NOOP("Gesture", "OK"),
    "one": QT_TRANSLATE_NOOP("Gesture", "One"),
    "palm": QT_TRANSLATE_NOOP("Gesture", "Palm"),
    "peace": QT_TRANSLATE_NOOP("Gesture", "Peace"),
    "peace_inverted": QT_TRANSLATE_NOOP("Gesture", "Peace, reversed"),
    "rock": QT_TRANSLATE_NOOP("Gesture", "Rock"),
    "stop": QT_TRANSLATE_NOOP("Gesture", "Stop"),
    "stop_inverted": QT_TRANSLATE_NOOP("Gesture", "Stop, reversed"),
    "three": QT_TRANSLATE_NOOP("Gesture", "Three"),
    "three2": QT_TRANSLATE_NOOP("Gesture", "Three (thumb)"),
    "two_up": QT_TRANSLATE_NOOP("Gesture", "Two together"),
    "two_up_inverted": QT_TRANSLATE_NOOP("Gesture", "Two, reversed"),
}


def gesture_name(label: str) -> str:
    """A label's name: translated where it is known, else made readable (``my_wave`` → My wave)."""
    english = _NAMES.get(label)
    if english is None:
        return label.replace("_", " ").strip().capitalize()
    return QCoreApplication.translate("Gesture", english)


def hand_name(hand: Handedness) -> str:
    if hand is Handedness.LEFT:
        return QCoreApplication.translate("Hand", "Left hand")
    return QCoreApplication.translate("Hand", "Right hand")


def hand_letter(hand: Handedness) -> str:
    """One letter for a badge."""
    if hand is Handedness.LEFT:
        return QCoreApplication.translate("Hand", "L", "badge of the left hand")
    return QCoreApplication.translate("Hand", "R", "badge of the right hand")
