"""Which pictures there are, what they show and who is on them.

Reads the two folder layouts of the shared data: HaGRID hand crops (``CLASS/NAME.jpg``, person
unknown) and webcam scenes (``CLASS/PERSON__ORIGCLASS_ORIGNAME.jpg``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.types import NO_GESTURE

LABELS: tuple[str, ...] = (
    "call",
    "dislike",
    "fist",
    "four",
    "like",
    "mute",
    "ok",
    "one",
    "palm",
    "peace",
    "peace_inverted",
    "rock",
    "stop",
    "stop_inverted",
    "three",
    "three2",
    "two_up",
    "two_up_inverted",
    NO_GESTURE,
)
"""HaGRID's gestures and no gesture: class folders with these names are taken for labels. What a
network knows is what its data shows."""

TOUCHING = {"mute": "one"}
"""Gestures that touch the face → what the same hand is anywhere else. Only pixels tell them
apart."""

OTHER_HAND = "other_hand"
AMBIGUOUS_CLASSES = frozenset({"palm_or_stop", "three_any"})
"""Classes whose sources mix two of our labels: neither trained on nor scored."""

LOOKALIKE_LETTERS = frozenset("BEMNT")
"""Sign-language letters that look like a stop or a fist. As negatives they would teach a model to
refuse real fists and stops, so they are not trained on, and they are counted apart in scores."""

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled picture.

    Attributes:
        path: the picture.
        label: class folder, unchanged (may be `OTHER_HAND` or ambiguous).
        person: who is on it, or None where the source does not say.
        source: name of the data set.
        tight: True if the picture is cut to the hand, so that a detector needs room around it.
    """

    path: Path
    label: str
    person: str | None
    source: str
    tight: bool

    @property
    def letter(self) -> str | None:
        """The sign-language letter that an `OTHER_HAND` picture shows, where its name tells."""
        if self.label != OTHER_HAND:
            return None
        match = re.match(r"[^_]+__([A-Z])_", self.path.name)
        return match.group(1) if match else None

    @property
    def is_lookalike(self) -> bool:
        return self.letter in LOOKALIKE_LETTERS

    @property
    def target(self) -> str | None:
        """The label to train towards, or None if the picture must not be trained on."""
        if self.label in AMBIGUOUS_CLASSES or self.is_lookalike:
            return None
        return NO_GESTURE if self.label == OTHER_HAND else self.label


def touching_pairs(labels: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """`TOUCHING` as indices into ``labels``, where both are among them."""
    return tuple(
        (labels.index(gesture), labels.index(elsewhere))
        for gesture, elsewhere in TOUCHING.items()
        if gesture in labels and elsewhere in labels
    )


def scan_hagrid_crops(root: Path) -> list[Sample]:
    """Hand crops in class folders; persons unknown."""
    return [
        Sample(path, path.parent.name, None, "hagrid_crops", tight=True) for path in _pictures(root)
    ]


def scan_webcam(root: Path) -> list[Sample]:
    """Webcam scenes whose file names start with ``PERSON__``."""
    return [
        Sample(path, path.parent.name, path.name.split("__", 1)[0], root.name, tight=False)
        for path in _pictures(root)
    ]


def _pictures(root: Path) -> list[Path]:
    if not root.is_dir():
        raise FileNotFoundError(f"no data set at {root}")
    return sorted(p for p in root.glob("*/*") if p.suffix.lower() in PICTURE_SUFFIXES)
