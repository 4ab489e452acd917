"""``gesture-app watch``: events of real hands, and a run that ends when asked to."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from gesture_app.cli.relay import run_until_finished
from gesture_app.core.types import EventKind, FrameResult, GestureEvent, Handedness
from gesture_app.engine.runner import RunnerListener, RunStatistics
from gesture_app.store.paths import user_folders
from tests.clips import cut_video
from tests.fakes import FAKE_BACKEND, PATIENCE_S, FakeSource, RecordingListener, make_frame
from tests.networks import write_model
from tests.program import json_lines, run_program, start_program

END = GestureEvent(EventKind.END, "like", 0.5, Handedness.LEFT, 40.0)


@pytest.fixture
def hand_clip(clip: Callable[[str], Path], tmp_path: Path) -> Path:
    """Two seconds of a real hand."""
    return cut_video(clip("real_man_peace"), 50, 50, tmp_path / "hand.mp4")


@pytest.fixture
def model(tmp_path: Path, home_with_hand_model: Path) -> Path:
    return write_model(tmp_path / "model")


def test_events_are_json_lines_in_the_promised_format_and_nothing_else_is_printed(
    model: Path, home: Path, hand_clip: Path
) -> None:
    done = run_program("watch", "--source", hand_clip, "--json", "--model", model)
    assert done.returncode == 0
    events = json_lines(done.stdout)
    assert all(set(event) == {"event", "gesture", "prob", "hand", "t_ms"} for event in events)
    assert {event["gesture"] for event in events} == {"like"}
    for _, of_hand in groupby(sorted(events, key=lambda e: e["hand"]), lambda e: e["hand"]):
        kinds = [kind for kind, _ in groupby(event["event"] for event in of_hand)]
        assert kinds[0] == "start"
        assert kinds[-1] == "end"
    # The summary is for people. What the native libraries say is in the log, not on the terminal.
    assert [line.split()[0] for line in done.stderr.splitlines()][:5] == [
        "Frames",
        "Rate",
        "Latency",
        "Stages",
        "Back",
    ]
    assert "XNNPACK" not in done.stderr
    assert "XNNPACK" in (user_folders(home).logs / "native.log").read_text("utf-8", "replace")


def test_for_people_there_are_readable_events_and_a_summary_on_standard_output(
    model: Path, hand_clip: Path
) -> None:
    done = run_program("watch", "--source", hand_clip, "--model", model)
    assert (done.returncode, done.stderr) == (0, "")
    assert "start  like" in done.stdout
    assert "end    like" in done.stdout
    assert "0 dropped" in done.stdout
    assert "ONNX Runtime CPU" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_held_gestures_and_exits_with_0(
    number: signal.Signals, model: Path
) -> None:
    with start_program("watch", "--source", "demo", "--json", "--model", model) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, err
    events = json_lines(first + out)
    assert (events[0]["event"], events[-1]["event"]) == ("start", "end")
    assert "Frames" in err


class ScriptedRunner:
    """Calls its listener from a thread as `PipelineRunner` does."""

    def __init__(self, listener: RunnerListener) -> None:
        self.stopped = threading.Event()
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="scripted")

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 1.0) -> bool:  # noqa: ARG002
        self.stopped.set()
        self._thread.join(PATIENCE_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._listener.on_started(FakeSource().info, FAKE_BACKEND)
        self._listener.on_result(FrameResult(make_frame(), (), ()), RunStatistics(frames=1))
        self.stopped.wait(PATIENCE_S)
        self._listener.on_events((END,))
        self._listener.on_finished(RunStatistics(frames=1), None)


def test_everything_is_told_on_the_main_thread_and_an_interrupt_stops_the_runner() -> None:
    threads = set()

    class InterruptsItself(RecordingListener):
        def on_result(self, result: FrameResult, _: RunStatistics) -> None:
            threads.add(threading.current_thread())
            assert result.frame.bgr.size == 0
            signal.raise_signal(signal.SIGINT)

        def on_events(self, events: tuple[GestureEvent, ...]) -> None:
            threads.add(threading.current_thread())
            told.extend(events)

    told: list[GestureEvent] = []
    handler = signal.getsignal(signal.SIGINT)
    run_until_finished(ScriptedRunner, InterruptsItself())
    assert told == [END]
    assert threads == {threading.main_thread()}
    assert signal.getsignal(signal.SIGINT) is handler


def test_a_view_that_fails_stops_the_runner_all_the_same() -> None:
    class ReaderLeft(RecordingListener):
        def on_result(self, *_: object) -> None:
            raise BrokenPipeError

    made: list[ScriptedRunner] = []

    def make(listener: RunnerListener) -> ScriptedRunner:
        made.append(ScriptedRunner(listener))
        return made[0]

    with pytest.raises(BrokenPipeError):
        run_until_finished(make, ReaderLeft())
    assert made[0].stopped.is_set()
