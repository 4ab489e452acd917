"""The whole application in its window: real clip, real hand detector, the bundled model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gesture_app.app import Application, compose
from gesture_app.store.library import ModelLibrary
from gesture_app.ui.session import Phase
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.model_files import NETWORK, model_files, no_check, write_folder
from tests.ui.conftest import OpenWindow
from tests.ui.stage import Stage, event_names, wait_until


@pytest.fixture
def application(home_with_hand_model: Path) -> Application:
    return compose()


@pytest.mark.timeout(300)
def test_the_window_names_the_gestures_of_a_real_clip_in_order(
    open_window: OpenWindow,
    stage: Stage,
    application: Application,
    clip: Callable[[str], Path],
) -> None:
    path = clip("real_webcam_man_hagrid_gestures")
    stage.make = application.make_runner
    window = open_window(stage)
    window.start(SourceSpec(SourceKind.FILE, str(path)), None)
    wait_until(lambda: window.session.state.phase in (Phase.ENDED, Phase.FAILED), patience_s=240)
    assert window.session.state.error is None
    shown = iter(reversed(event_names(window)))
    for gesture in ("Like", "Dislike", "OK", "Palm", "Mute"):
        assert gesture in shown, f"{gesture} is missing, or not in its place"
    assert all(row.end_ms is not None for row in window.live.events.gestures.rows)


def test_a_corrupt_model_is_said_in_the_window(
    open_window: OpenWindow, stage: Stage, application: Application, tmp_path: Path
) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    damaged = replace(application, model_folder=tmp_path)
    stage.make = damaged.make_runner
    window = open_window(stage)
    window.start(SourceSpec(SourceKind.DEMO, paced=True, loop=True), None)
    wait_until(lambda: window.session.state.phase is Phase.FAILED)
    assert "The model's manifest cannot be used" in window.live.card.text()
    assert [button.text() for button in window.live.card.buttons()] == ["Try again"]


def test_a_broken_active_model_is_said_in_the_window_while_the_bundled_one_runs(
    open_window: OpenWindow, stage: Stage, application: Application, tmp_path: Path
) -> None:
    library = ModelLibrary(application.library.root, application.bundled_model, no_check)
    model = library.add_folder(write_folder(tmp_path / "run", model_files("Mine")))
    application.active_model.activate(model.id)
    (model.folder / NETWORK).write_bytes(b"")
    stage.make = application.make_runner
    window = open_window(stage)
    window.start(SourceSpec(SourceKind.DEMO, paced=True, loop=True), None)
    wait_until(lambda: window.session.state.phase is Phase.RUNNING)
    assert "The bundled model is used" in window.live.banner.text()
    assert "fake.onnx was altered" in window.live.banner.text()
