"""Small sources of pictures for tests of data sets, imports of them, and rows without pictures."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from gesture_app.vision.hands import HandDetector
from tests.fakes import FakeDetector, make_hand
from training.data.dataset_file import DataSet
from training.data.importing import ImportJob, import_set
from training.data.manifest import HandRow
from training.data.sources import PictureSource

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


def job_of(source: PictureSource, out: Path) -> ImportJob:
    return ImportJob(source, out, "hands", "CC0", "folders", "here", tight=False, seed=1, share=0.4)


def import_quietly(
    source: PictureSource, out: Path, detector: HandDetector
) -> tuple[DataSet, tuple[HandRow, ...]]:
    with closing(source):
        return import_set(job_of(source, out), detector, lambda _done, _total: None)


def one_hand_each() -> FakeDetector:
    """One hand in each picture, none in the wholly black ones."""
    return FakeDetector(lambda frame: (make_hand((60, 60), 50),) if frame.bgr.any() else ())


def write_shades(root: Path, count: int) -> Path:
    rng = np.random.default_rng(0)
    (root / "like").mkdir(parents=True)
    for number in range(count):
        noise = rng.integers(0, 256, (120, 120, 3)).astype(np.uint8)
        cv2.imwrite(str(root / "like" / f"{number}.png"), noise * (number % 5 > 0))
    return root
