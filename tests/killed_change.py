"""Changes a gesture set, and is killed before its n-th step on the disk, for every n.

    python -m tests.killed_change SET OUT

``OUT/KIND/n`` is the set of the n-th try at a change of that kind. Prints how many tries of each
kind were killed, as JSON. Each try is a fork that kills itself with SIGKILL, see `killed_install`.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from gesture_app.store.samples import Change, SampleStore
from tests.killed_install import kill_before

CHANGES: Mapping[str, Callable[[SampleStore], Change | None]] = {
    "delete": lambda store: store.delete([info.id for info in store.samples()][:2]),
    "move": lambda store: store.move([info.id for info in store.samples()][:2], "wave"),
    "merge": lambda store: store.merge("fist", "wave"),
    "remove_gesture": lambda store: store.remove_label("fist"),
    "undo": lambda store: store.undo(store.changes()[-1]),
}


def main(source: Path, out: Path) -> None:
    os.fsync = lambda _: None  # slow, and SIGKILL loses nothing that the system was given
    killed = {}
    for kind, change in CHANGES.items():
        step = 0
        while run_and_kill(copied(source, out / kind / str(step)), change, step):
            step += 1
        killed[kind] = step
    print(json.dumps(killed))


def copied(source: Path, root: Path) -> Path:
    shutil.copytree(source, root)
    return root


def run_and_kill(root: Path, change: Callable[[SampleStore], object], step: int) -> bool:
    """Whether it was killed; False if it was done before it came that far."""
    child = os.fork()
    if child == 0:
        kill_before(step, root)
        change(SampleStore(root))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("it failed without being killed")
    return False


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
