"""Which renames a change to many samples consists of; `sample_changes` carries them out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gesture_app.store.recordings import read_facts, write_facts
from gesture_app.store.sample_changes import Rename, next_number
from gesture_app.store.sample_layout import (
    SAMPLES,
    TRASH,
    check_free_of_twins,
    is_recording,
    label_folder,
    number_of,
    recording_folder,
    sample_name,
    sample_path,
)


def deleting(root: Path, ids: Sequence[str], change_id: str) -> list[Rename]:
    """Samples go to the trash.

    Raises:
        SampleError: no sample has such an id.
    """
    return [_to_trash(place, change_id) for place in _places(root, ids)]


def removing(root: Path, label: str, change_id: str) -> list[Rename]:
    """All recordings of a gesture go to the trash.

    Raises:
        SampleError: ``label`` cannot be one.
    """
    return [_to_trash(f"{label}/{name}", change_id) for name in _recordings_of(root, label)]


def moving(root: Path, ids: Sequence[str], label: str) -> list[Rename]:
    """Samples go to recordings of their recordings' names below another label.

    Raises:
        SampleError: no sample has such an id, or ``label`` cannot be one.
        OSError: a recording cannot be made.
    """
    check_free_of_twins(root, label)
    places = [place for place in _places(root, ids) if not place.startswith(f"{label}/")]
    return _to_label(root, places, label)


def merging(root: Path, source: str, target: str) -> list[Rename]:
    """All recordings of a gesture go to another.

    Raises:
        SampleError: one of them cannot be a label.
        OSError: a recording cannot be made.
    """
    check_free_of_twins(root, target)
    renames = []
    for name in [] if source == target else _recordings_of(root, source):
        if recording_folder(root, target, name).exists():
            folder = recording_folder(root, source, name)
            files = sorted(path.name for path in folder.iterdir())
            places = [f"{source}/{name}/{file}" for file in files if number_of(file) is not None]
            renames += _to_label(root, places, target)
        else:
            place = f"{SAMPLES}/{source}/{name}"
            renames.append(Rename(place, f"{SAMPLES}/{target}/{name}"))
    return renames


def _places(root: Path, ids: Sequence[str]) -> list[str]:
    """``LABEL/RECORDING/NNNNNN.jpg`` of those that are there, each once."""
    paths = (sample_path(root, one) for one in dict.fromkeys(ids))
    return [path.relative_to(root / SAMPLES).as_posix() for path in paths if path.exists()]


def _recordings_of(root: Path, label: str) -> list[str]:
    folder = label_folder(root, label)
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if is_recording(path.name))


def _to_trash(place: str, change_id: str) -> Rename:
    return Rename(f"{SAMPLES}/{place}", f"{TRASH}/{change_id}/{place}")


def _to_label(root: Path, places: Sequence[str], label: str) -> list[Rename]:
    """With free numbers, in recordings that are made where they are missing."""
    taken: dict[str, set[str]] = {}
    renames = []
    for place in places:
        source, recording, name = place.split("/")
        folder = recording_folder(root, label, recording)
        if recording not in taken:
            if not folder.exists():
                write_facts(folder, read_facts(recording_folder(root, source, recording)))
            taken[recording] = {path.name for path in folder.iterdir()}
        if name in taken[recording]:
            name = sample_name(next_number(folder, taken[recording]))
        taken[recording].add(name)
        renames.append(Rename(f"{SAMPLES}/{place}", f"{SAMPLES}/{label}/{recording}/{name}"))
    return renames
