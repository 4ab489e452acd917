"""How far an import is: a bar on standard error, or JSON Lines on standard output."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Report = Callable[[int, int], None]
"""Told how many pictures are done, of how many."""


@contextmanager
def import_progress(as_json: bool) -> Iterator[Report]:
    """Yields what is to be told."""
    if as_json:
        yield _JsonLines()
        return
    columns = (
        TextColumn("finding hands"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _JsonLines:
    """One line for each percent."""

    def __init__(self) -> None:
        self._last = -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if percent != self._last:
            self._last = percent
            print(json.dumps({"event": "progress", "done": done, "total": total}), flush=True)
