"""The window as a person uses it: a real one, driven by a fake or a real runner."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from gesture_app.core.errors import BackendError, SettingsError, SourceError
from gesture_app.core.types import EventKind, Handedness
from gesture_app.engine.runner import PipelineRunner
from gesture_app.store.settings import Settings
from gesture_app.ui.main_window import MINIMUM_SIZE, MainWindow
from gesture_app.ui.session import Phase
from gesture_app.ui.source_picker import demo_spec
from gesture_app.ui.theme import DARK, LIGHT, Theme
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.fakes import FakeBackend, FakeSource, make_frame, make_frames, make_hand, make_pipeline
from tests.ui.conftest import OpenWindow
from tests.ui.stage import (
    CAMERA,
    FakeRunner,
    FakeSettings,
    Stage,
    make_event,
    make_hand_result,
    make_result,
    settle,
    wait_until,
)

BROKEN = SourceError(
    "The camera cannot be opened", "it is not there, or another program is using it", "Plug it in."
)


def _begin(window: MainWindow, stage: Stage) -> FakeRunner:
    window.start(CAMERA.spec, None)
    stage.runner.begin()
    wait_until(window.session.state_changed, lambda: window.session.state.phase is Phase.RUNNING)
    return stage.runner


def _event_names(window: MainWindow) -> list[str]:
    model = window.live.events.gestures
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def _click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_gestures_are_named_in_order_by_the_real_runner(
    open_window: OpenWindow, stage: Stage
) -> None:
    backend = FakeBackend()
    frames = make_frames(60)

    def show_gestures(frame: object) -> tuple:
        index = frames.index(frame)  # type: ignore[arg-type]
        backend.answer = "like" if index < 30 else "dislike"
        return (make_hand(),)

    pipeline = make_pipeline(backend=backend)
    pipeline._detector._find = show_gestures  # type: ignore[attr-defined]
    stage.make = lambda _spec, listener: PipelineRunner(
        lambda: FakeSource(frames), lambda: pipeline, listener
    )
    window = open_window(stage)
    window.start(SourceSpec(SourceKind.FILE, "hands.mp4"), None)
    wait_until(window.session.state_changed, lambda: window.session.state.phase is Phase.ENDED)
    assert _event_names(window) == ["Dislike", "Like"]
    assert all(row.end_ms is not None for row in window.live.events.gestures.rows)
    assert "ended" in window.live.card.text()


def test_the_newest_hands_are_described_in_words(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    runner.show(make_result(make_hand_result("palm", held="palm")))
    settle()
    assert window.live.video.describe() == "Palm, Right hand"
    rows = window.live.hands.rows
    assert rows[Handedness.RIGHT].accessibleName() == "Right hand: Palm"
    assert rows[Handedness.LEFT].accessibleName() == "Left hand: Not in view"


def test_two_hands_taken_for_the_same_one_are_both_shown(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    runner.show(make_result(make_hand_result("palm"), make_hand_result("like")))
    settle()
    texts = {row.text() for row in window.live.hands.rows.values()}
    assert texts == {"Palm", "Like"}


def test_figures_and_back_end_are_shown_with_the_reason(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    runner.show(make_result())
    settle()
    texts = {label.text() for label in window.live.status.findChildren(QLabel)}
    assert {"30 fps", "31 / 0 ms", "2", "Fake"} <= texts
    assert any("it is built into the tests" in text for text in texts)
    _click(window.live.status.findChild(QAbstractButton))
    details = window.live.status.details()
    assert details is not None
    assert "Test model" in details.accessibleDescription()
    details.close()


def test_the_language_changes_without_a_restart(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    runner.show(make_result(events=(make_event(EventKind.START),)))
    settle()
    assert window.live.mirror.text() == "Mirror"
    korean = next(action for action in window.rail.languages() if action.data() == "ko")
    korean.trigger()
    settle()
    assert window.live.mirror.text() == "거울"
    assert window.windowTitle() == "제스처 스튜디오"
    assert _event_names(window) == ["좋아요"]
    assert window.rail.languages()[2].text() == "한국어"
    window.rail.languages()[1].trigger()
    settle()
    assert window.live.mirror.text() == "Mirror"
    wait_for_saved(window, stage, "language", "en")


def wait_for_saved(window: MainWindow, stage: Stage, key: str, value: object) -> None:
    """Settings are written on another thread; closing waits for it."""
    window.close()
    assert getattr(stage.settings.saved[-1], key) == value


def test_the_theme_changes_without_a_restart(window: MainWindow, stage: Stage) -> None:
    assert window._appearance.tokens is LIGHT
    dark = next(action for action in window.rail.themes() if action.data() == Theme.DARK)
    dark.trigger()
    assert window._appearance.tokens is DARK
    assert window.palette().window().color().name() == DARK.window
    wait_for_saved(window, stage, "theme", "dark")


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
    runner = _begin(window, stage)
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


def test_an_error_says_what_why_and_what_to_do_and_can_be_tried_again(
    window: MainWindow, stage: Stage
) -> None:
    window.start(CAMERA.spec, None)
    stage.runner.finish(BROKEN)
    settle()
    card = window.live.card
    assert card.isVisible()
    assert card.text() == (
        "The camera cannot be opened\nIt is not there, or another program is using it.\nPlug it in."
    )
    again, demo = card.buttons()
    assert (again.text(), demo.text()) == ("Try again", "Use the demo")
    _click(again)
    assert [runner.spec for runner in stage.runners] == [CAMERA.spec, CAMERA.spec]
    stage.runner.finish(BROKEN)
    settle()
    _click(card.buttons()[1])
    assert stage.runner.spec == demo_spec()
    assert demo_spec().loop


def test_a_notice_is_a_banner_that_can_be_dismissed(window: MainWindow, stage: Stage) -> None:
    notice = BackendError("CUDA could not be used", "the driver is too old", "Update it.")
    window.start(CAMERA.spec, notice)
    banner = window.live.banner
    assert banner.isVisible()
    assert banner.text() == "CUDA could not be used: the driver is too old. Update it."
    stage.runner.begin()
    settle()
    stage.runner.show(make_result())
    settle()
    assert banner.isVisible(), "a fallback is never silent"
    banner.dismiss()
    assert not banner.isVisible()


def test_the_notice_of_a_lost_camera_goes_when_pictures_come_again(
    window: MainWindow, stage: Stage
) -> None:
    runner = _begin(window, stage)
    runner.run(lambda: runner.listener.on_notice(BROKEN))
    settle()
    assert window.live.banner.isVisible()
    runner.show(make_result())
    settle()
    assert not window.live.banner.isVisible()


def test_space_pauses_and_resumes(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert window.session.state.phase is Phase.PAUSED
    assert window.live.card.isVisible()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert window.session.state.phase is Phase.RUNNING
    assert runner.paused == [True, False]


def test_space_on_a_focused_button_presses_that_button(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
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
    wait_for_saved(window, stage, "mirror", False)


def test_cameras_are_listed_by_name_and_chosen_from_the_menu(
    window: MainWindow, stage: Stage
) -> None:
    window.start(None, None)
    wait_until(window._search.found, lambda: window.live.picker.cameras() == stage.cameras)
    menu = window.live.picker.menu()
    assert menu is not None
    action = next(action for action in menu.actions() if action.text() == CAMERA.name)
    action.trigger()
    assert stage.runner.spec == CAMERA.spec
    wait_for_saved(window, stage, "source", CAMERA.spec.target)


def test_without_a_source_a_card_offers_the_demo(window: MainWindow, stage: Stage) -> None:
    window.start(None, None)
    (demo,) = window.live.card.buttons()
    _click(demo)
    assert stage.runner.spec.kind is SourceKind.DEMO
    wait_for_saved(window, stage, "source", "demo")


def test_ctrl_d_opens_the_demo(window: MainWindow, stage: Stage) -> None:
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert stage.runner.spec == demo_spec()


def test_a_new_source_starts_with_an_empty_strip(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    runner.show(make_result(events=(make_event(EventKind.START),)))
    settle()
    window.live.open(demo_spec())
    assert _event_names(window) == []


def test_a_mirrored_picture_is_repainted_while_paused(window: MainWindow, stage: Stage) -> None:
    picture = make_frame().bgr
    picture[:, : picture.shape[1] // 2] = (0, 0, 255)
    runner = _begin(window, stage)
    runner.show(make_result(frame=make_frame(bgr=picture)))
    settle()
    video = window.live.video
    left = (video.width() // 4, video.height() // 2)
    assert video.grab().toImage().pixelColor(*left).name() != "#ff0000", "it is mirrored"
    video.set_mirrored(False)
    assert video.grab().toImage().pixelColor(*left).name() == "#ff0000"


def test_settings_that_cannot_be_saved_are_said_once(open_window: OpenWindow, stage: Stage) -> None:
    error = SettingsError("The settings cannot be saved", "the disk is full", "Make room.")
    stage.settings = FakeSettings(Settings(language="en"), error)
    window = open_window(stage)
    window.live.mirror.click()
    wait_until(window._writer.failed, lambda: window.live.banner.notice is error)


def test_closing_stops_the_runner_and_every_thread(window: MainWindow, stage: Stage) -> None:
    runner = _begin(window, stage)
    window.close()
    assert runner.stops == [1.0]
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"settings-writer", "camera-search"}


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
