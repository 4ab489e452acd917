"""A person's own gestures and which gestures are switched off: ``set.json``, a value in a file.

Samples are kept by label in `samples`; here stands what people call a label, and its colour.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gesture_app.core.errors import RefusalError, SampleError
from gesture_app.core.manifest import MAX_LABEL_LENGTH, may_be_markup
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.atomic import write_atomically
from gesture_app.store.sample_errors import unwritable
from gesture_app.store.sample_layout import is_usable_label
from gesture_app.store.set_lock import changing_set
from gesture_app.store.strict_json import parse_object

_log = logging.getLogger(__name__)

SET_NAME = "set.json"
SET_SCHEMA = 1
MAX_NAME_LENGTH = 40
MAX_SET_BYTES = 1024 * 1024

COLORS = (
    *("#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f"),
    *("#edc948", "#b07aa1", "#ff9da7", "#9c755f", "#bab0ac"),
)
"""Told apart at a glance: Tableau 10 (Maureen Stone, 2016)."""

_COLOR = re.compile(r"#[0-9a-f]{6}")
_NOT_IN_LABELS = re.compile(r"[^A-Za-z0-9_\-]+")


@dataclass(frozen=True, slots=True)
class Gesture:
    """One of the person's own.

    Attributes:
        label: of a model, and of the folder of its samples; never changes.
        name: what the person calls it.
        color: ``#rrggbb``, lower case.
    """

    label: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class GestureSet:
    """The gestures of a set. The functions return a new one.

    Attributes:
        gestures: own ones, in the order in which they were added.
        switched_off: labels, built-in or own, that are not to be recognised.
    """

    gestures: tuple[Gesture, ...] = ()
    switched_off: frozenset[str] = frozenset()

    def find(self, label: str) -> Gesture | None:
        """The own gesture with this label."""
        return next((one for one in self.gestures if one.label == label), None)

    def adding(self, name: str, reserved: Sequence[str]) -> tuple[GestureSet, Gesture]:
        """With another own gesture.

        Args:
            name: what the person calls it.
            reserved: labels and names that others have already, such as the built-in ones.

        Raises:
            SampleError: the name is empty, too long or taken.
        """
        name = self._free_name(name, reserved)
        taken = [*reserved, NO_GESTURE, *(one.label for one in self.gestures)]
        gesture = Gesture(label_for(name, taken), name, self._free_color())
        return replace(self, gestures=(*self.gestures, gesture)), gesture

    def including(self, labels: Iterable[str]) -> GestureSet:
        """With a gesture for each of the labels that has none: samples were found for them."""
        value = self
        for label in labels:
            if value.find(label) is None:
                gesture = Gesture(label, label, value._free_color())
                value = replace(value, gestures=(*value.gestures, gesture))
        return value

    def renaming(self, label: str, name: str, reserved: Sequence[str] = ()) -> GestureSet:
        """With another name for an own gesture; its label stays.

        Raises:
            SampleError: the name is empty, too long or taken.
        """
        others = replace(self, gestures=tuple(g for g in self.gestures if g.label != label))
        name = others._free_name(name, reserved)
        return self._replacing(label, name=name)

    def recoloring(self, label: str, color: str) -> GestureSet:
        """With another colour, ``#rrggbb``, for an own gesture.

        Raises:
            ValueError: ``color`` is none.
        """
        if not _COLOR.fullmatch(color.lower()):
            raise ValueError(f"{color!r} is not a colour")
        return self._replacing(label, color=color.lower())

    def switching(self, label: str, on: bool) -> GestureSet:
        """With a gesture, built-in or own, recognised or not."""
        others = self.switched_off - {label}
        return replace(self, switched_off=others if on else others | {label})

    def without(self, label: str) -> GestureSet:
        """Without an own gesture."""
        kept = tuple(one for one in self.gestures if one.label != label)
        return GestureSet(kept, self.switched_off - {label})

    def _replacing(self, label: str, **changes: str) -> GestureSet:
        gestures = (replace(g, **changes) if g.label == label else g for g in self.gestures)
        return replace(self, gestures=tuple(gestures))

    def _free_color(self) -> str:
        uses = Counter(one.color for one in self.gestures)
        return min(COLORS, key=lambda color: uses[color])

    def _free_name(self, name: str, reserved: Sequence[str]) -> str:
        """As it is kept: without space around it.

        Raises:
            SampleError: it is empty, too long or taken.
        """
        name = " ".join(unicodedata.normalize("NFC", name).split())
        reason = _objection(name)
        taken = {NO_GESTURE, *reserved, *(one.name for one in self.gestures)}
        if name.casefold() in {one.casefold() for one in taken}:
            reason = f"there is a gesture “{name}” already"
        if reason:
            raise SampleError("The gesture cannot have this name", reason, "Choose another name.")
        return name


def label_for(name: str, taken: Collection[str]) -> str:
    """A label for a gesture that people call ``name``: the name itself if it can be one.

    Args:
        taken: labels that it has to differ from, not in case only.
    """
    folded = {one.casefold() for one in taken}
    if is_usable_label(name) and name.casefold() not in folded:
        return name
    letters = unicodedata.normalize("NFKD", name)
    letters = "".join(one for one in letters if not unicodedata.combining(one))
    base = _NOT_IN_LABELS.sub("_", letters).strip("_-")[:MAX_LABEL_LENGTH]
    if is_usable_label(base) and base.casefold() not in folded:
        return base
    base, count = (base[: MAX_LABEL_LENGTH - 5], 2) if is_usable_label(base) else ("gesture", 1)
    while f"{base}-{count}".casefold() in folded:
        count += 1
    return f"{base}-{count}"


def load_gesture_set(root: Path) -> GestureSet:
    """The gestures of the set in ``root``; an empty value where there are none yet.

    An entry that cannot be used costs only itself (logged). A file that cannot be used as a whole
    is kept as ``set.json.old``, so that it is complained about once and then begun anew.

    Raises:
        SampleError: the file cannot be read or used.
    """
    path = root / SET_NAME
    try:
        with path.open("rb") as file:
            return parse_gesture_set(file.read(MAX_SET_BYTES + 1))
    except FileNotFoundError:
        return GestureSet()
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror})"
        next_step = "Make the file readable."
        raise SampleError("The names of your gestures are not known", reason, next_step) from error
    except RefusalError as error:
        raise _unusable(path, error) from error


def save_gesture_set(root: Path, value: GestureSet) -> None:
    """Replace the file; the folder is made if needed.

    Raises:
        SampleError: it cannot be written; the old one is untouched.
    """
    with changing_set(root):
        try:
            write_atomically(root / SET_NAME, dump_gesture_set(value))
        except OSError as error:
            raise unwritable(root / SET_NAME, error) from error


def dump_gesture_set(value: GestureSet) -> bytes:
    """The content of ``set.json``."""
    content = {
        "schema": SET_SCHEMA,
        "gestures": [
            {"label": one.label, "name": one.name, "color": one.color} for one in value.gestures
        ],
        "switched_off": sorted(value.switched_off),
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def parse_gesture_set(content: bytes) -> GestureSet:
    """Gestures from the content of ``set.json``; entries that cannot be used are left out.

    Raises:
        RefusalError: it cannot be used as a whole.
    """
    if len(content) > MAX_SET_BYTES:
        raise RefusalError(f"{SET_NAME} is larger than any that this app writes")
    value = parse_object(content, SET_NAME)
    if value.get("schema") != SET_SCHEMA:
        raise RefusalError(f"{SET_NAME} has a schema that is not known here")
    gestures: dict[str, Gesture] = {}
    for entry in _list(value.get("gestures")):
        gesture = _gesture(entry)
        if gesture is None or gesture.label.casefold() in gestures:
            _log.warning("an entry of %s cannot be used: %.200r", SET_NAME, entry)
        else:
            gestures[gesture.label.casefold()] = gesture
    off = [one for one in _list(value.get("switched_off")) if isinstance(one, str)]
    return GestureSet(tuple(gestures.values()), frozenset(filter(is_usable_label, off)))


def _gesture(entry: Any) -> Gesture | None:
    if not isinstance(entry, dict):
        return None
    label, name, color = (entry.get(key) for key in ("label", "name", "color"))
    if not isinstance(label, str) or not is_usable_label(label) or label == NO_GESTURE:
        return None
    if not isinstance(name, str) or _objection(name):
        return None
    if not isinstance(color, str) or not _COLOR.fullmatch(color):
        color = COLORS[0]
    return Gesture(label, name, color)


def _objection(name: str) -> str:
    """Why nothing can be called so; empty if it can."""
    if not name:
        return "it is empty"
    if len(name) > MAX_NAME_LENGTH:
        return f"it has more than {MAX_NAME_LENGTH} characters"
    if not name.isprintable() or may_be_markup(name):
        return "it holds characters that cannot be shown"
    return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _unusable(path: Path, error: RefusalError) -> SampleError:
    old = path.with_name(path.name + ".old")
    try:
        path.replace(old)
        next_step = f"Name them again. What was there is kept as {old.name}."
    except OSError:
        next_step = "Make the folder writable."
    return SampleError("The names of your gestures are not known", error.why, next_step)
