"""Pictures in class folders, with people and recording sessions as folders or parts of names.

Layouts: ``LABEL/NAME``, ``PERSON/LABEL/NAME``, ``LABEL/SESSION/NAME``,
``PERSON/LABEL/SESSION/NAME`` and ``PERSON/SESSION/LABEL/NAME``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from training.data.errors import DataError
from training.data.formats import Layout
from training.data.labels import LabelMap
from training.data.sources import LabelledHand, SourcePicture, is_inside, natural_order
from training.datasets import LABELS, OTHER_HAND, PICTURE_SUFFIXES

PERSON_IN_NAME = re.compile(r"(?P<person>[^/_]+)__[^/]*$")
"""``PERSON__REST.jpg``, taken for the person if every picture of a source is named so."""


@dataclass(frozen=True, slots=True)
class FolderRules:
    """How to read the names of a source.

    Attributes:
        layout: None to tell from the names.
        person_from: searched in the path below the source; its group ``person`` (or its first
            group) is the person, its group ``session`` the session.
        person: who is on all pictures whose names do not tell.
    """

    labels: LabelMap = field(default_factory=LabelMap)
    layout: Layout | None = None
    person_from: re.Pattern[str] | None = None
    person: str | None = None


class ClassFolders:
    """A folder of class folders.

    Raises:
        DataError: it is not a folder.
    """

    def __init__(self, root: Path, rules: FolderRules) -> None:
        if not root.is_dir():
            raise DataError(
                "The pictures cannot be imported",
                f"{root} is not a folder",
                "Name a folder that has one folder of pictures for each gesture.",
            )
        self._root = root
        self._rules = rules
        self._notes: list[str] = []

    def pictures(self) -> Sequence[SourcePicture]:
        files = self._files()
        layout = self._rules.layout or guess_layout(files)
        depth = len(layout.parts)
        fitting = [name for name in files if name.count("/") == depth]
        if not fitting:
            raise DataError(
                "The pictures cannot be imported",
                f"no picture (.jpg, .jpeg, .png) lies in a folder {layout} of {self._root}",
                "Put the pictures of each gesture into a folder with its name, or name another "
                "--layout.",
            )
        self._notes = [f"Folders were read as {layout}."]
        if others := len(files) - len(fitting):
            self._notes.append(f"{others} pictures do not lie in a folder {layout}: left out.")
        pattern = self._rules.person_from
        if pattern is None and all(PERSON_IN_NAME.search(name) for name in fitting):
            pattern = PERSON_IN_NAME
            self._notes.append("File names tell the person: what stands before the first `__`.")
        pictures = (self._picture(name, layout, pattern) for name in fitting)
        return [picture for picture in pictures if picture is not None]

    def notes(self) -> Sequence[str]:
        return tuple(self._notes)

    def read(self, file: str) -> bytes:
        return (self._root / file).read_bytes()

    def close(self) -> None:
        """Nothing is held open."""

    def _files(self) -> list[str]:
        paths = (p for p in self._root.rglob("*") if p.suffix.lower() in PICTURE_SUFFIXES)
        names = (p.relative_to(self._root).as_posix() for p in paths if p.is_file())
        # Hidden folders hold what file managers keep for themselves, such as thumbnails.
        return natural_order(n for n in names if is_inside(n) and "/." not in f"/{n}")

    def _picture(
        self, name: str, layout: Layout, pattern: re.Pattern[str] | None
    ) -> SourcePicture | None:
        meant = dict(zip(layout.parts, PurePosixPath(name).parts, strict=False))
        label = self._rules.labels.label_of(meant["label"])
        if label is None:
            return None
        found = _groups(pattern, name) if pattern else {}
        person = found.get("person") or meant.get("person") or self._rules.person
        session = found.get("session") or meant.get("session")
        if session is not None and person is not None:
            # Two people may both have a session 1.
            session = f"{person}/{session}"
        return SourcePicture(name, (LabelledHand(label),), person, session)


def guess_layout(files: Sequence[str]) -> Layout:
    """The layout of most pictures.

    Of two folders above a picture, the outer one is the label if the outer ones, and not the
    inner ones, have names of known gestures; else the outer one is the person. Of three, the
    innermost is the label under the same condition; else the middle one.
    """
    depths = Counter(name.count("/") for name in files if 0 < name.count("/") <= 3)
    depth = max(depths, key=lambda d: depths[d], default=1)
    folders = (name.split("/")[:-1] for name in files if name.count("/") == depth)
    levels = zip(*folders, strict=True)
    known = [not {*LABELS, OTHER_HAND}.isdisjoint(level) for level in levels]
    if depth == 2:
        return Layout.LABEL_SESSION if known == [True, False] else Layout.PERSON_LABEL
    if depth == 3:
        last = known[2] and not known[1]
        return Layout.PERSON_SESSION_LABEL if last else Layout.PERSON_LABEL_SESSION
    return Layout.LABEL


def parse_person_pattern(text: str) -> re.Pattern[str]:
    """A regular expression with a group.

    Raises:
        DataError: it is none.
    """
    try:
        pattern = re.compile(text)
    except re.error as error:
        reason = f"{text!r} is not a regular expression ({error})"
    else:
        if pattern.groups:
            return pattern
        reason = f"{text!r} has no group"
    raise DataError(
        "The person cannot be told from the names",
        reason,
        "Put brackets around the person, for example --person-from '([a-z]+)_[0-9]+', or name "
        "groups: '(?P<person>[a-z]+)_(?P<session>[0-9]+)'.",
    )


def _groups(pattern: re.Pattern[str], name: str) -> dict[str, str | None]:
    match = pattern.search(name)
    if match is None:
        return {}
    named = match.groupdict()
    return named if named else {"person": match.group(1)}
