"""Progress of teaching is told often enough and not too often, with the time that is left."""

from __future__ import annotations

import pytest

from gesture_app.store.training_events import (
    Cancelled,
    Done,
    Event,
    Failed,
    Stage,
    StageName,
    Step,
    Taken,
    parse_line,
)
from training.teach.reporting import StageClock, counting, open_reporter


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_the_time_left_follows_from_the_pace_and_beginning_and_end_are_always_told() -> None:
    watch, told = Watch(), list[Event]()
    clock = StageClock(told.append, watch)
    with clock.stage(StageName.HANDS, 10) as advance:
        note = counting(advance, 10)
        for _ in range(10):
            watch.now_s += 0.5
            note()
    stages = [one for one in told if isinstance(one, Stage)]
    assert stages[0] == Stage(StageName.HANDS, 0, 10)
    assert stages[1] == Stage(StageName.HANDS, 1, 10, 4.5)
    assert stages[-1] == Stage(StageName.HANDS, 10, 10, 0.0)
    assert clock.seconds == {"hands": 5.0, "total": 5.0}


def test_a_flood_of_small_steps_is_told_ten_times_a_second() -> None:
    watch, told = Watch(), list[Event]()
    with StageClock(told.append, watch).stage(StageName.FEATURES, 1000) as advance:
        for done in range(1, 1001):
            watch.now_s += 0.001
            advance(done, 1000)
    assert len(told) <= 12


def test_a_stage_that_fails_does_not_claim_to_be_done_and_still_takes_its_time() -> None:
    watch, told = Watch(), list[Event]()
    clock = StageClock(told.append, watch)
    with pytest.raises(OSError), clock.stage(StageName.WRITE, 3):
        watch.now_s = 2.0
        raise OSError
    assert told == [Stage(StageName.WRITE, 0, 3)]
    assert clock.seconds["write"] == 2.0


EVENTS: tuple[Event, ...] = (
    Stage(StageName.FIT, 0, 1),
    Step(3, 10, 0.5, 1.25, 7.0),
    Taken("wave", 40, 39, 39),
    Done("quick", "/somewhere/모델", None, {"total": 12.5}, {"samples": 200}),
    Failed("It is not taught", "the disk is full", "Make room."),
    Cancelled(),
)


def test_every_event_is_a_line_that_the_app_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = open_reporter(as_json=True)
    for event in EVENTS:
        reporter.tell(event)
    reporter.close()
    lines = capsys.readouterr().out.splitlines()
    assert [parse_line(line.encode()) for line in lines] == list(EVENTS)


def test_people_are_told_in_words_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = open_reporter(as_json=False)
    for event in EVENTS:
        reporter.tell(event)
    reporter.close()
    captured = capsys.readouterr()
    assert captured.out == ""
    for words in ("learning", "39 of 40 pictures", "12.5 s", "the disk is full", "goes on where"):
        assert words in captured.err
