"""The file that says which training run did not come to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesture_app.core.errors import SampleError
from gesture_app.store.training_job import (
    JOB_NAME,
    TeachingMode,
    TrainingJob,
    forget_job,
    load_job,
    save_job,
)

JOB = TrainingJob(TeachingMode.FULL, "내 제스처", 1795520000.5)


def test_a_run_is_known_until_it_is_forgotten(tmp_path: Path) -> None:
    root = tmp_path / "set"
    assert load_job(root) is None
    save_job(root, JOB)
    assert load_job(root) == JOB
    forget_job(root)
    forget_job(root)
    assert load_job(root) is None
    assert list(root.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"schema": 2, "mode": "quick", "name": "x", "started_s": 1}',
        b'{"schema": 1, "mode": "slow", "name": "x", "started_s": 1}',
        b'{"schema": 1, "mode": "quick", "name": "", "started_s": 1}',
        b'{"schema": 1, "mode": "quick", "name": 5, "started_s": 1}',
        b'{"schema": 1, "mode": "quick", "name": "x", "started_s": "now"}',
        b'{"schema": 1, "mode": "quick", "name": "x", "started_s": 1e999}',
        b'{"schema": 1, "mode": "quick", "name": "x", "started_s": true}',
        b'{"schema": 1, "mode": "quick", "name": "' + b"x" * 9000 + b'", "started_s": 1}',
    ],
)
def test_a_file_that_makes_no_sense_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / JOB_NAME).write_bytes(content)
    assert load_job(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    root = tmp_path / "set"
    root.write_bytes(b"a file where the folder should be")
    with pytest.raises(SampleError) as caught:
        save_job(root, JOB)
    assert caught.value.what == "Training cannot be started"
    assert list(tmp_path.iterdir()) == [root]
    forget_job(root)
