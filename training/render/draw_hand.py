"""Drawing what a hand does: a variant of a gesture, or one of the many things that are none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gesture_app.core.types import NO_GESTURE
from training.render.hand_model import HandPose
from training.render.pose_table import (
    HAGRID_GESTURES,
    PoseEntry,
    PoseTable,
    mix_hands,
    random_hand,
    tilted,
    vary_hand,
)
from training.render.rotation import Array
from training.render.thumb_contact import Contact

TABLE_SHARE, RANDOM_SHARE = 0.5, 0.25
"""Shares of non-gestures that come from the table and from random angles; the rest are on the way
from one gesture to another."""

ALIKE = 55.0
"""Degrees: a hand whose every finger is bent within this of a gesture's may pass for it."""


FACE_SHARE, POINTING_FACE_SHARE = 0.06, 0.3
"""Shares of upright hands that are held before or beside the face: any hand, and "one", which there
differs from "mute" only in that the finger is not on the lips."""


class Place(StrEnum):
    """Where a hand is held."""

    FREE = "free"
    LIPS = "lips"
    FACE = "face"


@dataclass(frozen=True, slots=True)
class HandDraw:
    """A hand's shape and direction, before it is fitted to somebody's build.

    Attributes:
        label: gesture or `NO_GESTURE`.
        origin: where it comes from, for the label file.
        view: name of the view in the table.
        pose: its angles.
        contact: what the thumb shall touch, if anything.
        axes: float64 (3, 3), see `View`.
        place: anywhere with ease, with the index finger on the lips, or near the face.
    """

    label: str
    origin: str
    view: str
    pose: HandPose
    contact: Contact | None
    axes: Array
    place: Place


def draw_hand(label: str, table: PoseTable, rng: np.random.Generator) -> HandDraw:
    """Raises: KeyError if ``label`` is not in the table."""
    if label == NO_GESTURE:
        kind = rng.random()
        if kind >= TABLE_SHARE:
            free = kind < TABLE_SHARE + RANDOM_SHARE
            return _draw_unnamed(table, rng, on_the_way=not free)
    entries = table.of(label)
    entry = entries[int(rng.integers(len(entries)))]
    view = entry.views[int(rng.integers(len(entry.views)))]
    axes = tilted(table.views[view], rng)
    return HandDraw(
        label,
        f"{entry.label}/{entry.name}",
        view,
        vary_hand(entry, rng),
        entry.contact,
        axes,
        Place.LIPS if view.startswith("lips") else _draw_place(label, axes, rng),
    )


def _draw_place(label: str, axes: Array, rng: np.random.Generator) -> Place:
    upright = axes[1, 1] > 0.8
    share = POINTING_FACE_SHARE if label == "one" else FACE_SHARE
    return Place.FACE if upright and rng.random() < share else Place.FREE


def _draw_unnamed(table: PoseTable, rng: np.random.Generator, *, on_the_way: bool) -> HandDraw:
    """Random angles or a transition, redrawn while it could pass for a gesture."""
    gestures = [pose for pose in table.poses if pose.label in HAGRID_GESTURES]
    views = [name for name in table.views if not name.startswith("lips")]
    view = views[int(rng.integers(len(views)))]
    while True:
        if on_the_way:
            start, end = (gestures[int(i)] for i in rng.integers(len(gestures), size=2))
            share = float(rng.uniform(0.3, 0.7))
            pose = mix_hands(vary_hand(start, rng), vary_hand(end, rng), share)
            origin = f"{start.label} to {end.label} {share:.2f}"
        else:
            pose, origin = random_hand(rng), "random angles"
        if not any(alike(pose, gesture) for gesture in gestures):
            break
    axes = tilted(table.views[view], rng)
    return HandDraw(NO_GESTURE, origin, view, pose, None, axes, _draw_place(NO_GESTURE, axes, rng))


def alike(pose: HandPose, entry: PoseEntry) -> bool:
    """Whether every finger is bent about as much as in ``entry``; the thumb is not looked at."""
    for finger, ours in pose.fingers.items():
        theirs = entry.hand.fingers[finger]
        bend = abs((ours.mcp + ours.pip) - (theirs.mcp + theirs.pip))
        if bend > ALIKE:
            return False
    return True
