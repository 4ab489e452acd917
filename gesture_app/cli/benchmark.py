"""``gesture-app benchmark``: back ends, the whole pipeline and a live run, with yardsticks."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from gesture_app.app import Application, compose
from gesture_app.cli.benchmark_report import Findings, as_json, print_tables
from gesture_app.cli.output import print_line
from gesture_app.cli.pytorch_yardstick import measure_pytorch
from gesture_app.cli.watch import play_once
from gesture_app.core.errors import SourceError
from gesture_app.core.types import Frame
from gesture_app.engine.backend_benchmark import (
    BATCHES,
    BatchSpeed,
    get_ready,
    measure_backends,
)
from gesture_app.engine.benchmark import WARM_UP_FRAMES, BenchmarkReport, measure
from gesture_app.engine.live_benchmark import DetectorOnly, LiveReport, measure_live
from gesture_app.engine.runner import PipelineRunner, Recogniser
from gesture_app.store.models import load_model
from gesture_app.vision.backends.base import ProbeResult
from gesture_app.vision.backends.engine_keys import processor_name
from gesture_app.vision.sources import FrameSource, SourceKind, SourceSpec, parse_source


def run(args: argparse.Namespace) -> int:
    app = compose(args.model)
    spec = play_once(app, parse_source(args.source or "demo"))
    with Progress(console=Console(stderr=True)) as progress:
        bench = _Bench(app, progress)
        source, backend, pipeline = bench.pipeline(spec, args.frames)
        live, live_alone = bench.live(spec)
        backends, left_out = bench.backends(args.against or (), args.rounds)
        waiting = progress.add_task("PyTorch", total=None)
        pytorch = measure_pytorch(bench.model_folder, args.training_run, args.rounds)
        progress.remove_task(waiting)
    findings = Findings(
        processor=processor_name(),
        source=source,
        backend=backend,
        pipeline=pipeline,
        live=live,
        live_alone=live_alone,
        backends=tuple(backends),
        left_out=left_out,
        pytorch=pytorch,
    )
    if args.json:
        print_line(as_json(findings))
    else:
        print_tables(findings)
    return 0


@dataclass(frozen=True, slots=True)
class _Bench:
    """The parts of a benchmark, each with its bar."""

    app: Application
    progress: Progress

    @property
    def model_folder(self) -> Path:
        return self.app.load_model().folder

    def pipeline(self, spec: SourceSpec, frames: int) -> tuple[str, str, BenchmarkReport]:
        """Names of source and back end, and frame by frame the pipeline against MediaPipe.

        Raises:
            AppError: nothing can be measured.
        """
        with (
            closing(self.app.open_source(spec)) as source,
            closing(self.app.open_pipeline(upgrades=False)) as pipeline,
            closing(self.app.open_mediapipe()) as mediapipe,
        ):
            name = source.info.name
            step = self._bar(name, min(source.info.frame_count or frames, frames))
            report = measure(_first(source, frames), mediapipe, pipeline, step)
            backend = pipeline.backend.active.name
        if report is None:
            raise SourceError(
                "Nothing was measured",
                f"{name} has no more than {WARM_UP_FRAMES} frames, which only warm up",
                "Choose a longer clip.",
            )
        return name, backend, report

    def live(self, spec: SourceSpec) -> tuple[LiveReport | None, LiveReport | None]:
        """The clip in place of a camera: the whole pipeline, then MediaPipe alone.

        None for what is not a video file: a camera shows no two runs the same.
        """
        clip = Path(spec.target).expanduser()
        if spec.kind is not SourceKind.FILE or not clip.is_file():
            return None, None
        return (
            self._live("live", clip, lambda: self.app.open_pipeline(upgrades=False)),
            self._live("live, MediaPipe", clip, lambda: DetectorOnly(self.app.open_mediapipe())),
        )

    def backends(
        self, against: Sequence[Path], rounds: int
    ) -> tuple[list[BatchSpeed], tuple[ProbeResult, ...]]:
        """Every back end with the model and those it is compared with; what cannot run, and why.

        Raises:
            ModelError: a model cannot be read.
        """
        models = [self.app.load_model(), *map(load_model, against)]
        with ExitStack() as stack:
            ready, left_out = get_ready(models, self.app.backend_providers.all, stack)
            step = self._bar("back ends", rounds * len(BATCHES))
            return measure_backends(ready, rounds, on_round=step), left_out

    def _live(
        self, name: str, clip: Path, open_pipeline: Callable[[], Recogniser]
    ) -> LiveReport | None:
        def open_source() -> FrameSource:
            return self.app.open_as_camera(clip)

        step = self._bar(name, None)
        return measure_live(partial(PipelineRunner, open_source, open_pipeline), step)

    def _bar(self, name: str, total: int | None) -> Callable[[], None]:
        task = self.progress.add_task(name, total=total)
        return lambda: self.progress.advance(task)


def _first(source: FrameSource, count: int) -> Iterator[Frame]:
    for _ in range(count):
        frame = source.read()
        if frame is None:
            return
        yield frame
