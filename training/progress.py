"""Progress of a run: a bar on standard error for people, JSON Lines on standard output for apps.

Every line is one event: ``{"event": "step", "schema": 1, …}`` with the fields of its class below.
A run starts with `Started`, and ends with `Finished` or `Failed`. Documented for readers in
docs/training.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Started:
    """How a run computes.

    Attributes:
        step: steps that were done before, by a run that is resumed.
        hands: on the training side.
        device: type, cpu or cuda.
        device_name: for people.
        precision_reason: why this precision.
        processes: how many share each batch.
        threads: of each process on the CPU.
        batch_norm: how batch statistics are taken across processes.
    """

    step: int
    steps: int
    batch_size: int
    hands: int
    device: str
    device_name: str
    precision: str
    precision_reason: str
    processes: int
    threads: int
    batch_norm: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run.

    Attributes:
        step: steps done.
        epoch: pictures seen per hand of the training side.
        loss: mean over the step's batch, sum of the three heads.
        rate: factor on the peak learning rates.
        images_per_second: since this process started its first step, all processes together.
        eta_s: seconds left at that speed.
    """

    step: int
    steps: int
    epoch: float
    loss: float
    rate: float
    images_per_second: float
    eta_s: float
    device: str
    precision: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The averaged network on the validation side.

    Attributes:
        validation_loss: mean negative log-likelihood in nats.
        validation_accuracy: share of hands whose likeliest label is theirs, no threshold.
        hands: how many were judged.
    """

    step: int
    validation_loss: float
    validation_accuracy: float
    hands: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file was written, from which the run can go on (or ``best``: which is kept as one of the
    best)."""

    step: int
    file: str
    best: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over: done, or stopped on request with a checkpoint to go on from.

    Attributes:
        weights: file of the trained network; None if cancelled.
        weights_step: the step that they are of.
    """

    step: int
    cancelled: bool
    weights: str | None
    weights_step: int | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The run is over and left no network: what, why, what to do now."""

    what: str
    why: str
    next_step: str


Event = Started | Step | Evaluated | Checkpoint | Finished | Failed
Report = Callable[[Event], None]


def to_line(event: Event) -> str:
    """An event as one line of JSON, without the newline."""
    return json.dumps({"event": type(event).__name__.lower(), "schema": SCHEMA, **asdict(event)})


@contextmanager
def counting_bar(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar for ``total`` equal pieces of work; call what it yields after each."""
    with _bar() as bar:
        task = bar.add_task(title, total=total, detail="")
        yield lambda: bar.advance(task)


@contextmanager
def training_report(as_json: bool) -> Iterator[Report]:
    """What `training.loop.train` reports to; a bar appears with the first step."""
    if as_json:
        yield lambda event: print(to_line(event), file=sys.stdout, flush=True)
        return
    bar = _bar()
    try:
        task = bar.add_task("training", total=None, detail="")

        def show(event: Event) -> None:
            if isinstance(event, Step):
                bar.start()
                bar.update(task, total=event.steps, completed=event.step, detail=_detail(event))
            elif (sentence := _sentence(event)) is not None:
                bar.console.print(sentence, markup=False, highlight=False)

        yield show
    finally:
        bar.stop()


def _detail(step: Step) -> str:
    return (
        f"epoch {step.epoch:.1f}  loss {step.loss:.3f}  {step.images_per_second:.0f} images/s  "
        f"{step.device} {step.precision}"
    )


def _sentence(event: Event) -> str | None:
    """An event in words, or None where the bar says enough."""
    if isinstance(event, Started):
        begun = f"Going on after step {event.step}" if event.step else "Training"
        return (
            f"{begun}: {event.hands} hands, {event.device_name}, {event.precision} "
            f"({event.precision_reason}), processes: {event.processes}, "
            f"threads: {event.threads}, batch norm: {event.batch_norm}"
        )
    if isinstance(event, Evaluated):
        return (
            f"Step {event.step}: {event.validation_accuracy:.1%} of {event.hands} validation hands "
            f"right, loss {event.validation_loss:.3f}"
        )
    if isinstance(event, Finished):
        if event.cancelled:
            return f"Stopped after step {event.step}; the same command with --resume goes on"
        return f"Finished: {event.weights}, the network of step {event.weights_step}"
    if isinstance(event, Failed):
        return f"{event.what}.\n{event.why}.\n{event.next_step}"
    return None


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
