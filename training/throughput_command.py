"""``gesture-train throughput``: how fast a model is on this machine."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from gesture_app.store.engine_cache import EngineCache
from gesture_app.store.models import load_model, read_network
from gesture_app.store.paths import user_folders

if TYPE_CHECKING:
    from gesture_app.vision.backends.base import ProbeResult
    from training.throughput import Speed


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``throughput``."""
    command = commands.add_parser(
        "throughput", help="images per second by back end, precision and batch size"
    )
    command.add_argument("model", type=Path, help="model folder")
    command.add_argument("--run", type=Path, help="run folder: measure PyTorch too")
    command.add_argument("--batch", type=int, nargs="+", help="hands at once; default: 1 2 32")
    command.add_argument("--rounds", type=int, default=50, help="how often each is timed")
    command.add_argument("--json", action="store_true", help="one JSON object as the answer")


def run(options: argparse.Namespace) -> int:
    """Measure, and print a table or one JSON object; the exit code.

    Raises:
        AppError: the model or the run cannot be used.
    """
    from gesture_app.vision.backends.select import known_providers
    from training.progress import counting_bar
    from training.throughput import BATCHES, eager_candidate, load_candidates, measure
    from training.trained_network import load_network

    model = load_model(options.model)
    providers = known_providers(EngineCache(user_folders().cache / "engines")).all
    sizes = sorted(set(options.batch or BATCHES))
    with ExitStack() as stack:
        candidates, left_out = load_candidates(
            providers, lambda precision: read_network(model, precision), stack
        )
        if options.run:
            candidates.insert(0, eager_candidate(load_network(options.run).net))
        total = options.rounds * len(sizes)
        with counting_bar("measuring", total) as advance:
            input_size = model.manifest.preprocess.input_size
            speeds = measure(candidates, input_size, options.rounds, sizes, advance)
    report = _as_json if options.json else _as_table
    report(model.manifest.name, options.rounds, speeds, left_out)
    return 0


def _as_json(
    name: str, rounds: int, speeds: Sequence[Speed], left_out: Sequence[ProbeResult]
) -> None:
    from training.throughput import WARM_UP_RUNS, speed_row

    print(
        json.dumps(
            {
                "model": name,
                "rounds": rounds,
                "warm_up_runs": WARM_UP_RUNS,
                "rows": [speed_row(speed) for speed in speeds],
                "not_run": [{"backend": one.name, "reason": one.reason} for one in left_out],
            }
        )
    )


def _as_table(
    name: str, rounds: int, speeds: Sequence[Speed], left_out: Sequence[ProbeResult]
) -> None:
    from training.throughput import WARM_UP_RUNS

    table = Table("back end", "precision", title=f"{name} on {speeds[0].machine}")
    for heading in ("hands", "images/s", "p50 ms", "p95 ms", "ratio"):
        table.add_column(heading, justify="right")
    for one in speeds:
        times = f"{one.images_per_second:.1f}", f"{one.p50_ms:.2f}", f"{one.p95_ms:.2f}"
        table.add_row(one.backend, one.precision, str(one.batch), *times, f"{one.ratio:.2f}")
    Console().print(table)
    print(
        f"Medians of {rounds} runs in turns after {WARM_UP_RUNS} to warm up; "
        f"ratio: speed in units of {speeds[0].backend}, {speeds[0].precision}."
    )
    for other in left_out:
        print(f"not run: {other.name}: {other.reason}")
