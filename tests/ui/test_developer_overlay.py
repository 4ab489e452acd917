"""The figures over the picture: what they are made of, and that a key shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest

from gesture_app.core.types import StageTimes
from gesture_app.ui.latency_meter import KEPT_FRAMES, LatencyMeter
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.session import Phase
from tests.ui.stage import Stage, begin_run, make_result, settle, wait_until

TIMES = StageTimes(20.0, 5.0, 0.5, 1, waited_ms=2.0)


def test_latencies_count_from_the_capture_and_add_up_to_the_paint() -> None:
    meter = LatencyMeter()
    result = replace(make_result(), times=TIMES)
    for painted_ms in (40, 50, 60):
        meter.add(result, result.frame.captured_ns + painted_ms * 1_000_000)
    found = meter.latencies()
    assert found is not None
    assert (found.begun.p50, found.seen.p50, found.named.p50) == (2.0, 22.0, 27.0)
    assert (found.painted.p50, found.painted.p95) == pytest.approx((50.0, 59.0))
    assert found.frames == 3


def test_only_the_last_frames_count() -> None:
    meter = LatencyMeter()
    result = make_result()
    meter.add(result, result.frame.captured_ns + 10**12)
    for _ in range(KEPT_FRAMES):
        meter.add(result, result.frame.captured_ns + 10**7)
    found = meter.latencies()
    assert found is not None
    assert found.painted.p99 == 10.0
    meter.clear()
    assert meter.latencies() is None


def test_a_key_shows_and_hides_the_overlay(window: MainWindow) -> None:
    overlay = window.live.overlay
    assert not overlay.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert overlay.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert not overlay.isVisible()


def test_every_result_is_measured_once_when_it_is_painted(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    painted: list[object] = []
    window.live.video.painted.connect(painted.append)
    result = make_result()
    runner.show(result)
    wait_until(lambda: len(painted) == 1)
    window.live.video.repaint()
    assert painted == [result]


def test_the_overlay_says_in_words_what_it_shows(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(replace(make_result(), times=TIMES))
    settle()
    overlay = window.live.overlay
    overlay.toggle()
    told = overlay.accessibleDescription()
    assert overlay.accessibleName() == "Latency and rates"
    assert "hands seen: 22.0 / 22.0" in told
    assert "29.6 per second, 2 dropped" in told
    assert "painted: " in told
    assert "painted: –" not in told


def test_the_overlay_speaks_korean(window: MainWindow) -> None:
    window.settings.language_chosen.emit("ko")
    settle()
    assert window.live.overlay.accessibleName() == "지연 시간과 속도"
    assert "손 발견" in window.live.overlay.accessibleDescription()


def test_another_source_starts_with_no_figures(window: MainWindow, stage: Stage) -> None:
    runner = begin_run(window, stage)
    runner.show(make_result())
    settle()
    runner.finish()
    wait_until(lambda: window.session.state.phase is Phase.ENDED)
    window.live.open(runner.spec)
    settle()
    window.live.overlay.toggle()
    assert "painted: –" in window.live.overlay.accessibleDescription()
