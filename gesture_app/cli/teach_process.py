"""``gesture-train`` as a process of a command: its events are heard, its other words logged."""

from __future__ import annotations

import importlib.util
import logging
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import gesture_app
from gesture_app.core.errors import AppError
from gesture_app.store.training_events import Cancelled, Done, Event, Failed, parse_line

_PLACE = Path(gesture_app.__file__).resolve().parents[1]
_PATIENCE_S = 10.0
"""With a process that was asked to end."""

_log = logging.getLogger(__name__)


def run_training(
    command: Sequence[str], arguments: Sequence[str], hear: Callable[[Event], None]
) -> None:
    """Run to the end; paths in ``arguments`` are absolute.

    Args:
        hear: told every event.

    Raises:
        AppError: it cannot be started, or said that it failed, or ended without a word.
        KeyboardInterrupt: it was stopped.
    """
    if importlib.util.find_spec("training") is None:
        raise _not_taught("gesture-train, which does the work, is not installed")
    with tempfile.TemporaryFile() as words:
        try:
            process = subprocess.Popen(
                [*command, *arguments, "--json"],
                # Its end tells the process that nobody waits for it any more.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                cwd=_PLACE,
            )
        except OSError as error:
            raise _not_taught(f"{command[0]} does not run ({error.strerror})") from error
        try:
            end = _listen(process, hear)
        finally:
            _end(process)
        told = _tail(words)
    if isinstance(end, Failed):
        raise AppError(end.what, end.why, end.next_step)
    if isinstance(end, Cancelled):
        raise KeyboardInterrupt
    if end is None:
        raise _not_taught(f"gesture-train ended early ({told or f'code {process.returncode}'})")


def _listen(process: subprocess.Popen[bytes], hear: Callable[[Event], None]) -> Event | None:
    """Its last event, None if it ended without saying how."""
    assert process.stdout is not None
    end: Event | None = None
    for line in process.stdout:
        try:
            event = parse_line(line)
        except ValueError as error:
            _log.warning("gesture-train said what is not understood (%s): %.200r", error, line)
            continue
        if event is None:
            continue
        if isinstance(event, Done | Failed | Cancelled):
            end = event
        hear(event)
    return end


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for it; ask it to end first if it has not, as after Ctrl-C."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tail(words: IO[bytes]) -> str:
    """Log what it said besides; its last line."""
    words.seek(0)
    lines = words.read().decode("utf-8", "replace").splitlines()
    for line in lines:
        _log.debug("gesture-train: %s", line)
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _not_taught(reason: str) -> AppError:
    return AppError(
        "The gestures cannot be taught",
        reason,
        "Install the app again with `python3 installer/bootstrap.py`; if it comes back, look into "
        "the log.",
    )
