"""Gesture labels and hands → words for people, in the language of the window."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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


OwnNames = Mapping[str, str]
"""Label → what the person calls it, of gestures that somebody taught."""

NO_NAMES: OwnNames = MappingProxyType({})


def gesture_name(label: str, own: OwnNames = NO_NAMES) -> str:
    """A label's name: what the person calls it, else translated where it is known, else made
    readable (``my_wave`` → My wave)."""
    if label in own:
        return own[label]
    english = _NAMES.get(label)
    if english is None:
        words = label.replace("_", " ").strip()
        return words[:1].upper() + words[1:]
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
