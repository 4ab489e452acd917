"""Starts Qt, shows the window, runs until it is closed."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence
from types import TracebackType

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

_log = logging.getLogger(__name__)


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
    close_on_interrupt(app, window)
    report_bugs(window)
    code = app.exec()
    # Already closed, unless something else ended the event loop; threads must not outlive it.
    window.end()
    return code


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


def close_on_interrupt(app: QApplication, window: MainWindow) -> None:
    """Ctrl+C in the terminal closes the window properly.

    Python runs signal handlers between its own instructions only, so a timer gives it some.
    """
    signal.signal(signal.SIGINT, lambda *_: window.end())
    signal.signal(signal.SIGTERM, lambda *_: window.end())
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)
    timer.start(_INTERRUPT_CHECK_MS)


def report_bugs(window: MainWindow) -> None:
    """An exception that no one expected is logged and said; without this PyQt ends the program."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.error("A bug in the window", exc_info=(kind, error, trace))
        window.banner.show_notice(
            AppError(
                "Something in the window went wrong",
                f"{kind.__name__}: {error}",
                "The app goes on; if it comes back, report it with the log.",
            )
        )

    sys.excepthook = report
