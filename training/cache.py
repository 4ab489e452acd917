"""Finding the hand once per picture and keeping the surroundings of it for training.

The same detector as in the app finds the hand; what is stored is a larger square around it (the
*context*), so that training can vary scale, shift and rotation before the app's own crop is cut.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gesture_app.core.preprocess import Square, crop_square, square_around
from gesture_app.core.types import BgrImage, FloatArray, Frame, Hand
from gesture_app.vision.hands import HandDetector
from training.datasets import OTHER_HAND, Sample

CONTEXT_SIZE = 192
CONTEXT_MARGIN = 2.2
"""Room for a crop of margin 1.4 turned by 45 degrees (1.4 * sqrt 2 = 1.98) and a shift."""

TIGHT_SIZE = 224
TIGHT_PADDING = 0.6
"""Tight crops are enlarged to 224 px and padded by 60 % so that MediaPipe's palm detector, trained
on whole scenes, finds the hand (48 % found as they are, 91 % so)."""

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class CachedHands:
    """Hands of a data set, one row each.

    Attributes:
        contexts: uint8 (N, CONTEXT_SIZE, CONTEXT_SIZE, 3) BGR, memory-mapped.
        landmarks: float32 (N, 21, 3) in context pixels.
        picture_boxes: float32 (N, 4), left, top, right, bottom of the real picture in context
            pixels; what lies outside is replicated border that augmentation may replace.
        samples: the picture that each hand came from.
    """

    contexts: NDArray[np.uint8]
    landmarks: FloatArray
    picture_boxes: FloatArray
    samples: tuple[Sample, ...]


def read_picture(sample: Sample) -> BgrImage:
    """The picture as the detector sees it: tight crops enlarged and padded.

    Raises:
        OSError: the file is not a readable picture.
    """
    bgr = cv2.imread(str(sample.path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise OSError(f"not a readable picture: {sample.path}")
    if sample.tight:
        scale = TIGHT_SIZE / max(bgr.shape[:2])
        bgr = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        pad = round(TIGHT_SIZE * TIGHT_PADDING)
        bgr = cv2.copyMakeBorder(bgr, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    return np.asarray(bgr, np.uint8)


def hands_to_keep(sample: Sample, hands: Sequence[Hand]) -> list[Hand]:
    """All hands of a picture without gestures, else the largest (the labelled one)."""
    if sample.label == OTHER_HAND or len(hands) < 2:
        return list(hands)
    return [max(hands, key=lambda hand: hand.box[2] * hand.box[3])]


def build_cache(
    samples: Iterable[Sample],
    detector: HandDetector,
    out: Path,
    report: Callable[[], None] = lambda: None,
) -> Counter[str]:
    """Find the hands of ``samples`` and write them, one row each, under ``out``.

    Returns:
        Counts by ``LABEL found`` and ``LABEL missed``.
    """
    contexts, landmarks, boxes, rows = [], [], [], []
    counts: Counter[str] = Counter()
    for sample in samples:
        bgr = read_picture(sample)
        hands = hands_to_keep(sample, detector.detect(Frame(0, 0.0, 0, bgr)))
        counts[f"{sample.label} {'found' if hands else 'missed'}"] += 1
        for hand in hands:
            square = square_around(hand.landmarks, CONTEXT_MARGIN)
            contexts.append(crop_square(bgr, square, CONTEXT_SIZE))
            corner = np.array(
                [square.center_x - square.side / 2, square.center_y - square.side / 2, 0],
                np.float32,
            )
            landmarks.append((hand.landmarks - corner) * np.float32(CONTEXT_SIZE / square.side))
            boxes.append(_picture_box(sample, bgr, square))
            rows.append(_to_row(sample))
        report()
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "contexts.npy", np.stack(contexts))
    np.save(out / "landmarks.npy", np.stack(landmarks))
    np.save(out / "picture_boxes.npy", np.stack(boxes))
    # The index is written last: its presence says that the cache is whole.
    header = json.dumps({"schema": SCHEMA, "context_size": CONTEXT_SIZE, "count": len(rows)})
    (out / "index.jsonl").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return counts


def load_cache(folder: Path) -> CachedHands:
    """Open what `build_cache` wrote.

    Raises:
        FileNotFoundError: there is no whole cache.
        ValueError: it was written by another version.
    """
    header, *rows = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    found = json.loads(header)
    if found["schema"] != SCHEMA or found["context_size"] != CONTEXT_SIZE:
        raise ValueError(f"{folder} was written by another version; delete it and import again")
    return CachedHands(
        np.load(folder / "contexts.npy", mmap_mode="r"),
        np.load(folder / "landmarks.npy"),
        np.load(folder / "picture_boxes.npy"),
        tuple(_from_row(row) for row in rows),
    )


def _picture_box(sample: Sample, bgr: BgrImage, square: Square) -> FloatArray:
    """Where the picture proper lies in the context, without the padding of `read_picture`."""
    height, width = bgr.shape[:2]
    pad = round(TIGHT_SIZE * TIGHT_PADDING) if sample.tight else 0
    left = square.center_x - square.side / 2
    top = square.center_y - square.side / 2
    edges = np.array([pad - left, pad - top, width - pad - left, height - pad - top], np.float32)
    return edges * np.float32(CONTEXT_SIZE / square.side)


def _to_row(sample: Sample) -> str:
    return json.dumps(
        {
            "path": str(sample.path),
            "label": sample.label,
            "person": sample.person,
            "source": sample.source,
            "tight": sample.tight,
        }
    )


def _from_row(row: str) -> Sample:
    value = json.loads(row)
    return Sample(
        Path(value["path"]), value["label"], value["person"], value["source"], value["tight"]
    )
