"""A real application and a real window, without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.window_app import create_application, create_window
from tests.ui.stage import Stage, settle

OpenWindow = Callable[[Stage], MainWindow]


@pytest.fixture(scope="session")
def app() -> QApplication:
    """Qt allows one application per process."""
    return create_application(["tests"])


@pytest.fixture
def appearance(app: QApplication) -> Iterator[Appearance]:
    made = Appearance(app, Theme.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def open_window(app: QApplication) -> Iterator[OpenWindow]:
    """Shows a window and waits until it has the keyboard; closes it after the test."""
    windows: list[MainWindow] = []

    def show(stage: Stage) -> MainWindow:
        window = create_window(app, stage.services)
        windows.append(window)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return window

    yield show
    for window in windows:
        window.close()
        window._choices.choose_language("en")
        window.deleteLater()
    settle()


@pytest.fixture
def window(open_window: OpenWindow, stage: Stage) -> MainWindow:
    return open_window(stage)
