"""The bundled model, live, on whole clips: what a person in front of the camera would get.

The demo clip comes with the repository; the real ones lie beside it in ``../shared/clips`` on the
machines where the app is made, and their tests are skipped elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
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


def read_segments(path: Path) -> list[Segment]:
    """All segments but the transitions, in order.

    A gesture that is labelled twice in a row (a palm that shows its back after a moment) is one.
    """
    segments: list[Segment] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            label = row["label"].split(" ")[0]
            if label == "transition":
                continue
            names = PALMS if PALMS & set(label.split("/")) else frozenset({label})
            start_ms, end_ms = (float(row[key]) * 1000 for key in ("t_start", "t_end"))
            if segments and segments[-1].labels == names:
                segments[-1] = replace(segments[-1], end_ms=end_ms)
            else:
                segments.append(Segment(start_ms, end_ms, names))
    return segments


def owner(event: dict[str, Any], segments: list[Segment]) -> Segment:
    """The segment that a start belongs to.

    In a transition that is the next one if its gesture is named already, else the one before.
    """
    after = next((s for s in segments if s.end_ms > event["t_ms"]), segments[-1])
    if after.start_ms <= event["t_ms"] or event["gesture"] in after.labels:
        return after
    return segments[max(segments.index(after) - 1, 0)]


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
        inside = [e["gesture"] for e in starts if owner(e, segments) is segment]
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
    idle_starts = [
        e for e in events if e["event"] == "start" and owner(e, segments).labels == {"no_gesture"}
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
