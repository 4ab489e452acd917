"""``gesture-app benchmark`` and what it is made of; no time is judged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from gesture_app.cli.pytorch_yardstick import measure_pytorch
from gesture_app.core.errors import BackendError, SourceError
from gesture_app.core.types import Frame, Hand
from gesture_app.engine.backend_benchmark import WARM_UP_RUNS, get_ready, measure_backends
from gesture_app.engine.benchmark import WARM_UP_FRAMES, measure
from gesture_app.engine.live_benchmark import (
    DetectorOnly,
    Sighting,
    event_times,
    measure_live,
)
from gesture_app.engine.runner import PipelineRunner
from gesture_app.engine.statistics import spread_of
from gesture_app.store.engine_cache import EngineKey
from gesture_app.store.models import load_model
from gesture_app.store.paths import assets_dir
from gesture_app.vision.backends.base import Precision, ProbeResult
from tests.clips import cut_video, write_video
from tests.fakes import (
    PATIENCE_S,
    FakeBackend,
    FakeDetector,
    FakeSource,
    make_frame,
    make_frames,
    make_hand,
    make_pipeline,
)
from tests.networks import write_model
from tests.program import json_lines, run_program

MILLISECOND = 1_000_000


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


class FakeProvider:
    """Implements `BackendProvider`; notes in ``order`` whose turn it was."""

    def __init__(
        self,
        name: str,
        order: list[str],
        *,
        precision: Precision = Precision.FP32,
        reason: str = "",
        error: BackendError | None = None,
    ) -> None:
        self.name = name
        self.precision = precision
        self.loaded: list[FakeBackend] = []
        self._order = order
        self._reason = reason
        self._error = error

    def probe(self) -> ProbeResult:
        return ProbeResult(self.name, not self._reason, self._reason or "it is there")

    def key(self, _model: bytes) -> EngineKey:
        raise NotImplementedError  # no engine is cached here: nobody asks

    def needs_build(self, _model: bytes) -> bool:
        return False

    def load(self, _model: bytes) -> FakeBackend:
        if self._error is not None:
            raise self._error
        name, order = self.name, self._order

        class Noting(FakeBackend):
            def run(self, batch):  # type: ignore[no-untyped-def]
                order.append(name)
                return super().run(batch)

        self.loaded.append(Noting())
        self.loaded[-1].name = name  # type: ignore[misc]
        return self.loaded[-1]


def test_every_back_end_is_timed_in_turns_at_every_batch_size_and_closed(model: Path) -> None:
    order: list[str] = []
    providers = [FakeProvider("A", order), FakeProvider("B", order)]
    rounds: list[int] = []
    with ExitStack() as stack:
        ready, left_out = get_ready([load_model(model)], providers, stack)
        speeds = measure_backends(
            ready, 4, batches=(1, 3), on_round=lambda: rounds.append(len(order))
        )
        assert not any(one.loaded[0].closed_on for one in providers)
    assert left_out == ()
    assert [(speed.of.backend.name, speed.batch) for speed in speeds] == [
        *(("A", 1), ("B", 1)),
        *(("A", 3), ("B", 3)),
    ]
    assert order[2 * WARM_UP_RUNS : 2 * WARM_UP_RUNS + 8] == ["B", "A", "A", "B"] * 2
    assert len(rounds) == 8
    assert speeds[0].ratio == speeds[2].ratio == 1.0
    assert speeds[1].ratio == pytest.approx(speeds[0].run_ms.p50 / speeds[1].run_ms.p50)
    assert all(len(one.loaded[0].closed_on) == 1 for one in providers)
    assert [len(b.crops) for b in providers[0].loaded[0].batches].count(3) == WARM_UP_RUNS + 4


def test_what_cannot_run_is_named_with_its_reason(model: Path) -> None:
    failure = BackendError("It cannot load", "the library is too old", "Update it.")
    providers = [
        FakeProvider("Missing", [], reason="it is not installed"),
        FakeProvider("Broken", [], error=failure),
        FakeProvider("Small", [], precision=Precision.INT8),
        FakeProvider("Sound", []),
    ]
    with ExitStack() as stack:
        ready, left_out = get_ready([load_model(model)], providers, stack)
    assert [one.backend.name for one in ready] == ["Sound"]
    assert {one.name: one.reason for one in left_out} == {
        "Missing": "it is not installed",
        "Broken": "the library is too old",
        "Small": "the model has no INT8 file",
    }


def test_two_models_are_run_side_by_side(model: Path, tmp_path: Path) -> None:
    other = write_model(tmp_path / "other")
    with ExitStack() as stack:
        models = [load_model(model), load_model(other)]
        ready, _ = get_ready(models, [FakeProvider("A", [])], stack)
        speeds = measure_backends(ready, 2, batches=(1,))
    assert len(speeds) == 2


def sighting(index: int, gesture: str = "", *started: str) -> Sighting:
    """A frame every 30 ms whose result is told 10 ms later."""
    captured = index * 30 * MILLISECOND
    gestures = frozenset({gesture} - {""})
    return Sighting(captured, captured + 10 * MILLISECOND, 1.0, gestures, started)


def test_an_event_is_timed_from_its_frame_and_from_the_first_frame_that_showed_it() -> None:
    run = [sighting(0), sighting(1, "like"), sighting(2), sighting(3, "like")]
    run += [sighting(4, "like"), sighting(5, "like", "like"), sighting(6, "like")]
    completing, shown = event_times(run)
    assert completing == [10.0]
    assert shown == [2 * 30 + 10.0]


def test_a_gesture_in_the_very_first_frame_is_timed_from_there() -> None:
    assert event_times([sighting(0, "like", "like")]) == ([10.0], [10.0])


def test_a_live_run_is_measured_to_its_end() -> None:
    taken = threading.Semaphore(0)

    def waiting() -> Iterator[Frame]:
        for index in range(30):
            yield make_frame(index)
            taken.acquire(timeout=PATIENCE_S)

    source = FakeSource(waiting(), live=True)
    report = measure_live(
        lambda listener: PipelineRunner(lambda: source, make_pipeline, listener),
        on_frame=taken.release,
    )
    assert report is not None
    assert (report.captured, report.recognised, report.dropped) == (30, 30, 0)
    assert report.starts == 1
    assert report.frame_to_event is not None
    assert report.shown_to_event is not None
    assert report.shown_to_event.p50 >= report.frame_to_event.p50
    assert report.latency.p50 >= report.waited.p50 >= 0
    assert report.processor_share > 0


def test_mediapipe_alone_runs_live_the_same_way_and_is_closed() -> None:
    detector = FakeDetector()
    source = FakeSource(make_frames(20))
    report = measure_live(
        lambda listener: PipelineRunner(lambda: source, lambda: DetectorOnly(detector), listener)
    )
    assert report is not None
    assert (report.recognised, report.starts, report.frame_to_event) == (20, 0, None)
    assert detector.closed_on == ["inference"]


def test_a_live_run_that_fails_raises_what_ended_it() -> None:
    lost = SourceError("x.mp4 ends early", "it is damaged", "Copy it again.")
    source = FakeSource(make_frames(10), error=lost)
    with pytest.raises(SourceError, match="ends early"):
        measure_live(lambda listener: PipelineRunner(lambda: source, make_pipeline, listener))


def test_a_live_run_without_frames_measures_nothing() -> None:
    source = FakeSource()
    report = measure_live(lambda listener: PipelineRunner(lambda: source, make_pipeline, listener))
    assert report is None


def test_percentiles_of_one_value_are_that_value() -> None:
    spread = spread_of([3.0])
    assert (spread.mean, spread.p50, spread.p95, spread.p99) == (3.0, 3.0, 3.0, 3.0)


def test_without_a_training_run_pytorch_is_not_run_and_the_report_says_so(tmp_path: Path) -> None:
    assert "no training run" in measure_pytorch(tmp_path, None, 1).not_run


def test_what_gesture_train_complains_of_is_why_pytorch_was_not_run(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    told = measure_pytorch(tmp_path / "no_model", tmp_path, 1)
    assert told.rows == ()
    assert "no_model" in told.not_run


def test_the_program_measures_back_ends_pipeline_and_live_run(
    model: Path, home_with_hand_model: Path, tmp_path: Path
) -> None:
    clip = cut_video(assets_dir() / "demo" / "demo.mp4", 60, 25, tmp_path / "hand.mp4")
    other = write_model(tmp_path / "other")
    options = ["--source", clip, "--model", model, "--against", other, "--rounds", 2]
    done = run_program("benchmark", *options, "--json")
    assert done.returncode == 0, done.stderr
    (report,) = json_lines(done.stdout)
    assert report["frames"] == 25 - WARM_UP_FRAMES
    expected = report["pipeline_ms"]["mean"] / report["mediapipe_ms"]["mean"]
    assert report["ratio_pipeline_to_mediapipe"] == pytest.approx(expected, rel=1e-2)
    stages = sum(report[f"{stage}_ms"]["mean"] for stage in ("detect", "classify", "track"))
    assert stages == pytest.approx(report["pipeline_ms"]["mean"], rel=0.2)
    for live in (report["live"], report["live_mediapipe"]):
        assert live["captured"] == 25
        assert live["recognised"] + live["dropped"] == 25
    assert report["live"]["latency_ms"]["p99"] >= report["live"]["latency_ms"]["p50"] > 0
    assert [row["batch"] for row in report["back_ends"]] == [1, 1, 2, 2, 32, 32]
    assert {row["backend"] for row in report["back_ends"]} == {"ONNX Runtime CPU"}
    assert all(one["reason"] for one in report["not_run"])
    assert "--run" in report["pytorch"]["not_run"]


def test_the_tables_name_every_part(
    model: Path, home_with_hand_model: Path, tmp_path: Path
) -> None:
    clip = cut_video(assets_dir() / "demo" / "demo.mp4", 60, 15, tmp_path / "hand.mp4")
    done = run_program("benchmark", "--source", clip, "--model", model, "--rounds", 1)
    assert done.returncode == 0, done.stderr
    for part in ("MediaPipe alone", "whole pipeline", "shown to event", "images/s", "ready in ms"):
        assert part in done.stdout
    assert "PyTorch was not run" in done.stdout


def test_a_clip_that_is_too_short_to_measure_is_told(
    model: Path, home_with_hand_model: Path, tmp_path: Path
) -> None:
    short = write_video(tmp_path / "short.avi", frames=3)
    done = run_program("benchmark", "--source", short, "--json", "--model", model)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Choose a longer clip" in done.stderr


def test_both_sides_of_the_benchmark_meet_every_frame_and_take_turns_to_go_first() -> None:
    order: list[str] = []

    def alone(_: object) -> tuple[()]:
        order.append("mediapipe")
        return ()

    def whole(_: object) -> tuple[Hand, ...]:
        order.append("pipeline")
        return (make_hand(),)

    report = measure(make_frames(8), FakeDetector(alone), make_pipeline(FakeDetector(whole)))
    assert report is not None
    assert order[:4] == ["pipeline", "mediapipe", "mediapipe", "pipeline"]
    assert len(order) == 16
    assert report.frames == report.frames_with_hands == 8 - WARM_UP_FRAMES
    assert report.ratio == report.pipeline.mean / report.mediapipe.mean
