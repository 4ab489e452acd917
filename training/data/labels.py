"""Names of classes in a source → labels of a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from training.data.errors import DataError

DROPPED = "-"
"""In a label map: pictures of this class are not imported."""

LABEL = re.compile(r"[a-z0-9][a-z0-9_\-]{0,39}")
"""What a model's manifest takes as a label."""


@dataclass(frozen=True, slots=True)
class LabelMap:
    """Which label a class gets; classes that are not named keep theirs, lower case without blanks.

    Attributes:
        names: class in the source → label, or `DROPPED`.
    """

    names: Mapping[str, str] = field(default_factory=dict)

    def label_of(self, name: str) -> str | None:
        """The label of class ``name``, or None if it is dropped.

        Raises:
            DataError: the name cannot be a label.
        """
        label = self.names.get(name)
        if label == DROPPED:
            return None
        if label is None:
            label = re.sub(r"\s+", "_", name.strip()).lower()
        if not LABEL.fullmatch(label):
            raise DataError(
                f"The class {name!r} cannot be imported as it is",
                "labels consist of a to z, 0 to 9, _ and -, at most 40 of them",
                f'Give it one with --label-map "{name}=NAME", or leave it out with '
                f'--label-map "{name}={DROPPED}".',
            )
        return label


def parse_label_map(pairs: Iterable[str]) -> LabelMap:
    """``CLASS=LABEL`` each; ``CLASS=-`` drops a class.

    Raises:
        DataError: a pair is malformed, or a class is named twice.
    """
    names: dict[str, str] = {}
    for pair in pairs:
        name, equals, label = pair.rpartition("=")
        good = equals and name and (label == DROPPED or LABEL.fullmatch(label))
        if not good or name in names:
            raise DataError(
                "The label map cannot be used",
                f"{pair!r} is not CLASS=LABEL with a label of a to z, 0 to 9, _ and -"
                if not good
                else f"the class {name!r} stands in it twice",
                'Write for example --label-map "Class 1=like" "Class 2=-" (- leaves a class out).',
            )
        names[name] = label
    return LabelMap(names)
