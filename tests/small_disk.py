"""Records into a set on a disk that is full, then read-only; says what happened as JSON.

    python -m tests.small_disk FOLDER

Mounts a disk of 400 KB in memory on ``FOLDER``, so it has to be run by someone who may do that;
``unshare --user --map-root-user --mount`` makes one on most Linux systems.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from gesture_app.core.errors import AppError
from gesture_app.store.gesture_set import GestureSet, load_gesture_set, save_gesture_set
from gesture_app.store.samples import SampleStore
from tests.hand_samples import real_samples


def main(folder: Path) -> None:
    run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder))
    store = SampleStore(folder / "set")
    named, _ = GestureSet().adding("wave", [])
    save_gesture_set(store.root, named)
    writer = store.begin("wave", "test")
    added: list[str] = []

    def fill() -> None:
        while True:
            added.append(writer.add(real_samples()[0]).id)

    said = {"full": failure(fill)}
    larger = GestureSet(tuple(named.gestures) * 2000)
    said["full, names"] = failure(lambda: save_gesture_set(store.root, larger))
    (folder / "rest").write_bytes(bytes(free_bytes(folder)))
    said["full, delete"] = failure(lambda: store.delete(added[:1]))
    run("mount", "-o", "remount,ro", str(folder))
    said["read-only"] = failure(lambda: writer.add(real_samples()[0]))
    said["read-only, begin"] = failure(lambda: SampleStore(store.root).begin("wave", "test"))
    said["read-only, delete"] = failure(lambda: store.delete(added[:1]))
    said["read-only, everything"] = failure(store.delete_everything)
    again = SampleStore(store.root)
    sound = sum(again.read(info.id) is not None for info in again.samples())
    said["named"] = load_gesture_set(store.root).gestures[0].name
    print(json.dumps({"added": len(added), "sound": sound, "said": said}))


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def failure(work: Callable[[], object]) -> str:
    """The reason of the `AppError` that ``work`` ends with; empty if it succeeds."""
    try:
        work()
    except AppError as error:
        return error.why
    return ""


def run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
