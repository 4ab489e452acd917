"""Where the parts of a gesture set lie below its folder, and which names they may have.

    set.json                             own gestures, see `gesture_set`
    samples/LABEL/RECORDING/NNNNNN.jpg   one sample, see `sample_file`
    samples/LABEL/RECORDING/recording.json   facts about the recording, see `recordings`
    trash/CHANGE/                        what can be undone, see `sample_changes`
    model/                               what `gesture-app teach` made of it, a model folder
    full/                                a training of all layers that was not finished
    index.jsonl                          a cache, see `sample_index`

The folders are the truth: whoever moves a file moves the sample.
"""

from __future__ import annotations

import re
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.core.manifest import is_label
from gesture_app.store.archive_names import is_device_name
from gesture_app.store.sample_file import SAMPLE_SUFFIX

SAMPLES, TRASH, INDEX_NAME, MODEL_FOLDER = "samples", "trash", "index.jsonl", "model"
FULL_RUNS = "full"
BEFORE = "before"
"""Marks the model that was there before, see `finished_model`."""

LARGEST_NUMBER = 999_999

_RECORDING = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,63}")
_SAMPLE_NAME = re.compile(r"([0-9]{6})" + re.escape(SAMPLE_SUFFIX))


def finished_model(root: Path) -> Path | None:
    """Folder of the model in the set, None if there is none.

    While it is replaced, and after a crash at that moment, the one before lies beside its place.
    """
    places = (root / MODEL_FOLDER, beside_model(root / MODEL_FOLDER, BEFORE))
    return next((place for place in places if place.is_dir()), None)


def beside_model(folder: Path, what: str) -> Path:
    """A hidden place beside a model's folder, for the time of its being replaced."""
    return folder.with_name(f".{folder.name}.{what}")


def is_recording(name: str) -> bool:
    """Whether a recording may have this name: one that means the same folder everywhere."""
    return _RECORDING.fullmatch(name) is not None and not is_device_name(name)


def is_usable_label(name: str) -> bool:
    """Whether samples may be kept under this label; a label names a folder."""
    return is_label(name) and not is_device_name(name)


def sample_name(number: int) -> str:
    """Name of a sample's file within its recording."""
    return f"{number:06d}{SAMPLE_SUFFIX}"


def number_of(name: str) -> int | None:
    """Of the sample in a file of this name; None if none has such a name."""
    match = _SAMPLE_NAME.fullmatch(name)
    return int(match[1]) if match else None


def sample_id(label: str, recording: str, number: int) -> str:
    return f"{label}/{recording}/{number:06d}"


def label_folder(root: Path, label: str) -> Path:
    """Raises: SampleError: no folder of that name would mean the same everywhere."""
    if not is_usable_label(label):
        raise SampleError(
            "The samples cannot be kept",
            f"“{label:.40}” cannot be the name of a folder",
            "Choose another name for the gesture.",
        )
    return root / SAMPLES / label


def recording_folder(root: Path, label: str, recording: str) -> Path:
    """Raises: SampleError: no recording has such a label or name."""
    if not is_recording(recording):
        raise SampleError(
            "The samples cannot be kept",
            f"“{recording:.40}” cannot be the name of a folder",
            "Choose another name for the recording.",
        )
    return label_folder(root, label) / recording


def sample_path(root: Path, of: str) -> Path:
    """The file of a sample.

    Args:
        of: its id, ``LABEL/RECORDING/NNNNNN``.

    Raises:
        SampleError: no sample has such an id.
    """
    parts = of.split("/")
    if len(parts) != 3 or number_of(parts[2] + SAMPLE_SUFFIX) is None:
        raise SampleError(
            "The sample cannot be read",
            f"“{of:.120}” names no sample",
            "Open the gesture again.",
            of,
        )
    return recording_folder(root, parts[0], parts[1]) / (parts[2] + SAMPLE_SUFFIX)


def check_free_of_twins(root: Path, label: str) -> None:
    """That no other label differs from this one in case only: they may be one folder.

    Raises:
        SampleError: there is one.
    """
    folder = label_folder(root, label)
    if not folder.parent.is_dir():
        return
    names = [path.name for path in folder.parent.iterdir()]
    twins = [name for name in names if name.casefold() == label.casefold()]
    if twins and label not in twins:
        raise SampleError(
            "The samples cannot be kept",
            f"“{label}” and “{twins[0]}” differ in upper and lower case only",
            "Choose another name for the gesture.",
        )
