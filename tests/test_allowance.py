"""The share of the processors, in numbers and in a run."""

from __future__ import annotations

import threading

import pytest

from gesture_app.engine.allowance import LONGEST_REST_S, ProcessorAllowance
from gesture_app.engine.runner import PipelineRunner
from tests.fakes import PATIENCE_S, FakeSource, RecordingListener, make_frames, make_pipeline


class Machine:
    """Two processors and a clock that only moves when work is done or a rest is taken."""

    def __init__(self, share: float) -> None:
        self.now_s = self.used_s = 0.0
        self.allowance = ProcessorAllowance(share, 2, lambda: self.now_s, lambda: self.used_s)

    def work(self, wall_s: float, used_s: float) -> float:
        self.now_s += wall_s
        self.used_s += used_s
        rest_s = self.allowance.rest_s()
        self.now_s += rest_s
        return rest_s


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_over_many_frames_the_share_is_kept(share: float) -> None:
    machine = Machine(share)
    for _ in range(200):
        machine.work(0.02, 0.03)
    assert machine.used_s / (machine.now_s * 2) == pytest.approx(share, rel=0.02)


def test_what_stays_below_its_share_never_rests() -> None:
    machine = Machine(0.5)
    assert [machine.work(0.033, 0.02) for _ in range(50)] == [0.0] * 50


def test_time_that_was_not_used_is_not_saved_up() -> None:
    machine = Machine(0.25)
    machine.work(100.0, 0.0)
    assert machine.work(0.02, 0.03) == pytest.approx(0.04)


def test_no_rest_is_longer_than_a_second() -> None:
    assert Machine(0.05).work(0.1, 10.0) == LONGEST_REST_S


def test_without_a_limit_it_never_rests() -> None:
    assert Machine(1.0).work(0.01, 10.0) == 0.0


def test_another_share_holds_from_the_next_frame_on() -> None:
    machine = Machine(1.0)
    assert machine.work(0.01, 10.0) == 0.0
    machine.allowance.set_share(0.25)
    assert machine.work(0.02, 0.03) == 0.0, "what was used without a limit is not paid for"
    assert machine.work(0.02, 0.03) == pytest.approx(0.04)
    machine.allowance.set_share(1.0)
    assert machine.work(0.02, 0.03) == 0.0


def test_stopping_a_run_wakes_it_from_its_rest() -> None:
    listener = RecordingListener()
    rested = threading.Event()

    class Exhausted(ProcessorAllowance):
        def rest_s(self) -> float:
            rested.set()
            return 10 * PATIENCE_S

    source = FakeSource(make_frames(3))
    runner = PipelineRunner(lambda: source, make_pipeline, listener, Exhausted(0.5))
    runner.start()
    assert rested.wait(PATIENCE_S)
    assert runner.stop(PATIENCE_S)
    assert len(listener.results) == 1
