"""Settings: each one takes effect at once and is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from gesture_app.store.settings import Settings
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.pages import Page
from tests.ui.conftest import OpenWindow
from tests.ui.stage import (
    CAMERA,
    FakeSettings,
    Stage,
    begin_run,
    choose,
    click,
    expect_saved,
    wait_until,
)


@pytest.fixture
def window(open_window: OpenWindow, stage: Stage) -> MainWindow:
    window = open_window(stage)
    window.pages.show_page(Page.SETTINGS)
    return window


def test_what_is_set_is_shown(open_window: OpenWindow, stage: Stage) -> None:
    stage.settings = FakeSettings(
        Settings("ko", "dark", False, "", 800, 600, 25.0, processor_percent=40)
    )
    page = open_window(stage).settings
    assert page.language.currentText() == "한국어"
    assert page.theme.currentData() == "dark"
    assert not page.mirror.isChecked()
    assert page.camera_size.currentText() == "800 × 600"
    assert page.camera_rate.currentData() == 25.0
    assert page.share.value() == 40


def test_another_size_is_asked_of_the_camera_in_use_and_of_the_next(
    window: MainWindow, stage: Stage
) -> None:
    begin_run(window, stage)
    choose(window.settings.camera_size, (1280, 720))
    wait_until(lambda: len(stage.runners) == 2)
    assert (stage.runner.spec.width, stage.runner.spec.height) == (1280, 720)
    choose(window.settings.camera_rate, 60.0)
    wait_until(lambda: len(stage.runners) == 3)
    assert stage.runner.spec.fps == 60.0
    window.live.source_chosen.emit(CAMERA.spec)
    wait_until(lambda: len(stage.runners) == 4)
    assert (stage.runner.spec.width, stage.runner.spec.fps) == (1280, 60.0)
    expect_saved(window, stage, "camera_width", 1280)


def test_the_share_of_the_processors_holds_in_the_run_and_in_the_next(
    window: MainWindow, stage: Stage
) -> None:
    runner = begin_run(window, stage)
    window.settings.share.setValue(35)
    wait_until(lambda: bool(runner.shares))
    assert runner.shares == [0.35]
    window.live.open(CAMERA.spec)
    wait_until(lambda: len(stage.runners) == 2)
    assert stage.runner.shares == [0.35]
    expect_saved(window, stage, "processor_percent", 35)


def test_the_mirror_is_the_same_everywhere(window: MainWindow, stage: Stage) -> None:
    assert window.live.mirror.isChecked()
    click(window.settings.mirror)
    assert not window.live.mirror.isChecked()
    assert not window.live.video.target.mirrored
    window.live.mirror.click()
    assert window.settings.mirror.isChecked()
    click(window.settings.mirror)
    expect_saved(window, stage, "mirror", False)


def test_the_folders_of_files_and_logs_are_shown(
    window: MainWindow, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    folders = [home / name for name in ("data", "config", "cache", "logs")]
    for folder, button in zip(folders, window.settings.open_buttons, strict=True):
        folder.mkdir(exist_ok=True)
        click(button)
    assert [Path(url.toLocalFile()) for url in opened] == folders


def test_a_folder_that_is_not_there_yet_is_said(window: MainWindow) -> None:
    click(window.settings.open_buttons[-1])
    assert "there is nothing in it yet" in window.banner.text()


def test_a_folder_that_no_program_shows_is_said(
    window: MainWindow, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "logs").mkdir()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    click(window.settings.open_buttons[-1])
    assert window.banner.isVisible()
    assert "logs" in window.banner.text()
