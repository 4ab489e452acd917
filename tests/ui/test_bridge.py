"""The bridge between the runner's threads and the window."""

from __future__ import annotations

from PyQt6.QtTest import QSignalSpy
from PyQt6.QtWidgets import QApplication

from gesture_app.core.errors import SourceError
from gesture_app.core.types import EventKind
from gesture_app.engine.runner import RunStatistics
from gesture_app.ui.bridge import RunnerBridge, RunnerUpdate
from gesture_app.ui.picture import PictureTarget
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.fakes import FAKE_BACKEND, make_frame
from tests.ui.stage import INFO, FakeRunner, make_event, make_result, settle

SPEC = SourceSpec(SourceKind.DEMO)
NOTICE = SourceError("The camera has stopped", "it was unplugged", "Plug it in.")


def _updates(spy: QSignalSpy) -> list[RunnerUpdate]:
    return [spy[i][0] for i in range(len(spy))]


def test_a_busy_window_gets_one_signal_with_the_newest_result(app: QApplication) -> None:
    bridge = RunnerBridge()
    woken, updated = QSignalSpy(bridge._woken), QSignalSpy(bridge.updated)
    results = [make_result(frame=make_frame(index)) for index in range(50)]
    FakeRunner(SPEC, bridge).show(*results)
    settle()
    assert len(woken) == 1
    (update,) = _updates(updated)
    assert update.result is results[-1]
    assert update.statistics is not None


def test_no_event_is_lost_however_busy_the_window_is(app: QApplication) -> None:
    bridge = RunnerBridge()
    updated = QSignalSpy(bridge.updated)
    runner = FakeRunner(SPEC, bridge)
    inside = [make_event(EventKind.START, t_ms=t) for t in range(20)]
    outside = make_event(EventKind.END, t_ms=99)
    runner.show(*(make_result(events=(event,)) for event in inside))
    runner.run(lambda: bridge.on_events((outside,)))
    settle()
    (update,) = _updates(updated)
    assert update.events == (*inside, outside)


def test_start_notices_and_end_arrive_together_with_their_contents(app: QApplication) -> None:
    bridge = RunnerBridge()
    updated = QSignalSpy(bridge.updated)
    runner = FakeRunner(SPEC, bridge)
    statistics = RunStatistics(frames=7)
    runner.begin()
    runner.run(lambda: bridge.on_notice(NOTICE))
    runner.run(lambda: bridge.on_finished(statistics, NOTICE))
    settle()
    (update,) = _updates(updated)
    assert (update.source, update.backend) == (INFO, FAKE_BACKEND)
    assert update.notices == (NOTICE,)
    assert update.finished
    assert update.error is NOTICE
    assert update.statistics is statistics


def test_after_a_delivery_the_next_result_is_signalled_anew(app: QApplication) -> None:
    bridge = RunnerBridge()
    updated = QSignalSpy(bridge.updated)
    runner = FakeRunner(SPEC, bridge)
    for _ in range(2):
        runner.show(make_result(events=(make_event(EventKind.START),)))
        settle()
    assert [len(update.events) for update in _updates(updated)] == [1, 1]


def test_the_picture_is_prepared_for_the_size_on_the_screen(app: QApplication) -> None:
    bridge = RunnerBridge()
    bridge.set_target(PictureTarget(128, 128, mirrored=False))
    updated = QSignalSpy(bridge.updated)
    FakeRunner(SPEC, bridge).show(make_result())
    settle()
    picture = _updates(updated)[0].picture
    assert picture is not None
    assert (picture.image.width(), picture.image.height()) == (128, 96)
