"""The window's part of the composition root: what it is handed, and how it is shown."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from gesture_app.app import Application, as_configured
from gesture_app.core.errors import AppError, ModelError
from gesture_app.store.models import read_manifest
from gesture_app.vision.sources import SourceKind, SourceSpec, list_cameras, log_notice

if TYPE_CHECKING:
    from PyQt6.QtCore import QMessageLogContext, QtMsgType

    from gesture_app.ui.services import CameraChoice, TeachingServices, WindowServices

_QT_LEVELS = {
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}

_log = logging.getLogger(__name__)


def run_window(app: Application, source: SourceSpec, notice: AppError | None = None) -> int:
    """Show the window until it is closed.

    Args:
        source: opened at once.
        notice: said above the picture.

    Returns:
        Exit code.

    Raises:
        AppError: Qt cannot be loaded, or the app's own files are damaged.
    """
    try:
        from PyQt6.QtCore import qInstallMessageHandler

        from gesture_app.ui.window_app import run_window as show_window
    except ImportError as error:
        raise AppError(
            "The window cannot be opened",
            f"Qt cannot be loaded ({error})",
            "Run `python3 installer/bootstrap.py run`, which names the missing system library, "
            "or use `gesture-app watch`.",
        ) from error
    qInstallMessageHandler(_keep_qt_message)
    return show_window(window_services(app), sys.argv[:1], source, notice)


def window_services(app: Application) -> WindowServices:
    """Everything the window calls."""
    from gesture_app.ui.services import WindowServices

    return WindowServices(
        list_cameras=lambda: _camera_choices(app),
        make_runner=app.make_runner,
        settings=app.settings,
        model_name=_model_name(app),
        folders=app.folders,
        teaching=teaching_services(app),
    )


def teaching_services(app: Application) -> TeachingServices:
    """What the pages need that teach own gestures."""
    from gesture_app.store.paths import gesture_set_folder
    from gesture_app.store.samples import SampleStore
    from gesture_app.ui.services import TeachingServices

    return TeachingServices(
        store=SampleStore(gesture_set_folder(app.folders)),
        library=app.library,
        active=app.active_model,
        base_labels=_base_labels(app),
        training_command=app.training_command,
        features_cache=app.folders.cache / "features",
        open_model=lambda: app.open_model(app.load_model(), log_notice, upgrades=False),
    )


def _base_labels(app: Application) -> tuple[str, ...]:
    """None where the bundled model cannot be read: the run that needs it says so."""
    try:
        return read_manifest(app.bundled_model).labels
    except ModelError:
        return ()


def _keep_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    """Qt's messages go to the log; what ends the program at once also to the terminal."""
    if kind.name == "QtFatalMsg":
        print(text, file=sys.stderr, flush=True)
    _log.log(_QT_LEVELS.get(kind.name, logging.DEBUG), "Qt: %s", text)


def _model_name(app: Application) -> str:
    """For display; a model that cannot be read is reported by the run that needs it."""
    try:
        return read_manifest(app.model_folder or app.active_model.choice().folder).name
    except ModelError:
        return ""


def _camera_choices(app: Application) -> tuple[CameraChoice, ...]:
    from gesture_app.ui.services import CameraChoice

    settings = app.settings.load()
    return tuple(
        CameraChoice(
            camera.name, as_configured(SourceSpec(SourceKind.CAMERA, camera.name), settings)
        )
        for camera in list_cameras()
    )
