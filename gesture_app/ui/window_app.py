"""Starts Qt, shows the window, runs until it is closed."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from gesture_app.core.errors import AppError
from gesture_app.ui.icons import app_icon
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.services import WindowServices
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.translation import Translation
from gesture_app.vision.sources import SourceSpec

_INTERRUPT_CHECK_MS = 200


def run_window(
    services: WindowServices,
    argv: Sequence[str],
    initial_source: SourceSpec | None,
    notice: AppError | None = None,
) -> int:
    """Show the window until it is closed; the exit code.

    Args:
        argv: the program's name and arguments for Qt.
        initial_source: opened at once; None shows a card that asks for one.
        notice: said above the picture, for example that the demo runs as there is no camera.
    """
    app = create_application(argv)
    window = create_window(app, services)
    window.show()
    window.start(initial_source, notice)
    with_interrupts(app, window)
    return app.exec()


def create_application(argv: Sequence[str]) -> QApplication:
    app = QApplication(list(argv))
    app.setApplicationName("gesture-studio")
    app.setApplicationDisplayName("Gesture Studio")
    app.setDesktopFileName("gesture-studio")
    app.setWindowIcon(app_icon())
    return app


def create_window(app: QApplication, services: WindowServices) -> MainWindow:
    """The window with the language, theme and place that the settings name; not yet shown."""
    settings = services.settings.load()
    translation = Translation(app, settings.language)
    appearance = Appearance(app, Theme(settings.theme))
    return MainWindow(services, settings, appearance, translation)


def with_interrupts(app: QApplication, window: MainWindow) -> None:
    """Ctrl+C in the terminal closes the window properly.

    Python runs signal handlers between its own instructions only, so a timer gives it some.
    """
    signal.signal(signal.SIGINT, lambda *_: window.close())
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)
    timer.start(_INTERRUPT_CHECK_MS)
