"""Rendered stills as a data set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gesture_app.core.types import NO_GESTURE
from training.rendered_set import SOURCE, scan_rendered


def record(file: str, label: str, age: float) -> dict[str, Any]:
    return {"file": file, "label": label, "hand": "Right", "drawn": {"shape": {"age": age}}}


def write_run(root: Path, *records: dict[str, Any]) -> Path:
    lines = [json.dumps(entry) + "\n" for entry in records]
    (root / "labels.jsonl").write_text("".join(lines), encoding="utf-8")
    return root


def test_stills_are_samples_with_their_label_sorted_by_path(tmp_path: Path) -> None:
    root = write_run(
        tmp_path,
        record("peace/000001.jpg", "peace", 0.3),
        record("no_gesture/000000.jpg", NO_GESTURE, 0.4),
    )
    samples = scan_rendered(root)
    assert [sample.path for sample in samples] == [
        root / "no_gesture/000000.jpg",
        root / "peace/000001.jpg",
    ]
    assert [sample.target for sample in samples] == [NO_GESTURE, "peace"]
    assert {sample.source for sample in samples} == {SOURCE}
    assert not any(sample.tight for sample in samples)


def test_one_body_is_one_person_in_every_run(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    run = write_run(
        tmp_path,
        record("one/0.jpg", "one", 0.3),
        record("one/1.jpg", "one", 0.5),
        record("one/2.jpg", "one", 0.3),
    )
    first, second, third = (sample.person for sample in scan_rendered(run))
    assert first == third != second
    elsewhere = write_run(tmp_path / "other", record("ok/0.jpg", "ok", 0.5))
    assert scan_rendered(elsewhere)[0].person == second


def test_a_folder_without_a_run_is_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no rendered stills"):
        scan_rendered(tmp_path)


@pytest.mark.parametrize("line", ["not json", "[]", "{}", '{"file": "a.jpg", "label": "one"}'])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "labels.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"labels\.jsonl:1"):
        scan_rendered(tmp_path)


def test_a_label_file_cannot_name_pictures_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside"):
        scan_rendered(write_run(tmp_path, record("../x.jpg", "one", 0.3)))
