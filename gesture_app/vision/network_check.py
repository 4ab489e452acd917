"""Are ONNX files from outside gesture networks? Looked at and tried out in a process of their own.

A file that makes a parser or ONNX Runtime eat memory, hang or crash does so there, within limits,
and costs this process nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import gesture_app
from gesture_app.core.errors import RefusalError
from gesture_app.core.manifest import ModelManifest

PATIENCE_S = 120.0
"""The networks of a model that ships take a few seconds; machines may be slow and busy."""

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""NumPy reserves address space per core when it is imported, and that is limited there."""

_PROGRAM = "gesture_app.vision.network_trial"
_PLACE = Path(gesture_app.__file__).resolve().parents[1]


def check_networks(paths: Sequence[Path], manifest: ModelManifest) -> None:
    """Check a model's networks and run each once.

    Args:
        paths: of its ONNX files, whose hashes were checked.

    Raises:
        RefusalError: one is no gesture network, or not one that fits the manifest.
    """
    sizes = (manifest.preprocess.input_size, len(manifest.labels))
    files = (path.resolve() for path in paths)
    command = [sys.executable, "-m", _PROGRAM, *map(str, sizes), *map(str, files)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=_PLACE,
            env=os.environ | _ONE_THREAD,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusalError(f"trying it out is not done within {PATIENCE_S:.0f} s") from error
    except OSError as error:
        raise RefusalError(f"it cannot be tried out ({error.strerror})") from error
    try:
        reason = json.loads(done.stdout.splitlines()[-1])["reason"]
    except (ValueError, IndexError, KeyError, TypeError) as error:
        code = done.returncode
        raise RefusalError(
            f"trying it out crashed, or went beyond its limits (exit code {code})"
        ) from error
    if reason is not None:
        raise RefusalError(str(reason))
