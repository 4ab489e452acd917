"""What a card takes from a run: losses, hashes of data sets, attributes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.card.gathering import hash_samples, parse_attributes, read_progress
from training.datasets import scan_webcam


def test_losses_are_read_thinned_and_the_last_word_of_a_step_counts(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    assert read_progress(path).losses == ()
    last = {"epoch": 2.5, "precision": "bf16"}
    lines = [{"event": "started"}, *({"step": s, "loss": 1 / s, **last} for s in range(1, 2001))]
    lines += [{"step": 1501, **last, "loss": 0.5}, {"step": 1501, "validation_loss": 0.7}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    progress = read_progress(path)
    points = progress.losses
    assert (progress.epochs, progress.precision) == (2.5, "bf16")
    assert len(points) <= 501
    assert points[0].loss == 1
    assert [(p.loss, p.validation_loss) for p in points if p.step == 1501] == [(0.5, 0.7)]


def test_a_data_sets_hash_changes_with_a_byte_a_name_or_a_picture(tmp_path: Path) -> None:
    folder = tmp_path / "set" / "like"
    folder.mkdir(parents=True)
    (folder / "ann__1.jpg").write_bytes(b"one")

    def digest() -> str:
        return hash_samples(scan_webcam(tmp_path / "set"), tmp_path / "set")

    seen = {digest()}
    assert digest() in seen
    for change in (
        lambda: (folder / "ann__1.jpg").write_bytes(b"two"),
        lambda: (folder / "ann__1.jpg").rename(folder / "ann__2.jpg"),
        lambda: (folder / "bob__1.jpg").write_bytes(b"one"),
    ):
        change()
        assert digest() not in seen
        seen.add(digest())


def test_attributes_are_pairs() -> None:
    assert parse_attributes(["team = a=b", "x="]) == {"team": "a=b", "x": ""}
    for wrong in (["team"], ["=x"], ["a=1", "a=2"]):
        with pytest.raises(ValueError, match="attribute"):
            parse_attributes(wrong)
