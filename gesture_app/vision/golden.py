"""A golden set: pictures of hands and what the trained network answers, stored beside a model.

Whatever else runs that network (another precision, an engine compiled on a user's machine) is shown
the pictures through the app's own preprocessing, and its answers are compared with the stored ones.
The network's input is compared as well: a wrong colour order, crop or normalisation shows there
even where the network hardly minds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import ModelManifest
from gesture_app.core.preprocess import NetworkInput, PreprocessSpec, prepare_hands
from gesture_app.core.types import LANDMARK_COUNT, BgrImage, FloatArray, Hand, Handedness
from gesture_app.store.models import read_manifest
from gesture_app.vision.backends.base import InferenceBackend
from gesture_app.vision.classifier import softmax

GOLDEN_NAME = "golden.safetensors"
GOLDEN_SCHEMA = 1
MAX_GOLDEN_BYTES = 8 * 1024 * 1024
MAX_HANDS = 100
MAX_PICTURE_PIXELS = 2_000_000

COARSE_SIDE = 12
"""Inputs are compared as means over a grid of this many cells a side: small to store, and blind to
the last bit, in which JPEG decoders and resizing differ from processor to processor."""

_JPEG = b"\xff\xd8\xff"
_METADATA = "golden"
"""One key only: the library writes several in no fixed order, and equal sets shall be equal files.
"""


@dataclass(frozen=True, slots=True)
class GoldenHand:
    """One hand in a picture.

    Attributes:
        jpeg: the whole picture, as a file.
        landmarks: float32 (21, 3), pixels of that picture.
    """

    jpeg: bytes
    landmarks: FloatArray


@dataclass(frozen=True, slots=True)
class Golden:
    """Hands, and what the trained network made of them.

    Attributes:
        spec: the model's preprocessing.
        labels: in the order of the logits.
        inputs: float32 (N, 3, COARSE_SIDE, COARSE_SIDE), RGB, the normalised crops averaged.
        logits: float32 (N, labels), of the trained network in fp32.
    """

    hands: tuple[GoldenHand, ...]
    spec: PreprocessSpec
    labels: tuple[str, ...]
    inputs: FloatArray
    logits: FloatArray


@dataclass(frozen=True, slots=True)
class Bound:
    """How far answers may lie from the stored ones.

    Attributes:
        mean_change: of a hand's most changed probability, mean over the hands.
        worst_change: the same, of the worst hand.
        input_change: mean absolute change of the coarse input, in units of the normalised input.
    """

    mean_change: float
    worst_change: float
    input_change: float = 0.02


BOUNDS: Mapping[str, Bound] = {
    "fp32": Bound(mean_change=0.006, worst_change=0.04),
    "fp16": Bound(mean_change=0.006, worst_change=0.04),
    "int8": Bound(mean_change=0.01, worst_change=0.08),
}
"""By the precision that a file computes in. Between what an honest file was measured to change and
what red and blue exchanged change: docs/exporting.md, "Bounds"."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How answers compare with the stored ones.

    Attributes:
        mean_change, worst_change, input_change: see `Bound`.
        same_label: share of hands with the same best label. No bound is set on it: where two
            labels are equally likely, the least change exchanges them.
    """

    mean_change: float
    worst_change: float
    same_label: float
    input_change: float
    samples: int
    bound: Bound

    @property
    def complaint(self) -> str:
        """What is wrong, without a full stop; empty if nothing is."""
        bound = self.bound
        # Written so that what is not a number fails too.
        if not self.input_change <= bound.input_change:
            return (
                f"the network's input differs by {self.input_change:.3f} from what it was in "
                f"training, more than {bound.input_change:g}"
            )
        if not (self.mean_change <= bound.mean_change and self.worst_change <= bound.worst_change):
            return (
                f"probabilities differ by {self.mean_change:.3f} on average and "
                f"{self.worst_change:.3f} at worst, more than {bound.mean_change:g} and "
                f"{bound.worst_change:g}"
            )
        return ""

    @property
    def passed(self) -> bool:
        return not self.complaint


def check(backend: InferenceBackend, golden: Golden, bound: Bound) -> Agreement:
    """Show ``backend`` the golden set, one or two hands at a time as in live use.

    Raises:
        BackendError: the runtime failed.
    """
    batch = golden_input(golden.hands, golden.spec)
    answers = [
        backend.run(NetworkInput(batch.crops[rows], batch.landmarks[rows]))
        for rows in _ones_and_pairs(len(golden.hands))
    ]
    return compare(batch, np.concatenate(answers), golden, bound)


def compare(batch: NetworkInput, logits: FloatArray, golden: Golden, bound: Bound) -> Agreement:
    """Compare an input and the answers to it (N, labels) with the stored ones."""
    input_change = float(np.abs(coarse(batch.crops) - golden.inputs).mean())
    samples = len(golden.hands)
    if logits.shape != golden.logits.shape or not np.isfinite(logits).all():
        return Agreement(np.inf, np.inf, 0.0, input_change, samples, bound)
    expected, got = softmax(golden.logits), softmax(logits)
    changes = np.abs(expected - got).max(axis=1)
    same_label = float((expected.argmax(axis=1) == got.argmax(axis=1)).mean())
    return Agreement(
        float(changes.mean()), float(changes.max()), same_label, input_change, samples, bound
    )


def golden_input(hands: Sequence[GoldenHand], spec: PreprocessSpec) -> NetworkInput:
    """From files and landmarks to the network's input, by the app's own preprocessing."""
    # Which hand of the person it is makes no difference to the input.
    batches = [
        prepare_hands(decode(hand.jpeg), (Hand(hand.landmarks, Handedness.RIGHT, 1.0),), spec)
        for hand in hands
    ]
    return NetworkInput(
        np.concatenate([batch.crops for batch in batches]),
        np.concatenate([batch.landmarks for batch in batches]),
    )


def coarse(crops: FloatArray) -> FloatArray:
    """Network input (N, 3, size, size) → its means over a grid, (N, 3, side, side)."""
    side = (COARSE_SIDE, COARSE_SIDE)
    means = [
        cv2.resize(crop.transpose(1, 2, 0), side, interpolation=cv2.INTER_AREA) for crop in crops
    ]
    return np.stack(means).astype(np.float32).transpose(0, 3, 1, 2)


def dump_golden(golden: Golden) -> bytes:
    """The golden set as a file that `load_golden` reads back; equal sets give equal bytes."""
    from safetensors.numpy import save

    tensors: dict[str, NDArray[Any]] = {
        "landmarks": np.stack([hand.landmarks for hand in golden.hands]).astype(np.float32),
        "inputs": np.ascontiguousarray(golden.inputs, np.float32),
        "logits": np.ascontiguousarray(golden.logits, np.float32),
    }
    for index, hand in enumerate(golden.hands):
        tensors[_picture_name(index)] = np.frombuffer(hand.jpeg, np.uint8)
    description = {"schema": GOLDEN_SCHEMA, "labels": list(golden.labels)}
    return bytes(save(tensors, {_METADATA: json.dumps(description)}))


def load_golden(folder: Path) -> Golden:
    """Read the golden set of the model in ``folder``.

    Raises:
        ModelError: the model has none, it is damaged, or it belongs to a model with other labels.
    """
    manifest = read_manifest(folder)
    path = folder / GOLDEN_NAME
    try:
        return _read(path, manifest)
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror})"
    except (ValueError, KeyError, TypeError) as error:
        reason = f"{type(error).__name__}: {error}"
    raise ModelError(
        "The model's golden set cannot be used",
        reason,
        "Install the model again, or choose another one.",
    )


def _read(path: Path, manifest: ModelManifest) -> Golden:
    from safetensors import SafetensorError, safe_open

    _require(path.stat().st_size <= MAX_GOLDEN_BYTES, "the file is too large")
    try:
        with safe_open(path, framework="numpy") as file:
            description = json.loads((file.metadata() or {})[_METADATA])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except SafetensorError as error:
        raise ValueError(str(error)) from error
    _require(description["schema"] == GOLDEN_SCHEMA, "its schema is not known here")
    _require(description["labels"] == list(manifest.labels), "its labels are not the model's")
    count = len(tensors["logits"])
    _require(1 <= count <= MAX_HANDS, f"it holds {count} hands")
    shapes = {
        "landmarks": (count, LANDMARK_COUNT, 3),
        "inputs": (count, 3, COARSE_SIDE, COARSE_SIDE),
        "logits": (count, len(manifest.labels)),
    }
    for name, shape in shapes.items():
        good = tensors[name].shape == shape and tensors[name].dtype == np.float32
        _require(good and bool(np.isfinite(tensors[name]).all()), f"{name} is not as expected")
    hands = tuple(
        GoldenHand(tensors[_picture_name(index)].tobytes(), tensors["landmarks"][index])
        for index in range(count)
    )
    for hand in hands:
        _check_size(hand.jpeg)
    return Golden(hands, manifest.preprocess, manifest.labels, tensors["inputs"], tensors["logits"])


def _check_size(jpeg: bytes) -> None:
    """Refuse what is no JPEG, or would be a huge picture; decoded at an eighth of its size."""
    _require(jpeg.startswith(_JPEG), "a picture is not a JPEG file")
    try:
        small = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    except cv2.error as error:
        raise ValueError("a picture is too large") from error
    if small is None:
        raise ValueError("a picture cannot be decoded")
    _require(small.size * 64 <= MAX_PICTURE_PIXELS, "a picture is too large")


def decode(jpeg: bytes) -> BgrImage:
    """A stored picture, uint8 (height, width, 3) BGR."""
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _picture_name(index: int) -> str:
    return f"picture.{index:03}"


def _ones_and_pairs(count: int) -> list[slice]:
    """The first hand by itself, then two at a time."""
    return [slice(0, 1), *(slice(start, start + 2) for start in range(1, count, 2))]


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(otherwise)
