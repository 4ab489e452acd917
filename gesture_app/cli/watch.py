"""``gesture-app watch``: events of a source as they happen, for people or as JSON lines."""

from __future__ import annotations

import argparse
import time
from abc import ABC, abstractmethod
from dataclasses import replace

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gesture_app.app import Application, as_configured, compose
from gesture_app.cli.output import event_line, print_line
from gesture_app.cli.relay import run_until_finished
from gesture_app.core.errors import AppError
from gesture_app.core.types import EventKind, FrameResult, GestureEvent
from gesture_app.engine.statistics import RunStatistics
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import SourceInfo, SourceKind, SourceSpec, parse_source


def run(args: argparse.Namespace) -> int:
    app = compose(args.model)
    spec = as_configured(parse_source(args.source or "0"), app.settings.load())
    if args.once:
        spec = play_once(app, spec)
    return watch(app, spec, as_json=args.json)


def play_once(app: Application, spec: SourceSpec) -> SourceSpec:
    """A source that ends by itself: files once, the demo as the file that it is."""
    if spec.kind is SourceKind.DEMO:
        return SourceSpec(SourceKind.FILE, str(app.demo_clip))
    return replace(spec, loop=False)


def watch(app: Application, spec: SourceSpec, *, as_json: bool) -> int:
    """Print events until the source ends or someone presses Ctrl+C; then a summary.

    Raises:
        AppError: what ended the run before its time.
    """
    view: JsonView | TerminalView = JsonView() if as_json else TerminalView()
    run_until_finished(lambda listener: app.make_runner(spec, listener), view)
    if view.error is not None:
        raise view.error
    return 0


class _Summary(ABC):
    """What both views say at the end.

    Attributes:
        error: what ended the run, None if it ended as it should.
    """

    def __init__(self, console: Console) -> None:
        self.error: AppError | None = None
        self._console = console
        self._backend: BackendChoice | None = None
        self._started_s = 0.0

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:  # noqa: ARG002
        self._backend = backend
        self._started_s = time.perf_counter()

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        self._backend = statistics.backend or self._backend
        self.on_events(result.events)

    @abstractmethod
    def on_events(self, events: tuple[GestureEvent, ...]) -> None: ...

    def on_notice(self, notice: AppError) -> None:
        self._console.print(f"{notice}", style="yellow", markup=False, highlight=False)

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        self.error = error
        if self._backend is None:
            return
        elapsed_s = max(time.perf_counter() - self._started_s, 1e-9)
        for line in summary_lines(statistics, elapsed_s, self._backend):
            self._console.print(line, markup=False, highlight=False)


class JsonView(_Summary):
    """One JSON line per event on standard output; everything else on standard error."""

    def __init__(self) -> None:
        super().__init__(Console(stderr=True, soft_wrap=True))

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        for event in events:
            print_line(event_line(event))


class TerminalView(_Summary):
    """Readable lines above a progress bar (for files) or a line with the current rate."""

    def __init__(self) -> None:
        super().__init__(Console(soft_wrap=True))
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[rate]}"),
            console=self._console,
        )
        self._task = self._progress.add_task("", total=None, rate="", start=False)

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        super().on_started(source, backend)
        self._console.print(f"Watching {source.name} on {backend.active.name}", markup=False)
        self._progress.update(self._task, description=source.name, total=source.frame_count)
        self._progress.start_task(self._task)
        self._progress.start()

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        rate = f"{statistics.fps:.0f} fps, {statistics.latency_p50_ms:.0f} ms"
        self._progress.update(self._task, completed=statistics.frames, rate=rate)
        super().on_result(result, statistics)

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        for event in events:
            # That a gesture goes on is for programs; a person reads its start and its end.
            if event.kind is not EventKind.HOLD:
                style = "green" if event.kind is EventKind.START else "dim"
                self._console.print(_readable(event), style=style, markup=False, highlight=False)

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        self._progress.stop()
        super().on_finished(statistics, error)


def _readable(event: GestureEvent) -> str:
    return (
        f"{event.t_ms / 1000:8.2f} s  {event.kind:<5}  {event.gesture:<14} "
        f"{event.hand:<5}  {event.prob:.2f}"
    )


def summary_lines(
    statistics: RunStatistics, elapsed_s: float, backend: BackendChoice
) -> tuple[str, ...]:
    """The end of a run in a few lines: frames, rate, latency, stages, back end and why."""
    s = statistics
    return (
        f"Frames    {s.frames} recognised, {s.dropped} dropped",
        f"Rate      {s.frames / elapsed_s:.1f} frames per second",
        f"Latency   p50 {s.latency_p50_ms:.1f} ms, p95 {s.latency_p95_ms:.1f} ms, "
        f"p99 {s.latency_p99_ms:.1f} ms (capture to result, last 300 frames)",
        f"Stages    hands {s.detect_ms:.1f} ms, network {s.classify_ms:.1f} ms, "
        f"tracking {s.track_ms:.2f} ms",
        f"Back end  {backend.active.name}: {backend.active.reason}",
        *(f"          not {other.name}: {other.reason}" for other in backend.passed_over),
    )
