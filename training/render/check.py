"""Measuring rendered pictures: how often MediaPipe takes what is on them for a hand."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
from rich.progress import Progress
from rich.table import Table

from gesture_app.core.types import NO_GESTURE, BgrImage, Frame, Hand
from gesture_app.vision.mediapipe_hands import MediaPipeHands
from training.render.clip_script import FPS, TRANSITION
from training.render.rotation import Array

Counts = Counter[str]


def check_stills(folder: Path, model: bytes, progress: Progress) -> Table:
    """Found hands by label of all stills in ``folder``, with and without second looks. A hand that
    is seen where none was rendered does not count.

    Raises:
        OSError: the folder holds no ``labels.jsonl`` or a picture is missing.
    """
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    alone = MediaPipeHands(model, video=False, alone=True)
    app = MediaPipeHands(model, video=False)
    total, by_alone, by_app = Counts(), Counts(), Counts()
    try:
        for line in progress.track(lines, description="Looking for hands"):
            record = json.loads(line)
            frame = Frame(0, 0.0, 0, _read(folder / record["file"]))
            joints = np.array(record["joints"])
            found = any(_in_place(hand, joints) for hand in alone.detect(frame))
            total[record["label"]] += 1
            by_alone[record["label"]] += found
            by_app[record["label"]] += found or any(
                _in_place(hand, joints) for hand in app.detect(frame)
            )
    finally:
        alone.close()
        app.close()
    return _table("stills", total, {"MediaPipe alone": by_alone, "with second looks": by_app})


def _in_place(hand: Hand, joints: Array) -> bool:
    """Whether the found hand's middle lies within half a hand of the rendered one's, (21, 2)."""
    size = float((joints.max(axis=0) - joints.min(axis=0)).max())
    away = hand.landmarks[:, :2].mean(axis=0) - joints.mean(axis=0)
    return float(np.linalg.norm(away)) < size / 2


def check_clip(folder: Path, model: bytes, progress: Progress) -> Table:
    """Frames with a hand by label of ``demo.mp4`` in ``folder``, MediaPipe alone, as a stream.

    Raises:
        OSError: clip or labels are missing.
    """
    labels = _frame_labels(folder / "demo.labels.csv")
    video = cv2.VideoCapture(str(folder / "demo.mp4"))
    detector = MediaPipeHands(model, video=True, alone=True)
    total, found = Counts(), Counts()
    try:
        for index, label in enumerate(progress.track(labels, description="Looking for hands")):
            there, bgr = video.read()
            if not there:
                raise OSError(f"the clip ends at frame {index} of {len(labels)}")
            total[label] += 1
            picture = np.asarray(bgr, np.uint8)
            found[label] += bool(detector.detect(Frame(index, index * 1000 / FPS, 0, picture)))
    finally:
        detector.close()
        video.release()
    return _table("frames", total, {"MediaPipe alone": found})


def _frame_labels(path: Path) -> list[str]:
    labels: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels += [row["label"]] * (int(row["last_frame"]) + 1 - int(row["first_frame"]))
    return labels


def _read(path: Path) -> BgrImage:
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise OSError(f"{path} is not a readable picture")
    return np.asarray(bgr, np.uint8)


def _table(unit: str, total: Counts, found: dict[str, Counts]) -> Table:
    table = Table("label", unit, *found, title="Hands found")
    for label, count in sorted(total.items()):
        table.add_row(label, str(count), *(_share(hits[label], count) for hits in found.values()))
    gestures = [label for label in total if label not in (NO_GESTURE, TRANSITION)]
    for name, chosen in (("all gestures", gestures), ("all", list(total))):
        count = sum(total[label] for label in chosen)
        sums = (sum(hits[label] for label in chosen) for hits in found.values())
        table.add_row(name, str(count), *(_share(hits, count) for hits in sums))
    return table


def _share(hits: int, count: int) -> str:
    return f"{hits} ({hits / count:.1%})" if count else "-"
