"""The training loop, to be read from top to bottom.

A batch is a function of seed and step, and so are dropout and the learning rate; a checkpoint holds
everything else. That is why a run that is killed anywhere ends with the weights of one that never
was, bit for bit on a CPU with the same number of threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import torch
from numpy.typing import NDArray

from gesture_app.core.types import FloatArray
from training.batches import Batch
from training.checkpoint import keep_if_among_best, load_best, load_checkpoint, save_checkpoint
from training.config import Recipe
from training.distributed import World
from training.landmark_training import train_landmarks
from training.learner import Learner, learning_rate_factor
from training.losses import Teacher
from training.metrics_file import MetricsFile
from training.model import GestureNet
from training.precision import Precision, choose_precision
from training.progress import Checkpoint, Evaluated, Event, Report, Started, Step
from training.validation import ValidationHands


class Source(Protocol):
    """Where batches come from: a pure function of the step, see `training.batches.BatchSource`."""

    @property
    def hands(self) -> int: ...

    def batch(self, step: int, size: int) -> Batch: ...

    def landmark_batch(self, step: int, count: int) -> tuple[FloatArray, NDArray[Any]]: ...


@dataclass(frozen=True, slots=True)
class Session:
    """What a run may have around it; without any of it, it trains alone to its end.

    Attributes:
        world: the processes that share it.
        validation: hands that were held out.
        stop_requested: asked after every step.
    """

    world: World = field(default_factory=World)
    validation: ValidationHands | None = None
    stop_requested: Callable[[], bool] = lambda: False


class RunStopped(Exception):  # noqa: N818 (no error: it was asked for)
    """The run was stopped on request; its checkpoint is written.

    Attributes:
        step: steps done.
    """

    def __init__(self, step: int) -> None:
        super().__init__(f"stopped after step {step}")
        self.step = step


def train(
    net: GestureNet,
    source: Source,
    recipe: Recipe,
    run: Path,
    report: Report,
    teacher: Teacher | None = None,
    session: Session | None = None,
) -> GestureNet:
    """Train ``net`` and return the moving average of its weights, ready for export.

    Continues from the run folder's checkpoint if there is one, with the same result as if it had
    never stopped. Where the recipe keeps the best networks, the best one is returned.

    Args:
        teacher: what ``net`` learns from beside the labels, by the recipe's ``distillation``.

    Raises:
        ValueError: the recipe does not fit the device, the teacher or the number of processes.
        RunStopped: the session asked for it.
    """
    if (recipe.distillation > 0) != (teacher is not None):
        raise ValueError("a teacher and a recipe with distillation above 0 belong together")
    session = session or Session()
    world = session.world
    state = load_checkpoint(run)
    first = 0 if state is None else int(state["step"])
    precision = _same_precision(recipe, state, world)
    tell = _teller(run, first, report) if world.is_main else _silence
    tell(_describe_start(first, recipe, source, session, precision))

    prepare(net, source, recipe, session, resumed=state is not None)
    learner = Learner(net, recipe, world, precision, teacher)
    if state is not None:
        learner.restore(state)
    started = time.perf_counter()
    for step in range(first, recipe.steps):
        batch = world.part_of(source.batch(step, crop_size(step, recipe)))
        loss, stops = world.total([learner.learn(step, batch), float(session.stop_requested())])
        done, stopping = step + 1, stops > 0
        speed = (done - first) / (time.perf_counter() - started)
        tell(
            Step(
                step=done,
                steps=recipe.steps,
                epoch=done * recipe.batch_size / source.hands,
                loss=loss / world.size,
                rate=learning_rate_factor(step, recipe),
                images_per_second=speed * recipe.batch_size,
                eta_s=(recipe.steps - done) / speed,
                device=world.device().type,
                precision=precision.name,
            )
        )
        if session.validation is not None and _due(done, recipe.evaluate_every, recipe):
            _evaluate(learner.average, done, recipe, run, session, tell)
        if stopping or _due(done, recipe.checkpoint_every, recipe):
            if world.is_main:
                path = save_checkpoint(run, {"step": done, **learner.state()})
                tell(Checkpoint(done, str(path), best=False))
            if stopping and done < recipe.steps:
                raise RunStopped(done)
    if session.validation is not None and (best := load_best(run)) is not None:
        learner.average.load_state_dict(best)
    return learner.average.eval()


def prepare(
    net: GestureNet, source: Source, recipe: Recipe, session: Session, *, resumed: bool
) -> None:
    """Bring ``net`` to its device; in a new run, train its landmark layers first."""
    device = session.world.device()
    torch.manual_seed(recipe.seed)
    net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if resumed:
        return
    train_landmarks(net, source, recipe, device, session.stop_requested)
    # One process may be asked to stop where another is through already: all stop.
    if session.world.total([float(session.stop_requested())])[0]:
        raise RunStopped(0)


def crop_size(step: int, recipe: Recipe) -> int:
    """Small crops for most of the run, the final size at its end."""
    return recipe.final_size if step >= recipe.steps - recipe.final_steps else recipe.train_size


def _due(done: int, every: int, recipe: Recipe) -> bool:
    """Every so many steps, where any are given, and after the last."""
    return done == recipe.steps or (every > 0 and done % every == 0)


def _same_precision(recipe: Recipe, state: dict[str, Any] | None, world: World) -> Precision:
    """One precision for the whole run and all its processes, whatever each would measure."""
    if state is not None:
        return Precision(state["precision"], "as the run began")
    chosen = choose_precision(recipe.precision, world.device())
    name, reason = world.from_main(f"{chosen.name} {chosen.reason}").split(" ", 1)
    return Precision(name, reason)


def _evaluate(
    average: GestureNet,
    done: int,
    recipe: Recipe,
    run: Path,
    session: Session,
    tell: Report,
) -> None:
    """Judge the average on the validation side and keep it if it is among the best."""
    assert session.validation is not None
    verdict = session.validation.judge(average, session.world)
    tell(Evaluated(done, verdict.loss, verdict.accuracy, verdict.hands))
    if not session.world.is_main or recipe.keep_best == 0:
        return
    score = verdict.loss if recipe.best_by == "loss" else -verdict.accuracy
    path = keep_if_among_best(run, done, score, average.state_dict(), recipe.keep_best)
    if path is not None:
        tell(Checkpoint(done, str(path), best=True))


def _teller(run: Path, first: int, report: Report) -> Report:
    """Events go to the metrics file and to whoever looks on."""
    metrics = MetricsFile(run, first)

    def tell(event: Event) -> None:
        metrics.write(event)
        report(event)

    return tell


def _silence(_: Event) -> None:
    """Only the first process writes and reports."""


def _describe_start(
    first: int, recipe: Recipe, source: Source, session: Session, precision: Precision
) -> Started:
    world, device = session.world, session.world.device()
    cuda = device.type == "cuda"
    return Started(
        step=first,
        steps=recipe.steps,
        batch_size=recipe.batch_size,
        hands=source.hands,
        device=device.type,
        device_name=torch.cuda.get_device_name(device) if cuda else "CPU",
        precision=precision.name,
        precision_reason=precision.reason,
        processes=world.size,
        threads=torch.get_num_threads(),
        batch_norm="over the whole batch" if world.size > 1 else "of the batch",
    )
