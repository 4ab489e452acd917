"""Where the program's log goes, and what its native libraries would write to the terminal.

MediaPipe, TensorFlow Lite, OpenCV and FFmpeg write to file descriptor 2 from C++, also from
threads of their own and after start-up; their switches for that (``GLOG_minloglevel``,
``TF_CPP_MIN_LOG_LEVEL``) do not reach the current MediaPipe. So the descriptor itself leads to a
file while a command runs, and Python's ``sys.stderr`` keeps the terminal.
"""

from __future__ import annotations

import io
import logging
import logging.handlers
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOG_NAME = "gesture-app.log"
NATIVE_LOG_NAME = "native.log"
_MAX_BYTES = 1024 * 1024
_STDERR = 2


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """Python's log and the native libraries' output go to files in ``folder``.

    If the folder cannot be written, a line says so and the program goes on without a log.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        native = _open_native_log(folder / NATIVE_LOG_NAME)
    except OSError as error:
        print(f"No log is kept: {folder} cannot be written ({error.strerror})", file=sys.stderr)
        yield
        return
    handler = logging.handlers.RotatingFileHandler(
        folder / LOG_NAME, maxBytes=_MAX_BYTES, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        with native, _native_output_to(native):
            yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def _open_native_log(path: Path) -> io.FileIO:
    """Append; start anew once it is long, keeping the last one."""
    if path.is_file() and path.stat().st_size > _MAX_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab", buffering=0)


@contextmanager
def _native_output_to(file: io.FileIO) -> Iterator[None]:
    """Descriptor 2 leads to ``file``, ``sys.stderr`` to where descriptor 2 led before."""
    python_stderr = sys.stderr
    try:
        python_writes_there = python_stderr.fileno() == _STDERR
    except (AttributeError, OSError, ValueError):
        python_writes_there = False
    if not python_writes_there:  # a program without a terminal, or one inside another's test
        yield
        return
    python_stderr.flush()
    terminal = os.dup(_STDERR)
    os.dup2(file.fileno(), _STDERR)
    encoding = python_stderr.encoding
    with os.fdopen(terminal, "w", buffering=1, encoding=encoding, errors="backslashreplace") as out:
        sys.stderr = out
        try:
            yield
        finally:
            out.flush()
            sys.stderr = python_stderr
            os.dup2(terminal, _STDERR)
