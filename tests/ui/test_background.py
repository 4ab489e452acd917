"""Work of the window on a thread of its own: order, errors, ending."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QApplication

from gesture_app.core.errors import AppError, SampleError
from gesture_app.ui.background import Background
from tests.fakes import PATIENCE_S
from tests.ui.stage import settle, wait_until

FULL = SampleError("It cannot be saved", "the disk is full", "Make room.")


@pytest.fixture
def background(app: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.close(PATIENCE_S)
    made.deleteLater()
    settle()


def fail() -> None:
    raise FULL


def test_work_is_done_in_order_on_its_thread_and_told_on_the_gui_thread(
    background: Background,
) -> None:
    threads: list[str] = []
    told: list[tuple[int, str]] = []

    def work(number: int) -> int:
        threads.append(threading.current_thread().name)
        return number

    for number in range(20):
        background.run(
            lambda number=number: work(number),
            lambda value: told.append((value, threading.current_thread().name)),
        )
    wait_until(lambda: len(told) == 20)
    assert set(threads) == {"ui-work"}
    assert told == [(number, threading.main_thread().name) for number in range(20)]


def test_whoever_asks_to_be_told_of_failures_is(background: Background) -> None:
    heard: list[AppError] = []
    everyone: list[AppError] = []
    background.failed.connect(everyone.append)
    background.run(fail, lambda _: None, heard.append)
    wait_until(lambda: bool(heard))
    assert heard == [FULL]
    assert everyone == []


def test_failures_that_nobody_asked_about_are_said_by_a_signal(background: Background) -> None:
    heard: list[AppError] = []
    background.failed.connect(heard.append)
    background.run(fail, lambda _: None)
    wait_until(lambda: bool(heard))
    assert heard == [FULL]


def test_a_bug_is_logged_and_said_and_the_next_work_is_done(
    background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[AppError] = []
    told: list[str] = []
    with caplog.at_level(logging.ERROR):
        background.run(lambda: {}["missing"], lambda _: None, heard.append)
        background.run(lambda: "next", told.append)
        wait_until(lambda: bool(told))
    assert "KeyError" in heard[0].why
    assert "Traceback" in caplog.text
    assert told == ["next"]


def test_after_closing_nothing_is_done_and_nobody_is_told(background: Background) -> None:
    begun, may_end = threading.Event(), threading.Event()
    told: list[object] = []
    done: list[str] = []

    def work() -> None:
        begun.set()
        may_end.wait(PATIENCE_S)

    background.run(work, told.append)
    background.run(lambda: done.append("queued"), told.append)
    assert begun.wait(PATIENCE_S)
    assert not background.close(0.0), "it is still under way"
    may_end.set()
    assert background.close(PATIENCE_S)
    background.run(lambda: done.append("late"), told.append)
    settle()
    assert (told, done) == ([], [])
