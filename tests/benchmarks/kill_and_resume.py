"""Kills a training run at random moments and resumes it; the weights must be those of a whole run.

    python tests/benchmarks/kill_and_resume.py --kills 20

Real processes of ``gesture-train train``, SIGKILL, bit for bit the same file on a CPU. A smaller
form of it is among the tests.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.made_up_hands import RECIPE, made_up_hands, write_hands, write_recipe
from training.trained_network import NETWORK_NAME

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_S = 600.0
LONGEST_WAIT_S = 0.5
"""After the line of progress at which a kill is due: time to get into a batch or a checkpoint."""

LINES_A_KILL = 6
"""A kill comes after at most so many lines of progress of the process."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run that was killed.

    Attributes:
        kills: after how many lines of progress each kill came.
        same: whether the final network is that of the whole run, bit for bit.
    """

    kills: tuple[int, ...]
    same: bool


def kill_and_resume(folder: Path, kills: int, seed: int = 0) -> Outcome:
    """Train once as a whole and once with kills, on made-up hands.

    The run is long enough for all of the kills: about three steps for each.
    """
    data = write_hands(folder / "hands", made_up_hands())
    recipe = replace(RECIPE, steps=LINES_A_KILL * kills, frozen_stages=5)
    arguments = [
        *("train", str(write_recipe(folder / "recipe.toml", recipe))),
        *("--data", str(data), "--threads", "1", "--progress", "json", "--out"),
    ]
    whole, cut = folder / "whole", folder / "cut"
    with _start([*arguments, str(whole)]) as process:
        process.communicate(timeout=PATIENCE_S)
    rng = random.Random(seed)
    moments = tuple(
        _kill_once([*arguments, str(cut), "--resume"], rng.randint(0, LINES_A_KILL), rng)
        for _ in range(kills)
    )
    with _start([*arguments, str(cut), "--resume"]) as process:
        process.communicate(timeout=PATIENCE_S)
    files = [(run / NETWORK_NAME).read_bytes() for run in (whole, cut)]
    return Outcome(moments, files[0] == files[1])


def _kill_once(arguments: list[str], lines: int, rng: random.Random) -> int:
    """Kill the process after so many lines and a moment; returns the lines that it told before."""
    with _start(arguments) as process:
        assert process.stdout is not None
        told = 0
        while told < lines and process.stdout.readline():
            told += 1
        try:
            process.wait(rng.uniform(0, LONGEST_WAIT_S))
        except subprocess.TimeoutExpired:
            process.kill()
        else:
            raise RuntimeError("the run was over before the last kill")
        process.communicate(timeout=PATIENCE_S)
    return told


def _start(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "training", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_and_resume(Path(folder), options.kills, options.seed)
    print(f"killed after lines of progress: {', '.join(map(str, outcome.kills))}")
    print(f"final weights bit-identical: {'yes' if outcome.same else 'NO'}")
    return 0 if outcome.same else 1


if __name__ == "__main__":
    sys.exit(main())
