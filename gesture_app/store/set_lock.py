"""One program at a time changes a gesture set; any number read it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.store.sample_errors import unwritable

LOCK_NAME = ".lock"
PATIENCE_S = 10.0


@contextmanager
def changing_set(root: Path) -> Iterator[None]:
    """For the one who changes the set in ``root``, which is made if needed. Not to be nested.

    Raises:
        SampleError: another program is changing it for long, or it cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / LOCK_NAME, timeout=PATIENCE_S):
            yield
    except Timeout as error:
        raise SampleError(
            "The samples cannot be changed now",
            "another program is changing them",
            "Try again when it is done.",
        ) from error
    except OSError as error:
        raise unwritable(root, error) from error


@contextmanager
def changing_set_if_free(root: Path) -> Iterator[bool]:
    """For tidying up: whether the set, which is not made, could be locked at once."""
    from filelock import FileLock, Timeout

    lock = FileLock(root / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
