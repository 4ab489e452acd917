"""Bars on standard error: how far teaching is, and how long it will take."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from gesture_app.store.training_events import Event, Stage, StageName, Step

_WORDS = {
    StageName.HANDS: "Finding hands",
    StageName.FEATURES: "Looking at them",
    StageName.FIT: "Learning",
    StageName.JUDGE: "Judging",
    StageName.TRAIN: "Training",
    StageName.WRITE: "Writing the model",
}


class TeachProgress:
    """A bar for each stage that has begun."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description:<18}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[StageName, TaskID] = {}

    def __enter__(self) -> TeachProgress:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def show(self, event: Event) -> None:
        if isinstance(event, Stage):
            self._update(event.stage, event.done, event.total)
        elif isinstance(event, Step):
            self._update(StageName.TRAIN, event.step, event.steps)

    def _update(self, stage: StageName, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(_WORDS[stage])
        self._bars.update(self._tasks[stage], completed=done, total=total or None)
