"""Running the program as a user does: ``python -m gesture_app`` in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
PATIENCE_S = 120.0
"""For a whole run with all its imports on a busy machine; only a failing test waits that long."""

DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run_program(
    *arguments: object, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run to the end, without a display; standard output and error as text."""
    with start_program(*arguments, env=env) as process:
        try:
            out, err = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def start_program(
    *arguments: object, env: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start without a display, with pipes; warnings are errors there too."""
    variables = {k: v for k, v in environ.items() if k not in DISPLAY_VARIABLES} | dict(env or {})
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "gesture_app", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=REPOSITORY,
        env=variables,
    )


def json_lines(output: str) -> list[dict[str, Any]]:
    """Every line of the output, which must all be JSON."""
    return [json.loads(line) for line in output.splitlines()]


def assert_told(done: subprocess.CompletedProcess[str], *texts: str) -> None:
    """It failed as it should: three lines that say what, why and what next, and no traceback."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    what, why, next_step = done.stderr.splitlines()
    assert what.endswith(".")
    assert why.startswith("Why:  ")
    assert next_step.startswith("Next: ")
    for text in texts:
        assert text in done.stderr
