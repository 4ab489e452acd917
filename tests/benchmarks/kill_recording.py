"""Kills a process at random moments while it records; nothing that it announced may be lost.

    python -m tests.benchmarks.kill_recording --kills 100

A real process records samples of real hands as fast as it can and announces each one as soon as
`RecordingWriter.add` has returned. It is killed with SIGKILL, again and again, into the same set.
Then every announced sample has to be there, whole and unchanged, also for an index that is rebuilt
from the files. Prints a JSON summary. A smaller form of it is among the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.store.sample_layout import INDEX_NAME
from gesture_app.store.samples import SampleStore
from tests.hand_samples import real_samples

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST_LIFE_S = 0.3
"""Of a recording process, from the moment on at which it is ready."""

SAMPLES_A_RECORDING = 15
_READY = "ready"
_HALF_WRITTEN = ".*.jpg.*"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a set.

    Attributes:
        announced: samples that the process had said are on the disk.
        lost: of those, how many are gone or not what was announced.
        unreadable: files of the set that are damaged.
        unlisted: announced samples that an index rebuilt from the files does not list.
        unannounced: whole samples that the process was killed too early to announce.
        half_written: how many kills left a file without a name of its own; all were swept.
    """

    kills: int
    announced: int
    lost: int
    unreadable: int
    unlisted: int
    unannounced: int
    half_written: int

    @property
    def sound(self) -> bool:
        return self.lost == self.unreadable == self.unlisted == 0


def kill_recording(root: Path, kills: int, seed: int = 0) -> Outcome:
    """Record into the set in ``root`` with a process that is killed so often, then look at it."""
    rng = random.Random(seed)
    announced: dict[str, str] = {}
    half_written = 0
    for _ in range(kills):
        announced |= _record_and_kill(root, rng.uniform(0, LONGEST_LIFE_S))
        half_written += any(root.rglob(_HALF_WRITTEN))
    (root / INDEX_NAME).unlink(missing_ok=True)
    store = SampleStore(root)
    listed = {info.id for info in store.samples()}
    assert not any(root.rglob(_HALF_WRITTEN)), "half-written files were not swept"
    return Outcome(
        kills,
        len(announced),
        lost=sum(not _is_whole(store, of, digest) for of, digest in announced.items()),
        unreadable=len(store.problems()),
        unlisted=len(announced.keys() - listed),
        unannounced=len(listed - announced.keys()),
        half_written=half_written,
    )


def _record_and_kill(root: Path, life_s: float) -> dict[str, str]:
    """Sample id → sha256 of its file, of those that the process announced."""
    command = [sys.executable, "-m", "tests.benchmarks.kill_recording", "--record", str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ) as process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != _READY:
            raise RuntimeError("the recording process did not start")
        try:
            process.wait(life_s)
        except subprocess.TimeoutExpired:
            process.kill()
        else:
            raise RuntimeError("the recording process ended by itself")
        lines = process.stdout.read().splitlines(keepends=True)
    pairs = (line.split() for line in lines if line.endswith("\n"))
    return dict(tuple(pair) for pair in pairs)


def _is_whole(store: SampleStore, of: str, digest: str) -> bool:
    try:
        store.read(of)
        return hashlib.sha256(store.picture_path(of).read_bytes()).hexdigest() == digest
    except (SampleError, OSError):
        return False


def _record(root: Path) -> None:
    """The process that is killed."""
    hands = real_samples()
    print(_READY, flush=True)
    store = SampleStore(root)
    while True:
        writer = store.begin("wave", "kill_recording")
        for number in range(SAMPLES_A_RECORDING):
            info = writer.add(hands[number % len(hands)])
            print(info.id, info.digest, flush=True)
        writer.close()
        store.samples()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--record", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.record is not None:
        _record(options.record)
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_recording(Path(folder) / "set", options.kills, options.seed)
    print(json.dumps(asdict(outcome)))
    return 0 if outcome.sound else 1


if __name__ == "__main__":
    sys.exit(main())
