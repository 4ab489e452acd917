"""Files of a data set: what is written reads back, and what was altered is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from tests.picture_sets import hand_row
from training.cache import CacheWriter, load_cache
from training.data.dataset_file import (
    DESCRIPTION,
    MANIFEST,
    DataSet,
    dump_ranges,
    parse_ranges,
    read_dataset,
    write_dataset,
)
from training.data.errors import DataError
from training.data.imported_set import load_set
from training.data.journal import Journal
from training.data.manifest import HandRow, dump_manifest, parse_manifest
from training.data.split import make_split
from training.datasets import Sample
from training.growing_array import GrowingArray

ROWS = tuple(
    hand_row(number, label, person)
    for number, (label, person) in enumerate(
        (label, person) for person in ("ann", "bob", "cat") for label in ("like", "no_gesture") * 3
    )
)


def cached_hand(shade: int) -> HandContext:
    return HandContext(
        np.full((CONTEXT_SIZE, CONTEXT_SIZE, 3), shade, np.uint8),
        np.full((21, 3), shade, np.float32),
        np.full(4, shade, np.float32),
    )


def sample_of(row: HandRow) -> Sample:
    return Sample(Path(row.file), row.label, row.person, row.source, tight=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data set of eighteen made-up hands; the shade of each is its row."""
    with CacheWriter(tmp_path / "cache") as writer:
        for number in range(len(ROWS)):
            writer.add(cached_hand(number))
        writer.finish([sample_of(row) for row in ROWS])
    manifest = dump_manifest(ROWS)
    (tmp_path / MANIFEST).write_bytes(manifest)
    sha256 = hashlib.sha256(manifest).hexdigest()
    split = make_split(ROWS, 1, 0.34)
    description = DataSet("made-up", "none", "folders", "nowhere", sha256, ("A note.",), split)
    write_dataset(tmp_path, description, ROWS)
    return tmp_path


def test_training_gets_both_sides_of_a_set(folder: Path) -> None:
    found = load_set(folder)
    assert found.labels == ("like", "no_gesture")
    assert len(found.train.contexts) == 12
    assert len(found.validation.contexts) == 6
    people = [{s.person for s in side.samples} for side in (found.train, found.validation)]
    assert not people[0] & people[1]
    held = found.description.split.validation
    shades = [int(found.validation.contexts[row][0, 0, 0]) for row in range(6)]
    assert shades == list(held)
    assert found.validation.landmarks[:, 0, 0].tolist() == list(held)


def test_contexts_stay_on_the_disk(folder: Path) -> None:
    whole = load_cache(folder / "cache").contexts
    assert isinstance(whole, np.memmap)
    picture = load_set(folder).train.contexts[0]
    assert isinstance(picture, np.memmap), "a view of the file, not a copy"


def test_what_is_written_reads_back(folder: Path) -> None:
    description, rows = read_dataset(folder)
    assert rows == ROWS
    write_dataset(folder, description, rows)
    assert read_dataset(folder)[0] == description


def edit_description(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / DESCRIPTION
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value))

    return edit


def edit_row(**changes: Any) -> Callable[[Path], None]:
    """Change the first row and put the right hash into the description."""

    def edit(folder: Path) -> None:
        lines = (folder / MANIFEST).read_text().splitlines()
        lines[0] = json.dumps({**json.loads(lines[0]), **changes})
        content = "\n".join(lines).encode() + b"\n"
        (folder / MANIFEST).write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        edit_description(lambda value: value.update(manifest_sha256=sha256))(folder)

    return edit


ALTERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "schema": (edit_description(lambda v: v.update(schema=99)), "99"),
    "no split": (edit_description(lambda v: v.pop("split")), "missing required field"),
    "unknown split": (edit_description(lambda v: v["split"].update(by="frame")), "frame"),
    "row that is not there": (
        edit_description(lambda v: v["split"].update(validation="0-99")),
        "not there",
    ),
    "huge range": (
        edit_description(lambda v: v["split"].update(validation="0-99999999999")),
        "not a range",
    ),
    "both sides": (
        edit_description(lambda v: v["split"].update(validation="0")),
        "both sides",
    ),
    "not JSON": (lambda f: (f / DESCRIPTION).write_text("{") and None, "truncated"),
    "deep": (lambda f: (f / DESCRIPTION).write_text("[" * 100_000) and None, "dataset.json"),
    "manifest changed": (
        lambda f: (f / MANIFEST).write_bytes((f / MANIFEST).read_bytes() + b"\n") and None,
        "another sha256",
    ),
    "climbing path": (edit_row(file="../../etc/passwd.jpg"), "stay below"),
    "absolute path": (edit_row(file="/etc/passwd.jpg"), "stay below"),
    "label": (edit_row(label="../like"), "label"),
    "row number": (edit_row(row=5), "numbered through"),
    "found without hash": (edit_row(phash=None), "contradict"),
    "hash": (edit_row(sha256="abc"), "sha256"),
    "person": (edit_row(person=7), "person"),
    "box": (edit_row(box=[0, 0, 1e9, 1]), "box"),
    "no cache": (lambda f: (f / "cache" / "index.jsonl").unlink(), "cache"),
    "short cache": (
        lambda f: np.save(f / "cache" / "landmarks.npy", np.zeros((3, 21, 3), np.float32)),
        "landmarks",
    ),
    "pickle in the cache": (
        lambda f: np.save(f / "cache" / "landmarks.npy", np.array([{}]), allow_pickle=True),
        "allow_pickle",
    ),
    "cache of other pictures": (
        lambda f: (
            (f / "cache" / "index.jsonl").write_text(
                (f / "cache" / "index.jsonl").read_text().replace("3.jpg", "4.jpg")
            )
            and None
        ),
        "other pictures",
    ),
}


@pytest.mark.parametrize(("alter", "complaint"), ALTERED.values(), ids=ALTERED)
def test_an_altered_set_is_refused_with_the_reason(
    folder: Path, alter: Callable[[Path], None], complaint: str
) -> None:
    alter(folder)
    with pytest.raises(DataError, match=complaint):
        load_set(folder)


def test_a_folder_without_a_set_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        load_set(tmp_path)
    assert "gesture-train data import" in error.value.next_step


@pytest.mark.parametrize("rows", [(), (0,), (0, 1, 2, 7, 9, 10)])
def test_ranges_of_rows_read_back(rows: tuple[int, ...]) -> None:
    assert parse_ranges(dump_ranges(rows)) == rows


@pytest.mark.parametrize("text", ["3-1", "1 1", "5 2", "-1", "1-", "x", "٣"])
def test_malformed_ranges_are_refused(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        parse_ranges(text)


def test_rows_read_back_with_a_box_and_without_a_hand() -> None:
    for row in (
        replace(ROWS[0], box=(0.1, 0.2, 0.3, 0.4)),
        replace(ROWS[0], row=None, phash=None, missing="no hand found", person=None),
    ):
        assert parse_manifest(dump_manifest([row]), Path("manifest.jsonl")) == (row,)


def test_an_array_that_grew_is_an_ordinary_npy_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.npy"
    array = GrowingArray(path, np.float32, (3,))
    for number in range(12):
        assert array.append(np.full(3, number, np.float32)) == number
    array.flush()
    array.close()
    expected = np.repeat(np.arange(12, dtype=np.float32)[:, None], 3, axis=1)
    assert np.array_equal(np.load(path), expected)
    again = GrowingArray(path, np.float32, (3,), count=5)
    again.append(np.full(3, 99, np.float32))
    again.flush()
    again.close()
    assert np.load(path)[:, 0].tolist() == [0, 1, 2, 3, 4, 99]


def test_an_array_that_lost_rows_is_not_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fewer than 3 rows"):
        GrowingArray(tmp_path / "rows.npy", np.float32, (3,), count=3)


def test_a_journal_goes_on_after_its_last_whole_line(tmp_path: Path) -> None:
    with Journal(tmp_path, "job") as journal:
        journal.add([(ROWS[0],), (ROWS[1], ROWS[2])])
    (path,) = tmp_path.iterdir()
    with path.open("ab") as file:
        file.write(b'[{"file": "cut of')
    with Journal(tmp_path, "job") as journal:
        assert journal.done == [(ROWS[0],), (ROWS[1], ROWS[2])]
        journal.add([(ROWS[3],)])
    with Journal(tmp_path, "job") as journal:
        assert journal.done[2:] == [(ROWS[3],)]
    with Journal(tmp_path, "another job") as journal:
        assert journal.done == []
