"""Reading and checking the table of gestures, and drawing hands from it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from training.render.hand_model import FingerPose, HandModel, HandPose, ThumbPose
from training.render.rotation import Array, about_x, about_y, about_z, frame
from training.render.thumb_contact import Contact, parse_contact, settle_thumb

TABLE_FILE = Path(__file__).with_name("poses.toml")
LONG_FINGERS = ("index", "middle", "ring", "pinky")

HAGRID_GESTURES = (
    *("call", "dislike", "fist", "four", "like", "mute", "ok", "one", "palm", "peace"),
    *("peace_inverted", "rock", "stop", "stop_inverted", "three", "three2", "two_up"),
    "two_up_inverted",
)
"""The 18 gestures of HaGRID (Kapitanov et al. 2022)."""

DEFAULT_JITTER = 5.0
LIMITS = ((-15.0, 95.0), (-5.0, 110.0), (-5.0, 75.0), (-15.0, 30.0))
"""Range of a finger's knuckle, middle joint, end joint and spread in degrees."""

TENDON_SHARE = 0.62
"""The end joint bends with the middle one: both hang on one tendon."""


class PoseTableError(Exception):
    """The table of gestures has a mistake; the message names the entry."""


@dataclass(frozen=True, slots=True)
class View:
    """How a hand is held.

    Attributes:
        axes: float64 (3, 3), columns: thumb's side, fingers, back of a left hand in body axes.
        tilt: largest random turn in degrees.
    """

    axes: Array
    tilt: float


@dataclass(frozen=True, slots=True)
class PoseEntry:
    """One row of the table; `contact` as in `parse_contact`."""

    label: str
    name: str
    hand: HandPose
    contact: Contact | None
    jitter: float
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PoseTable:
    """All poses and views."""

    poses: tuple[PoseEntry, ...]
    views: Mapping[str, View]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label once, in the table's order."""
        return tuple(dict.fromkeys(pose.label for pose in self.poses))

    def of(self, label: str) -> tuple[PoseEntry, ...]:
        """Raises: KeyError if the table has no such label."""
        found = tuple(pose for pose in self.poses if pose.label == label)
        if not found:
            raise KeyError(label)
        return found


@cache
def default_table() -> PoseTable:
    """The table that comes with the renderer."""
    return parse_table(TABLE_FILE.read_text(encoding="utf-8"))


def parse_table(text: str) -> PoseTable:
    """Raises: PoseTableError naming the entry that is wrong."""
    try:
        data = tomllib.loads(text)
        views = {name: _view(fields) for name, fields in data["view"].items()}
        rows = data["pose"]
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise PoseTableError(f"views or syntax: {error!r}") from error
    poses = []
    for row in rows:
        try:
            poses.append(_entry(row, views))
        except (KeyError, ValueError, TypeError) as error:
            name = f"{row.get('label', '?')} / {row.get('name', '?')}"
            raise PoseTableError(f"pose {name}: {error}") from error
    return PoseTable(tuple(poses), views)


def _view(fields: Mapping[str, Any]) -> View:
    # Table directions point inwards, up and to the camera; of a left hand inwards is -x.
    fingers, palm = (np.multiply(fields[key], (-1.0, 1.0, 1.0)) for key in ("fingers", "palm"))
    return View(frame(fingers, -palm), float(fields["tilt"]))


def _entry(row: Mapping[str, Any], views: Mapping[str, View]) -> PoseEntry:
    fingers = {}
    for finger in LONG_FINGERS:
        values = [float(v) for v in row[finger]]
        _check_limits(finger, values)
        fingers[finger] = FingerPose(*values)
    unknown = set(row["views"]) - set(views)
    if unknown or not row["views"]:
        raise ValueError(f"unknown or no views {sorted(unknown)}")
    contact = parse_contact(row["contact"]) if "contact" in row else None
    hand = HandPose(fingers, ThumbPose(*(float(v) for v in row["thumb"])))
    jitter = float(row.get("jitter", DEFAULT_JITTER))
    return PoseEntry(row["label"], row["name"], hand, contact, jitter, tuple(row["views"]))


def _check_limits(finger: str, values: Sequence[float]) -> None:
    for value, (low, high) in zip(values, LIMITS, strict=True):
        if not low <= value <= high:
            raise ValueError(f"{finger} has {value} degrees, outside [{low}, {high}]")


def vary_hand(entry: PoseEntry, rng: np.random.Generator) -> HandPose:
    """A plausible variant of a pose: all fingers a little more or less bent together, then each
    on its own. Degrees stay within `LIMITS`."""
    common = rng.normal(0, entry.jitter * 0.6, 4) * (1, 1, 0.6, 0.25)
    fingers = {}
    for finger, pose in entry.hand.fingers.items():
        own = rng.normal(0, entry.jitter, 4) * (0.7, 0.7, 0.5, 0.3)
        values = np.array([pose.mcp, pose.pip, pose.dip, pose.spread]) + common + own
        limited = [float(np.clip(v, *r)) for v, r in zip(values, LIMITS, strict=True)]
        fingers[finger] = FingerPose(*limited)
    base = entry.hand.thumb
    values = np.array([base.radial, base.palmar, base.twist, base.mcp, base.ip])
    values = values + rng.normal(0, entry.jitter, 5) * (0.8, 0.6, 0.6, 0.7, 0.9)
    return HandPose(fingers, ThumbPose(*(float(v) for v in values)))


def random_hand(rng: np.random.Generator) -> HandPose:
    """Joint angles anywhere in the human range; neighbouring fingers tend to move together."""
    shared = rng.uniform(0, 1)
    fingers = {}
    for finger in LONG_FINGERS:
        bend = np.clip(0.5 * shared + 0.5 * rng.uniform(0, 1) + rng.normal(0, 0.12), 0, 1)
        pip = float(np.clip(100 * bend + rng.normal(0, 12), 0, 105))
        mcp = float(np.clip(85 * rng.uniform(0, 1) * (0.4 + 0.6 * bend), -8, 88))
        fingers[finger] = FingerPose(mcp, pip, TENDON_SHARE * pip, float(rng.uniform(-2, 12)))
    thumb = ThumbPose(
        *(
            float(rng.uniform(low, high))
            for low, high in ((25, 72), (8, 60), (-10, 35), (-5, 40), (-10, 55))
        )
    )
    return HandPose(fingers, thumb)


def mix_hands(start: HandPose, end: HandPose, share: float) -> HandPose:
    """Angle by angle between two hands; ``share`` 0 is ``start``."""

    def mix(a: Sequence[float], b: Sequence[float]) -> list[float]:
        return [x + (y - x) * share for x, y in zip(a, b, strict=True)]

    fingers = {}
    for finger, a in start.fingers.items():
        b = end.fingers[finger]
        fingers[finger] = FingerPose(
            *mix((a.mcp, a.pip, a.dip, a.spread), (b.mcp, b.pip, b.dip, b.spread))
        )
    s, e = start.thumb, end.thumb
    thumb = mix(
        (s.radial, s.palmar, s.twist, s.mcp, s.ip), (e.radial, e.palmar, e.twist, e.mcp, e.ip)
    )
    return HandPose(fingers, ThumbPose(*thumb))


def settle(entry: PoseEntry, hand: HandPose, model: HandModel) -> HandPose:
    """``hand`` with its thumb where ``entry`` wants it on this hand's build."""
    return settle_thumb(model, hand, entry.contact)


def tilted(view: View, rng: np.random.Generator) -> Array:
    """The view's axes after a random turn of up to its tilt about each body axis."""
    pitch, yaw, roll = rng.uniform(-view.tilt, view.tilt, 3)
    out: Array = about_z(roll) @ about_y(yaw) @ about_x(pitch * 0.7) @ view.axes
    return out
