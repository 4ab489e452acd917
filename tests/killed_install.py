"""Takes a model in and activates it, and is killed before its n-th step on the disk, for every n.

    python -m tests.killed_install LIBRARY BUNDLED MODEL.gesture OUT

``OUT/n`` is the library of the n-th try. Prints how many tries were killed; the one after them ran
to its end. Each try is a fork that kills itself with SIGKILL, from within Python's audit events, so
no clean-up of any kind runs.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from gesture_app.store.library import ModelLibrary
from gesture_app.store.library_active import ActiveModel
from tests.model_files import no_check

STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"})
"""Audit events, each raised before the system is asked to do it."""


def main(library: Path, bundled: Path, model: Path, out: Path) -> None:
    killed = 0
    while run_and_kill(copied(library, out / str(killed)), bundled, model, killed):
        killed += 1
    print(killed)


def copied(library: Path, root: Path) -> Path:
    shutil.copytree(library, root)
    return root


def run_and_kill(root: Path, bundled: Path, model: Path, step: int) -> bool:
    """Whether it was killed; False if it was done before it came that far."""
    child = os.fork()
    if child == 0:
        kill_before(step, root)
        library = ModelLibrary(root, bundled, no_check)
        ActiveModel(library).activate(library.add_file(model).id)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("it failed without being killed")
    return False


def kill_before(step: int, root: Path) -> None:
    """Count steps that change something below ``root``; die before number ``step``."""
    left = step

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in STEPS or not str(arguments[0]).startswith(str(root)):
            return
        if event == "open" and not int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
            return
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    sys.addaudithook(watch)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
