"""What a benchmark found, as one JSON object and as tables."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from gesture_app.cli.pytorch_yardstick import Yardstick
from gesture_app.engine.backend_benchmark import BatchSpeed, ReadyBackend
from gesture_app.engine.benchmark import BenchmarkReport
from gesture_app.engine.live_benchmark import LiveReport
from gesture_app.engine.statistics import Spread
from gesture_app.vision.backends.base import ProbeResult

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was measured.

    Attributes:
        backend: which one the pipeline ran on.
        live, live_alone: the clip in place of a camera, through everything and through MediaPipe
            alone; None where the source is no clip.
        left_out: back ends that cannot run here, with the reasons.
    """

    processor: str
    source: str
    backend: str
    pipeline: BenchmarkReport
    live: LiveReport | None
    live_alone: LiveReport | None
    backends: tuple[BatchSpeed, ...]
    left_out: tuple[ProbeResult, ...]
    pytorch: Yardstick


def as_json(found: Findings) -> dict[str, Any]:
    """The contract for programs: add keys, change none. Milliseconds, megabytes, ratios."""
    report = found.pipeline
    return {
        "processor": found.processor,
        "source": found.source,
        "backend": found.backend,
        "frames": report.frames,
        "frames_with_hands": report.frames_with_hands,
        "classified_hands": report.classified_hands,
        "mediapipe_ms": _spread(report.mediapipe),
        "pipeline_ms": _spread(report.pipeline),
        "detect_ms": _spread(report.detect),
        "classify_ms": _spread(report.classify),
        "track_ms": _spread(report.track),
        "ratio_pipeline_to_mediapipe": round(report.ratio, 4),
        "live": _live(found.live),
        "live_mediapipe": _live(found.live_alone),
        "back_ends": [_speed(speed) for speed in found.backends],
        "not_run": [{"backend": one.name, "reason": one.reason} for one in found.left_out],
        "pytorch": {"rows": list(found.pytorch.rows), "not_run": found.pytorch.not_run},
    }


def print_tables(found: Findings) -> None:
    console = Console()
    console.print(_pipeline_table(found))
    report = found.pipeline
    console.print(
        f"The whole pipeline takes {report.ratio:.2f} times as long as MediaPipe alone. "
        f"{report.frames_with_hands} frames had hands; {report.classified_hands} hands went "
        "through the network. Decoding is part of neither.",
        highlight=False,
    )
    if found.live is not None and found.live_alone is not None:
        console.print(_live_table(found.live, found.live_alone))
    console.print(_backend_table(found.backends))
    console.print(_readiness_table(found.backends))
    if found.pytorch.rows:
        console.print(_pytorch_table(found.pytorch))
    else:
        console.print(f"PyTorch was not run: {found.pytorch.not_run}.", highlight=False)
    for one in found.left_out:
        console.print(f"Not run: {one.name}: {one.reason}.", highlight=False)


def _pipeline_table(found: Findings) -> Table:
    report = found.pipeline
    table = _table(
        "ms per frame",
        *("mean", "p50", "p95", "p99", "x MediaPipe"),
        title=f"{found.source}, {report.frames} frames, {found.backend}",
    )
    rows = {
        "MediaPipe alone": report.mediapipe,
        "whole pipeline": report.pipeline,
        "  finding hands": report.detect,
        "  classifying": report.classify,
        "  tracking": report.track,
    }
    for label, spread in rows.items():
        table.add_row(label, *_cells(spread), f"{spread.mean / report.mediapipe.mean:.2f}")
    return table


def _live_table(live: LiveReport, alone: LiveReport) -> Table:
    table = _table("the clip as a camera", "whole pipeline", "MediaPipe alone", title="Live")
    for label, values in {
        "frames per second": [f"{one.fps:.1f}" for one in (live, alone)],
        "dropped": [f"{one.dropped} of {one.captured}" for one in (live, alone)],
        "capture to result, p50 / p95 / p99 ms": [_of(one.latency) for one in (live, alone)],
        "  of it waiting": [_of(one.waited) for one in (live, alone)],
        "frame to event, hold apart": [_of(live.frame_to_event), _NONE],
        "shown to event, hold included": [_of(live.shown_to_event), _NONE],
        "gestures started": [str(live.starts), _NONE],
        "share of all processors": [f"{one.processor_share:.0%}" for one in (live, alone)],
    }.items():
        table.add_row(label, *values)
    return table


def _backend_table(speeds: tuple[BatchSpeed, ...]) -> Table:
    headings = ("hands", "images/s", "p50 ms", "p95 ms", "p99 ms", "x first")
    table = _table("back end", *headings, title="Back ends")
    for speed in speeds:
        times = _cells(speed.run_ms)[1:]
        row = str(speed.batch), f"{speed.images_per_second:.1f}", *times, f"{speed.ratio:.2f}"
        table.add_row(_name(speed.of, speeds), *row)
    return table


def _readiness_table(speeds: tuple[BatchSpeed, ...]) -> Table:
    table = _table("back end", "ready in ms", "engine built", "memory MB", title="Getting ready")
    for one in dict.fromkeys(speed.of for speed in speeds):
        built = "yes" if one.built else "no"
        table.add_row(_name(one, speeds), f"{one.ready_ms:.0f}", built, f"{one.memory_mb:.0f}")
    return table


def _name(one: ReadyBackend, among: tuple[BatchSpeed, ...]) -> str:
    several = len({speed.of.model for speed in among}) > 1
    name = f"{one.backend.name}, {one.precision}"
    return f"{name}, {one.model}" if several else name


def _pytorch_table(pytorch: Yardstick) -> Table:
    table = _table(
        "back end", "hands", "images/s", "p50 ms", "p95 ms", "x PyTorch", title="PyTorch"
    )
    for row in pytorch.rows:
        table.add_row(
            f"{row['backend']}, {row['precision']}",
            str(row["batch"]),
            f"{row['images_per_second']:.1f}",
            *(f"{row[key]:.2f}" for key in ("p50_ms", "p95_ms", "ratio")),
        )
    return table


def _table(first: str, *headings: str, title: str) -> Table:
    table = Table(first, title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _cells(spread: Spread) -> list[str]:
    return [f"{value:.2f}" for value in (spread.mean, spread.p50, spread.p95, spread.p99)]


def _of(spread: Spread | None) -> str:
    if spread is None:
        return _NONE
    return " / ".join(f"{value:.0f}" for value in (spread.p50, spread.p95, spread.p99))


def _spread(value: Spread | None) -> dict[str, float] | None:
    if value is None:
        return None
    return {key: round(number, 3) for key, number in asdict(value).items()}


def _live(report: LiveReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {
        "captured": report.captured,
        "recognised": report.recognised,
        "dropped": report.dropped,
        "fps": round(report.fps, 2),
        "latency_ms": _spread(report.latency),
        "waited_ms": _spread(report.waited),
        "starts": report.starts,
        "frame_to_event_ms": _spread(report.frame_to_event),
        "shown_to_event_ms": _spread(report.shown_to_event),
        "processor_share": round(report.processor_share, 4),
    }


def _speed(speed: BatchSpeed) -> dict[str, Any]:
    return {
        "model": speed.of.model,
        "backend": speed.of.backend.name,
        "precision": speed.of.precision,
        "batch": speed.batch,
        "images_per_second": round(speed.images_per_second, 2),
        "run_ms": _spread(speed.run_ms),
        "ratio": round(speed.ratio, 3),
        "first_ms": round(speed.first_ms, 3),
        "ready_ms": round(speed.of.ready_ms, 1),
        "built": speed.of.built,
        "memory_mb": round(speed.of.memory_mb, 1),
    }
