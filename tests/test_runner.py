"""The runner: what reaches the listener, in which order, and that nothing stays behind."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gesture_app.core.errors import AppError, BackendError, SourceError
from gesture_app.core.types import EventKind, Frame, FrameResult, GestureEvent, Hand, StageTimes
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.engine.runner import PipelineRunner, RunStatistics
from gesture_app.engine.statistics import StatisticsKeeper
from gesture_app.vision.sources import FrameSource
from tests.fakes import (
    FAKE_BACKEND,
    PATIENCE_S,
    FakeBackend,
    FakeDetector,
    FakeSource,
    RecordingListener,
    make_frame,
    make_frames,
    make_hand,
    make_pipeline,
)

BOTH = [EventKind.START, EventKind.END]


@pytest.fixture
def listener() -> RecordingListener:
    return RecordingListener()


def run_through(
    source: FrameSource, pipeline: GesturePipeline, listener: RecordingListener
) -> tuple[RunStatistics, AppError | None]:
    """Run a source that ends by itself."""
    runner = PipelineRunner(lambda: source, lambda: pipeline, listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert len(listener.finished) == 1
    return listener.finished[0]


def hold(gate: threading.Event) -> None:
    assert gate.wait(PATIENCE_S), "the test never opened the gate"


def test_a_file_is_recognised_to_its_last_frame_and_nothing_is_dropped(
    listener: RecordingListener,
) -> None:
    statistics, error = run_through(FakeSource(make_frames(50)), make_pipeline(), listener)
    assert error is None
    assert [result.frame.index for result in listener.results] == list(range(50))
    assert (statistics.frames, statistics.captured, statistics.dropped) == (50, 50, 0)
    assert statistics.latency_p99_ms >= statistics.latency_p50_ms > 0


def test_start_comes_first_and_finish_comes_last_and_once(listener: RecordingListener) -> None:
    run_through(FakeSource(make_frames(20)), make_pipeline(), listener)
    assert listener.calls[0] == "on_started"
    assert listener.calls[-1] == "on_finished"
    assert listener.calls.count("on_finished") == listener.calls.count("on_started") == 1
    source, backend = listener.started[0]
    assert (source.name, backend) == ("Fake source", FAKE_BACKEND)


def test_source_and_pipeline_live_and_die_on_their_own_threads(
    listener: RecordingListener,
) -> None:
    opened_on: list[str] = []
    source = FakeSource(make_frames(3))
    detector, backend = FakeDetector(), FakeBackend()

    def open_source() -> FrameSource:
        opened_on.append(threading.current_thread().name)
        return source

    def open_pipeline() -> GesturePipeline:
        opened_on.append(threading.current_thread().name)
        return make_pipeline(detector, backend)

    runner = PipelineRunner(open_source, open_pipeline, listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert sorted(opened_on) == ["capture", "inference"]
    assert source.closed_on == ["capture"]
    assert detector.closed_on == backend.closed_on == ["inference"]
    assert listener.threads == {"inference"}


def test_a_gesture_held_at_the_end_of_a_file_ends_before_the_run(
    listener: RecordingListener,
) -> None:
    run_through(FakeSource(make_frames(30)), make_pipeline(), listener)
    assert listener.kinds() == BOTH
    assert listener.calls[-2:] == ["on_events", "on_finished"]


def test_a_slow_pipeline_gets_the_newest_live_frame_and_every_drop_is_counted(
    listener: RecordingListener,
) -> None:
    busy, all_captured = threading.Event(), threading.Event()

    def camera() -> Iterator[Frame]:
        yield make_frame(0)
        hold(busy)  # frame 0 is in the pipeline, not in the slot
        for index in range(1, 10):
            yield make_frame(index)
        all_captured.set()

    def find(frame: Frame) -> tuple[()]:
        if frame.index == 0:
            busy.set()
            hold(all_captured)
        return ()

    source = FakeSource(camera(), live=True)
    statistics, error = run_through(source, make_pipeline(FakeDetector(find)), listener)
    assert error is None
    assert [result.frame.index for result in listener.results] == [0, 9]
    assert (statistics.captured, statistics.frames, statistics.dropped) == (10, 2, 8)


def test_a_pause_ends_the_held_gesture_and_it_starts_again_afterwards(
    listener: RecordingListener,
) -> None:
    go_on = threading.Event()

    def file() -> Iterator[Frame]:
        yield from make_frames(20)
        hold(go_on)
        for index in range(20, 40):
            yield make_frame(index)

    runner = PipelineRunner(lambda: FakeSource(file()), make_pipeline, listener)
    runner.start()
    listener.wait_until(lambda seen: len(seen.results) == 20)
    assert listener.kinds() == [EventKind.START]
    runner.set_paused(True)
    listener.wait_until(lambda seen: seen.kinds() == BOTH)
    runner.set_paused(False)
    go_on.set()
    assert runner.wait(PATIENCE_S)
    assert listener.kinds() == BOTH * 2


def test_a_paused_file_stands_still_and_loses_nothing(listener: RecordingListener) -> None:
    paused = threading.Event()

    def find(frame: Frame) -> tuple[()]:
        if frame.index == 4:
            runner.set_paused(True)
            paused.set()
        return ()

    source = FakeSource(make_frames(10))
    runner = PipelineRunner(lambda: source, lambda: make_pipeline(FakeDetector(find)), listener)
    runner.start()
    hold(paused)
    listener.wait_until(lambda seen: len(seen.results) == 5)
    assert len(listener.results) == 5
    runner.set_paused(False)
    assert runner.wait(PATIENCE_S)
    assert [result.frame.index for result in listener.results] == list(range(10))
    assert listener.finished[0][0].dropped == 0


def test_live_frames_during_a_pause_are_thrown_away_without_counting_as_drops(
    listener: RecordingListener,
) -> None:
    paused, resumed, thrown_away = (threading.Event() for _ in range(3))

    def camera() -> Iterator[Frame]:
        yield make_frame(0)
        hold(paused)
        for index in range(1, 6):
            yield make_frame(index)
        thrown_away.set()
        hold(resumed)
        yield make_frame(6)

    source = FakeSource(camera(), live=True)
    runner = PipelineRunner(lambda: source, make_pipeline, listener)
    runner.start()
    listener.wait_until(lambda seen: len(seen.results) == 1)
    runner.set_paused(True)
    paused.set()
    hold(thrown_away)
    runner.set_paused(False)
    resumed.set()
    assert runner.wait(PATIENCE_S)
    assert [result.frame.index for result in listener.results] == [0, 6]
    statistics, _ = listener.finished[0]
    assert (statistics.captured, statistics.frames, statistics.dropped) == (7, 2, 0)


def test_a_pause_shorter_than_a_frame_still_ends_the_held_gesture(
    listener: RecordingListener,
) -> None:
    def find(frame: Frame) -> tuple[Hand, ...]:
        if frame.index == 20:
            runner.set_paused(True)
            runner.set_paused(False)
        return (make_hand(),)

    source = FakeSource(make_frames(22))
    runner = PipelineRunner(lambda: source, lambda: make_pipeline(FakeDetector(find)), listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert listener.kinds() == BOTH


def test_stopping_ends_the_held_gesture_and_interrupts_a_camera_that_is_silent(
    listener: RecordingListener,
) -> None:
    source = FakeSource(make_frames(20), live=False, silent_end=True)
    runner = PipelineRunner(lambda: source, make_pipeline, listener)
    runner.start()
    listener.wait_until(lambda seen: len(seen.results) == 20)
    assert runner.stop(PATIENCE_S)
    assert listener.kinds() == BOTH
    assert listener.calls[-1] == "on_finished"
    assert listener.finished[0][1] is None
    assert source.closed_on == ["capture"]


def test_stopping_a_paused_file_ends_it(listener: RecordingListener) -> None:
    runner = PipelineRunner(lambda: FakeSource(make_frames(1000)), make_pipeline, listener)
    runner.set_paused(True)
    runner.start()
    listener.wait_until(lambda seen: bool(seen.started))
    assert runner.stop(PATIENCE_S)
    assert listener.results == []
    assert len(listener.finished) == 1


def test_a_listener_may_stop_the_run_from_within(listener: RecordingListener) -> None:
    answers: list[bool] = []

    class Impatient(RecordingListener):
        def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
            super().on_result(result, statistics)
            answers.append(runner.stop())

    impatient = Impatient()
    runner = PipelineRunner(lambda: FakeSource(make_frames(1000)), make_pipeline, impatient)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert answers == [False]
    assert len(impatient.results) == len(impatient.finished) == 1


def test_stopping_while_source_and_pipeline_are_still_opening_closes_both(
    listener: RecordingListener,
) -> None:
    opening = threading.Barrier(3)
    stopped = threading.Event()
    source, detector = FakeSource(make_frames(5)), FakeDetector()

    def open_source() -> FrameSource:
        opening.wait(PATIENCE_S)
        hold(stopped)
        return source

    def open_pipeline() -> GesturePipeline:
        opening.wait(PATIENCE_S)
        hold(stopped)
        return make_pipeline(detector)

    runner = PipelineRunner(open_source, open_pipeline, listener)
    runner.start()
    opening.wait(PATIENCE_S)
    assert not runner.stop(0.0)
    stopped.set()
    assert runner.wait(PATIENCE_S)
    assert source.closed_on == ["capture"]
    assert detector.closed_on == ["inference"]
    assert listener.results == []
    assert listener.finished[0][1] is None


def test_stopping_before_the_start_ends_the_run_as_soon_as_it_starts(
    listener: RecordingListener,
) -> None:
    runner = PipelineRunner(lambda: FakeSource(make_frames(5)), make_pipeline, listener)
    assert runner.stop()
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert listener.results == []
    assert len(listener.finished) == 1


def test_a_source_that_cannot_be_opened_is_reported_and_the_pipeline_is_closed(
    listener: RecordingListener,
) -> None:
    missing = SourceError("x.mp4 cannot be opened", "it is not there", "Choose another file.")
    detector = FakeDetector()

    def open_source() -> FrameSource:
        raise missing

    runner = PipelineRunner(open_source, lambda: make_pipeline(detector), listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert listener.calls == ["on_finished"]
    assert listener.finished[0][1] is missing
    assert detector.closed_on == ["inference"]


def test_a_pipeline_that_cannot_be_opened_is_reported_and_the_source_is_closed(
    listener: RecordingListener,
) -> None:
    broken = BackendError("No back end can run", "none is installed", "Run the set-up again.")
    source = FakeSource(silent_end=True, live=True)

    def open_pipeline() -> GesturePipeline:
        raise broken

    runner = PipelineRunner(lambda: source, open_pipeline, listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert listener.calls == ["on_finished"]
    assert listener.finished[0][1] is broken
    assert source.closed_on == ["capture"]


def test_a_back_end_that_fails_ends_the_held_gesture_and_the_run(
    listener: RecordingListener,
) -> None:
    backend = FakeBackend()
    failure = BackendError("The network failed", "the device was lost", "Start again.")

    def find(frame: Frame) -> tuple[Hand, ...]:
        if frame.index == 20:
            backend.error = failure
        return (make_hand(),)

    source = FakeSource(make_frames(1000))
    _, error = run_through(source, make_pipeline(FakeDetector(find), backend), listener)
    assert error is failure
    assert listener.kinds() == BOTH
    assert len(listener.results) == 20
    assert backend.closed_on == ["inference"]
    assert source.closed_on == ["capture"]


def test_frames_read_before_a_source_fails_are_all_recognised(
    listener: RecordingListener,
) -> None:
    early_end = SourceError("x.avi ends early", "it is damaged", "Copy it again.")
    statistics, error = run_through(
        FakeSource(make_frames(20), error=early_end), make_pipeline(), listener
    )
    assert error is early_end
    assert statistics.frames == 20
    assert listener.kinds() == BOTH


def test_a_bug_is_logged_with_its_traceback_and_reported_in_words(
    listener: RecordingListener, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    log = tmp_path / "app.log"
    handler = logging.FileHandler(log)
    logging.getLogger("gesture_app").addHandler(handler)
    try:
        source = FakeSource(make_frames(3), error=ZeroDivisionError("surprise"))
        _, error = run_through(source, make_pipeline(), listener)
    finally:
        logging.getLogger("gesture_app").removeHandler(handler)
        handler.close()
    assert type(error) is AppError
    assert "bug" in error.what
    assert error.why == "ZeroDivisionError: surprise"
    assert str(log) in error.next_step
    assert "Traceback" in log.read_text()
    assert source.closed_on == ["capture"]


@pytest.mark.parametrize("method", ["on_started", "on_result", "on_events", "on_finished"])
def test_a_listener_that_raises_is_logged_and_the_run_goes_on(
    method: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listener = RecordingListener()
    calls: list[object] = []

    def fail(*args: object) -> None:
        calls.append(args)
        raise ValueError("not ready")

    monkeypatch.setattr(listener, method, fail)
    runner = PipelineRunner(lambda: FakeSource(make_frames(20)), make_pipeline, listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    assert calls
    assert "The listener failed" in caplog.text
    if method != "on_finished":
        assert listener.finished[0][0].frames == 20


def test_a_result_says_how_long_its_frame_waited_to_be_recognised(
    listener: RecordingListener,
) -> None:
    long_ago = 5_000_000_000

    def file() -> Iterator[Frame]:
        frame = make_frame(0)
        yield replace(frame, captured_ns=frame.captured_ns - long_ago)
        yield make_frame(1)

    run_through(FakeSource(file()), make_pipeline(), listener)
    waited = [result.times.waited_ms for result in listener.results]
    assert waited[0] >= long_ago / 1e6 > waited[1] >= 0


def test_the_rate_is_counted_from_results_and_forgets_a_pause() -> None:
    keeper = StatisticsKeeper()
    millisecond = 1_000_000
    for index in range(100):
        result_ns = index * 40 * millisecond
        keeper.add(result_ns - 10 * millisecond, result_ns, StageTimes(6.0, 3.0, 1.0))
    statistics = keeper.snapshot(captured=120, dropped=20)
    assert statistics.fps == pytest.approx(25.0)
    assert statistics.latency_p50_ms == statistics.latency_p99_ms == pytest.approx(10.0)
    assert (statistics.detect_ms, statistics.classify_ms, statistics.track_ms) == (6.0, 3.0, 1.0)
    assert (statistics.captured, statistics.dropped, statistics.frames) == (120, 20, 100)
    keeper.interrupt_rate()
    for result_ns in (60_000 * millisecond, 60_100 * millisecond):
        keeper.add(result_ns, result_ns, StageTimes(6.0, 3.0, 1.0))
    assert keeper.snapshot(122, 20).fps == pytest.approx(10.0)


def test_events_come_in_pairs_whatever_the_moment_of_a_pause_or_stop() -> None:
    def check(pause_at: int, stop_at: int) -> list[GestureEvent]:
        heard = RecordingListener()

        def find(frame: Frame) -> tuple[Hand, ...]:
            if frame.index == pause_at:
                runner.set_paused(True)
                runner.set_paused(False)
            if frame.index == stop_at:
                runner.stop(0.0)
            return (make_hand(),)

        source = FakeSource(make_frames(60))
        runner = PipelineRunner(lambda: source, lambda: make_pipeline(FakeDetector(find)), heard)
        runner.start()
        assert runner.wait(PATIENCE_S)
        return heard.events

    for pause_at in range(0, 30, 5):
        for stop_at in range(pause_at, 45, 15):
            events = [e.kind for e in check(pause_at, stop_at) if e.kind is not EventKind.HOLD]
            assert events == BOTH * (len(events) // 2)
