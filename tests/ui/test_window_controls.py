"""Operating the window: keyboard, menus, sizes, and that choices are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget

from gesture_app.core.errors import BackendError, SettingsError
from gesture_app.core.types import EventKind
from gesture_app.store.settings import Settings
from gesture_app.ui.main_window import MINIMUM_SIZE, MainWindow
from gesture_app.ui.session import Phase
from gesture_app.ui.source_picker import demo_spec
from gesture_app.ui.theme import DARK, LIGHT, Theme
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.ui.conftest import OpenWindow
from tests.ui.stage import (
    BROKEN,
    CAMERA,
    FakeSettings,
    Stage,
    begin_run,
    choose,
    event_names,
    expect_saved,
    make_event,
    make_result,
    settle,
    wait_until,
)


def test_the_language_changes_without_a_restart(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result(events=(make_event(EventKind.START),)))
    settle()
    assert window.live.mirror.text() == "Mirror"
    choose(window.settings.language, "ko")
    settle()
    assert window.live.mirror.text() == "거울"
    assert window.windowTitle() == "제스처 스튜디오"
    assert event_names(window) == ["좋아요"]
    assert window.settings.language.currentText() == "한국어"
    choose(window.settings.language, "en")
    settle()
    assert window.live.mirror.text() == "Mirror"
    expect_saved(window, stage, "language", "en")


def test_the_theme_changes_without_a_restart(window: MainWindow, stage: Stage) -> None:
    assert window._appearance.tokens is LIGHT
    choose(window.settings.theme, Theme.DARK)
    assert window._appearance.tokens is DARK
    assert window.palette().window().color().name() == DARK.window
    expect_saved(window, stage, "theme", "dark")


def _controls(window: MainWindow) -> set[QWidget]:
    """Everything that can be operated or read with the keyboard now."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and (
            isinstance(widget, QAbstractButton) or widget in (window.live.video, window.live.events)
        )
    }


def test_every_control_is_reached_by_tab_and_has_a_name(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result(events=(make_event(EventKind.START),)))
    runner.run(lambda: runner.listener.on_notice(BackendError("CUDA failed", "old driver", "Go.")))
    settle()
    controls = _controls(window)
    assert len(controls) >= 9
    reached = set()
    for _ in range(len(controls) + 2):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert controls <= reached
    assert [control for control in controls if not control.accessibleName()] == []


def test_every_button_of_the_error_card_is_reached_by_tab(window: MainWindow, stage: Stage) -> None:
    window.start(CAMERA.spec, None)
    stage.runner.finish(BROKEN)
    settle()
    controls = _controls(window)
    assert set(window.live.card.buttons()) <= controls
    reached = set()
    for _ in range(len(controls) + 2):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert controls <= reached


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut_off_at_900_by_600(
    open_window: OpenWindow, stage: Stage, language: str
) -> None:
    stage.settings = FakeSettings(Settings(language=language))
    stage.cameras = ()
    window = open_window(stage)
    window.resize(100, 100)
    settle()
    assert window.size() == MINIMUM_SIZE == QSize(900, 600)
    long_name = "A camera whose maker could not stop, Ultra HD Business Edition 4K"
    window.live.picker.show_source(SourceSpec(SourceKind.CAMERA, long_name))
    window.live.banner.show_notice(BROKEN)
    settle()
    assert window.size() == MINIMUM_SIZE
    for control in _controls(window):
        corner = control.mapTo(window, control.rect().bottomRight())
        assert window.rect().contains(corner), control.accessibleName()
        assert control.width() >= control.minimumSizeHint().width(), control.accessibleName()
        assert control.height() >= control.minimumSizeHint().height(), control.accessibleName()


def test_space_pauses_and_resumes(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert window.session.state.phase is Phase.PAUSED
    assert window.live.card.isVisible()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert window.session.state.phase is Phase.RUNNING
    assert runner.paused == [True, False]


def test_space_on_a_focused_button_presses_that_button(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    mirror = window.live.mirror
    before = mirror.isChecked()
    mirror.setFocus()
    QTest.keyClick(mirror, Qt.Key.Key_Space)
    assert mirror.isChecked() is not before
    assert runner.paused == []


def test_m_switches_the_mirror_and_the_choice_is_kept(window: MainWindow, stage: Stage) -> None:
    assert window.live.video.target.mirrored
    QTest.keyClick(window, Qt.Key.Key_M)
    assert not window.live.video.target.mirrored
    expect_saved(window, stage, "mirror", False)


def test_cameras_are_listed_by_name_and_chosen_from_the_menu(
    window: MainWindow, stage: Stage
) -> None:
    window.start(None, None)
    wait_until(lambda: window.live.picker.cameras() == stage.cameras)
    menu = window.live.picker.menu()
    assert menu is not None
    action = next(action for action in menu.actions() if action.text() == CAMERA.name)
    action.trigger()
    assert stage.runner.spec == CAMERA.spec
    expect_saved(window, stage, "source", CAMERA.spec.target)


def test_a_streams_password_is_not_shown(window: MainWindow, stage: Stage) -> None:
    spec = SourceSpec(SourceKind.STREAM, "rtsp://me:secret@camera.example/live")
    window.live.picker.chosen.emit(spec)
    assert stage.runner.spec == spec
    assert "camera.example" in window.live.card.text()
    assert "secret" not in window.live.card.text() + window.live.picker.accessibleName()


def test_ctrl_d_opens_the_demo(window: MainWindow, stage: Stage) -> None:
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert stage.runner.spec == demo_spec()


def test_settings_that_cannot_be_saved_are_said_once(open_window: OpenWindow, stage: Stage) -> None:
    error = SettingsError("The settings cannot be saved", "the disk is full", "Make room.")
    stage.settings = FakeSettings(Settings(language="en"), error)
    window = open_window(stage)
    window.live.mirror.click()
    wait_until(lambda: window.banner.notice is error)


def test_the_place_of_the_window_is_kept(open_window: OpenWindow, stage: Stage) -> None:
    window = open_window(stage)
    window.resize(1000, 700)
    settle()
    window.close()
    saved = stage.settings.saved[-1]
    assert saved.window_geometry
    stage.settings = FakeSettings(replace(saved))
    # The screen of the tests is 800 wide, so that Qt allows no more than the smallest width.
    assert open_window(stage).height() == 700


def test_a_damaged_place_is_ignored(open_window: OpenWindow, stage: Stage) -> None:
    stage.settings = FakeSettings(Settings(window_geometry="§not base64§"))
    assert open_window(stage).size().width() >= MINIMUM_SIZE.width()
