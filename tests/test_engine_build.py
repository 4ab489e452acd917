"""Engines are built in a process of their own, which may fail, die, or be ended."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from gesture_app.core.errors import BackendError
from gesture_app.engine import engine_build
from gesture_app.engine.engine_build import EngineBuild
from gesture_app.store.engine_cache import EngineCache
from tests.engine_builders import ENDS_WITH, KEY, Builder
from tests.fakes import PATIENCE_S


def test_a_build_happens_in_another_process_of_lower_priority(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    EngineBuild(Builder(tmp_path), b"network").run()
    with EngineCache(tmp_path).opened(KEY) as folder:
        assert folder is not None
        assert (folder / "a.engine").read_bytes() == b"network"
        process, niceness = (folder / "process").read_text().split()
    assert int(process) != os.getpid()
    if os.name != "nt":
        assert int(niceness) > os.nice(0)
    assert capfd.readouterr().out == ""


def test_what_goes_wrong_there_is_raised_here(tmp_path: Path) -> None:
    with pytest.raises(BackendError) as caught:
        EngineBuild(Builder(tmp_path, "fails"), b"network").run()
    error = caught.value
    assert (error.what, error.why) == ("Builder failed", "an operator is not supported")
    assert error.next_step == "Do that."
    assert not EngineCache(tmp_path).holds(KEY)


def test_a_process_that_dies_is_a_failed_build_and_nothing_more(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=f"ended with code {ENDS_WITH}"):
        EngineBuild(Builder(tmp_path, "dies"), b"network").run()
    assert not EngineCache(tmp_path).holds(KEY)


def test_a_build_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_build, "BUILD_LIMIT_S", 0.5)
    with pytest.raises(BackendError, match="not done after"):
        EngineBuild(Builder(tmp_path, "hangs"), b"network").run()


def test_a_build_is_ended_the_moment_it_is_cancelled(tmp_path: Path) -> None:
    build = EngineBuild(Builder(tmp_path, "hangs"), b"network")
    problems: list[str] = []

    def run() -> None:
        try:
            build.run()
        except BackendError as error:
            problems.append(error.why)

    thread = threading.Thread(target=run, name="build")
    thread.start()
    begun = threading.Event()
    while not list(tmp_path.glob(".workshop-*/process")):
        assert thread.is_alive()
        begun.wait(0.02)
    build.cancel()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert problems == ["its process ended with code -9"] or os.name == "nt"
    assert not EngineCache(tmp_path).holds(KEY)


def test_a_build_that_was_cancelled_before_does_not_begin(tmp_path: Path) -> None:
    build = EngineBuild(Builder(tmp_path), b"network")
    build.cancel()
    with pytest.raises(BackendError, match="called off"):
        build.run()
    assert list(tmp_path.iterdir()) == []
