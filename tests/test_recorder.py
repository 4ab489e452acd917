"""Samples are saved on a thread of its own, each durable before it counts."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from gesture_app.core.coaching import Hint
from gesture_app.core.errors import AppError, SampleError
from gesture_app.core.types import NO_GESTURE, Frame, FrameResult, Hand, HandResult, Prediction
from gesture_app.engine.recorder import INTERVAL_NS, MAX_WAITING, Recorder
from gesture_app.engine.sample_taking import (
    OpenRecording,
    RecordingOrder,
    RecordingPlace,
    RecordingProgress,
)
from gesture_app.store.samples import HandSample, RecordingWriter, SampleInfo, SampleStore
from tests.fakes import PATIENCE_S, make_hand

ORDER = RecordingOrder("wave", "Test camera")
SCENE = np.random.default_rng(2).integers(40, 220, (240, 320, 3), np.uint8)
PREDICTION = Prediction("like", 0.9, "like", 0.9, np.ones(1, np.float32))


def make_result(index: int, *hands: Hand) -> FrameResult:
    """A frame a tenth of a second after the one before."""
    frame = Frame(index, index * 100.0, 10**12 + index * 100_000_000, SCENE)
    return FrameResult(frame, tuple(HandResult(hand, PREDICTION) for hand in hands), ())


def moving_hand(index: int) -> Hand:
    """No two of them are alike."""
    return make_hand((80 + index % 20 * 8, 120), 80 + index % 7)


@dataclass
class Listener:
    """A `RecorderListener` that keeps what it is told."""

    progress: list[RecordingProgress] = field(default_factory=list)
    ended: list[RecordingProgress] = field(default_factory=list)
    errors: list[AppError] = field(default_factory=list)
    closed: int = 0
    threads: set[str] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def on_progress(self, progress: RecordingProgress) -> None:
        with self._told():
            self.progress.append(progress)

    def on_ended(self, progress: RecordingProgress) -> None:
        with self._told():
            self.ended.append(progress)

    def on_failed(self, error: AppError) -> None:
        with self._told():
            self.errors.append(error)

    def on_closed(self) -> None:
        with self._told():
            self.closed += 1

    def wait_for_looks(self, count: int) -> RecordingProgress:
        """Until so many frames were looked at or orders taken; the last progress."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.progress) >= count, PATIENCE_S)
            return self.progress[-1]

    def wait_for_end(self, count: int = 1) -> RecordingProgress:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.ended) >= count, PATIENCE_S)
            return self.ended[-1]

    @contextmanager
    def _told(self) -> Iterator[None]:
        with self._changed:
            self.threads.add(threading.current_thread().name)
            yield
            self._changed.notify_all()


class Full:
    """A `RecordingPlace` on a disk that is full after some samples."""

    def __init__(self, store: SampleStore, room: int) -> None:
        self.store, self.room = store, room

    def begin(self, label: str, source: str, recording: str | None = None) -> OpenRecording:
        return _FullRecording(self, self.store.begin(label, source, recording))


class _FullRecording:
    def __init__(self, place: Full, writer: RecordingWriter) -> None:
        self._place, self._writer = place, writer
        self.id = writer.id

    def add(self, sample: HandSample) -> SampleInfo:
        if self._place.room == 0:
            raise SampleError(
                "The samples cannot be saved", "No space left on device", "Make room."
            )
        self._place.room -= 1
        return self._writer.add(sample)

    def close(self) -> None:
        if self._place.room == 0:
            raise SampleError("The samples cannot be saved", "Read-only file system", "Make room.")
        self._writer.close()


class Slow:
    """A `RecordingPlace` whose disk answers when the test says so."""

    def __init__(self, store: SampleStore) -> None:
        self.store = store
        self.asked, self.answer = threading.Event(), threading.Event()

    def begin(self, label: str, source: str, recording: str | None = None) -> OpenRecording:
        self.asked.set()
        assert self.answer.wait(PATIENCE_S)
        return self.store.begin(label, source, recording)


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "gestures")


@contextmanager
def running(place: RecordingPlace) -> Iterator[tuple[Recorder, Listener]]:
    listener = Listener()
    recorder = Recorder(place, listener, clock=lambda: 1_800_000_000.0)
    recorder.start()
    try:
        yield recorder, listener
    finally:
        recorder.close()
        assert recorder.join(PATIENCE_S)
    assert listener.closed == 1
    assert listener.threads == {"recorder"}


def begin(recorder: Recorder, listener: Listener, order: RecordingOrder = ORDER) -> None:
    """Begin, and wait until it is so."""
    looked = len(listener.progress)
    recorder.begin(order)
    listener.wait_for_looks(looked + 1)


def feed(recorder: Recorder, listener: Listener, results: list[FrameResult]) -> RecordingProgress:
    """One after the other, each looked at before the next, as with a disk that keeps up."""
    for result in results:
        looked = len(listener.progress)
        recorder.observe(result)
        listener.wait_for_looks(looked + 1)
    return listener.progress[-1]


def test_what_is_counted_is_on_the_disk(store: SampleStore) -> None:
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        progress = feed(recorder, listener, [make_result(i, moving_hand(i)) for i in range(6)])
        assert progress.saved == 6
        # Another program, as after a crash: it sees what was counted.
        assert len(SampleStore(store.root).samples()) == 6
        recorder.end()
        assert listener.wait_for_end().saved == 6
    (recording,) = store.recordings()
    assert (recording.label, recording.source, recording.samples) == ("wave", "Test camera", 6)
    sample = store.read(store.samples()[0].id)
    assert sample.taken_s == 1_800_000_000.0
    assert sample.hand_share == pytest.approx(80 / 240)


def test_nothing_is_saved_before_and_after_a_recording(store: SampleStore) -> None:
    with running(store) as (recorder, listener):
        feed(recorder, listener, [make_result(i, moving_hand(i)) for i in range(3)])
        begin(recorder, listener)
        recorder.end()
        listener.wait_for_end()
        feed(recorder, listener, [make_result(i, moving_hand(i)) for i in range(3, 6)])
    assert not store.root.exists(), "a press without a sample leaves nothing behind"


def test_a_still_hand_and_repeated_frames_are_taken_once(store: SampleStore) -> None:
    still = moving_hand(0)
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        progress = feed(recorder, listener, [make_result(i, still) for i in range(30)])
    assert progress.saved == 1
    assert progress.hint is Hint.TURN_WRIST


def test_frames_faster_than_the_interval_are_passed_over(store: SampleStore) -> None:
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        first = make_result(0, moving_hand(0))
        feed(recorder, listener, [first])
        close = replace(first.frame, captured_ns=first.frame.captured_ns + INTERVAL_NS // 2)
        recorder.observe(replace(make_result(0, moving_hand(9)), frame=close))
        progress = feed(recorder, listener, [make_result(1, moving_hand(1))])
    assert progress.saved == 2
    assert progress.dropped == 0


def test_a_fault_is_said_and_not_recorded(store: SampleStore) -> None:
    dark = replace(make_result(0).frame, bgr=SCENE // 20)
    results = [
        replace(make_result(i, moving_hand(i)), frame=replace(make_result(i).frame, bgr=dark.bgr))
        for i in range(10)
    ]
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        progress = feed(recorder, listener, results)
    assert (progress.saved, progress.hint) == (0, Hint.TOO_DARK)


def test_without_a_hand_the_coach_asks_for_one(store: SampleStore) -> None:
    with running(store) as (recorder, listener):
        progress = feed(recorder, listener, [make_result(i) for i in range(6)])
    assert progress.hint is Hint.NO_HAND


def test_hands_at_the_border_count_for_anything_else_only(store: SampleStore) -> None:
    half_out = [make_result(i, make_hand((310, 60 + 8 * i), 80)) for i in range(6)]
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        assert feed(recorder, listener, half_out).saved == 0
        begin(recorder, listener, RecordingOrder(NO_GESTURE, "Test camera"))
        later = [make_result(10 + i, make_hand((310, 60 + 8 * i), 80)) for i in range(6)]
        assert feed(recorder, listener, later).saved == 6


def test_a_recording_can_be_gone_on_with(store: SampleStore) -> None:
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        feed(recorder, listener, [make_result(i, moving_hand(i)) for i in range(3)])
        recorder.end()
        listener.wait_for_end(1)
        begin(recorder, listener, replace(ORDER, resume=True))
        progress = feed(recorder, listener, [make_result(i, moving_hand(i)) for i in range(3, 5)])
        assert progress.saved == 5
        begin(recorder, listener)
        progress = feed(recorder, listener, [make_result(i, moving_hand(i)) for i in range(5, 9)])
        assert progress.saved == 4, "another recording counts from nothing"
    assert sorted(recording.samples for recording in store.recordings()) == [4, 5]


def test_a_full_disk_ends_the_recording_and_keeps_what_was_saved(store: SampleStore) -> None:
    with running(Full(store, room=3)) as (recorder, listener):
        begin(recorder, listener)
        for index in range(8):
            recorder.observe(make_result(index, moving_hand(index)))
            listener.wait_for_looks(min(index + 2, 4))
        assert listener.wait_for_end().saved == 3
        assert [error.why for error in listener.errors] == ["No space left on device"]
        looked = len(listener.progress)
        feed(recorder, listener, [make_result(20, moving_hand(20))])
        assert len(listener.progress) == looked + 1, "it goes on watching"
    assert len(store.samples()) == 3


def test_a_file_in_the_place_of_the_folder_is_said_at_once(store: SampleStore) -> None:
    store.root.write_bytes(b"")
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        recorder.observe(make_result(0, moving_hand(0)))
        assert listener.wait_for_end().saved == 0
    assert len(listener.errors) == 1
    assert isinstance(listener.errors[0], SampleError)


def test_a_disk_that_hangs_holds_up_nobody_and_drops_are_counted(store: SampleStore) -> None:
    place = Slow(store)
    with running(place) as (recorder, listener):
        begin(recorder, listener)
        recorder.observe(make_result(0, moving_hand(0)))
        assert place.asked.wait(PATIENCE_S)
        for index in range(1, MAX_WAITING + 4):
            recorder.observe(make_result(index, moving_hand(index)))
        recorder.end()
        place.answer.set()
        ended = listener.wait_for_end()
    assert ended.dropped == 3
    assert ended.saved == MAX_WAITING + 1


def test_closing_saves_what_waits(store: SampleStore) -> None:
    place = Slow(store)
    with running(place) as (recorder, listener):
        begin(recorder, listener)
        recorder.observe(make_result(0, moving_hand(0)))
        assert place.asked.wait(PATIENCE_S)
        recorder.observe(make_result(1, moving_hand(1)))
        recorder.close()
        place.answer.set()
    assert len(store.samples()) == 2
    recorder.observe(make_result(2, moving_hand(2)))


def test_of_two_hands_one_is_recorded_throughout(store: SampleStore) -> None:
    resting = make_hand((60, 200), 50)
    with running(store) as (recorder, listener):
        begin(recorder, listener)
        results = [
            make_result(i, *((resting, moving_hand(i)) if i % 2 else (moving_hand(i), resting)))
            for i in range(8)
        ]
        assert feed(recorder, listener, results).saved == 8
    assert {round(info.hand_share, 1) for info in store.samples()} <= {0.3, 0.4}


@pytest.mark.parametrize("count", [1, 7, 23])
def test_a_killed_program_loses_nothing_that_it_counted(store: SampleStore, count: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.recording_child", str(store.root)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert child.stdout is not None
    with child, child.stdout:
        counted = next((line for line in child.stdout if int(line) == count), "0")
        child.kill()
        rest = child.stdout.readlines()
    counted = rest[-1] if rest and rest[-1].endswith("\n") else counted
    samples = store.samples()
    assert len(samples) >= int(counted) >= count
    assert store.problems() == ()
    assert [store.read(info.id).origin for info in samples] == [""] * len(samples)
