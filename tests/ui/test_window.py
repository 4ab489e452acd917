"""What the window shows: gestures, figures, errors and notices."""

from __future__ import annotations

import sys
import threading

import pytest
from PyQt6.QtWidgets import QAbstractButton, QLabel

from gesture_app.core.errors import BackendError
from gesture_app.core.types import EventKind, Handedness
from gesture_app.engine.runner import PipelineRunner
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.session import Phase
from gesture_app.ui.source_picker import demo_spec
from gesture_app.ui.window_app import report_bugs
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.fakes import FakeBackend, FakeSource, make_frame, make_frames, make_hand, make_pipeline
from tests.ui.conftest import OpenWindow
from tests.ui.stage import (
    BROKEN,
    CAMERA,
    Stage,
    begin_run,
    click,
    event_names,
    expect_saved,
    make_event,
    make_hand_result,
    make_result,
    settle,
    wait_until,
)


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
    wait_until(lambda: window.session.state.phase is Phase.ENDED)
    assert event_names(window) == ["Dislike", "Like"]
    assert all(row.end_ms is not None for row in window.live.events.gestures.rows)
    assert "ended" in window.live.card.text()


def test_the_newest_hands_are_described_in_words(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result(make_hand_result("palm", held="palm")))
    settle()
    assert window.live.video.describe() == "Palm, Right hand"
    rows = window.live.hands.rows
    assert rows[Handedness.RIGHT].accessibleName() == "Right hand: Palm"
    assert rows[Handedness.LEFT].accessibleName() == "Left hand: Not in view"


def test_two_hands_taken_for_the_same_one_are_both_shown(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result(make_hand_result("palm"), make_hand_result("like")))
    settle()
    texts = {row.text() for row in window.live.hands.rows.values()}
    assert texts == {"Palm", "Like"}


def test_figures_and_back_end_are_shown_with_the_reason(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result())
    settle()
    texts = {label.text() for label in window.live.status.findChildren(QLabel)}
    assert {"30 fps", "31 / 0 ms", "2", "Fake"} <= texts
    assert any("it is built into the tests" in text for text in texts)
    click(window.live.status.findChild(QAbstractButton))
    details = window.live.status.details()
    assert details is not None
    assert "Test model" in details.accessibleDescription()
    details.close()


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
    click(again)
    assert [runner.spec for runner in stage.runners] == [CAMERA.spec, CAMERA.spec]
    stage.runner.finish(BROKEN)
    settle()
    click(card.buttons()[1])
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
    runner = begin_run(window, stage)
    runner.run(lambda: runner.listener.on_notice(BROKEN))
    settle()
    assert window.live.banner.isVisible()
    runner.show(make_result())
    settle()
    assert not window.live.banner.isVisible()


def test_without_a_source_a_card_offers_the_demo(window: MainWindow, stage: Stage) -> None:
    window.start(None, None)
    _, demo = window.live.card.buttons()
    click(demo)
    assert stage.runner.spec.kind is SourceKind.DEMO
    expect_saved(window, stage, "source", "demo")


def test_a_new_source_starts_with_an_empty_strip(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result(events=(make_event(EventKind.START),)))
    settle()
    window.live.open(demo_spec())
    assert event_names(window) == []


def test_a_mirrored_picture_is_repainted_while_paused(window: MainWindow, stage: Stage) -> None:
    picture = make_frame().bgr
    picture[:, : picture.shape[1] // 2] = (0, 0, 255)
    runner = begin_run(window, stage)
    runner.show(make_result(frame=make_frame(bgr=picture)))
    settle()
    video = window.live.video
    left = (video.width() // 4, video.height() // 2)
    assert video.grab().toImage().pixelColor(*left).name() != "#ff0000", "it is mirrored"
    video.set_mirrored(False)
    assert video.grab().toImage().pixelColor(*left).name() == "#ff0000"


def test_a_bug_in_the_window_is_said_and_does_not_end_it(
    window: MainWindow, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    report_bugs(window)

    def fail() -> None:
        raise RuntimeError("nobody expected this")

    window.live.pause.setEnabled(True)
    window.live.pause.clicked.connect(fail)
    click(window.live.pause)
    assert "RuntimeError: nobody expected this" in window.banner.text()


def test_closing_stops_the_runner_and_every_thread(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    window.close()
    assert runner.stops == [1.0]
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"settings-writer", "camera-search"}
