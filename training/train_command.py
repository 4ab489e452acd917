"""``gesture-train train``: one run from a recipe and data sets to a network."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gesture_app.core.errors import AppError
from training.errors import TrainingError

if TYPE_CHECKING:
    from training.distributed import World
    from training.first_weights import FirstWeights
    from training.model import GestureNet
    from training.progress import Event, Report
    from training.run_file import RunPlan
    from training.training_data import TrainingData

EPILOG = """\
The run folder gets checkpoints, recipe.json (every value used), metrics.jsonl and, at the end,
network.safetensors. Stop with Ctrl-C; the same command with --resume goes on, also after a crash.
With --progress json, closing standard input, if it is a pipe, stops the run in the same way.
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``train``."""
    train = commands.add_parser(
        "train",
        help="train a network by a recipe on data sets",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    train.add_argument("recipe", type=Path, help="recipe file, see docs/training.md")
    train.add_argument("--out", type=Path, required=True, help="run folder")
    train.add_argument(
        "--data",
        action="append",
        metavar="SET",
        help="folder of an imported data set, or name of one below SHARED/data; may be given more "
        "than once; default: the recipe's sets",
    )
    train.add_argument(
        "--validate",
        action="append",
        default=[],
        metavar="SET",
        help="judge on this set as a whole too; may be given more than once",
    )
    train.add_argument("--shared", type=Path, help="folder with data and pretrained weights")
    train.add_argument("--start", type=Path, metavar="RUN", help="start from a trained network")
    train.add_argument("--teacher", type=Path, metavar="RUN", help="distil this trained network")
    train.add_argument("--resume", action="store_true", help="go on with the run in the folder")
    train.add_argument(
        "--gpus",
        type=int,
        default=1,
        metavar="N",
        help="share each batch among N processes: one a GPU, or on CPUs where there is none",
    )
    train.add_argument("--threads", type=int, metavar="N", help="CPU threads of each process")
    train.add_argument("--progress", choices=("bar", "json"), default="bar")
    train.add_argument("--stop-with-stdin", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Train; the exit code. Failures are told by the chosen kind of progress."""
    from training.progress import Failed, training_report

    # Of several processes only the first one writes JSON; what ends another is told in words.
    first = os.environ.get("RANK", "0") == "0"
    with training_report(options.progress == "json" and first) as report:
        try:
            _run(options, report)
        except AppError as error:
            report(Failed(error.what, error.why, error.next_step))
        except (ValueError, OSError) as error:
            report(
                Failed(
                    "The network cannot be trained",
                    str(error),
                    "Mend the recipe or the files that it names.",
                )
            )
        else:
            return 0
    return 1


def _run(options: argparse.Namespace, report: Report) -> None:
    from training.distributed import joined_world
    from training.launching import launch
    from training.stopping import stdin_is_a_pipe

    watch_stdin = options.stop_with_stdin or (options.progress == "json" and stdin_is_a_pipe())
    if options.gpus < 1 or (options.threads is not None and options.threads < 1):
        raise ValueError("--gpus and --threads must be at least 1")
    if options.gpus > 1 and "TORCHELASTIC_RUN_ID" not in os.environ:
        _prepare(options)  # what is wrong is told once, and hands are found once
        threads = options.threads or max((os.cpu_count() or 1) // options.gpus, 1)
        launch(options.gpus, _arguments(options), threads, watch_stdin=watch_stdin)
        return
    with joined_world() as world:
        _train(options, _prepare(options), world, report, watch_stdin=watch_stdin)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A run that was checked and can begin.

    Attributes:
        threads: that an earlier session of it had; None in a new run.
    """

    plan: RunPlan
    data: TrainingData
    threads: int | None


def _prepare(options: argparse.Namespace) -> _Prepared:
    """Read and check everything that a person may have got wrong."""
    from training.config import load_recipe
    from training.run_file import RunPlan, check_same, read_run
    from training.training_data import check_fits, gather

    recipe = load_recipe(options.recipe)
    sets = options.data or recipe.sets
    data = gather(sets, options.validate, _hand_finder(options))
    recipe = replace(recipe, sets=tuple(Path(name).name for name in sets))
    check_fits(data, recipe)
    weights = _first_weights(options)
    start, teacher = weights.describe(recipe), weights.teacher_hash()
    plan = RunPlan(recipe, data.labels, data.rows, start, teacher)
    stored = read_run(options.out)
    if stored is None:
        return _Prepared(plan, data, None)
    if not options.resume:
        raise TrainingError(
            f"{options.out} holds a run already",
            "A new one would overwrite it",
            "Go on with it by --resume, or name another folder with --out.",
        )
    check_same(options.out, stored, plan)
    # Sums in another order round differently: the same threads, the same weights.
    return _Prepared(plan, data, int(stored["sessions"][0]["threads"]))


def _train(
    options: argparse.Namespace,
    prepared: _Prepared,
    world: World,
    report: Report,
    *,
    watch_stdin: bool,
) -> None:
    import torch

    from training.batches import BatchSource
    from training.loop import RunStopped, Session, train
    from training.progress import Finished
    from training.stopping import stop_requests
    from training.validation import ValidationHands

    plan, data = prepared.plan, prepared.data
    if threads := options.threads or prepared.threads:
        torch.set_num_threads(threads)
    weights = _first_weights(options)
    net = weights.network(plan.recipe, plan.labels)
    teacher = weights.teacher_for(plan.labels)
    source = BatchSource(data.train, plan.labels, plan.recipe)
    hands = ValidationHands(data.validation, plan.labels, plan.recipe.spec())
    stop = threading.Event()
    session = Session(world, hands if len(hands) else None, stop.is_set)
    with stop_requests(stop.set, watch_stdin=watch_stdin):
        try:
            noting = _noting(options.out, plan, report)
            net = train(net, source, plan.recipe, options.out, noting, teacher, session)
        except RunStopped as stopped:
            if world.is_main:
                report(Finished(stopped.step, True, None, None))
            return
    if world.is_main:
        report(_finish(options.out, net, plan))


def _first_weights(options: argparse.Namespace) -> FirstWeights:
    from training.first_weights import FirstWeights

    folder = options.recipe.parent if options.shared is None else options.shared
    return FirstWeights(folder, options.start, options.teacher)


def _noting(run: Path, plan: RunPlan, report: Report) -> Callable[[Event], None]:
    """Events go on; the first one says under what circumstances the run computes."""
    from training.progress import Started
    from training.run_file import note_session

    def note(event: Event) -> None:
        if isinstance(event, Started):
            note_session(run, plan, event)
        report(event)

    return note


def _finish(run: Path, net: GestureNet, plan: RunPlan) -> Event:
    from training.checkpoint import best_networks
    from training.progress import Finished
    from training.trained_network import NETWORK_NAME, save_network

    save_network(run / NETWORK_NAME, net, plan.labels, plan.recipe.to_json())
    best, steps = best_networks(run), plan.recipe.steps
    return Finished(steps, False, str(run / NETWORK_NAME), best[0].step if best else steps)


def _hand_finder(options: argparse.Namespace) -> Callable[[str], Path]:
    """Finds the hands of shared sets, once, into the run folder."""

    def find(name: str) -> Path:
        from gesture_app.store.hand_model import hand_model_path, load_hand_model
        from gesture_app.store.paths import user_folders
        from training.release_data import HandCaches

        if options.shared is None or not (options.shared / "data" / name).is_dir():
            raise TrainingError(
                f"There is no data set {name}",
                "It is neither a folder that gesture-train data import wrote nor, with --shared, "
                "the name of one below SHARED/data",
                "Import pictures with: gesture-train data import PICTURES --out SET",
            )
        hand_model = load_hand_model(hand_model_path(user_folders()))
        return HandCaches(options.shared, options.out / "cache", hand_model).find(name)

    return find


def _arguments(options: argparse.Namespace) -> list[str]:
    """The command line again, for the processes that share the run."""
    words = ["train", str(options.recipe), "--out", str(options.out)]
    for option in ("data", "validate"):
        for name in getattr(options, option) or ():
            words += [f"--{option}", name]
    for option in ("shared", "start", "teacher", "threads"):
        if (value := getattr(options, option)) is not None:
            words += [f"--{option}", str(value)]
    if options.resume:
        words.append("--resume")
    return [*words, "--gpus", str(options.gpus), "--progress", options.progress]
