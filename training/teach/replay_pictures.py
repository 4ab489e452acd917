"""Pictures of hands that show the built-in gestures, which ship with the bundled model.

Coordinates (`training.teach.replay`) are enough to fit a last step; a network that learns as a
whole has to see pictures, or it forgets what it is not shown. These are renderings of people who
never lived (docs/rendered-hands.md): nobody's picture has to be handed on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from gesture_app.core.errors import ModelError
from gesture_app.core.types import LANDMARK_COUNT
from gesture_app.store.archive_contents import REPLAY_PICTURES_NAME
from gesture_app.store.atomic import write_atomically
from training.cache import CachedHands
from training.datasets import Sample
from training.rendered_set import SOURCE
from training.teach.encoded_contexts import EncodedContexts

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ReplayPictures:
    """What ships.

    Attributes:
        learn: to train with, beside a person's own pictures.
        judge: other ones, which nothing was ever trained with, the base neither.
        sha256: of the file.
    """

    learn: CachedHands
    judge: CachedHands
    sha256: str


@dataclass(frozen=True, slots=True)
class ReplayPicture:
    """One hand.

    Attributes:
        jpeg: a hand's context, see `gesture_app.core.context`.
        landmarks: float32 (21, 3) in its pixels.
        picture_box: float32 (4,), see `HandContext`.
        judged: nothing is trained with it.
    """

    jpeg: bytes
    landmarks: NDArray[np.float32]
    picture_box: NDArray[np.float32]
    label: str
    judged: bool


def load_replay_pictures(model_folder: Path) -> ReplayPictures:
    """Read the pictures that come with a model; each is decoded once, to be sure of it.

    Raises:
        ModelError: there are none, or the file is not what it has to be.
    """
    import hashlib

    path = model_folder / REPLAY_PICTURES_NAME
    try:
        with safetensors.safe_open(path, "np") as opened:
            about = json.loads((opened.metadata() or {})["replay_pictures"])
            stored = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
        if about["schema"] != SCHEMA:
            raise ValueError("it was written by another version")
        pictures = _checked(stored, [str(label) for label in about["labels"]])
        learn, judge = (_hands_of([p for p in pictures if p.judged is j]) for j in (False, True))
        for hands in (learn, judge):
            for row in range(len(hands.samples)):
                hands.contexts[row]
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, IndexError, safetensors.SafetensorError) as error:
        raise ModelError(
            "All layers of this model cannot be trained",
            f"{path.name} cannot be used ({type(error).__name__}: {error})",
            "Install the app again: the bundled model is the one that gestures are taught to.",
        ) from error
    return ReplayPictures(learn, judge, sha256)


def save_replay_pictures(path: Path, pictures: Sequence[ReplayPicture]) -> None:
    """Write what `load_replay_pictures` reads.

    Raises:
        OSError: nothing was changed.
    """
    labels = sorted({picture.label for picture in pictures})
    ends = np.cumsum([0, *(len(picture.jpeg) for picture in pictures)])
    tensors: dict[str, NDArray[Any]] = {
        "jpegs": np.frombuffer(b"".join(picture.jpeg for picture in pictures), np.uint8),
        "ends": ends.astype(np.int64),
        "landmarks": np.stack([picture.landmarks for picture in pictures]).astype(np.float32),
        "picture_boxes": np.stack([picture.picture_box for picture in pictures]).astype(np.float32),
        "targets": np.array([labels.index(picture.label) for picture in pictures], np.uint16),
        "judged": np.array([picture.judged for picture in pictures], np.bool_),
    }
    about = {"schema": SCHEMA, "labels": labels}
    write_atomically(path, safetensors.numpy.save(tensors, {"replay_pictures": json.dumps(about)}))


def _checked(stored: dict[str, NDArray[Any]], labels: list[str]) -> list[ReplayPicture]:
    jpegs, ends, judged = stored["jpegs"], stored["ends"], stored["judged"]
    landmarks, boxes, targets = stored["landmarks"], stored["picture_boxes"], stored["targets"]
    count = len(targets)
    sound = (
        jpegs.dtype == np.uint8
        and ends.shape == (count + 1,)
        and landmarks.shape == (count, LANDMARK_COUNT, 3)
        and boxes.shape == (count, 4)
        and judged.shape == (count,)
        and np.isfinite(landmarks.astype(np.float32)).all()
        and np.isfinite(boxes.astype(np.float32)).all()
    )
    places = [int(end) for end in ends]
    if not sound or places != sorted(places) or (places[0], places[-1]) != (0, len(jpegs)):
        raise ValueError("its parts do not belong together")
    whole = jpegs.tobytes()
    return [
        ReplayPicture(
            whole[places[row] : places[row + 1]],
            landmarks[row].astype(np.float32),
            boxes[row].astype(np.float32),
            labels[int(targets[row])],
            bool(judged[row]),
        )
        for row in range(count)
    ]


def _hands_of(pictures: Sequence[ReplayPicture]) -> CachedHands:
    if not pictures:
        raise ValueError("it has pictures of one kind only")
    return CachedHands(
        EncodedContexts([picture.jpeg for picture in pictures]),
        np.stack([picture.landmarks for picture in pictures]),
        np.stack([picture.picture_box for picture in pictures]),
        tuple(
            # Every rendered hand is drawn of a body of its own.
            Sample(Path(f"{one.label}/{row:05d}.jpg"), one.label, None, SOURCE, tight=False)
            for row, one in enumerate(pictures)
        ),
    )
