"""What to say when samples, or the set that they belong to, cannot be read or written."""

from __future__ import annotations

import errno
from pathlib import Path

from gesture_app.core.errors import SampleError
from gesture_app.store.sample_file import DamagedSampleError

_GONE = (errno.ENOENT, errno.ENOTDIR)


def unwritable(place: Path, error: OSError) -> SampleError:
    """The set cannot be written."""
    if error.errno in _GONE:
        return SampleError(
            "The samples cannot be saved",
            f"{place} is gone",
            "Bring the folder back, or start the recording again.",
        )
    return SampleError(
        "The samples cannot be saved",
        f"{error.filename or place} cannot be written ({error.strerror})",
        "Make room on the disk, or the folder writable.",
    )


def unreadable(path: Path, error: OSError, of: str) -> SampleError:
    """The file of sample ``of`` cannot be read."""
    return SampleError(
        "The sample cannot be read", _reason(path, error), "Delete it, or record it again.", of
    )


def unreadable_folder(folder: Path, error: OSError) -> SampleError:
    """A folder of samples cannot be read."""
    return SampleError(
        "The samples cannot be read",
        _reason(folder, error),
        "Bring the folder back, or make it readable.",
    )


def damaged_sample(path: Path, error: DamagedSampleError, of: str) -> SampleError:
    """The file of sample ``of`` is not a whole one."""
    return SampleError(
        "The sample cannot be read",
        f"{path} is damaged ({error})",
        "Delete it, or record it again.",
        of,
    )


def _reason(place: Path, error: OSError) -> str:
    if error.errno in _GONE:
        return f"{place} is gone"
    return f"{place} cannot be read ({error.strerror})"
