"""Where pictures come from: the `PictureSource` interface and what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Protocol

from msgspec import Meta

Part = Annotated[float, Meta(ge=-1, le=2)]
Size = Annotated[float, Meta(gt=0, le=2)]
Box = tuple[Part, Part, Size, Size]
"""Left, top, width, height as parts of the picture's width and height. May reach a little beyond
the picture."""


@dataclass(frozen=True, slots=True)
class LabelledHand:
    """A hand that a source says is in a picture.

    Attributes:
        label: what it shows.
        box: where it is, or None where the source does not say.
    """

    label: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """One picture of a source.

    Attributes:
        file: its name within the source, with forward slashes.
        hands: what is labelled in it, at least one.
        person: who is on it, or None where the source does not say.
        session: the recording that it belongs to, or None. Unique over people.
    """

    file: str
    hands: tuple[LabelledHand, ...]
    person: str | None = None
    session: str | None = None


class PictureSource(Protocol):
    """Labelled pictures. Used by one thread."""

    def pictures(self) -> Sequence[SourcePicture]:
        """All of them, in an order that does not change, frames of a recording in their order.

        None if all their classes are dropped.

        Raises:
            DataError: there is nothing to read, or the source is malformed.
        """

    def notes(self) -> Sequence[str]:
        """What a person should know of how the source was read, a sentence each."""

    def read(self, file: str) -> bytes:
        """The encoded picture.

        Raises:
            OSError: it cannot be read.
        """

    def close(self) -> None:
        """Release files. The source is not used afterwards."""


def natural_order(names: Iterable[str]) -> list[str]:
    """Sorted so that ``2.jpg`` comes before ``10.jpg``: the order in which frames were taken."""

    def key(name: str) -> tuple[list[tuple[int, str]], str]:
        parts = re.findall(r"\d+|\D+", name)
        numbered = [(int(p), "") if p.isascii() and p.isdigit() else (0, p) for p in parts]
        return numbered, name

    return sorted(names, key=key)


def is_inside(name: str) -> bool:
    """Whether a relative path with forward slashes stays below where it starts."""
    path = PurePosixPath(name)
    return (
        bool(name)
        and not path.is_absolute()
        and ".." not in path.parts
        and "\\" not in name
        and ":" not in name
        and name.isprintable()
    )
