"""Better engines take over in mid-stream, failing ones hand over, and no event is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from gesture_app.core.errors import AppError, BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import EventKind, FloatArray, Frame
from gesture_app.engine.live_backend import STANDS_BY, LiveBackend, UpgradeTarget
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.engine.recognition import ReadyModel
from gesture_app.engine.runner import PipelineRunner
from gesture_app.vision.backends.base import BackendChoice, InferenceBackend, ProbeResult
from gesture_app.vision.backends.select import SelectedBackend
from gesture_app.vision.classifier import GestureClassifier
from tests.fakes import (
    PATIENCE_S,
    FakeBackend,
    FakeDetector,
    FakeSource,
    RecordingListener,
    make_frame,
    make_frames,
    make_manifest,
    make_rules,
)

BROKEN = BackendError("GPU failed", "the device was lost", "Do that.")
ONE_HAND = NetworkInput(np.zeros((1, 3, 32, 32), np.float32), np.zeros((1, 63), np.float32))


def selected(backend: InferenceBackend, name: str = "CPU") -> SelectedBackend:
    return SelectedBackend(backend, BackendChoice(ProbeResult(name, True, f"{name} is here"), ()))


def none_left(failed: object) -> SelectedBackend:
    raise BackendError("No inference back end can run the model", f"{failed} failed", "Do that.")


def live_on(
    backend: InferenceBackend,
    reserve: Callable[..., SelectedBackend] = none_left,
    notices: list[AppError] | None = None,
) -> LiveBackend:
    return LiveBackend(selected(backend), reserve, [].append if notices is None else notices.append)


def gpu() -> ProbeResult:
    return ProbeResult("GPU", True, "GPU is here")


def pipeline_on(live: LiveBackend) -> GesturePipeline:
    classifier = GestureClassifier(live, make_manifest())
    model = ReadyModel(Path("fake"), classifier, make_rules(), lambda: live.choice)
    return GesturePipeline(FakeDetector(), model, reuse_still=False)


def events_of(
    live: LiveBackend, during: dict[int, Callable[[], None]], count: int = 40
) -> RecordingListener:
    """A whole run over ``count`` frames; ``during`` is called before the frames of those indices
    are delivered, and on from then the frame before has been recognised."""
    listener = RecordingListener()

    def frames() -> Iterator[Frame]:
        for frame in make_frames(count):
            if frame.index in during:
                listener.wait_until(lambda _, index=frame.index: len(listener.results) == index)
                during[frame.index]()
            yield frame

    runner = PipelineRunner(lambda: FakeSource(frames()), lambda: pipeline_on(live), listener)
    runner.start()
    assert runner.wait(PATIENCE_S)
    return listener


def test_a_swap_in_mid_stream_loses_no_frame_and_no_event() -> None:
    cpu, better = FakeBackend(), FakeBackend()
    undisturbed = events_of(live_on(FakeBackend()), {})
    live = live_on(cpu)
    swapped = events_of(live, {15: lambda: live.offer(better, gpu())})
    assert swapped.events == undisturbed.events
    assert [result.frame.index for result in swapped.results] == list(range(40))
    assert (len(cpu.batches), len(better.batches)) == (15, 25)
    assert swapped.kinds() == [EventKind.START, EventKind.END]


def test_what_is_shown_of_the_back_end_changes_with_the_swap() -> None:
    live = live_on(FakeBackend())
    listener = events_of(live, {10: lambda: live.offer(FakeBackend(), gpu())}, count=20)
    names = [stats.backend.active.name for stats in listener.statistics if stats.backend]
    assert names == ["CPU"] * 10 + ["GPU"] * 10
    last = listener.statistics[-1].backend
    assert last is not None
    assert last.passed_over == (ProbeResult("CPU", True, STANDS_BY),)


def test_a_failure_in_mid_flight_hands_the_same_frame_on_and_is_told() -> None:
    cpu, better = FakeBackend(), FakeBackend()
    notices: list[AppError] = []
    undisturbed = events_of(live_on(FakeBackend()), {})
    live = live_on(cpu, notices=notices)

    def break_it() -> None:
        better.error = BROKEN

    listener = events_of(live, {5: lambda: live.offer(better, gpu()), 20: break_it})
    assert listener.events == undisturbed.events
    assert len(listener.results) == 40
    assert listener.finished[0][1] is None
    (notice,) = notices
    assert (notice.what, notice.why) == ("GPU has failed", "the device was lost")
    assert notice.next_step == "CPU has taken over."
    assert live.choice.active.name == "CPU"
    assert live.choice.passed_over == (ProbeResult("GPU", False, "the device was lost"),)
    assert len(better.closed_on) == 1


def test_answers_that_are_no_numbers_count_as_a_failure() -> None:
    class Nonsense(FakeBackend):
        def run(self, batch: NetworkInput) -> FloatArray:
            return super().run(batch) * np.nan

    live = live_on(FakeBackend())
    live.offer(Nonsense(), gpu())
    assert np.isfinite(live.run(ONE_HAND)).all()
    assert live.choice.passed_over[0].reason == "it answers with numbers that are not finite"
    live.close()


def test_if_no_engine_stands_by_the_next_one_is_loaded() -> None:
    asked: list[set[str]] = []

    def reserve(failed: set[str]) -> SelectedBackend:
        asked.append(set(failed))
        return selected(FakeBackend(), "Other CPU")

    live = live_on(FakeBackend(error=BROKEN), reserve)
    live.run(ONE_HAND)
    assert live.choice.active.name == "Other CPU"
    assert asked == [{"CPU"}]
    live.close()


def test_if_nothing_works_any_more_the_error_says_so() -> None:
    live = live_on(FakeBackend(error=BROKEN))
    with pytest.raises(BackendError, match="No inference back end"):
        live.run(ONE_HAND)
    live.close()


def test_closing_releases_every_engine_once() -> None:
    first, second, third, unused = (FakeBackend() for _ in range(4))
    live = live_on(first)
    for backend in (second, third):
        live.offer(backend, gpu())
        live.run(ONE_HAND)
    live.offer(FakeBackend(), gpu())
    live.offer(unused, gpu())
    live.close()
    assert [len(one.closed_on) for one in (first, second, third, unused)] == [1, 1, 1, 1]


class WaitingUpgrade:
    """An `Upgrade` that goes on until it is cancelled."""

    def __init__(self) -> None:
        self.running = threading.Event()
        self.cancelled = threading.Event()

    def run(self, target: UpgradeTarget) -> None:
        target.pass_over(ProbeResult("GPU", False, "it is not there"))
        self.running.set()
        assert self.cancelled.wait(PATIENCE_S)

    def cancel(self) -> None:
        self.cancelled.set()


def test_closing_ends_the_upgrade_and_waits_for_its_thread() -> None:
    live, upgrade = live_on(FakeBackend()), WaitingUpgrade()
    live.improve(upgrade)
    assert upgrade.running.wait(PATIENCE_S)
    live.run(ONE_HAND)
    assert live.choice.passed_over == (ProbeResult("GPU", False, "it is not there"),)
    live.close()
    assert upgrade.cancelled.is_set()


def test_a_bug_in_the_upgrade_leaves_recognition_running(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Buggy(WaitingUpgrade):
        def run(self, target: UpgradeTarget) -> None:
            raise ZeroDivisionError(target)

    live = live_on(FakeBackend())
    live.improve(Buggy())
    assert live.run(ONE_HAND).shape == (1, 3)
    live.close()
    assert "A bug ended the search for a better engine" in caplog.text


def test_frames_come_on_while_an_engine_is_prepared() -> None:
    live, upgrade = live_on(FakeBackend()), WaitingUpgrade()
    pipeline = pipeline_on(live)
    live.improve(upgrade)
    assert upgrade.running.wait(PATIENCE_S)
    results = [pipeline.step(make_frame(index)) for index in range(5)]
    assert [len(result.hands) for result in results] == [1] * 5
    pipeline.close()
