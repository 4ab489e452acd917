"""Making golden sets: what a trained network answers to the hands in ``golden_hands``.

The pictures are our own renderings, so that a set may travel with any model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from gesture_app.core.manifest import ModelManifest
from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray, Frame
from gesture_app.store.atomic import write_atomically
from gesture_app.vision.golden import Golden, GoldenHand, coarse, golden_input
from gesture_app.vision.hands import HandDetector

GOLDEN_HANDS = Path(__file__).parent / "golden_hands"
INDEX_NAME = "hands.json"
INDEX_SCHEMA = 1
BATCH = 32


def make_golden(
    net: nn.Module, manifest: ModelManifest, hands: Sequence[GoldenHand] | None = None
) -> Golden:
    """What ``net`` answers to the golden hands, preprocessed as the manifest says.

    Args:
        hands: others than those in ``golden_hands``.
    """
    chosen = tuple(read_hands() if hands is None else hands)
    batch = golden_input(chosen, manifest.preprocess)
    return Golden(
        chosen, manifest.preprocess, manifest.labels, coarse(batch.crops), run_torch(net, batch)
    )


@torch.no_grad()
def run_torch(net: nn.Module, batch: NetworkInput) -> FloatArray:
    """Logits (N, labels) of the trained network in evaluation mode, fp32 on the CPU."""
    net.eval()
    parts = []
    for start in range(0, len(batch.crops), BATCH):
        rows = slice(start, start + BATCH)
        crops, landmarks = batch.crops[rows], batch.landmarks[rows]
        parts.append(net(torch.from_numpy(crops), torch.from_numpy(landmarks)).float().numpy())
    return np.concatenate(parts)


def read_hands(folder: Path = GOLDEN_HANDS) -> list[GoldenHand]:
    """Pictures and landmarks as `write_hands` left them.

    Raises:
        OSError: a file cannot be read.
        ValueError: they were written by another version.
    """
    index = json.loads((folder / INDEX_NAME).read_text("utf-8"))
    if index["schema"] != INDEX_SCHEMA:
        raise ValueError(f"{folder / INDEX_NAME} was written by another version")
    return [
        GoldenHand(
            (folder / hand["picture"]).read_bytes(), np.asarray(hand["landmarks"], np.float32)
        )
        for hand in index["hands"]
    ]


def write_hands(pictures: Sequence[Path], detector: HandDetector, folder: Path) -> int:
    """Find the one hand in each JPEG and keep it, with the picture, in ``folder``.

    Pictures in which the detector finds none, or several, are left out.

    Returns:
        How many were kept.

    Raises:
        OSError: a picture cannot be read, or the folder cannot be written.
    """
    rows = []
    for path in pictures:
        bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if bgr is None:
            raise OSError(f"not a readable picture: {path}")
        hands = detector.detect(Frame(0, 0.0, 0, np.asarray(bgr, np.uint8)))
        if len(hands) != 1:
            continue
        landmarks = np.round(hands[0].landmarks.astype(float), 2)
        rows.append({"picture": path.name, "landmarks": landmarks.tolist()})
        write_atomically(folder / path.name, path.read_bytes())
    lines = ",\n".join(json.dumps(row) for row in rows)
    text = f'{{"schema": {INDEX_SCHEMA}, "hands": [\n{lines}\n]}}\n'
    write_atomically(folder / INDEX_NAME, text.encode())
    return len(rows)
