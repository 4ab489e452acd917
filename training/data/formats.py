"""The forms in which labelled pictures come."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    FOLDERS = "folders"
    HAGRID = "hagrid"
    TEACHABLE_MACHINE = "teachable-machine"


class Layout(StrEnum):
    """What the folders above a picture mean, outermost first."""

    LABEL = "label"
    PERSON_LABEL = "person/label"
    LABEL_SESSION = "label/session"
    PERSON_LABEL_SESSION = "person/label/session"
    PERSON_SESSION_LABEL = "person/session/label"

    @property
    def parts(self) -> list[str]:
        return self.value.split("/")
