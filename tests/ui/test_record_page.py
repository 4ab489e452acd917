"""The record page: real window, real store, real coach; hands come from the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtTest import QSignalSpy, QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget

from gesture_app.app import compose
from gesture_app.core.types import NO_GESTURE, FrameResult
from gesture_app.store.gesture_set import Gesture
from gesture_app.store.paths import user_folders
from gesture_app.ui.coach_line import EVERYDAY
from gesture_app.ui.hold_button import HoldButton
from gesture_app.ui.main_window import MINIMUM_SIZE, MainWindow
from gesture_app.ui.pages import Page
from gesture_app.ui.record_page import RecordPage
from gesture_app.ui.sample_recording import LEAST_SAMPLES
from gesture_app.ui.session import Phase
from gesture_app.ui.source_picker import demo_spec
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.fakes import make_hand
from tests.ui.conftest import OpenWindow
from tests.ui.stage import (
    BROKEN,
    FakeRunner,
    FakeSettings,
    Stage,
    begin_run,
    click,
    make_hand_result,
    make_result,
    settle,
    wait_until,
)

SCENE = np.random.default_rng(3).integers(40, 220, (240, 320, 3), np.uint8)


class Hands:
    """Shows one hand after the other to a page, no two alike, a tenth of a second apart."""

    def __init__(self, page: RecordPage, runner: FakeRunner, start: int = 0) -> None:
        self._page, self._runner = page, runner
        self._index = start

    def next_result(self) -> FrameResult:
        self._index += 1
        hand = make_hand((80 + self._index % 20 * 8, 120), 80 + self._index % 7)
        result = make_result(make_hand_result("like", hand=hand))
        captured_ns = 10**12 + self._index * 100_000_000
        frame = replace(result.frame, bgr=SCENE, captured_ns=captured_ns)
        return replace(result, frame=frame)

    def record(self, count: int) -> None:
        """Until so many more are saved."""
        for _ in range(count):
            before = self._page.recording.state.progress.saved
            self._runner.show(self.next_result())
            wait_until(lambda before=before: self._page.recording.state.progress.saved > before)


@pytest.fixture
def wave(window: MainWindow) -> Gesture:
    """The window shows the page of a gesture that is new."""
    made: list[Gesture] = []
    window.collection.add("Wave", made.append)
    wait_until(lambda: bool(made))
    window.gestures.record_asked.emit(made[0].label)
    settle()
    assert window.pages.page is Page.RECORD
    return made[0]


@pytest.fixture
def page(window: MainWindow, wave: Gesture) -> RecordPage:
    return window.record


@pytest.fixture
def hands(window: MainWindow, stage: Stage, page: RecordPage) -> Hands:
    runner = begin_run(window, stage)
    settle()
    return Hands(page, runner)


def finish_recording(window: MainWindow, label: str, recordings: int) -> None:
    wait_until(lambda: len(window.collection.recordings(label)) == recordings)


def test_samples_are_taken_while_the_button_is_held(
    window: MainWindow, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    QTest.mousePress(page.controls.hold, Qt.MouseButton.LeftButton)
    assert page.stage.sign.text() == "Recording"
    QTest.mouseMove(page.controls.hold, QPoint(-50, -50))
    hands.record(3)
    assert page.panel.ring.saved == 3
    QTest.mouseRelease(page.controls.hold, Qt.MouseButton.LeftButton)
    assert page.stage.sign.text() == ""
    finish_recording(window, wave.label, 1)
    assert len(window.collection.store.samples()) == 3


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_held_key_records_wherever_the_focus_is_on_the_page(
    window: MainWindow, wave: Gesture, page: RecordPage, hands: Hands, key: Qt.Key
) -> None:
    page.stage.video.setFocus()
    QTest.keyPress(page.stage.video, key)
    hands.record(1)
    QTest.keyRelease(page.stage.video, key)
    finish_recording(window, wave.label, 1)
    assert not page.recording.state.recording
    assert window.session.state.phase is Phase.RUNNING, "Space pauses on the live page only"


def test_a_key_that_the_system_repeats_by_letting_it_go_is_held_all_the_time(
    app: QApplication,
) -> None:
    hold = HoldButton()
    held, let_go = QSignalSpy(hold.held), QSignalSpy(hold.let_go)
    QTest.keyPress(hold, Qt.Key.Key_Space)
    QTest.keyRelease(hold, Qt.Key.Key_Space)
    QTest.keyPress(hold, Qt.Key.Key_Space)
    assert (len(held), len(let_go)) == (1, 0)
    QTest.keyRelease(hold, Qt.Key.Key_Space)
    wait_until(lambda: len(let_go) == 1)
    assert not hold.isDown()


def test_a_second_recording_is_asked_for_with_its_reason(
    window: MainWindow, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    assert not page.panel.train.isEnabled()
    page.controls.hold.hold()
    hands.record(LEAST_SAMPLES)
    page.controls.hold.release()
    finish_recording(window, wave.label, 1)
    settle()
    assert "another place" in page.panel.advice()
    assert "honestly" in page.panel.advice()
    page.controls.hold.hold()
    hands.record(LEAST_SAMPLES)
    page.controls.hold.release()
    finish_recording(window, wave.label, 2)
    settle()
    assert "enough" in page.panel.advice()
    asked: list[str] = []
    page.train_asked.connect(lambda: asked.append("train"))
    click(page.panel.train)
    assert asked == ["train"]


def test_a_short_press_is_no_recording_of_its_own(
    window: MainWindow, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    page.controls.hold.hold()
    hands.record(2)
    page.controls.hold.release()
    finish_recording(window, wave.label, 1)
    settle()
    assert "short" in page.panel.advice()
    page.controls.hold.hold()
    hands.record(2)
    page.controls.hold.release()
    wait_until(lambda: len(window.collection.samples(wave.label)) == 4)
    assert len(window.collection.recordings(wave.label)) == 1


def test_a_series_records_hands_free_and_is_one_recording(
    window: MainWindow, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    countdown = page.recording._countdown
    click(page.controls.hands_free)
    assert (page.stage.count.text(), page.controls.hold.isEnabled()) == ("3", False)
    countdown._clock.stop()  # the test is the clock
    for left in ("2", "1", ""):
        countdown.tick()
        assert page.stage.count.text() == left
    hands.record(2)
    for _ in range(page.controls.plan.plan.seconds):
        countdown.tick()
    assert (page.stage.count.text(), page.stage.sign.text()) == ("3", "")
    for _ in range(3):
        countdown.tick()
    hands.record(2)
    click(page.controls.hands_free)
    assert not page.recording.state.series
    wait_until(lambda: len(window.collection.samples(wave.label)) == 4)
    assert len(window.collection.recordings(wave.label)) == 1
    assert page.controls.hold.isEnabled()


def test_escape_ends_a_series_and_then_leaves_the_page(
    window: MainWindow, page: RecordPage, hands: Hands
) -> None:
    click(page.controls.hands_free)
    QTest.keyClick(page.controls.hands_free, Qt.Key.Key_Escape)
    assert not page.recording.state.series
    assert window.pages.page is Page.RECORD
    QTest.keyClick(page.controls.hands_free, Qt.Key.Key_Escape)
    assert window.pages.page is not Page.RECORD


def test_a_camera_that_is_lost_ends_the_recording_and_keeps_what_was_saved(
    window: MainWindow, stage: Stage, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    page.controls.hold.hold()
    hands.record(2)
    stage.runner.finish(BROKEN)
    wait_until(lambda: window.session.state.phase is Phase.FAILED)
    assert not page.recording.state.recording
    assert not page.controls.hold.isEnabled()
    assert page.stage.card.isVisible()
    finish_recording(window, wave.label, 1)
    assert len(window.collection.samples(wave.label)) == 2


def test_another_camera_is_watched_like_the_one_before(
    window: MainWindow, stage: Stage, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    page.controls.hold.hold()
    hands.record(1)
    page.picker.chosen.emit(SourceSpec(SourceKind.CAMERA, "Another camera"))
    assert not page.recording.state.recording
    settle()
    stage.runner.begin()
    wait_until(page.controls.hold.isEnabled)
    again = Hands(page, stage.runner, start=5)
    page.controls.hold.hold()
    again.record(1)
    page.controls.hold.release()
    wait_until(lambda: len(window.collection.samples(wave.label)) == 2)


def test_a_window_that_loses_the_keyboard_ends_the_recording(
    window: MainWindow, page: RecordPage, hands: Hands
) -> None:
    QTest.keyPress(page.controls.hold, Qt.Key.Key_Space)
    hands.record(1)
    other = QWidget()
    other.show()
    other.activateWindow()
    wait_until(lambda: not page.recording.state.recording)
    other.close()
    other.deleteLater()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


def test_without_a_camera_the_page_offers_one_or_the_demo(
    window: MainWindow, stage: Stage, page: RecordPage
) -> None:
    assert not page.controls.hold.isEnabled()
    choose, demo = page.stage.card.buttons()
    assert choose.text() == "Choose a source"
    click(demo)
    assert window.session.state.phase is Phase.STARTING
    stage.runner.begin()
    wait_until(page.controls.hold.isEnabled)
    assert not page.stage.card.isVisible()


def test_leaving_the_page_ends_recording_and_thread(
    window: MainWindow, wave: Gesture, page: RecordPage, hands: Hands
) -> None:
    page.controls.hold.hold()
    hands.record(1)
    window.pages.go_back()
    assert not page.recording.watching
    finish_recording(window, wave.label, 1)
    window.record.show_gesture(wave.label)
    window.pages.show_page(Page.RECORD)
    settle()
    assert page.recording.watching
    assert page.recording.state.progress.saved == 0


def test_a_disk_that_cannot_be_written_is_said_at_once(
    window: MainWindow, stage: Stage, page: RecordPage, hands: Hands
) -> None:
    samples = window.collection.store.root / "samples"
    samples.parent.mkdir(parents=True, exist_ok=True)
    samples.write_bytes(b"a file where the folder would be")
    page.controls.hold.hold()
    stage.runner.show(hands.next_result())
    wait_until(page.banner.isVisible)
    assert page.banner.notice is not None
    assert not page.recording.state.recording
    assert page.panel.ring.saved == 0


def test_anything_else_is_coached_one_suggestion_at_a_time(
    window: MainWindow, page: RecordPage, hands: Hands
) -> None:
    window.gestures.record_asked.emit(NO_GESTURE)
    settle()
    assert page.stage.coach.text() == "Ready when you are"
    page.controls.hold.hold()
    assert page.stage.coach.text() == EVERYDAY[0]
    page.stage._suggest_next()
    assert page.stage.coach.text() == EVERYDAY[1]
    hands.record(1)
    page.controls.hold.release()
    finish_recording(window, NO_GESTURE, 1)


def test_the_coach_asks_for_a_hand_before_anything_is_recorded(
    stage: Stage, page: RecordPage, hands: Hands
) -> None:
    for _ in range(8):
        empty = replace(hands.next_result(), hands=())
        stage.runner.show(empty)
        settle()
    wait_until(lambda: page.stage.coach.text() == "Show your hand to the camera")


@pytest.mark.usefixtures("hands")
def test_every_control_is_named_and_reached_by_tab(window: MainWindow, page: RecordPage) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    controls = {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and isinstance(widget, QAbstractButton)
    }
    assert len(controls) >= 6
    assert [control for control in controls if not control.accessibleName()] == []
    reached = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert controls <= reached


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut_off_in_the_smallest_window(
    open_window: OpenWindow, stage: Stage, language: str
) -> None:
    stage.settings = FakeSettings(replace(stage.settings.load(), language=language))
    window = open_window(stage)
    window.resize(MINIMUM_SIZE)
    window.gestures.record_asked.emit("like")
    begin_run(window, stage)
    window.record.banner.show_notice(BROKEN)
    settle()
    assert window.size() == MINIMUM_SIZE
    for control in window.record.findChildren(QAbstractButton):
        if control.isVisible():
            assert control.height() >= control.minimumSizeHint().height()
            corner = control.mapTo(window, control.rect().bottomRight())
            assert window.rect().contains(corner), control.text()


def test_hands_of_a_real_clip_are_saved_and_their_features_computed_meanwhile(
    home_with_hand_model: Path, open_window: OpenWindow, stage: Stage
) -> None:
    stage.make = compose().make_runner
    window = open_window(stage)
    window.gestures.record_asked.emit("like")
    window.start(demo_spec(), None)
    page = window.record
    wait_until(page.controls.hold.isEnabled, patience_s=60)
    page.controls.hold.hold()
    wait_until(lambda: page.panel.ring.saved >= 5, patience_s=60)
    page.controls.hold.release()
    finish_recording(window, "like", 1)
    store = window.collection.store
    assert len(store.samples()) >= page.panel.ring.saved >= 5
    assert store.problems() == ()
    assert all(0.05 < info.hand_share < 1.0 for info in store.samples())
    cached = user_folders().cache / "features"
    wait_until(lambda: any(path.is_file() for path in cached.rglob("*")), patience_s=90)


def drop(page: RecordPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_what_is_dropped_becomes_samples(
    home_with_hand_model: Path,
    window: MainWindow,
    wave: Gesture,
    page: RecordPage,
    personal_pictures: Callable[[int], Path],
) -> None:
    drop(page, personal_pictures(3))
    assert page.intake.running
    wait_until(lambda: not page.intake.running, patience_s=120)
    assert page.banner.notice is None
    assert page.intake.words() == "Hands in 3 of 3 pictures; new here: 3"
    wait_until(lambda: len(window.collection.samples(wave.label)) == 3)


def test_what_holds_no_pictures_is_said(
    window: MainWindow, page: RecordPage, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no picture", encoding="utf-8")
    drop(page, tmp_path / "notes.txt")
    wait_until(page.banner.isVisible, patience_s=60)
    assert not page.intake.running


@pytest.fixture
def personal_pictures(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with so many pictures of a hand; skips where the shared data is not at hand."""
    source = Path(__file__).resolve().parents[3] / "shared" / "data" / "personal" / "mar" / "L"

    def copy(count: int) -> Path:
        pictures = sorted(source.glob("*.jpg"))[: 5 * count : 5]
        if len(pictures) < count:
            pytest.skip("needs ../shared/data/personal, which is not part of the repository")
        folder = tmp_path / "pictures"
        folder.mkdir()
        for picture in pictures:
            (folder / picture.name).write_bytes(picture.read_bytes())
        return folder

    return copy
