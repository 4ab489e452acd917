"""Shared libraries that Qt, OpenCV and MediaPipe expect from a Linux system.

Wheels bring nearly everything along, but not these. The list was found with ``ldd`` on a Debian 12
with nothing else installed. Each is tried by loading it, which is right wherever it lies.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from installer.messages import SetupError, say


@dataclass(frozen=True)
class Library:
    """A shared library and the packages that bring it.

    Attributes:
        soname: what the loader looks for. RPM systems find the package by it as well.
        debian: package on Debian, Ubuntu and their kin.
        arch: package on Arch and its kin.
    """

    soname: str
    debian: str
    arch: str


ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd"),
    Library("libEGL.so.1", "libegl1", "libglvnd"),
    Library("libGLESv2.so.2", "libgles2", "libglvnd"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libxcb.so.1", "libxcb1", "libxcb"),
    Library("libX11.so.6", "libx11-6", "libx11"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype2"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
)
"""Needed to import OpenCV, MediaPipe and Qt at all."""

FOR_X11 = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
FOR_WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "wayland"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "wayland"),
)
FOR_RENDERING = (
    Library("libEGL_mesa.so.0", "libegl-mesa0", "mesa"),
    Library("libGLX_mesa.so.0", "libglx-mesa0", "mesa"),  # brings the software renderer along
)
"""OpenGL without a GPU or a screen, for the tests of rendered pictures."""


def needed_libraries(environment: Mapping[str, str], *, tests: bool) -> tuple[Library, ...]:
    """What this session needs: a window only where there is a display to show it on."""
    needed: tuple[Library, ...] = ALWAYS
    if tests:
        return needed + FOR_RENDERING
    if environment.get("DISPLAY"):
        needed += FOR_X11
    if environment.get("WAYLAND_DISPLAY"):
        needed += FOR_WAYLAND
    return needed


def missing_libraries(libraries: Sequence[Library]) -> list[Library]:
    """Those of ``libraries`` that the loader cannot load."""
    return [library for library in libraries if not _loads(library.soname)]


def provide_libraries(libraries: Sequence[Library]) -> None:
    """Install what is missing, where we may.

    Raises:
        SetupError: we may not, or it did not work; holds the exact line to type.
    """
    missing = missing_libraries(libraries)
    if not missing:
        return
    say(f"System libraries missing: {', '.join(library.soname for library in missing)}")
    install_debian_packages(sorted({library.debian for library in missing}), missing)
    still_missing = missing_libraries(missing)
    if still_missing:
        names = ", ".join(library.soname for library in still_missing)
        raise SetupError(f"System libraries are still missing: {names}", line_to_type(missing))


def install_debian_packages(packages: Sequence[str], missing: Sequence[Library] = ()) -> None:
    """Install packages with apt-get as root or through a sudo that asks no password.

    Raises:
        SetupError: there is no apt-get here, no right to use it, or it failed.
    """
    prefix = _root_prefix()
    if shutil.which("apt-get") is None or prefix is None:
        raise SetupError(
            f"No right to install system packages: {', '.join(packages)}",
            line_to_type(missing) if missing else f"Type: {_apt_line(packages)}",
        )
    say(f"Installing with apt-get: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    # An out-of-date list can name files that are gone; a failed update need not matter.
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=2,  # progress belongs on standard error
        )
    if done.returncode != 0:
        raise SetupError("apt-get could not install them", f"Type: {_apt_line(packages)}")


def line_to_type(
    missing: Sequence[Library], which: Callable[[str], str | None] = shutil.which
) -> str:
    """The command that installs ``missing`` on this distribution."""
    if which("apt-get"):
        line = _apt_line(sorted({library.debian for library in missing}))
    elif which("pacman"):
        line = "sudo pacman -S --needed " + " ".join(sorted({lib.arch for lib in missing}))
    else:
        provides = [f"'{library.soname}()(64bit)'" for library in missing]
        if which("dnf"):
            line = "sudo dnf install " + " ".join(provides)
        elif which("zypper"):
            line = "sudo zypper install " + " ".join(provides)
        else:
            names = ", ".join(library.soname for library in missing)
            return f"Install the packages of your system that contain {names}, and start again."
    return f"Type: {line}"


def _apt_line(packages: Sequence[str]) -> str:
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def _root_prefix() -> list[str] | None:
    """What to put before a command to run it as root; None if we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asks_nothing = subprocess.run(
        [sudo, "-n", "true"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return [sudo, "-n"] if asks_nothing.returncode == 0 else None


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True
