"""Starting the processes that share a run, by torchrun.

Run as a module it is torchrun, but without torchrun's own stack when a process fails: that process
has said what was wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from training.errors import TrainingError
from training.stopping import stop_requests

STOP_WITH_STDIN = "--stop-with-stdin"


def launch(processes: int, arguments: Sequence[str], threads: int, *, watch_stdin: bool) -> None:
    """Run ``gesture-train ARGUMENTS`` in several processes on this machine, to their end.

    They hold the other end of a pipe as standard input. When this process is asked to stop, or
    dies, the pipe closes, and they stop together with a checkpoint.

    Raises:
        TrainingError: one of them failed; it said why on standard error.
    """
    command = [
        *(sys.executable, "-m", "training.launching", "--standalone"),
        *(f"--nproc-per-node={processes}", "-m", "training"),
        *(*arguments, STOP_WITH_STDIN),
    ]
    root = str(Path(__file__).resolve().parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")])),
        "OMP_NUM_THREADS": str(threads),
    }
    # A session of their own keeps Ctrl-C from reaching them one by one.
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, env=environment, start_new_session=True
    )
    assert child.stdin is not None
    pipe = child.stdin

    def stop() -> None:
        with suppress(OSError):
            pipe.close()

    with stop_requests(stop, watch_stdin=watch_stdin):
        code = child.wait()
    stop()
    if code:
        raise TrainingError(
            f"One of {processes} training processes failed",
            f"torchrun ended with exit code {code}; the reason stands above",
            "Mend what it says; the same command with --resume goes on from the last checkpoint.",
        )


def torchrun(arguments: Sequence[str]) -> int:
    """`torch.distributed.run` with these arguments; the exit code."""
    from torch.distributed import run
    from torch.distributed.elastic.multiprocessing.errors import ChildFailedError

    try:
        run.main(arguments)
    except ChildFailedError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(torchrun(sys.argv[1:]))
