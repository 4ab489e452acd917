"""Finding the hand once per picture and keeping the surroundings of it for training.

The same detector as in the app finds the hand; what is stored is a larger square around it (the
*context*), so that training can vary scale, shift and rotation before the app's own crop is cut.
Hands go to the disk as they are found and are mapped into memory when they are used, so that a
data set may be larger than memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from gesture_app.core.context import CONTEXT_SIZE, HandContext, cut_context
from gesture_app.core.types import LANDMARK_COUNT, BgrImage, FloatArray, Frame, Hand
from gesture_app.store.atomic import write_atomically
from gesture_app.vision.hands import HandDetector
from training.datasets import OTHER_HAND, Sample
from training.growing_array import GrowingArray

TIGHT_SIZE = 224
TIGHT_PADDING = 0.6
"""Tight crops are enlarged to 224 px and padded by 60 % so that MediaPipe's palm detector, trained
on whole scenes, finds the hand (48 % found as they are, 91 % so)."""

SCHEMA = 1


class ContextRows(Protocol):
    """Contexts by row, read from the disk when asked for: a memory-mapped array, or a part of one.

    Each is uint8 (CONTEXT_SIZE, CONTEXT_SIZE, 3) BGR.
    """

    def __len__(self) -> int: ...

    def __getitem__(self, row: int, /) -> BgrImage: ...


@dataclass(frozen=True, slots=True)
class _ChosenRows:
    """Some rows of an array without a copy of them."""

    array: ContextRows
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, row: int, /) -> BgrImage:
        return self.array[int(self.rows[row])]


@dataclass(frozen=True, slots=True)
class CachedHands:
    """Hands of a data set, one row each.

    Attributes:
        contexts: uint8 (N, CONTEXT_SIZE, CONTEXT_SIZE, 3) BGR, on the disk until asked for.
        landmarks: float32 (N, 21, 3) in context pixels.
        picture_boxes: float32 (N, 4), left, top, right, bottom of the real picture in context
            pixels; what lies outside is replicated border that augmentation may replace.
        samples: the picture that each hand came from.
    """

    contexts: ContextRows
    landmarks: FloatArray
    picture_boxes: FloatArray
    samples: tuple[Sample, ...]

    def part(self, rows: Sequence[int]) -> CachedHands:
        """These rows, in this order; the contexts stay on the disk."""
        chosen = np.asarray(rows, np.int64)
        return CachedHands(
            _ChosenRows(self.contexts, chosen),
            self.landmarks[chosen],
            self.picture_boxes[chosen],
            tuple(self.samples[row] for row in rows),
        )


class CacheWriter:
    """Writes a cache hand by hand; what was written can be gone on with after a crash.

    Args:
        folder: of the cache.
        count: how many hands of an earlier, unfinished cache to keep.

    Raises:
        ValueError: fewer hands than ``count`` are there.
    """

    def __init__(self, folder: Path, count: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = folder / "index.jsonl"
        # Its presence says that the cache is whole.
        self._index.unlink(missing_ok=True)
        shape = (CONTEXT_SIZE, CONTEXT_SIZE, 3)
        self._contexts = GrowingArray(folder / "contexts.npy", np.uint8, shape, count)
        self._landmarks = GrowingArray(
            folder / "landmarks.npy", np.float32, (LANDMARK_COUNT, 3), count
        )
        self._boxes = GrowingArray(folder / "picture_boxes.npy", np.float32, (4,), count)

    def __enter__(self) -> CacheWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for array in (self._contexts, self._landmarks, self._boxes):
            array.close()

    def add(self, hand: HandContext) -> int:
        """Append one hand; returns its row."""
        self._contexts.append(hand.bgr)
        self._landmarks.append(hand.landmarks)
        return self._boxes.append(hand.picture_box)

    def flush(self) -> None:
        """Bring what was added to the disk."""
        for array in (self._contexts, self._landmarks, self._boxes):
            array.flush()

    def finish(self, samples: Sequence[Sample]) -> None:
        """Make the cache whole; ``samples`` are the pictures of its hands, row by row."""
        self.flush()
        header = json.dumps({"schema": SCHEMA, "context_size": CONTEXT_SIZE, "count": len(samples)})
        rows = "\n".join([header, *map(_to_row, samples)]) + "\n"
        write_atomically(self._index, rows.encode("utf-8"))


def read_picture(sample: Sample) -> BgrImage:
    """The picture as the detector sees it: tight crops enlarged and padded.

    Raises:
        OSError: the file is not a readable picture.
    """
    bgr = cv2.imread(str(sample.path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise OSError(f"not a readable picture: {sample.path}")
    picture = np.asarray(bgr, np.uint8)
    return with_room(picture) if sample.tight else picture


def with_room(bgr: BgrImage) -> BgrImage:
    """A picture that is cut to the hand, enlarged and padded so that a detector finds the hand."""
    scale = TIGHT_SIZE / max(bgr.shape[:2])
    size = [max(round(side * scale), 1) for side in bgr.shape[1::-1]]
    large = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA)
    pad = round(TIGHT_SIZE * TIGHT_PADDING)
    return np.asarray(cv2.copyMakeBorder(large, pad, pad, pad, pad, cv2.BORDER_REPLICATE), np.uint8)


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
    rows: list[Sample] = []
    counts: Counter[str] = Counter()
    with CacheWriter(out) as writer:
        for sample in samples:
            bgr = read_picture(sample)
            hands = hands_to_keep(sample, detector.detect(Frame(0, 0.0, 0, bgr)))
            counts[f"{sample.label} {'found' if hands else 'missed'}"] += 1
            for hand in hands:
                writer.add(context_of(bgr, hand, sample.tight))
                rows.append(sample)
            report()
        writer.finish(rows)
    return counts


def context_of(bgr: BgrImage, hand: Hand, tight: bool) -> HandContext:
    """The surroundings of ``hand`` in a picture as `read_picture` gives it."""
    padding = round(TIGHT_SIZE * TIGHT_PADDING) if tight else 0
    return cut_context(bgr, hand.landmarks, padding)


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
