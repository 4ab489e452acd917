"""Stands in for `gesture-train` as a process: says the events of the contract, as asked.

Run as ``python training_child.py PLAY ARGUMENTS…``; PLAY is one of the functions below.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any


def say(event: str, **values: Any) -> None:
    print(json.dumps({"event": event, "schema": 1, **values}), flush=True)


def quick() -> None:
    """A short run to its end. A model's identity may stand before the arguments."""
    named = sys.argv[2] if len(sys.argv) > 2 else ""
    model_id = named if re.fullmatch("[0-9a-f]{64}", named) else "0" * 64
    for stage in ("features", "judge", "fit", "write"):
        say("stage", stage=stage, done=1, total=2, eta_s=0.5)
        say("stage", stage=stage, done=2, total=2, eta_s=0.0)
    say("done", mode="quick", model="/made", id=model_id, seconds={"fit": 0.5, "total": 1.5})


def full() -> None:
    """A run with curves, to its end."""
    say("stage", stage="train", done=0, total=2, eta_s=None)
    for step in (1, 2):
        say("step", step=step, steps=2, epoch=0.5 * step, loss=1.0 / step, eta_s=2.0 - step)
        say("evaluated", step=step, validation_loss=0.3, validation_accuracy=0.9, hands=10)
    say("done", mode="full", model=None, id=None, seconds={})


def waiting() -> None:
    """Works until it is cancelled, and says so."""
    say("stage", stage="features", done=0, total=100, eta_s=None)
    line = sys.stdin.readline()
    assert line in ("cancel\n", ""), line
    say("cancelled")


def deaf() -> None:
    """Does not end when asked to."""
    say("stage", stage="fit", done=0, total=1, eta_s=None)
    for _ in sys.stdin:
        pass
    say("stage", stage="judge", done=0, total=1, eta_s=None)
    while True:
        sys.stdin.read() or os.read(os.pipe()[0], 1)


def failing() -> None:
    """Says what is wrong."""
    say("failed", what="It cannot be learnt", why="there is no picture", next_step="Record.")
    sys.exit(1)


def crashing() -> None:
    """Ends without a word but on standard error."""
    print("Traceback: something", file=sys.stderr)
    print("MemoryError", file=sys.stderr, flush=True)
    os._exit(3)


def silent() -> None:
    """Ends without any word."""
    os._exit(0)


def garbled() -> None:
    """Says what nobody understands, between two good lines."""
    say("stage", stage="fit", done=0, total=1, eta_s=None)
    print("hello")
    print('{"event": "stage", "schema": 1, "stage": "fit", "done": -1, "total": 1}')
    print('{"event": "step", "schema": 1, "step": 1, "loss": NaN}')
    print('{"event": "something new", "schema": 1}')
    quick()


def endless() -> None:
    """One line without an end."""
    while True:
        sys.stdout.write("x" * 4096)


def arguments() -> None:
    """Says what it was started with, and with which priority."""
    print(json.dumps(sys.argv[2:]), file=sys.stderr)
    sys.stdin.readline()
    niceness = os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, "getpriority") else 0
    say("failed", what=" ".join(sys.argv[2:]), why=str(niceness), next_step=str(Path.cwd()))


if __name__ == "__main__":
    globals()[sys.argv[1]]()
