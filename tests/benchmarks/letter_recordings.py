"""Recordings of letters by several people, in the shared data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LEARNT, TESTED = range(40), range(60, 100)
FEW = range(0, 40, 4)
"""Ten frames, spread over the stretch that is learnt from."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """``personal`` of the shared data."""

    root: Path

    @property
    def people(self) -> list[str]:
        return sorted(path.name for path in self.root.iterdir() if path.is_dir())

    def letters(self, person: str) -> tuple[str, ...]:
        return tuple(sorted(path.name for path in (self.root / person).iterdir() if path.is_dir()))

    def frames(self, person: str, letter: str, numbers: Iterable[int]) -> list[Path]:
        folder = self.root / person / letter
        paths = (folder / f"{number:03d}.jpg" for number in numbers)
        return [path for path in paths if path.is_file()]
