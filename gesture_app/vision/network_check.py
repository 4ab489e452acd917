"""Is an ONNX file from outside a gesture network? Looked at and tried out in a process of its own.

A file that makes a parser or ONNX Runtime eat memory, hang or crash does so there, within limits,
and costs this process nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import gesture_app
from gesture_app.core.errors import RefusalError
from gesture_app.core.manifest import ModelManifest

PATIENCE_S = 120.0
"""A network that ships takes 1 to 2 s; machines may be slow and busy."""

_PROGRAM = "gesture_app.vision.network_trial"
_PLACE = Path(gesture_app.__file__).resolve().parents[1]


def check_network(path: Path, manifest: ModelManifest) -> None:
    """Check a network and run it once.

    Args:
        path: of the ONNX file; its hash was checked.

    Raises:
        RefusalError: it is no gesture network, or not one that fits the manifest.
    """
    sizes = (manifest.preprocess.input_size, len(manifest.labels))
    command = [sys.executable, "-m", _PROGRAM, str(path.resolve()), *map(str, sizes)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=_PLACE,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusalError(f"{path.name} is not done within {PATIENCE_S:.0f} s") from error
    except OSError as error:
        raise RefusalError(f"{path.name} cannot be tried out ({error.strerror})") from error
    reason = _reason(done)
    if reason is not None:
        raise RefusalError(f"{path.name}: {reason}")


def _reason(done: subprocess.CompletedProcess[bytes]) -> str | None:
    """What the trial says; one that ended without a word was ended by its limits or a crash."""
    try:
        answer = json.loads(done.stdout.splitlines()[-1])
        reason = answer["reason"]
    except (ValueError, IndexError, KeyError, TypeError):
        return f"trying it out crashed, or went beyond its limits (exit code {done.returncode})"
    return None if reason is None else str(reason)
