"""The page Train in its window, with a process that says the events of the contract."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QSignalSpy, QTest

from gesture_app.app import compose
from gesture_app.core.errors import ModelError
from gesture_app.core.types import NO_GESTURE
from gesture_app.engine.training_hardware import TrainingHardware
from gesture_app.store.gesture_set import GestureSet, save_gesture_set
from gesture_app.store.judgement import dump_judgement
from gesture_app.store.library import InstalledModel, ModelLibrary
from gesture_app.store.paths import gesture_set_folder
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_job import TeachingMode, TrainingJob, load_job, save_job
from gesture_app.ui.main_window import MainWindow
from gesture_app.ui.mode_choice import ModeChoice
from gesture_app.ui.pages import Page
from gesture_app.ui.services import WindowServices
from gesture_app.ui.train_page import TrainPage
from gesture_app.ui.training_run import TrainingPhase
from gesture_app.vision.backends.base import ProbeResult
from tests.hand_samples import record
from tests.judgements import make_judgement
from tests.model_files import model_files, no_check, write_folder
from tests.ui.conftest import OpenWindow
from tests.ui.stage import Stage, begin_run, click, wait_until

CHILD = Path(__file__).parents[1] / "training_child.py"
NO_GPU = ProbeResult("NVIDIA GPU", False, "no NVIDIA driver found")
GPU = ProbeResult("NVIDIA RTX", True, "its driver answers")
TORCH = ProbeResult("PyTorch", True, "version 2.13.0")
NO_TORCH = ProbeResult("PyTorch", False, "it is not installed")


@dataclass
class TrainingStage(Stage):
    """A stage on which `gesture-train` is played by `tests/training_child.py`."""

    play: tuple[str, ...] = ("quick",)

    @property
    def services(self) -> WindowServices:
        services = super().services
        command = (sys.executable, str(CHILD), *self.play)
        return replace(services, teaching=replace(services.teaching, training_command=command))


@pytest.fixture
def stage() -> TrainingStage:
    return TrainingStage()


@pytest.fixture
def recorded(home: Path) -> SampleStore:
    """A gesture "wave", recorded twice, and something else."""
    store = SampleStore(gesture_set_folder(compose().folders))
    gestures, wave = GestureSet().adding("wave", ())
    save_gesture_set(store.root, gestures)
    for label in (wave.label, wave.label, NO_GESTURE):
        record(store, label, 10)
    return store


@pytest.fixture
def new_model(home: Path, tmp_path: Path, stage: TrainingStage) -> InstalledModel:
    """What the played training says it has made; it lies in the library."""
    library = compose().library
    files = {**model_files("Waves"), "judgement.json": dump_judgement(make_judgement())}
    unchecked = ModelLibrary(library.root, library.bundled, no_check)
    model = unchecked.add_folder(write_folder(tmp_path / "made", files))
    stage.play = ("quick", model.id)
    return model


def open_train(open_window: OpenWindow, stage: Stage) -> tuple[MainWindow, TrainPage]:
    window = open_window(stage)
    wait_until(lambda: window.collection.loaded)
    window.pages.show_page(Page.TRAIN)
    wait_until(lambda: window.train.hardware is not None)
    return window, window.train


def train_to(page: TrainPage, phase: TrainingPhase) -> None:
    click(page.plan.train)
    wait_until(lambda: page.run.state.phase is phase)


def test_with_nothing_recorded_it_leads_to_the_gestures(
    open_window: OpenWindow, stage: TrainingStage
) -> None:
    window, page = open_train(open_window, stage)
    assert page.empty.isVisible()
    click(page.empty.buttons()[0])
    assert window.pages.page is Page.GESTURES


def test_it_says_what_is_missing_and_leads_to_recording_it(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    gestures, _ = GestureSet().adding("wave", ())
    gestures, shy = gestures.adding("shy", ())
    save_gesture_set(recorded.root, gestures.adding("later", ())[0])
    record(recorded, shy.label, 3)
    _, page = open_train(open_window, stage)
    wait_until(lambda: len(page.plan.rows) == 4)
    shown = {row.text().split(":")[0]: row.text() for row in page.plan.rows}
    assert shown["wave"] == "wave: Pictures: 20 · Recordings: 2."
    assert "record 10 at least" in shown["shy"]
    assert "Not recorded yet" in shown["later"]
    assert not page.plan.train.isEnabled()
    assert "shy" in page.plan.hint()
    spy = QSignalSpy(page.record_asked)
    click(page.plan.rows[1].record)
    assert spy[0] == ["shy"]


def test_a_single_recording_can_be_learnt_but_a_second_is_asked_for(
    open_window: OpenWindow, stage: TrainingStage
) -> None:
    record(SampleStore(gesture_set_folder(compose().folders)), "wave", 12)
    _, page = open_train(open_window, stage)
    assert page.plan.train.isEnabled()
    wait_until(lambda: len(page.plan.rows) == 2)
    words = " ".join(row.text() for row in page.plan.rows)
    assert "Record it a second time" in words
    assert "scratching your nose" in words


def test_training_shows_how_good_the_model_is_and_changes_nothing(
    open_window: OpenWindow,
    stage: TrainingStage,
    recorded: SampleStore,
    new_model: InstalledModel,
) -> None:
    _, page = open_train(open_window, stage)
    QTest.keyClick(page.plan.train, Qt.Key.Key_Space)
    assert page.progress.isVisible()
    wait_until(lambda: page.run.state.phase is TrainingPhase.DONE)
    assert page.result.judgement.isVisible()
    assert page.run.seen_stages == ("features", "judge", "fit", "write")
    assert compose().active_model.id() == "bundled"
    assert load_job(recorded.root) is None
    click(page.result.keep)
    assert page.plan.isVisible()
    assert compose().active_model.id() == "bundled"
    assert new_model in compose().library.models()


def test_the_end_of_training_is_said_on_every_page(
    open_window: OpenWindow,
    stage: TrainingStage,
    recorded: SampleStore,
    new_model: InstalledModel,
) -> None:
    window, page = open_train(open_window, stage)
    click(page.plan.train)
    window.pages.show_page(Page.GESTURES)
    wait_until(lambda: page.run.state.phase is TrainingPhase.DONE)
    assert "The new model is ready" in window.banner.text()
    assert window.pages.page is Page.GESTURES
    window.pages.show_page(Page.TRAIN)
    assert not window.banner.isVisible()


def test_one_click_switches_live_and_one_goes_back(
    open_window: OpenWindow,
    stage: TrainingStage,
    recorded: SampleStore,
    new_model: InstalledModel,
) -> None:
    window, page = open_train(open_window, stage)
    begin_run(window, stage)
    train_to(page, TrainingPhase.DONE)
    click(page.result.switch)
    wait_until(page.result.see_live.isVisible)
    assert compose().active_model.id() == new_model.id
    assert stage.runner.switch.used == [new_model.folder]
    click(page.result.go_back)
    wait_until(lambda: page.result.switch.isVisible() and page.result.switch.isEnabled())
    assert compose().active_model.id() == "bundled"
    assert stage.runner.switch.used[-1] == compose().bundled_model
    click(page.result.switch)
    wait_until(page.result.see_live.isVisible)
    click(page.result.see_live)
    assert window.pages.page is Page.LIVE


def test_a_model_that_the_live_run_refuses_is_not_left_active(
    open_window: OpenWindow,
    stage: TrainingStage,
    recorded: SampleStore,
    new_model: InstalledModel,
) -> None:
    window, page = open_train(open_window, stage)
    runner = begin_run(window, stage)
    train_to(page, TrainingPhase.DONE)
    click(page.result.switch)
    wait_until(lambda: bool(runner.switch.used))
    listener, error = runner.switch.listener, ModelError("It does not run", "a test", "Wait.")
    assert listener is not None
    runner.run(lambda: listener.on_refused(new_model.folder, error))
    wait_until(lambda: page.banner.notice is not None)
    assert "It does not run" in page.banner.text()
    assert compose().active_model.id() == "bundled"
    assert page.result.switch.isVisible()


def test_trying_out_runs_it_beside_the_present_one(
    open_window: OpenWindow,
    stage: TrainingStage,
    recorded: SampleStore,
    new_model: InstalledModel,
) -> None:
    window, page = open_train(open_window, stage)
    begin_run(window, stage)
    train_to(page, TrainingPhase.DONE)
    click(page.result.try_out)
    assert stage.runner.switch.tried == [new_model.folder]
    assert window.pages.page is Page.LIVE
    window.pages.show_page(Page.TRAIN)
    click(page.result.keep)
    assert stage.runner.switch.tried[-1] is None


def test_cancelling_keeps_what_was_done_and_offers_to_go_on(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    stage.play = ("waiting",)
    _, page = open_train(open_window, stage)
    click(page.plan.train)
    wait_until(lambda: page.run.stage is not None)
    click(page.progress.cancel)
    wait_until(lambda: page.run.state.phase is TrainingPhase.INTERRUPTED)
    assert page.unfinished.isVisible()
    job = load_job(recorded.root)
    assert job is not None and job.name in (page.run.state.job.name if page.run.state.job else "")
    click(page.unfinished.go_on)
    wait_until(lambda: page.run.stage is not None)
    assert load_job(recorded.root) == job
    click(page.progress.cancel)
    wait_until(page.unfinished.isVisible)
    click(page.unfinished.discard)
    wait_until(lambda: load_job(recorded.root) is None)
    assert page.plan.isVisible() and not page.unfinished.isVisible()


def test_a_run_that_did_not_come_to_its_end_is_offered_at_the_start(
    open_window: OpenWindow,
    stage: TrainingStage,
    recorded: SampleStore,
    new_model: InstalledModel,
) -> None:
    save_job(recorded.root, TrainingJob(TeachingMode.FULL, "Left alone", time.time()))
    window = open_window(stage)
    wait_until(lambda: window.banner.notice is not None)
    assert "page Train" in window.banner.text()
    window.pages.show_page(Page.TRAIN)
    assert "Full training" in window.train.unfinished.text()
    click(window.train.unfinished.go_on)
    wait_until(lambda: window.train.run.state.phase is TrainingPhase.DONE)
    assert load_job(recorded.root) is None


@pytest.mark.parametrize(
    ("play", "said"),
    [
        ("failing", "It cannot be learnt"),
        ("crashing", "Training has stopped before its end"),
        ("quick", "There is no model"),
    ],
)
def test_a_failure_is_said_and_can_be_tried_again_or_left(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore, play: str, said: str
) -> None:
    stage.play = (play,)
    _, page = open_train(open_window, stage)
    train_to(page, TrainingPhase.FAILED)
    assert said in page.failure.text()
    again, back = page.failure.buttons()
    click(again)
    assert page.run.busy
    wait_until(lambda: page.run.state.phase is TrainingPhase.FAILED)
    again, back = page.failure.buttons()
    click(back)
    assert page.plan.isVisible()
    wait_until(lambda: load_job(recorded.root) is None)


def test_a_set_that_cannot_be_written_is_said_and_nothing_is_started(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    _, page = open_train(open_window, stage)
    (recorded.root / "training.json").mkdir()
    train_to(page, TrainingPhase.FAILED)
    assert "Training cannot be started" in page.failure.text()
    assert page.run.stage is None


def test_closing_while_training_asks_and_may_train_on(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    stage.play = ("waiting",)
    window, page = open_train(open_window, stage)
    click(page.plan.train)
    wait_until(lambda: page.run.stage is not None)
    assert not window.close()
    question = page.question
    assert question is not None and question.isVisible()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    wait_until(lambda: page.question is None)
    assert window.isVisible() and page.run.busy
    click(page.progress.cancel)
    wait_until(lambda: not page.run.busy)


def test_closing_while_training_can_stop_it_to_go_on_next_time(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    stage.play = ("waiting",)
    window, page = open_train(open_window, stage)
    click(page.plan.train)
    wait_until(lambda: page.run.stage is not None)
    window.close()
    question = page.question
    assert question is not None
    assert question.stop is not None
    click(question.stop)
    wait_until(lambda: not window.isVisible())
    assert load_job(recorded.root) is not None


def test_a_program_that_is_told_to_end_does_not_ask(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    stage.play = ("waiting",)
    window, page = open_train(open_window, stage)
    click(page.plan.train)
    wait_until(lambda: page.run.stage is not None)
    window.end()
    assert not window.isVisible() and page.question is None
    assert load_job(recorded.root) is not None


def test_full_training_shows_its_curves(
    open_window: OpenWindow, stage: TrainingStage, recorded: SampleStore
) -> None:
    stage.play = ("full",)
    _, page = open_train(open_window, stage)
    page.run.start(TeachingMode.FULL, "All layers")
    wait_until(lambda: page.run.state.phase is TrainingPhase.FAILED)  # it installs nothing
    assert page.run.losses.points == [(1, 1.0), (2, 0.5)]
    assert page.run.accuracies.points == [(1, 0.9), (2, 0.9)]
    assert "90.0%" in page.progress.curves.accessibleDescription()


@pytest.mark.parametrize(
    ("torch", "gpu", "pictures", "mode", "reason"),
    [
        (NO_TORCH, NO_GPU, 900, TeachingMode.QUICK, "PyTorch is not installed"),
        (TORCH, NO_GPU, 900, TeachingMode.QUICK, "no NVIDIA driver found"),
        (TORCH, GPU, 120, TeachingMode.QUICK, "120 pictures are few"),
        (TORCH, GPU, 900, TeachingMode.FULL, "NVIDIA RTX"),
    ],
)
def test_the_way_of_training_follows_machine_and_pictures_and_says_why(
    app: object,
    torch: ProbeResult,
    gpu: ProbeResult,
    pictures: int,
    mode: TeachingMode,
    reason: str,
) -> None:
    choice = ModeChoice()
    choice.show_choice(TrainingHardware(torch, gpu), pictures)
    assert choice.mode is mode
    assert reason in choice.reason()
    assert choice.full.isEnabled() is torch.available
    assert choice.command.isHidden() is torch.available
    assert "gesture-studio[train]" in choice.command.text()
    choice.deleteLater()


def test_what_a_person_picked_stays_picked(app: object) -> None:
    choice = ModeChoice()
    choice.show_choice(TrainingHardware(TORCH, NO_GPU), 40)
    click(choice.full)
    choice.show_choice(TrainingHardware(TORCH, NO_GPU), 41)
    assert choice.mode is TeachingMode.FULL
    choice.deleteLater()
