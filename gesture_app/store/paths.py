"""Where things lie: the user's folders, and the files that come with the app.

Nothing is created here; whoever writes a file makes its folder.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from gesture_app.core.errors import AppError

HOME_VARIABLE = "GESTURE_STUDIO_HOME"
"""Environment variable: one folder that holds everything, instead of the system's places."""

_FOLDER_NAME = "gesture-studio"


@dataclass(frozen=True, slots=True)
class UserFolders:
    """Absolute paths of one user's files; none of them has to exist.

    Attributes:
        data: recordings, models; what a user would miss.
        config: settings.
        cache: what can be fetched or computed again.
        logs: log files.
    """

    data: Path
    config: Path
    cache: Path
    logs: Path


def user_folders(root: Path | None = None) -> UserFolders:
    """The user's folders.

    Args:
        root: put all of them below this folder. Without it the folder named by `HOME_VARIABLE`
            is taken, and without that the system's usual places.
    """
    named = os.environ.get(HOME_VARIABLE)
    if root is None and named:
        root = Path(named)
    if root is not None:
        root = root.expanduser().absolute()
        return UserFolders(root / "data", root / "config", root / "cache", root / "logs")
    system = PlatformDirs(_FOLDER_NAME, appauthor=False, roaming=False)
    return UserFolders(
        system.user_data_path,
        system.user_config_path,
        system.user_cache_path,
        system.user_log_path,
    )


def models_folder(folders: UserFolders) -> Path:
    """Where the library keeps the models that the user made or imported."""
    return folders.data / "models"


def gesture_set_folder(folders: UserFolders) -> Path:
    """The user's own gestures and what was recorded for them, see `store.samples`."""
    return folders.data / "gestures"


def assets_dir() -> Path:
    """The folder of what comes with the app: bundled model, demo clip, icons.

    It lies beside the package in a checkout, beside the program in a frozen build, and below the
    environment's ``share`` in an installed wheel (see ``data-files`` in pyproject.toml).

    Raises:
        AppError: it is in none of these places.
    """
    places = _asset_places()
    for place in places:
        if place.is_dir():
            return place
    raise AppError(
        "The app's own files are missing",
        f"none of these folders exists: {', '.join(map(str, places))}",
        "Install the app again.",
    )


def _asset_places() -> list[Path]:
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's start-up code
    if frozen is not None:
        return [Path(frozen) / "assets"]
    checkout = Path(__file__).resolve().parents[2] / "assets"
    user_scheme = sysconfig.get_preferred_scheme("user")
    installed = [sysconfig.get_path("data"), sysconfig.get_path("data", user_scheme)]
    return [checkout, *(Path(base) / "share" / _FOLDER_NAME for base in installed)]
