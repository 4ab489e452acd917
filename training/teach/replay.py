"""Hands of the built-in gestures that ship with the bundled model: as coordinates, not as pictures.

They keep a head from forgetting what the base knows, and from taking other hands for a gesture. No
picture, and nothing that a picture could be made of again, is among them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from gesture_app.core.errors import ModelError
from gesture_app.store.archive_contents import REPLAY_NAME
from gesture_app.store.atomic import write_atomically
from training.teach.feature_set import FeatureSet
from training.teach.space import FeatureSpace

SCHEMA = 1
_STEPS = 127
"""Coordinates are stored in so many steps on either side of zero."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What ships.

    Attributes:
        learn: to fit heads to, varied like a person's own pictures.
        judge: plain pictures of other people, or of other photographs where people are not known,
            that no head is fitted to.
    """

    space: FeatureSpace
    learn: FeatureSet
    judge: FeatureSet


def load_replay(model_folder: Path) -> Replay:
    """Read the hands that come with a model.

    Raises:
        ModelError: there are none, or the file is not what it has to be.
    """
    path = model_folder / REPLAY_NAME
    try:
        with safetensors.safe_open(path, "np") as opened:
            about = json.loads((opened.metadata() or {})["replay"])
            stored = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
        if about["schema"] != SCHEMA:
            raise ValueError("it was written by another version")
        labels = tuple(str(label) for label in about["labels"])
        groups = tuple(str(group) for group in about["groups"])
        space = FeatureSpace(stored["mean"].astype(np.float32), stored["basis"].astype(np.float32))
        whole = FeatureSet(
            features=stored["coordinates"] * stored["step"].astype(np.float32),
            logits=stored["logits"].astype(np.float32),
            targets=tuple(labels[row] for row in stored["targets"]),
            groups=tuple(groups[row] for row in stored["groups"]),
            ids=("",) * len(stored["targets"]),
            plain=stored["plain"].astype(np.bool_),
        )
        judged = stored["judge"].astype(np.bool_)
    except (OSError, ValueError, KeyError, IndexError, safetensors.SafetensorError) as error:
        raise ModelError(
            "This model cannot be taught",
            f"{path.name} cannot be used ({type(error).__name__}: {error})",
            "Install the app again: the bundled model is the one that gestures are taught to.",
        ) from error
    return Replay(space, whole.part(np.flatnonzero(~judged)), whole.part(np.flatnonzero(judged)))


def save_replay(path: Path, replay: Replay) -> None:
    """Write what `load_replay` reads, coordinates rounded to 8 bits.

    Raises:
        OSError: nothing was changed.
    """
    whole = replay.learn.joined(replay.judge)
    labels, groups = sorted(set(whole.targets)), sorted(set(whole.groups))
    step = np.maximum(np.abs(whole.features).max(axis=0) / _STEPS, 1e-9).astype(np.float32)
    tensors = {
        "coordinates": np.round(whole.features / step).astype(np.int8),
        "step": step,
        "logits": whole.logits.astype(np.float16),
        "targets": _rows(whole.targets, labels),
        "groups": _rows(whole.groups, groups),
        "plain": whole.plain,
        "judge": np.arange(len(whole)) >= len(replay.learn),
        "mean": replay.space.mean,
        "basis": replay.space.basis.astype(np.float16),
    }
    about = {"schema": SCHEMA, "labels": labels, "groups": groups}
    write_atomically(path, safetensors.numpy.save(tensors, {"replay": json.dumps(about)}))


def _rows(values: tuple[str, ...], known: list[str]) -> NDArray[np.uint16]:
    places = {value: row for row, value in enumerate(known)}
    return np.array([places[value] for value in values], np.uint16)
