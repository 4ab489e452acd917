"""Whether a window can be shown here. Qt ends the whole process if it cannot, so look first."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_X_DISPLAY = re.compile(r"(?:unix/)?([^/]*):(\d+)(?:\.\d+)?")
_X_PORT = 6000
_PATIENCE_S = 2.0
_UNIX_HOSTS = ("", "unix")
_NATIVE = ("win32", "darwin")


def has_display(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> bool:
    """True where windows always can be shown, where Qt was given a platform of its own
    (``QT_QPA_PLATFORM``), and where a Wayland or X server answers."""
    env = os.environ if environment is None else environment
    if platform in _NATIVE or env.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(env) or _x_answers(env.get("DISPLAY", ""))


def _wayland_answers(env: Mapping[str, str]) -> bool:
    name = env.get("WAYLAND_DISPLAY")
    if not name:
        return False
    return _connects(socket.AF_UNIX, str(Path(env.get("XDG_RUNTIME_DIR", "/run"), name)))


def _x_answers(display: str) -> bool:
    parsed = _X_DISPLAY.fullmatch(display)
    if parsed is None:
        return False
    host, number = parsed[1], int(parsed[2])
    if host not in _UNIX_HOSTS:
        return _connects(socket.AF_INET, (host, _X_PORT + number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # where X servers listen
    return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, "\0" + path)


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(_PATIENCE_S)
            probe.connect(address)
    except (OSError, OverflowError):
        return False
    return True
