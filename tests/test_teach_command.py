"""``gesture-train teach`` and ``features`` as processes: stopped, killed, gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import load_gesture_set, save_gesture_set
from gesture_app.store.paths import user_folders
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_events import (
    Cancelled,
    Done,
    Event,
    Failed,
    Stage,
    StageName,
    parse_line,
)
from tests.benchmarks.kill_teaching import kill_teaching
from tests.hand_samples import record
from training.errors import TrainingError
from training.teach.training_set import read_training_set

REPOSITORY = Path(__file__).resolve().parents[1]
PATIENCE_S = 120.0
CANCELLED = 130


@contextmanager
def gesture_train(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """With pipes, like the app starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "training", *map(str, arguments), "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=REPOSITORY,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def next_event(process: subprocess.Popen[bytes]) -> Event:
    assert process.stdout is not None
    event = parse_line(process.stdout.readline())
    assert event is not None
    return event


def rest_of(process: subprocess.Popen[bytes]) -> list[Event | None]:
    """What it still says, until it has ended."""
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    process.wait(PATIENCE_S)
    return [parse_line(line) for line in lines]


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


def test_features_follow_what_is_recorded_and_end_with_standard_input(
    home: Path, store: SampleStore
) -> None:
    record(store, "wave", 2)
    with gesture_train("features", store.root, "--follow") as process:
        while next_event(process) != Stage(StageName.FEATURES, 2, 2, 0.0):
            pass
        record(store, "wave", 3, "later")  # two of them once more: only one is looked at
        while next_event(process) != Stage(StageName.FEATURES, 1, 1, 0.0):
            pass
        assert process.stdin is not None
        process.stdin.close()
        assert isinstance(rest_of(process)[-1], Done)
    assert process.returncode == 0
    assert len([*(user_folders(home).cache / "features").glob("*/*.npy")]) == 3


@pytest.mark.parametrize(
    "how",
    [
        "a line",
        pytest.param("a signal", marks=pytest.mark.skipif(os.name == "nt", reason="not there")),
        "the end of standard input",
    ],
)
def test_teaching_is_stopped_by(how: str, home: Path, store: SampleStore) -> None:
    for label in ("wave", "spider"):
        record(store, label, 30)
    with gesture_train("teach", store.root, "--install") as process:
        assert isinstance(next_event(process), Stage)
        assert process.stdin is not None
        if how == "a line":
            process.stdin.write(b"cancel\n")
            process.stdin.flush()
        elif how == "a signal":
            process.send_signal(signal.SIGTERM)
        else:
            process.stdin.close()
        assert rest_of(process)[-1] == Cancelled()
    assert process.returncode == CANCELLED
    assert not [*user_folders(home).data.glob("models/*/manifest.json")]


def test_nothing_to_learn_from_is_a_failure_in_three_parts(store: SampleStore) -> None:
    with gesture_train("teach", store.root) as process:
        (failed,) = rest_of(process)
    assert isinstance(failed, Failed)
    assert str(store.root) in failed.why
    assert failed.next_step
    assert process.returncode == 1


def test_a_training_set_has_own_gestures_with_their_names_and_none_without_pictures(
    store: SampleStore,
) -> None:
    gestures, _ = load_gesture_set(store.root).adding("손 흔들기", ())
    gestures, _ = gestures.adding("nothing yet", ())
    save_gesture_set(store.root, gestures)
    for label in (gestures.gestures[0].label, "like", NO_GESTURE):
        record(store, label, 5)
    record(store, "found", 6)
    base = ("fist", "like", NO_GESTURE)
    training_set = read_training_set(store.root, store, base)
    assert training_set.labels == (*base, "gesture-1", "found")
    assert training_set.names == {"gesture-1": "손 흔들기", "found": "found"}
    assert len(training_set.samples) == len(training_set.fingerprints) == 21

    record(store, "scarce", 4)
    with pytest.raises(TrainingError, match="“scarce” \\(4\\)"):
        read_training_set(store.root, store, base)


def test_pictures_for_a_built_in_gesture_alone_can_be_taught(store: SampleStore) -> None:
    record(store, "like", 3)
    training_set = read_training_set(store.root, store, ("like", NO_GESTURE))
    assert training_set.labels == ("like", NO_GESTURE)
    assert training_set.names == {}


@pytest.mark.skipif(os.name == "nt", reason="nothing is killed like that there")
def test_killed_while_teaching_nothing_is_broken_and_the_next_run_succeeds(
    tmp_path: Path, hand_model: bytes
) -> None:
    """The smaller form of tests/benchmarks/kill_teaching.py."""
    outcome = kill_teaching(tmp_path, hand_model, kills=1, ends=(False,))
    assert outcome.faults == []
    assert outcome.finished, outcome.ends
