"""One source at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication

from gesture_app.core.errors import ModelError, SourceError
from gesture_app.core.types import EventKind
from gesture_app.engine.model_switch import ModelsInUse, UsedModel
from gesture_app.engine.runner import RunnerListener
from gesture_app.ui import session as session_module
from gesture_app.ui.bridge import Refusal, RunnerUpdate
from gesture_app.ui.picture import PictureTarget
from gesture_app.ui.session import LiveSession, Phase
from gesture_app.vision.sources import SourceKind, SourceSpec
from tests.fakes import make_manifest
from tests.ui.stage import FakeRunner, Stage, make_event, make_result, settle, wait_until

FIRST = SourceSpec(SourceKind.CAMERA, "0")
SECOND = SourceSpec(SourceKind.CAMERA, "1")


@pytest.fixture
def session(app: QApplication, stage: Stage) -> LiveSession:
    return LiveSession(stage.services)


def test_a_run_goes_from_starting_to_running_to_ended(session: LiveSession, stage: Stage) -> None:
    phases: list[Phase] = []
    session.state_changed.connect(lambda state: phases.append(state.phase))
    session.open(FIRST)
    stage.runner.begin()
    settle()
    stage.runner.finish()
    settle()
    assert phases == [Phase.STARTING, Phase.RUNNING, Phase.ENDED]


def test_the_next_source_waits_until_the_last_one_has_let_go(
    app: QApplication, stage: Stage
) -> None:
    made: list[FakeRunner] = []

    def make(spec: SourceSpec, listener: RunnerListener) -> FakeRunner:
        made.append(FakeRunner(spec, listener, lets_go=False))
        return made[-1]

    stage.make = make
    session = LiveSession(stage.services)
    session.open(FIRST)
    session.open(SECOND)
    settle()
    assert [runner.spec for runner in made] == [FIRST]
    assert made[0].stops == [0.0], "the GUI thread must not wait for the old source"
    made[0].finish()
    settle()
    assert [runner.spec for runner in made] == [FIRST, SECOND]
    assert made[1].started


def test_a_source_that_hangs_does_not_hold_up_the_next_one_for_ever(
    app: QApplication, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "LEAVE_TIMEOUT_MS", 1)
    made: list[FakeRunner] = []

    def make(spec: SourceSpec, listener: RunnerListener) -> FakeRunner:
        made.append(FakeRunner(spec, listener, lets_go=False))
        return made[-1]

    stage.make = make
    session = LiveSession(stage.services)
    session.open(FIRST)
    session.open(SECOND)
    wait_until(lambda: len(made) == 2)
    made[1].begin()
    made[0].finish(SourceError("late", "late", "late"))
    wait_until(lambda: session.state.phase is Phase.RUNNING)
    settle()
    assert session.state.phase is Phase.RUNNING, "the old run no longer matters"


def test_of_a_run_being_left_only_the_ends_of_gestures_arrive(
    app: QApplication, stage: Stage
) -> None:
    stage.make = lambda spec, listener: FakeRunner(spec, listener, lets_go=False)
    session = LiveSession(stage.services)
    updates: list[RunnerUpdate] = []
    session.updated.connect(updates.append)
    session.open(FIRST)
    bridge = session._bridge
    assert bridge is not None
    session.open(SECOND)
    end = make_event(EventKind.END)
    FakeRunner.run(lambda: bridge.on_events((end,)))
    settle()
    assert updates == [RunnerUpdate(events=(end,))]


def test_a_model_that_cannot_be_loaded_is_a_state_and_no_exception(
    app: QApplication, stage: Stage
) -> None:
    error = ModelError("The model cannot be loaded", "it is damaged", "Install it again.")

    def refuse(spec: SourceSpec, listener: RunnerListener) -> FakeRunner:
        raise error

    stage.make = refuse
    session = LiveSession(stage.services)
    session.open(FIRST)
    assert (session.state.phase, session.state.error) == (Phase.FAILED, error)


def test_pause_and_resume_reach_the_runner_once_each(session: LiveSession, stage: Stage) -> None:
    session.set_paused(True)
    session.open(FIRST)
    session.set_paused(True)
    stage.runner.begin()
    settle()
    session.set_paused(True)
    session.set_paused(True)
    session.set_paused(False)
    assert stage.runner.paused == [True, False]


def test_the_size_of_the_view_reaches_the_pictures(session: LiveSession, stage: Stage) -> None:
    updates: list[RunnerUpdate] = []
    session.updated.connect(updates.append)
    session.open(FIRST)
    session.set_target(PictureTarget(32, 32, mirrored=False))
    stage.runner.show(make_result())
    settle()
    assert updates[-1].picture is not None
    assert updates[-1].picture.image.width() == 32


def test_closing_waits_for_the_runner(session: LiveSession, stage: Stage) -> None:
    session.open(FIRST)
    assert session.close()
    assert stage.runner.stops == [1.0]
    assert session.close(), "closing twice does no harm"


def test_what_was_chosen_about_models_holds_for_the_next_source(
    session: LiveSession, stage: Stage
) -> None:
    session.open(FIRST)
    session.use_model(Path("mine"))
    session.try_out(Path("other"))
    session.switch_off(frozenset({"stop"}))
    session.open(SECOND)
    settle()
    assert len(stage.runners) == 2
    for runner in stage.runners:
        switch = runner.switch
        assert (switch.used, switch.tried) == ([Path("mine")], [Path("other")])
        assert switch.off == [frozenset({"stop"})]


def test_a_refused_model_is_not_asked_for_again(session: LiveSession, stage: Stage) -> None:
    refused: list[Refusal] = []
    session.model_refused.connect(refused.append)
    session.open(FIRST)
    switch = stage.runner.switch
    assert switch.listener is not None
    switch.listener.on_models(ModelsInUse(UsedModel(Path("old"), make_manifest())))
    settle()
    session.use_model(Path("mine"))
    session.try_out(Path("other"))
    error = ModelError("The model is not used", "it was altered", "Choose another one.")
    for folder in (Path("mine"), Path("other")):
        switch.listener.on_refused(folder, error)
    settle()
    assert [one.folder for one in refused] == [Path("mine"), Path("other")]
    session.open(SECOND)
    settle()
    assert (stage.runner.switch.used, stage.runner.switch.tried) == ([Path("old")], [])


def test_a_run_that_is_being_left_no_longer_says_which_models_there_are(
    app: QApplication, stage: Stage
) -> None:
    stage.make = lambda spec, listener: FakeRunner(spec, listener, lets_go=False)
    session = LiveSession(stage.services)
    session.open(FIRST)
    runner = session._runner
    assert isinstance(runner, FakeRunner)
    assert runner.switch.listener is not None
    session.open(SECOND)
    runner.switch.listener.on_models(ModelsInUse(UsedModel(Path("old"), make_manifest())))
    settle()
    assert session.models == ModelsInUse()
    runner.finish()
    settle()
