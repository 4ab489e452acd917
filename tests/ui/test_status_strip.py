"""What the status strip says of the back end while the run goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PyQt6.QtWidgets import QLabel

from gesture_app.engine.runner import RunStatistics
from gesture_app.ui.status_strip import StatusStrip
from gesture_app.ui.theme import Appearance
from gesture_app.vision.backends.base import BackendChoice, Preparation, ProbeResult, Step
from tests.ui.stage import settle

CPU = ProbeResult("ONNX Runtime CPU", True, "offered by onnxruntime 1.32")
GPU = ProbeResult("ONNX Runtime TensorRT FP16", True, "offered by onnxruntime-gpu 1.31")
STARTED = BackendChoice(CPU, ())


@pytest.fixture
def strip(appearance: Appearance) -> Iterator[StatusStrip]:
    made = StatusStrip(appearance, "Test model")
    made.show_backend(STARTED)
    yield made
    made.deleteLater()
    settle()


def texts(strip: StatusStrip) -> set[str]:
    return {label.text() for label in strip.findChildren(QLabel)}


def preparing(step: Step, seconds: int) -> BackendChoice:
    since_ns = time.perf_counter_ns() - seconds * 1_000_000_000
    return replace(STARTED, preparing=Preparation(GPU.name, step, since_ns))


@pytest.mark.parametrize(
    ("step", "words"), [(Step.BUILD, "built"), (Step.LOAD, "loaded"), (Step.CHECK, "checked")]
)
def test_an_engine_on_its_way_is_told_with_how_long_it_has_taken(
    strip: StatusStrip, step: Step, words: str
) -> None:
    strip.show_statistics(RunStatistics(frames=1, backend=preparing(step, 3600)))
    (text,) = (text for text in texts(strip) if "faster engine" in text)
    assert f"is being {words}: ONNX Runtime TensorRT FP16, for 36" in text
    strip.open_details()
    details = strip.details()
    assert details is not None
    assert "In preparation: ONNX Runtime TensorRT FP16" in details.accessibleDescription()
    details.close()


def test_the_seconds_go_on_while_nothing_else_changes(strip: StatusStrip) -> None:
    choice = preparing(Step.BUILD, 100)
    strip.show_statistics(RunStatistics(frames=1, backend=choice))
    assert choice.preparing is not None
    earlier = replace(choice.preparing, since_ns=choice.preparing.since_ns - 900_000_000_000)
    strip.show_backend(replace(choice, preparing=earlier))
    strip.show_statistics(RunStatistics(frames=2))
    assert any("for 1000 s" in text or "for 1001 s" in text for text in texts(strip))


def test_the_engine_that_has_taken_over_is_shown_with_what_it_replaced(strip: StatusStrip) -> None:
    replaced = replace(CPU, reason="takes over if the one in use fails")
    strip.show_statistics(RunStatistics(frames=1, backend=BackendChoice(GPU, (replaced,))))
    assert GPU.name in texts(strip)
    assert any(GPU.reason in text for text in texts(strip))
    strip.open_details()
    details = strip.details()
    assert details is not None
    assert f"Not used: {CPU.name}" in details.accessibleDescription()
    details.close()
