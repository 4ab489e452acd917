"""``gesture-app benchmark``: time per frame of MediaPipe alone and of the whole pipeline."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from gesture_app.app import compose
from gesture_app.cli.output import print_line
from gesture_app.cli.watch import play_once
from gesture_app.core.errors import SourceError
from gesture_app.core.types import Frame
from gesture_app.engine.benchmark import WARM_UP_FRAMES, BenchmarkReport, Spread, measure
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import FrameSource, parse_source


def run(args: argparse.Namespace) -> int:
    app = compose(args.model)
    spec = play_once(app, parse_source(args.source or "demo"))
    with (
        closing(app.open_source(spec)) as source,
        closing(app.open_pipeline(video=True)) as pipeline,
        closing(app.open_mediapipe()) as mediapipe,
        Progress(console=Console(stderr=True)) as progress,
    ):
        count = min(source.info.frame_count or args.frames, args.frames)
        task = progress.add_task(source.info.name, total=count)
        report = measure(
            _first(source, args.frames), mediapipe, pipeline, lambda: progress.advance(task)
        )
        name, backend = source.info.name, pipeline.backend
    if report is None:
        raise SourceError(
            "Nothing was measured",
            f"{name} has no more than {WARM_UP_FRAMES} frames, which only warm up",
            "Choose a longer clip.",
        )
    if args.json:
        print_line(_as_json(name, report, backend))
    else:
        _print_table(name, report, backend)
    return 0


def _first(source: FrameSource, count: int) -> Iterator[Frame]:
    for _ in range(count):
        frame = source.read()
        if frame is None:
            return
        yield frame


def _as_json(name: str, report: BenchmarkReport, backend: BackendChoice) -> dict[str, Any]:
    def spread(value: Spread) -> dict[str, float]:
        return {key: round(number, 3) for key, number in asdict(value).items()}

    return {
        "source": name,
        "backend": backend.active.name,
        "frames": report.frames,
        "frames_with_hands": report.frames_with_hands,
        "classified_hands": report.classified_hands,
        "mediapipe_ms": spread(report.mediapipe),
        "pipeline_ms": spread(report.pipeline),
        "detect_ms": spread(report.detect),
        "classify_ms": spread(report.classify),
        "track_ms": spread(report.track),
        "ratio_pipeline_to_mediapipe": round(report.ratio, 4),
    }


def _print_table(name: str, report: BenchmarkReport, backend: BackendChoice) -> None:
    table = Table("ms per frame", title=f"{name}, {report.frames} frames, {backend.active.name}")
    for heading in ("mean", "p50", "p95"):
        table.add_column(heading, justify="right")
    rows = {
        "MediaPipe alone": report.mediapipe,
        "whole pipeline": report.pipeline,
        "  finding hands": report.detect,
        "  classifying": report.classify,
        "  tracking": report.track,
    }
    for label, spread in rows.items():
        table.add_row(label, *(f"{value:.2f}" for value in (spread.mean, spread.p50, spread.p95)))
    console = Console()
    console.print(table)
    console.print(
        f"The whole pipeline takes {report.ratio:.2f} times as long as MediaPipe alone. "
        f"{report.frames_with_hands} frames had hands; {report.classified_hands} hands went "
        "through the network. Decoding is part of neither.",
        highlight=False,
    )
