"""Names of files in a model's archive: only plain ones that mean the same file everywhere."""

from __future__ import annotations

import json
import re

from gesture_app.core.errors import RefusalError

_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,79}")

_ARCHIVES = (".zip", ".gesture", ".gz", ".7z", ".tar", ".whl")
_CODE = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".exe", ".sh", ".bat", ".js")
_PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".bin", ".npy", ".npz", ".joblib")

_SHOWN = 60


def quoted(name: str) -> str:
    """A name from outside, safe to print: shortened, and without control characters."""
    return json.dumps(name if len(name) <= _SHOWN else name[:_SHOWN] + "…", ensure_ascii=True)


def is_device_name(name: str) -> bool:
    """Whether Windows takes a file of this name for a device, whatever its suffix."""
    return _DEVICE.fullmatch(name.partition(".")[0].rstrip()) is not None


def check_name(name: str) -> None:
    """Refuse what is no plain file name; each trick with its own reason.

    Raises:
        RefusalError: the name leaves its folder, means something to a system, or holds what no
            model holds.
    """
    shown = quoted(name)
    _check_place(name, shown)
    suffix = "." + name.rpartition(".")[2].lower()
    if is_device_name(name):
        raise RefusalError(f"{shown} is the name of a device on Windows")
    if suffix in _ARCHIVES:
        raise RefusalError(f"{shown} is an archive within the archive")
    if suffix in _PICKLES:
        raise RefusalError(f"{shown} may hold a pickle, which can run code")
    if suffix in _CODE:
        raise RefusalError(f"{shown} is a program")
    if not _PLAIN.fullmatch(name) or name.endswith("."):
        raise RefusalError(f"{shown} is not a plain file name")


def _check_place(name: str, shown: str) -> None:
    if "\0" in name:
        raise RefusalError(f"{shown} has a zero byte in its name")
    if "\\" in name:
        raise RefusalError(f"{shown} has a backslash in its name")
    if name.startswith("/"):
        raise RefusalError(f"{shown} is an absolute path")
    if _DRIVE.match(name):
        raise RefusalError(f"{shown} names a drive")
    if ".." in name.split("/"):
        raise RefusalError(f"{shown} climbs out of its folder")
    if "/" in name:
        raise RefusalError(f"{shown} lies in a folder, which no file of a model does")
