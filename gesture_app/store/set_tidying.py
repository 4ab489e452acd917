"""Deleting from a gesture set what nobody needs any more: half-written files, old trash."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path

from gesture_app.store.recordings import FACTS_NAME
from gesture_app.store.sample_changes import empty_trash
from gesture_app.store.sample_layout import INDEX_NAME, SAMPLES
from gesture_app.store.set_lock import changing_set_if_free

INCOMING = ".incoming-"
"""How a folder begins in which a set that comes from elsewhere is checked."""

_ABANDONED_S = 24 * 3600.0
_WRITTEN = "|".join([r"[0-9]{6}\.jpg", *map(re.escape, (FACTS_NAME, INDEX_NAME, "set.json"))])
_HALF_WRITTEN = re.compile(rf"\.({_WRITTEN})\.[a-z0-9_]{{1,20}}")
"""How `atomic.writing_atomically` calls a file that has not got its name yet."""


def tidy(root: Path, now_s: float) -> bool:
    """Whether it was done: not while another program is changing the set, in which case it may
    just be writing such a file, nor where there is none."""
    try:
        root.stat()
    except OSError:
        return False
    with changing_set_if_free(root) as free:
        if free:
            for folder in [root, *(root / SAMPLES).glob("*/*")]:
                _sweep(folder)
            _sweep_incoming(root, now_s)
            empty_trash(root, now_s)
        return free


def _sweep(folder: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _HALF_WRITTEN.fullmatch(entry.name):
                Path(entry.path).unlink()


def _sweep_incoming(root: Path, now_s: float) -> None:
    """Those that a crash left; a younger one may be in use, which the lock says nothing of."""
    for folder in root.glob(f"{INCOMING}*"):
        with contextlib.suppress(OSError):
            if now_s - folder.stat().st_mtime > _ABANDONED_S:
                shutil.rmtree(folder, ignore_errors=True)
