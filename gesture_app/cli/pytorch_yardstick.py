"""PyTorch as a yardstick. The app itself never loads it: `gesture-train` does, as a program."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EAGER = "PyTorch eager"
_TIMEOUT_S = 1800


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What ``gesture-train throughput`` measured.

    Attributes:
        rows: back ends and PyTorch at each batch size, in one run, each with its ``ratio``: how
            many times as fast as PyTorch eager it is. Empty where it was not run.
        not_run: why not.
    """

    rows: tuple[dict[str, Any], ...]
    not_run: str = ""


def measure_pytorch(model: Path, training_run: Path | None, rounds: int) -> Yardstick:
    """Run PyTorch and the back ends in turns, in a process of its own; never raises.

    Args:
        training_run: holds the network that PyTorch can load, which a model folder does not.
    """
    if training_run is None:
        return _not_run("no training run was named; give one with --run")
    for package in ("training", "torch"):
        if importlib.util.find_spec(package) is None:
            return _not_run(f"{package} is not installed; see the README on training")
    command = [sys.executable, "-m", "training", "throughput", str(model), "--json"]
    command += ["--run", str(training_run), "--rounds", str(rounds)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return _not_run(f"it took more than {_TIMEOUT_S // 60} minutes")
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        return _not_run("; ".join(line.rstrip(".") for line in lines[-3:]))
    return Yardstick(tuple(json.loads(done.stdout)["rows"]))


def _not_run(reason: str) -> Yardstick:
    return Yardstick((), reason)
