"""From nothing to a new gesture that works, and back, in the real window.

A clip stands in for the camera; MediaPipe, ONNX Runtime, the store on the disk, the training
process and the live run are the real ones. Nothing of the app is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QSignalSpy, QTest

from gesture_app.app import Application, compose
from gesture_app.store.library_state import BUNDLED
from gesture_app.store.training_job import load_job
from gesture_app.ui.bridge import RunnerUpdate
from gesture_app.ui.hands_panel import HandRow
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.pages import Page
from gesture_app.ui.session import Phase
from gesture_app.ui.training_run import TrainingPhase, TrainingResult
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.clips import cut_video
from tests.ui.conftest import OpenWindow
from tests.ui.stage import Stage, click, settle, wait_until

NAME = "Horns"
ROCK = (300, 60)
"""First frame and count of the demo's hand that goes up, shows "rock" and goes down again."""

FPS = 30.0
TILT_DEGREES, NEARER = 17.0, 1.15

SAMPLES = 12
"""Of each recording, at least."""

PATIENCE_S = 120.0
"""Far more than anything here takes on two processors."""

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def application(home_with_hand_model: Path) -> Application:
    return compose()


@pytest.mark.timeout(600)
def test_a_gesture_is_recorded_learnt_judged_switched_on_and_taken_back(
    open_window: OpenWindow, stage: Stage, application: Application, tmp_path: Path
) -> None:
    here = cut_video(application.demo_clip, *ROCK, tmp_path / "here.mp4")
    there = turn_video(here, tmp_path / "there.mp4")
    stage.make = application.make_runner
    window = open_window(stage)
    window.start(as_camera(here), None)
    wait_until(lambda: window.collection.loaded)
    label = add_gesture(window, NAME)
    record_with_the_mouse(window, label)
    window.record.source_chosen.emit(as_camera(there))  # in another place, as the page asks for
    record_with_the_keyboard(window, label)
    assert len(window.collection.recordings(label)) == 2
    look_through_delete_and_undo(window, label)
    result = train(window)
    assert application.active_model.id() == BUNDLED
    judge(window, result, label)
    switch_on(window, application, result, label)
    go_back(window, application)
    assert load_job(window.collection.store.root) is None
    assert result.model in application.library.models()


def as_camera(clip: Path) -> SourceSpec:
    return SourceSpec(SourceKind.FILE, str(clip), paced=True, loop=True)


def turn_video(source: Path, path: Path) -> Path:
    """The same scene by a camera that is tilted and stands nearer."""
    capture, writer = cv2.VideoCapture(str(source)), cv2.VideoWriter()
    while (read := capture.read())[0]:
        picture = read[1]
        height, width = picture.shape[:2]
        if not writer.isOpened():
            writer.open(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (width, height))
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), TILT_DEGREES, NEARER)
        writer.write(cv2.warpAffine(picture, turn, (width, height)))
    capture.release()
    writer.release()
    return path


def add_gesture(window: MainWindow, name: str) -> str:
    """Types the name; Enter leads straight to recording. Returns the label."""
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page is Page.GESTURES
    QTest.keyClicks(window.gestures.name, name)
    QTest.keyClick(window.gestures.name, Qt.Key.Key_Return)
    wait_until(lambda: window.pages.page is Page.RECORD)
    (own,) = [entry for entry in window.collection.entries if not entry.built_in]
    assert own.name == name
    return own.label


def record_with_the_mouse(window: MainWindow, label: str) -> None:
    hold = window.record.controls.hold
    with recorded_to_its_end(window, label):
        QTest.mousePress(hold, LEFT)
        wait_until(lambda: window.record.recording.state.progress.saved >= SAMPLES, PATIENCE_S)
        QTest.mouseRelease(hold, LEFT)


def record_with_the_keyboard(window: MainWindow, label: str) -> None:
    hold = window.record.controls.hold
    with recorded_to_its_end(window, label):
        hold.setFocus()
        QTest.keyPress(hold, Qt.Key.Key_Space)
        recording = window.record.recording
        wait_until(lambda: recording.state.recording)
        wait_until(lambda: recording.state.progress.saved >= SAMPLES, PATIENCE_S)
        QTest.keyRelease(hold, Qt.Key.Key_Space)


@contextmanager
def recorded_to_its_end(window: MainWindow, label: str) -> Iterator[None]:
    """Within it a recording is made; afterwards all that it saved is in the collection."""
    wait_until(window.record.controls.hold.isEnabled, PATIENCE_S)
    before = len(window.collection.samples(label))
    ends = QSignalSpy(window.record.recording.ended)
    yield
    wait_until(lambda: len(ends) == 1)
    saved = window.record.recording.state.progress.saved
    wait_until(lambda: len(window.collection.samples(label)) == before + saved)


def look_through_delete_and_undo(window: MainWindow, label: str) -> None:
    """Deletes all pictures, and takes that back."""
    before = {sample.id for sample in window.collection.samples(label)}
    click(window.record.panel.review)
    assert window.pages.page is Page.REVIEW
    page = window.review
    wait_until(lambda: set(page.model.sample_ids) == before)
    settle()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert {sample.id for sample in page.view.selected()} == before
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    wait_until(lambda: window.collection.samples(label) == ())
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: bool(window.collection.samples(label)))
    assert {sample.id for sample in window.collection.samples(label)} == before
    wait_until(lambda: set(page.model.sample_ids) == before)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page is Page.GESTURES


def train(window: MainWindow) -> TrainingResult:
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.train
    wait_until(page.plan.train.isEnabled)
    click(page.plan.train)
    assert page.progress.isVisible()
    frames = Frames(window)
    ends = (TrainingPhase.DONE, TrainingPhase.FAILED)
    wait_until(lambda: page.run.state.phase in ends, PATIENCE_S)
    assert page.run.state.error is None
    assert frames.count > 0, "the app did not recognise while it trained"
    result = page.run.state.result
    assert result is not None
    return result


def judge(window: MainWindow, result: TrainingResult, label: str) -> None:
    judgement = result.judgement
    assert judgement is not None
    own = judgement.gestures[0]
    assert (own.label, own.name, own.built_in) == (label, NAME, False)
    assert own.split == "sessions"
    assert own.recall.of == own.support == len(window.collection.samples(label)) >= 2 * SAMPLES
    assert judgement.built_in_after.of == judgement.built_in_before.of > 0
    assert window.train.result.judgement.isVisible()
    assert NAME in window.train.result.judgement.verdict.text()


def switch_on(
    window: MainWindow, application: Application, result: TrainingResult, label: str
) -> None:
    """One click; the run goes on, with the new model, which knows the gesture."""
    frames = Frames(window)
    click(window.train.result.switch)
    wait_until(lambda: active_folder(window) == result.model.folder, PATIENCE_S)
    assert application.active_model.id() == result.model.id
    wait_until(lambda: label in frames.labels, PATIENCE_S)
    assert window.session.state.phase is Phase.RUNNING
    wait_until(window.train.result.see_live.isVisible)
    click(window.train.result.see_live)
    assert window.pages.page is Page.LIVE
    rows = window.live.hands.findChildren(HandRow)
    wait_until(lambda: any(NAME in row.text() for row in rows), PATIENCE_S)


def go_back(window: MainWindow, application: Application) -> None:
    window.pages.show_page(Page.TRAIN)
    click(window.train.result.go_back)
    wait_until(lambda: active_folder(window) == application.bundled_model, PATIENCE_S)
    assert application.active_model.id() == BUNDLED
    assert window.session.state.phase is Phase.RUNNING


def active_folder(window: MainWindow) -> Path | None:
    active = window.session.models.active
    return None if active is None else active.folder


class Frames:
    """What the live run names from now on."""

    def __init__(self, window: MainWindow) -> None:
        self.count = 0
        self.labels: set[str] = set()
        window.session.updated.connect(self._take)

    def _take(self, update: RunnerUpdate) -> None:
        if update.result is not None:
            self.count += 1
            self.labels |= {hand.prediction.gesture for hand in update.result.hands}
