"""MediaPipe's hand model: made once from a published wheel and kept in the user's cache.

Current MediaPipe wheels carry no model, and its own bundle is not ours to ship. The two networks
inside are part of the wheel ``mediapipe==0.10.21`` (Apache-2.0), so they are taken from there, by
way of pip and whatever package registry is configured for it.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.paths import UserFolders

FetchWheel = Callable[[Path], Path]
"""Puts the wheel into a folder and returns its path; raises `ModelError` if it cannot."""

_PIP_ARGUMENTS = (
    "download",
    "--no-deps",
    "--only-binary=:all:",
    # This one wheel serves every system: only its data files are used.
    "--python-version=3.11",
    "--platform=manylinux_2_28_x86_64",
    "--progress-bar=off",
    "mediapipe==0.10.21",
)
_PIP_TIMEOUT_S = 600
_MAX_PART_BYTES = 32 * 1024 * 1024
# What zipfile raises on damaged, truncated, encrypted or oddly compressed archives.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError)
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # so that the same networks always give the same bundle

AGAIN = "Connect to the internet (or your package registry) and run `gesture-app setup`."


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One network of the bundle.

    Attributes:
        in_wheel: path inside the wheel.
        sha256: of its content, 64 lower-case hex digits.
    """

    in_wheel: str
    sha256: str


BUNDLE_PARTS: Mapping[str, BundlePart] = {
    "hand_detector.tflite": BundlePart(
        "mediapipe/modules/palm_detection/palm_detection_full.tflite",
        "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
    ),
    "hand_landmarks_detector.tflite": BundlePart(
        "mediapipe/modules/hand_landmark/hand_landmark_full.tflite",
        "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
    ),
}
"""Name inside the bundle, as MediaPipe expects it → where it comes from."""


def hand_model_path(folders: UserFolders) -> Path:
    """Where the bundle lies once it is made."""
    return folders.cache / "hand_landmarker.task"


def load_hand_model(path: Path, parts: Mapping[str, BundlePart] = BUNDLE_PARTS) -> bytes:
    """The bundle's bytes, for MediaPipe's ``model_asset_buffer``; both networks are checked.

    Raises:
        ModelError: it was not made yet, cannot be read or was altered.
    """
    try:
        bundle = path.read_bytes()
    except FileNotFoundError:
        reason = f"{path} does not exist"
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror})"
    else:
        reason = _fault(bundle, parts)
        if not reason:
            return bundle
        reason = f"{path}: {reason}"
    raise ModelError("The hand model is not there", reason, AGAIN)


def ensure_hand_model(
    path: Path,
    *,
    again: bool = False,
    fetch: FetchWheel | None = None,
    parts: Mapping[str, BundlePart] = BUNDLE_PARTS,
) -> bool:
    """Make the bundle at ``path`` unless a sound one is there; then nothing is fetched.

    Args:
        again: make it anew whatever is there.
        fetch: how to get the wheel; by pip unless given.

    Returns:
        True if it was made now.

    Raises:
        ModelError: the wheel cannot be fetched, is not the expected one, or the bundle cannot be
            written. What was there before is still there.
    """
    if not again and _is_sound(path, parts):
        return False
    with tempfile.TemporaryDirectory(prefix="gesture-studio-") as folder:
        wheel = (fetch or fetch_wheel_with_pip)(Path(folder))
        bundle = bundle_from_wheel(wheel, parts)
    try:
        write_atomically(path, bundle)
    except OSError as error:
        raise ModelError(
            "The hand model cannot be saved",
            f"{path}: {error.strerror}",
            "Make room on the disk or the folder writable, and run `gesture-app setup`.",
        ) from error
    return True


def bundle_from_wheel(wheel: Path, parts: Mapping[str, BundlePart] = BUNDLE_PARTS) -> bytes:
    """The bundle as bytes: a zip of the networks, stored, since MediaPipe maps them uncompressed.

    Raises:
        ModelError: a network is missing from the wheel or is not the expected one.
    """
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(out, "w") as bundle:
            for name, part in parts.items():
                # Read by its exact name into memory: no path from the archive is ever written to.
                content = _read_part(source, part.in_wheel)
                bundle.writestr(zipfile.ZipInfo(name, _FIXED_DATE), content, zipfile.ZIP_STORED)
    except _UNREADABLE as error:
        reason = f"{wheel.name} cannot be unpacked ({error})"
    else:
        reason = _fault(out.getvalue(), parts)
        if not reason:
            return out.getvalue()
        reason = f"{wheel.name}: {reason}"
    raise ModelError("The hand model cannot be made", reason, AGAIN)


def fetch_wheel_with_pip(folder: Path) -> Path:
    """Download the wheel into ``folder`` with pip, which knows proxies and registries.

    Raises:
        ModelError: pip could not get it.
    """
    command = [sys.executable, "-m", "pip", *_PIP_ARGUMENTS, f"--dest={folder}"]
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_PIP_TIMEOUT_S,
        )
        reason = _last_line(done.stderr) or f"pip ended with code {done.returncode}"
    except subprocess.TimeoutExpired:
        reason = f"pip did not finish within {_PIP_TIMEOUT_S} s"
    except OSError as error:
        reason = f"pip cannot be started ({error.strerror})"
    wheels = sorted(folder.glob("mediapipe-*.whl"))
    if wheels:
        return wheels[0]
    raise ModelError("The hand model cannot be fetched", reason, AGAIN)


def _is_sound(path: Path, parts: Mapping[str, BundlePart]) -> bool:
    try:
        load_hand_model(path, parts)
    except ModelError:
        return False
    return True


def _fault(bundle: bytes, parts: Mapping[str, BundlePart]) -> str:
    """What is wrong with a bundle, or an empty text."""
    try:
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            for name, part in parts.items():
                found = hashlib.sha256(_read_part(archive, name)).hexdigest()
                if found != part.sha256:
                    return f"{name} was altered (sha256 {found[:12]}…, not {part.sha256[:12]}…)"
    except _UNREADABLE as error:
        return f"it is damaged ({error})"
    return ""


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MAX_PART_BYTES:
        raise zipfile.BadZipFile(f"{name} is larger than {_MAX_PART_BYTES} bytes")
    return archive.read(name)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
