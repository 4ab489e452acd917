"""How long a set with thousands of samples takes to open, and how much memory its list takes.

    python -m tests.benchmarks.many_samples --count 5000

Prints JSON: seconds on the clock and of the processor, with the index missing (cold) and there
(warm), one after the other; megabytes by which the process grew, the second time beyond what it
had. The pictures are some thirty real hands, again and again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

from gesture_app.store.sample_file import encode_sample
from gesture_app.store.sample_layout import SAMPLES, sample_name
from gesture_app.store.samples import SampleStore
from tests.hand_samples import real_samples

SAMPLES_A_RECORDING = 100
RECORDINGS_A_LABEL = 5


def write_samples(root: Path, count: int) -> None:
    """As a store leaves them, but without waiting for the disk after each."""
    contents = [encode_sample(sample) for sample in real_samples()]
    for number in range(count):
        recording, place = divmod(number, SAMPLES_A_RECORDING)
        label = recording // RECORDINGS_A_LABEL
        folder = root / SAMPLES / f"gesture-{label}" / f"recording-{recording}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sample_name(place)).write_bytes(contents[number % len(contents)])


def opened(root: Path, count: int) -> dict[str, float]:
    """Open the set as a page does, and measure it."""
    process = psutil.Process()
    memory = process.memory_info().rss
    clock_s, processor_s = time.perf_counter(), time.process_time()
    store = SampleStore(root)
    assert len(store.samples()) == count
    store.recordings()
    return {
        "seconds": round(time.perf_counter() - clock_s, 3),
        "processor_seconds": round(time.process_time() - processor_s, 3),
        "megabytes": round((process.memory_info().rss - memory) / 1e6, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "set"
        write_samples(root, options.count)
        result = {name: opened(root, options.count) for name in ("cold", "warm")}
    print(json.dumps({"samples": options.count, **result}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
