"""The demo clip: its script, its labels, and the files that are committed."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import cv2
import pytest

from gesture_app.core.types import NO_GESTURE

pytest.importorskip("scipy", reason="the render extra is not installed")
pytest.importorskip("moderngl", reason="the render extra is not installed")
pytest.importorskip("av", reason="the render extra is not installed")

from training.render.clip import write_labels
from training.render.clip_script import FPS, SHOTS, TRANSITION, beat_frames, segments
from training.render.motion import minimum_jerk

DEMO = Path(__file__).resolve().parents[1] / "assets" / "demo"


def test_the_clip_has_ten_gestures_held_a_second_with_pauses_between() -> None:
    parts = segments()
    gestures = [part for part in parts if part.label not in (NO_GESTURE, TRANSITION)]
    assert len({part.label for part in gestures}) >= 10
    assert all(part.last_frame + 1 - part.first_frame >= FPS for part in gestures)
    assert sum(part.label == NO_GESTURE for part in parts) >= 5
    assert not {"peace_inverted", "two_up_inverted"} & {part.label for part in parts}


def test_the_clips_labels_have_no_gaps() -> None:
    parts = segments()
    assert parts[0].first_frame == 0
    for before, after in pairwise(parts):
        assert after.first_frame == before.last_frame + 1
    total = sum(sum(beat_frames(beat)) for shot in SHOTS for beat in shot.beats)
    assert parts[-1].last_frame + 1 == total


def test_the_committed_clip_matches_its_labels(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.csv", segments())
    committed = (DEMO / "demo.labels.csv").read_text(encoding="utf-8")
    assert committed == (tmp_path / "labels.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(committed.splitlines()))
    video = cv2.VideoCapture(str(DEMO / "demo.mp4"))
    assert int(video.get(cv2.CAP_PROP_FRAME_COUNT)) == int(rows[-1]["last_frame"]) + 1
    assert video.get(cv2.CAP_PROP_FPS) == pytest.approx(FPS)
    video.release()
    assert (DEMO / "demo.mp4").stat().st_size < 1_000_000


def test_movements_start_and_end_at_rest() -> None:
    assert minimum_jerk(0) == 0
    assert minimum_jerk(1) == pytest.approx(1)
    assert minimum_jerk(0.001) < 1e-7
    assert minimum_jerk(0.5) == pytest.approx(0.5)
