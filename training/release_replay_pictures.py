"""The rendered pictures that ship with the bundled model for teaching all its layers: see
`training.teach.replay_pictures`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import cv2
import numpy as np

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.archive_contents import REPLAY_PICTURES_NAME
from training.cache import CachedHands
from training.teach.replay_pictures import ReplayPicture, save_replay_pictures

LEARNT, JUDGED = 16, 10
"""Pictures of a gesture; of no gesture, which looks like anything, more."""

NOTHING_FACTOR = 3

JPEG_QUALITY = 85
"""What a webcam's own compression leaves; at 95 the file is almost twice as large."""


def write_replay_pictures(
    model_folder: Path, labels: Collection[str], learn: CachedHands, judge: CachedHands
) -> int:
    """Leave pictures of every label in a model's folder.

    Args:
        learn: rendered hands that the model may have learnt from.
        judge: others, which no network was trained with.

    Returns:
        How many were written.

    Raises:
        OSError: nothing was changed.
    """
    pictures = [
        *_chosen(learn, labels, LEARNT, judged=False),
        *_chosen(judge, labels, JUDGED, judged=True),
    ]
    save_replay_pictures(model_folder / REPLAY_PICTURES_NAME, pictures)
    return len(pictures)


def _chosen(
    hands: CachedHands, labels: Collection[str], each: int, *, judged: bool
) -> Iterator[ReplayPicture]:
    """The first ones of each label; the renderer draws everything about each at random."""
    left = {label: each * (NOTHING_FACTOR if label == NO_GESTURE else 1) for label in labels}
    for row, sample in enumerate(hands.samples):
        if left.get(sample.label, 0) == 0:
            continue
        left[sample.label] -= 1
        context = np.asarray(hands.contexts[row])
        _, jpeg = cv2.imencode(".jpg", context, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        yield ReplayPicture(
            jpeg.tobytes(), hands.landmarks[row], hands.picture_boxes[row], sample.label, judged
        )
