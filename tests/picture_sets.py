"""Small sources of pictures for tests of data sets, and rows of manifests without pictures."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.data.manifest import HandRow

HANDS = Path(__file__).parent / "fixtures" / "hands"


def hand_picture(name: str) -> bytes:
    """A rendered picture: ``like_1``, ``empty_2``, …"""
    return (HANDS / f"{name}.jpg").read_bytes()


def write_pictures(root: Path, pictures: Mapping[str, str]) -> Path:
    """``{"ann/like/1.jpg": "like_1"}`` → a folder with that picture."""
    for path, name in pictures.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HANDS / f"{name}.jpg", target)
    return root


def write_names(root: Path, names: Sequence[str]) -> Path:
    """Empty files: enough for readers, which only look at names."""
    for name in names:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    return root


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def hand_row(
    number: int,
    label: str = "like",
    person: str | None = None,
    session: str | None = None,
    phash: int | None = None,
    content: int | None = None,
) -> HandRow:
    """A found hand. Unless told otherwise, its picture is like no other."""
    # Spread so that no two hashes are near: multiples of a large odd number.
    spread = (number + 1) * 0x9E3779B97F4A7C15 % 2**64
    return HandRow(
        file=f"{number}.jpg",
        sha256=f"{number if content is None else content:064x}",
        hand=0,
        label=label,
        person=person,
        session=session,
        source="made-up",
        licence="none",
        box=None,
        row=number,
        missing=None,
        phash=f"{spread if phash is None else phash:016x}",
    )
