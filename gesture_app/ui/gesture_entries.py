"""A gesture as the pages list it, own and built-in alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication

from gesture_app.core.types import NO_GESTURE
from gesture_app.ui.collection_changes import Snapshot
from gesture_app.ui.gesture_names import gesture_name


@dataclass(frozen=True, slots=True)
class GestureEntry:
    """One gesture.

    Attributes:
        name: for people, in the language of the window.
        color: ``#rrggbb``; empty for built-in ones, which take the theme's.
        built_in: also `NO_GESTURE`.
        on: whether it is recognised.
        samples, recordings: how many were recorded for it.
        picture: id of its newest sample, or None.
    """

    label: str
    name: str
    color: str
    built_in: bool
    on: bool
    samples: int
    recordings: int
    picture: str | None


def entries_of(snapshot: Snapshot, base_labels: Sequence[str]) -> tuple[GestureEntry, ...]:
    """Own ones first, then "anything else", then the built-in ones."""
    own = [
        _entry(snapshot, gesture.label, gesture.name, gesture.color)
        for gesture in snapshot.gestures.gestures
    ]
    rest = [_entry(snapshot, NO_GESTURE, QCoreApplication.translate("Gesture", "Anything else"))]
    rest += [
        _entry(snapshot, label, gesture_name(label)) for label in base_labels if label != NO_GESTURE
    ]
    return (*own, *rest)


def _entry(snapshot: Snapshot, label: str, name: str, color: str = "") -> GestureEntry:
    samples = snapshot.samples.get(label, ())
    return GestureEntry(
        label=label,
        name=name,
        color=color,
        built_in=not color,
        on=label not in snapshot.gestures.switched_off,
        samples=len(samples),
        recordings=len(snapshot.recordings.get(label, ())),
        picture=snapshot.newest.get(label),
    )
