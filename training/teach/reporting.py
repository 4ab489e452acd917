"""Telling how far it is: JSON Lines on standard output for programs, bars on standard error for
people. The events are those of `gesture_app.store.training_events`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

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

from gesture_app.store.training_events import (
    Cancelled,
    Done,
    Event,
    Failed,
    Stage,
    StageName,
    Step,
    Taken,
    to_line,
)

LEAST_GAP_S = 0.1
"""Between two events of one stage: nobody reads faster, and pipes are not for flooding."""

SETTLED_AFTER_S = 0.5
"""Before that, the time left is a guess from too little."""

_WORDS = {
    StageName.HANDS: "finding hands",
    StageName.FEATURES: "looking at them",
    StageName.FIT: "learning",
    StageName.JUDGE: "judging",
    StageName.TRAIN: "training",
    StageName.WRITE: "writing the model",
}

Tell = Callable[[Event], None]
Advance = Callable[[int, int], None]
"""Told how many pieces of work are done, of how many."""


class StageClock:
    """Times stages, and tells how far each is and how long it will take.

    Attributes:
        tell: where events go, for those that are told besides stages.
    """

    def __init__(self, tell: Tell, clock: Callable[[], float] = time.perf_counter) -> None:
        self.tell = tell
        self._clock = clock
        self._begun_s = clock()
        self._seconds: dict[str, float] = {}

    @property
    def seconds(self) -> dict[str, float]:
        """Of each stage that was entered, and ``total`` since this was made."""
        return {
            **{name: round(spent, 3) for name, spent in self._seconds.items()},
            "total": round(self._clock() - self._begun_s, 3),
        }

    @contextmanager
    def stage(self, name: StageName, total: int = 1) -> Iterator[Advance]:
        """Yields what is to be told of progress. Its beginning and its end are told in any case.

        Args:
            total: pieces of work, as far as they are known.
        """
        began = last = self._clock()
        done, all_of_it = 0, total
        self.tell(Stage(name, 0, total))

        def advance(now_done: int, now_total: int) -> None:
            nonlocal done, all_of_it, last
            done, all_of_it = now_done, now_total
            now = self._clock()
            if done < all_of_it and now - last >= LEAST_GAP_S:
                last = now
                self.tell(Stage(name, done, all_of_it, _left(now - began, done, all_of_it)))

        try:
            yield advance
            finished = max(all_of_it, done)
            self.tell(Stage(name, finished, finished, 0.0))
        finally:
            spent = self._clock() - began
            self._seconds[name] = self._seconds.get(name, 0.0) + spent


def counting(advance: Advance, total: int) -> Callable[[], None]:
    """What is to be called after each of ``total`` pieces of work."""
    done = 0

    def note() -> None:
        nonlocal done
        done = min(done + 1, total)
        advance(done, total)

    return note


def _left(spent_s: float, done: int, total: int) -> float | None:
    if done == 0 or spent_s < SETTLED_AFTER_S:
        return None
    return round(spent_s / done * (total - done), 1)


class Reporter(Protocol):
    """Where events go."""

    def tell(self, event: Event) -> None: ...

    def close(self) -> None:
        """Nothing is told afterwards."""


def open_reporter(as_json: bool) -> Reporter:
    return JsonReporter() if as_json else BarReporter()


class JsonReporter:
    """One event a line on standard output, at once. Whether anybody reads them is their matter."""

    def tell(self, event: Event) -> None:
        try:
            print(to_line(event), flush=True)
        except BrokenPipeError:
            # Whoever started this has died; the end of standard input tells that too.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)

    def close(self) -> None:
        """Every line was flushed."""


class BarReporter:
    """A bar for each stage; what else there is to say in words."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._tasks: dict[StageName, TaskID] = {}
        self._bars.start()

    def tell(self, event: Event) -> None:
        if isinstance(event, Stage):
            self._show(event.stage, event.done, event.total)
        elif isinstance(event, Step):
            self._show(StageName.TRAIN, event.step, event.steps)
        elif (sentence := _sentence(event)) is not None:
            self._console.print(sentence, markup=False, highlight=False)

    def close(self) -> None:
        self._bars.stop()

    def _show(self, stage: StageName, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(_WORDS[stage])
        self._bars.update(self._tasks[stage], completed=done, total=total or None)


def _sentence(event: Event) -> str | None:
    """An event in words, or None where the bars say enough."""
    if isinstance(event, Taken):
        return f"{event.label}: a hand in {event.with_hand} of {event.pictures} pictures"
    if isinstance(event, Done):
        where = f": {event.model}" if event.model else ""
        return f"Done after {event.seconds.get('total', 0.0):.1f} s{where}"
    if isinstance(event, Cancelled):
        return "Stopped. The same command goes on where it was."
    if isinstance(event, Failed):
        return f"{event.what}.\n{event.why}.\n{event.next_step}"
    return None
