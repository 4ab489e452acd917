"""The bundled model, live, on whole clips: what a person in front of the camera would get.

The demo clip comes with the repository; the real ones lie beside it in ``../shared/clips`` on the
machines where the app is made, and their tests are skipped elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gesture_app.store.paths import assets_dir
from tests.program import json_lines, run_program

PALMS = frozenset({"palm", "stop", "stop_inverted"})
"""The clips' labels do not keep these apart."""


@dataclass(frozen=True)
class Segment:
    """A stretch of a clip in which one gesture, or none, is shown; times in milliseconds."""

    start_ms: float
    end_ms: float
    labels: frozenset[str]

    def holds(self, event: dict[str, Any]) -> bool:
        return self.start_ms <= event["t_ms"] < self.end_ms


def read_segments(path: Path) -> list[Segment]:
    """All segments but the transitions, in order; each lasts until the next begins."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    starts = [float(row["t_start"]) * 1000 for row in rows] + [float("inf")]
    segments = []
    for row, start_ms, next_ms in zip(rows, starts, starts[1:], strict=False):
        label = row["label"].split(" ")[0]
        if label != "transition":
            names = PALMS if PALMS & set(label.split("/")) else frozenset({label})
            segments.append(Segment(start_ms, next_ms, names))
    return segments


def watch(path: Path) -> list[dict[str, Any]]:
    done = run_program("watch", "--source", path, "--json")
    assert done.returncode == 0, done.stderr
    return json_lines(done.stdout)


def share_named(events: list[dict[str, Any]], segments: list[Segment]) -> tuple[int, int]:
    """Gesture segments with exactly one start, of the right gesture; and gesture segments."""
    starts = [event for event in events if event["event"] == "start"]
    gestures = [s for s in segments if s.labels != {"no_gesture"}]
    right = 0
    for segment in gestures:
        inside = [event["gesture"] for event in starts if segment.holds(event)]
        right += len(inside) == 1 and inside[0] in segment.labels
    return right, len(gestures)


def test_starts_and_ends_come_in_pairs_on_the_demo_clip(
    home_with_hand_model: Path,
) -> None:
    events = watch(assets_dir() / "demo" / "demo.mp4")
    held: set[tuple[str, str]] = set()
    for event in events:
        key = (event["hand"], event["gesture"])
        if event["event"] == "start":
            assert key not in held
            held.add(key)
        elif event["event"] == "end":
            held.remove(key)
    assert not held


def test_the_demo_clip_is_named_and_nothing_starts_between_its_gestures(
    home_with_hand_model: Path,
) -> None:
    folder = assets_dir() / "demo"
    segments = read_segments(folder / "demo.labels.csv")
    events = watch(folder / "demo.mp4")
    right, gestures = share_named(events, segments)
    idle = [s for s in segments if s.labels == {"no_gesture"}]
    idle_starts = [
        e for e in events if e["event"] == "start" and any(segment.holds(e) for segment in idle)
    ]
    assert right / gestures >= 0.95, [e for e in events if e["event"] != "hold"]
    assert idle_starts == []


def test_nine_in_ten_gestures_of_the_real_clips_give_exactly_one_right_start(
    home_with_hand_model: Path, clip: Callable[[str], Path]
) -> None:
    right = gestures = 0
    told = {}
    for name in (
        "real_webcam_man_hagrid_gestures",
        "stitched_backlit_lowlight_train_allen",
        "stitched_torso_no_face_train_eduart",
        "stitched_webcam_man_train_ibr",
    ):
        path = clip(name)
        events = watch(path)
        told[name] = [(e["event"], e["gesture"], e["t_ms"]) for e in events if e["event"] != "hold"]
        some, of = share_named(events, read_segments(path.with_suffix(".labels.csv")))
        right, gestures = right + some, gestures + of
    assert right / gestures >= 0.9, told


@pytest.mark.parametrize("name", ["negative_street_no_hand"])
def test_a_street_without_hands_gives_no_event(
    name: str, home_with_hand_model: Path, clip: Callable[[str], Path]
) -> None:
    assert watch(clip(name)) == []
