"""Progress: a bar on standard error for people, JSON Lines on standard output for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from training.loop import Progress


@contextmanager
def counting_bar(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar for ``total`` equal pieces of work; call what it yields after each."""
    with _bar() as bar:
        task = bar.add_task(title, total=total, detail="")
        yield lambda: bar.advance(task)


@contextmanager
def training_report(as_json: bool) -> Iterator[Callable[[Progress], None]]:
    """What `training.loop.train` reports to."""
    if as_json:
        yield lambda progress: print(json.dumps(asdict(progress)), file=sys.stdout, flush=True)
        return
    with _bar() as bar:
        task = bar.add_task("training", total=None, detail="")

        def show(progress: Progress) -> None:
            detail = (
                f"loss {progress.loss:.3f}  {progress.images_per_second:.0f} images/s  "
                f"{progress.device} {progress.precision}"
            )
            bar.update(task, total=progress.steps, completed=progress.step, detail=detail)

        yield show


def _bar() -> Bar:
    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[detail]}"),
        console=Console(stderr=True),
    )
