"""Kills teaching at random moments; samples, active model and finished models must stay whole.

    python -m tests.benchmarks.kill_teaching --kills 20

Real processes of ``gesture-train teach``, SIGKILL; every second one takes pictures first and leaves
its model in a folder, the others take it into the library. A smaller form of it is among the tests.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.library import ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.models import load_model, read_network
from gesture_app.store.paths import HOME_VARIABLE, assets_dir, models_folder, user_folders
from gesture_app.store.sample_layout import finished_model
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_events import Done, Event, parse_line
from gesture_app.vision.network_check import check_networks
from tests.hand_samples import record
from tests.picture_sets import HANDS

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_S = 600.0
GESTURES = ("wave", "spider")
SAMPLES = 12
PICTURES = 6
"""That the runs take in addition, of a third gesture."""


@dataclass(slots=True)
class Outcome:
    """What became of the runs.

    Attributes:
        moments_s: after how many seconds each kill came.
        faults: what was broken after a kill, in words; empty if nothing ever was.
        ends: the last event of each run after the last kill.
    """

    moments_s: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ends: list[Event | None] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return all(isinstance(end, Done) for end in self.ends)


class Place:
    """A home with a taught, active model, and a gesture set.

    Args:
        hand_model: bundle of MediaPipe, as set-up puts it into the cache.
    """

    def __init__(self, folder: Path, hand_model: bytes) -> None:
        self.root = folder / "set"
        self.pictures = folder / "pictures"
        self.home = folder / "home"
        self.folders = user_folders(self.home)
        path = hand_model_path(self.folders)
        path.parent.mkdir(parents=True)
        path.write_bytes(hand_model)
        self.store = SampleStore(self.root)
        for label in GESTURES:
            record(self.store, label, SAMPLES)
        self.pictures.mkdir()
        for path in sorted(HANDS.glob("[a-p]*_1.jpg"))[:PICTURES]:
            shutil.copy(path, self.pictures)
        bundled = assets_dir() / "models" / "default"
        self.library = ModelLibrary(models_folder(self.folders), bundled, check_networks)
        self.active = ActiveModel(self.library)

    def start(self, into_library: bool) -> subprocess.Popen[bytes]:
        arguments = ["teach", str(self.root), "--json"]
        if into_library:
            arguments.append("--install")
        else:
            arguments += ["--take", f"third={self.pictures}"]
        return subprocess.Popen(
            [sys.executable, "-m", "training", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=REPOSITORY,
            env={**os.environ, HOME_VARIABLE: str(self.home)},
        )

    def finish(self, into_library: bool) -> Event | None:
        """A run to its end; its last event."""
        with self.start(into_library) as process:
            out, _ = process.communicate(timeout=PATIENCE_S)
        lines = out.splitlines()
        return parse_line(lines[-1]) if lines else None

    def faults(self, before: frozenset[str], active: str) -> list[str]:
        """What is not as it should be: every sample of before is there and can be read, no file
        is damaged, the active model is the same and sound, and so is the one in the set."""
        found = [f"problem: {problem}" for problem in self.store.problems()]
        ids = frozenset(sample.id for sample in SampleStore(self.root).samples())
        found += [f"{sample} is lost" for sample in sorted(before - ids)]
        for sample in ids:
            self.store.read(sample)
        choice = self.active.choice()
        if choice.problem is not None or self.active.id() != active:
            found.append(f"the active model is another: {choice.problem}")
        self.library.verify(self.library.find(active))
        model = finished_model(self.root)
        if model is not None:
            loaded = load_model(model)
            for precision in loaded.manifest.variants:
                read_network(loaded, precision)
        return found


def kill_teaching(
    folder: Path, hand_model: bytes, kills: int, seed: int = 0, ends: Sequence[bool] = (True, False)
) -> Outcome:
    """Teach and activate once, then kill so many runs, then let some finish.

    Args:
        ends: for each of the last runs, whether it goes into the library.
    """
    place, outcome, rng = Place(folder, hand_model), Outcome(), random.Random(seed)
    began = time.monotonic()
    first = place.finish(into_library=True)
    assert isinstance(first, Done), first
    assert first.id is not None
    place.active.activate(first.id)
    lasts_s = time.monotonic() - began
    into_library = True
    while len(outcome.moments_s) < kills:
        into_library = not into_library
        if rng.random() < 0.5:
            shutil.rmtree(place.folders.cache / "features", ignore_errors=True)
        before = frozenset(sample.id for sample in place.store.samples())
        moment_s = rng.uniform(0.0, lasts_s)
        if _killed(place.start(into_library), moment_s):
            outcome.moments_s.append(round(moment_s, 2))
            outcome.faults += place.faults(before, first.id)
    outcome.ends = [place.finish(into_library) for into_library in ends]
    outcome.faults += place.faults(frozenset(), first.id)
    return outcome


def _killed(process: subprocess.Popen[bytes], after_s: float) -> bool:
    """False if it was over before."""
    with process:
        try:
            process.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=PATIENCE_S)
            return True
    return False


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    hand_model = hand_model_path(user_folders()).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_teaching(Path(folder), hand_model, options.kills, options.seed)
    print(f"killed after seconds: {', '.join(map(str, outcome.moments_s))}")
    print(f"broken: {'; '.join(outcome.faults) or 'nothing'}")
    print(f"the runs after them succeeded: {'yes' if outcome.finished else outcome.ends}")
    return 0 if outcome.finished and not outcome.faults else 1


if __name__ == "__main__":
    sys.exit(main())
