"""A real process that says the events of the contract, or not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication

from gesture_app.core.errors import AppError
from gesture_app.store.training_events import Done, Evaluated, Stage, StageName, Step
from gesture_app.ui.training_process import NICENESS, TrainingProcess
from tests.ui.stage import wait_until

CHILD = Path(__file__).parents[1] / "training_child.py"


class Heard:
    """Everything that a `TrainingProcess` told, in order."""

    def __init__(self, process: TrainingProcess) -> None:
        self.events: list[object] = []
        self.ends: list[object] = []
        for signal in (process.stage, process.step, process.evaluated):
            signal.connect(self.events.append)
        process.done.connect(self.ends.append)
        process.failed.connect(self.ends.append)
        process.cancelled.connect(lambda: self.ends.append("cancelled"))

    @property
    def error(self) -> AppError:
        (error,) = self.ends
        assert isinstance(error, AppError)
        return error


class Player:
    """Starts the child and listens."""

    def __init__(self) -> None:
        self.made: list[TrainingProcess] = []

    def play(self, name: str, *arguments: str) -> tuple[TrainingProcess, Heard]:
        process = TrainingProcess((sys.executable, str(CHILD), name))
        self.made.append(process)
        heard = Heard(process)
        process.start(arguments)
        return process, heard

    def to_its_end(self, name: str) -> Heard:
        process, heard = self.play(name)
        wait_until(lambda: bool(heard.ends))
        assert not process.running
        return heard


@pytest.fixture
def player(app: QApplication) -> Iterator[Player]:
    player = Player()
    yield player
    for process in player.made:
        process.close(0.0)
        process.deleteLater()


def test_a_run_is_told_stage_by_stage_and_ends_with_its_model(player: Player) -> None:
    heard = player.to_its_end("quick")
    stages = [event.stage for event in heard.events if isinstance(event, Stage)]
    assert list(dict.fromkeys(stages)) == ["features", "judge", "fit", "write"]
    assert heard.ends == [Done("quick", "/made", "0" * 64, {"fit": 0.5, "total": 1.5})]


def test_steps_and_evaluations_of_full_training_are_told(player: Player) -> None:
    heard = player.to_its_end("full")
    assert heard.events[1:3] == [Step(1, 2, 0.5, 1.0, 1.0), Evaluated(1, 0.3, 0.9, 10)]
    assert heard.ends == [Done("full")]


def test_a_line_on_its_input_cancels_it(player: Player) -> None:
    process, heard = player.play("waiting")
    wait_until(lambda: bool(heard.events))
    process.cancel()
    assert process.cancelling
    wait_until(lambda: bool(heard.ends))
    assert heard.ends == ["cancelled"]
    assert not process.running


def test_one_that_does_not_listen_is_ended(player: Player) -> None:
    process, heard = player.play("deaf")
    process._patience.setInterval(1)
    wait_until(lambda: bool(heard.events))
    process.cancel()
    wait_until(lambda: bool(heard.ends))
    assert heard.ends == ["cancelled"]


def test_what_it_says_went_wrong_is_the_error(player: Player) -> None:
    error = player.to_its_end("failing").error
    assert (error.what, error.next_step) == ("It cannot be learnt", "Record.")


def test_a_crash_is_said_with_the_last_words_of_the_process(player: Player) -> None:
    error = player.to_its_end("crashing").error
    assert error.what == "Training has stopped before its end"
    assert "MemoryError" in error.why
    assert "Start it again" in error.next_step


def test_an_end_without_a_word_is_a_failure(player: Player) -> None:
    assert "exit code 0" in player.to_its_end("silent").error.why


def test_a_program_that_is_not_there_is_said(app: QApplication) -> None:
    process = TrainingProcess(("/no/such/program",))
    heard = Heard(process)
    process.start(())
    wait_until(lambda: bool(heard.ends))
    assert heard.error.what == "Training cannot be started"
    assert not process.running


def test_lines_that_make_no_sense_cost_only_themselves(player: Player) -> None:
    heard = player.to_its_end("garbled")
    assert heard.events[0] == Stage(StageName.FIT, 0, 1, None)
    assert isinstance(heard.ends[0], Done)


def test_a_line_without_an_end_ends_the_process(player: Player) -> None:
    assert "not understood" in player.to_its_end("endless").error.why


@pytest.mark.skipif(os.name == "nt", reason="priorities are numbers on POSIX only")
def test_it_runs_with_low_priority_and_the_given_arguments(player: Player) -> None:
    process, heard = player.play("arguments", "teach", "a folder", "--quick")
    own = os.getpriority(os.PRIO_PROCESS, 0)
    wait_until(lambda: process._process is not None and process._process.processId() > 0)
    process.cancel()
    wait_until(lambda: bool(heard.ends))
    assert heard.error.what == "teach a folder --quick"
    assert heard.error.why == str(max(own, NICENESS))


def test_closing_ends_it_and_tells_nothing(player: Player) -> None:
    process, heard = player.play("waiting")
    wait_until(lambda: bool(heard.events))
    process.close(5.0)
    assert not process.running
    assert heard.ends == []


def test_a_second_start_while_one_runs_does_nothing(player: Player) -> None:
    process, heard = player.play("waiting")
    process.start(("again",))
    process.cancel()
    wait_until(lambda: bool(heard.ends))
    assert heard.ends == ["cancelled"]


def test_after_its_end_it_can_be_started_again(player: Player) -> None:
    process, heard = player.play("quick")
    wait_until(lambda: len(heard.ends) == 1)
    process.start(())
    wait_until(lambda: len(heard.ends) == 2)
    assert all(isinstance(end, Done) for end in heard.ends)
