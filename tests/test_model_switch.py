"""Another model takes over between two frames: no frame and no event is lost on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gesture_app.core.errors import AppError, ModelError
from gesture_app.core.types import NO_GESTURE, EventKind, Frame
from gesture_app.engine.model_switch import ModelsInUse, ModelSwitch, Role
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.engine.recognition import ReadyModel
from gesture_app.engine.runner import PipelineRunner
from tests.fakes import (
    PATIENCE_S,
    FakeBackend,
    FakeDetector,
    FakeSource,
    RecordingListener,
    make_frame,
    make_ready_model,
)

FIRST, SECOND, THIRD = Path("first"), Path("second"), Path("third")
OWN_LABELS = ("wave", NO_GESTURE, "like", "dislike")
BROKEN = ModelError("The model Wave is not used", "it was altered", "Install it again.")


@dataclass
class Shelf:
    """Models by folder, as `ModelSwitch` asks for them; a gate holds one back while it loads."""

    backends: dict[Path, FakeBackend] = field(
        default_factory=lambda: {
            FIRST: FakeBackend(),
            SECOND: FakeBackend(OWN_LABELS, "wave"),
            THIRD: FakeBackend(OWN_LABELS, "dislike"),
        }
    )
    errors: dict[Path, Exception] = field(default_factory=dict)
    gates: dict[Path, threading.Event] = field(default_factory=dict)
    opened: list[tuple[Path, Role, str]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def open(self, folder: Path, role: Role = Role.ACTIVE) -> ReadyModel:
        with self.changed:
            self.opened.append((folder, role, threading.current_thread().name))
            self.changed.notify_all()
        if folder in self.gates:
            assert self.gates[folder].wait(PATIENCE_S), "the test never opened the gate"
        if folder in self.errors:
            raise self.errors[folder]
        return make_ready_model(self.backends[folder], folder)

    def wait_until_opening(self, folder: Path) -> None:
        with self.changed:
            assert self.changed.wait_for(
                lambda: folder in [one for one, _, _ in self.opened], PATIENCE_S
            )

    def closed(self) -> dict[Path, list[str]]:
        return {folder: backend.closed_on for folder, backend in self.backends.items()}


@dataclass
class SwitchNotes:
    """A `SwitchListener` that keeps what it is told."""

    models: list[ModelsInUse] = field(default_factory=list)
    refused: list[tuple[Path, AppError]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def on_models(self, models: ModelsInUse) -> None:
        with self.changed:
            self.models.append(models)
            self.changed.notify_all()

    def on_refused(self, folder: Path, error: AppError) -> None:
        with self.changed:
            self.refused.append((folder, error))
            self.changed.notify_all()

    def wait_until(self, condition: Callable[[SwitchNotes], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: condition(self), PATIENCE_S), self.models

    @property
    def idle(self) -> bool:
        """Nothing is being made ready."""
        return not self.models[-1].opening

    def active(self) -> list[Path]:
        """Folders of the models that recognised, in order."""
        folders: list[Path] = []
        for models in self.models:
            if models.active is not None and [models.active.folder] != folders[-1:]:
                folders.append(models.active.folder)
        return folders


class Run:
    """A run whose frames are delivered one by one, with calls in between.

    The source waits before each of the frames in ``during`` until the one before was recognised.
    """

    def __init__(self, shelf: Shelf, count: int = 40) -> None:
        self.shelf = shelf
        self.count = count
        self.during: dict[int, Callable[[], object]] = {}
        self.listener = RecordingListener()
        self.notes = SwitchNotes()
        self.switch = ModelSwitch(shelf.open)
        self.switch.listen(self.notes)
        self.detector = FakeDetector()

    def open_pipeline(self) -> GesturePipeline:
        model = self.switch.open_first(lambda: self.shelf.open(FIRST))
        return GesturePipeline(self.detector, model, self.switch, reuse_still=False)

    def go(self) -> Run:
        runner = PipelineRunner(
            lambda: FakeSource(self._frames()), self.open_pipeline, self.listener, None, self.switch
        )
        runner.start()
        assert runner.wait(PATIENCE_S)
        return self

    def named(self) -> list[str]:
        """The answer of each frame."""
        return [result.hands[0].prediction.gesture for result in self.listener.results]

    def use_and_wait(self, folder: Path) -> None:
        """Until it is ready, so that the very next frame is its own."""
        self.switch.use(folder)
        self.notes.wait_until(lambda notes: notes.idle)

    def try_and_wait(self, folder: Path) -> None:
        self.switch.try_out(folder)
        self.notes.wait_until(lambda notes: notes.idle)

    def wait_for_results(self, count: int) -> None:
        self.listener.wait_until(lambda kept: len(kept.results) == count)

    def _frames(self) -> Iterator[Frame]:
        for index in range(self.count):
            if index in self.during:
                self.wait_for_results(index)
                self.during[index]()
            yield make_frame(index)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_the_new_model_recognises_from_the_next_frame_on_and_no_frame_is_lost(
    shelf: Shelf,
) -> None:
    run = Run(shelf)
    run.during[20] = lambda: run.use_and_wait(SECOND)
    run.go()
    assert run.named() == ["like"] * 20 + ["wave"] * 20
    assert [result.frame.index for result in run.listener.results] == list(range(40))
    assert run.notes.active() == [FIRST, SECOND]


def test_a_gesture_held_with_the_old_model_ends_before_the_new_ones_begin(shelf: Shelf) -> None:
    run = Run(shelf)
    run.during[20] = lambda: run.use_and_wait(SECOND)
    run.go()
    told = [
        (event.kind, event.gesture, event.t_ms)
        for event in run.listener.events
        if event.kind is not EventKind.HOLD
    ]
    assert [(kind, gesture) for kind, gesture, _ in told] == [
        (EventKind.START, "like"),
        (EventKind.END, "like"),
        (EventKind.START, "wave"),
        (EventKind.END, "wave"),
    ]
    assert told[1][2] == run.listener.results[20].frame.media_ms
    assert run.listener.results[20].events[0].kind is EventKind.END


def test_the_model_is_made_ready_and_the_old_one_closed_in_the_switchs_own_thread(
    shelf: Shelf,
) -> None:
    run = Run(shelf)
    run.during[20] = lambda: run.use_and_wait(SECOND)
    run.during[25] = lambda: run.use_and_wait(THIRD)
    run.go()
    assert shelf.opened == [
        (FIRST, Role.ACTIVE, "inference"),
        (SECOND, Role.ACTIVE, "model-switch"),
        (THIRD, Role.ACTIVE, "model-switch"),
    ]
    assert shelf.closed()[FIRST] == ["model-switch"]
    assert all(len(closed_on) == 1 for closed_on in shelf.closed().values())


def test_frames_are_recognised_with_the_old_model_while_the_new_one_loads(shelf: Shelf) -> None:
    run = Run(shelf)
    gate = shelf.gates[SECOND] = threading.Event()
    run.during[10] = lambda: run.switch.use(SECOND)

    def let_it_load() -> None:
        gate.set()
        run.notes.wait_until(lambda notes: notes.idle)

    run.during[30] = let_it_load
    run.go()
    assert run.named() == ["like"] * 30 + ["wave"] * 10


def test_a_model_that_cannot_be_loaded_leaves_the_old_one_running_and_says_why(
    shelf: Shelf,
) -> None:
    shelf.errors[SECOND] = BROKEN
    run = Run(shelf)
    run.during[20] = lambda: run.use_and_wait(SECOND)
    run.go()
    assert run.named() == ["like"] * 40
    assert run.notes.refused == [(SECOND, BROKEN)]
    assert run.notes.active() == [FIRST]
    assert run.listener.kinds() == [EventKind.START, EventKind.END]


def test_a_bug_while_loading_is_said_too_and_ends_nothing(shelf: Shelf) -> None:
    shelf.errors[SECOND] = ZeroDivisionError("oops")
    run = Run(shelf)
    run.during[20] = lambda: run.use_and_wait(SECOND)
    run.during[30] = lambda: run.use_and_wait(THIRD)
    run.go()
    assert [error.why for _, error in run.notes.refused] == ["ZeroDivisionError: oops"]
    assert run.named() == ["like"] * 30 + ["dislike"] * 10


def test_of_models_chosen_in_quick_succession_only_the_last_one_takes_over(shelf: Shelf) -> None:
    run = Run(shelf)
    gate = shelf.gates[SECOND] = threading.Event()

    def choose_three() -> None:
        run.switch.use(SECOND)
        shelf.wait_until_opening(SECOND)
        run.switch.use(FIRST)  # never even begun
        run.switch.use(THIRD)
        gate.set()
        run.notes.wait_until(lambda notes: notes.idle)

    run.during[20] = choose_three
    run.go()
    assert run.named() == ["like"] * 20 + ["dislike"] * 20
    assert [folder for folder, _, _ in shelf.opened] == [FIRST, SECOND, THIRD]
    assert shelf.closed()[SECOND] == ["model-switch"]
    assert run.notes.active() == [FIRST, THIRD]


def test_an_end_of_the_run_while_a_model_loads_waits_for_it_and_closes_it(shelf: Shelf) -> None:
    run = Run(shelf, count=10)
    gate = shelf.gates[SECOND] = threading.Event()

    def choose_and_end() -> None:
        run.switch.use(SECOND)
        shelf.wait_until_opening(SECOND)
        gate.set()

    run.during[9] = choose_and_end
    run.go()  # the guard of all tests finds threads that are left
    assert all(
        len(shelf.backends[folder].closed_on) == 1 for folder in {one for one, _, _ in shelf.opened}
    )
    assert run.notes.idle


def test_after_the_run_nothing_is_made_ready_and_nobody_is_told_so(shelf: Shelf) -> None:
    run = Run(shelf, count=5).go()
    told = len(run.notes.models)
    run.switch.use(SECOND)
    run.switch.try_out(THIRD)
    assert [folder for folder, _, _ in shelf.opened] == [FIRST]
    assert len(run.notes.models) == told


def test_a_model_chosen_before_the_run_is_the_first_and_the_default_is_not_loaded(
    shelf: Shelf,
) -> None:
    run = Run(shelf, count=10)
    run.switch.use(SECOND)
    run.go()
    assert run.named() == ["wave"] * 10
    assert shelf.opened == [(SECOND, Role.ACTIVE, "inference")]


def test_a_model_chosen_before_the_run_that_is_broken_gives_way_to_the_default(
    shelf: Shelf,
) -> None:
    shelf.errors[SECOND] = BROKEN
    run = Run(shelf, count=10)
    run.switch.use(SECOND)
    run.go()
    assert run.named() == ["like"] * 10
    assert run.notes.refused == [(SECOND, BROKEN)]
    assert run.notes.idle


def test_a_run_whose_pipeline_never_opens_leaves_no_thread_and_no_model(shelf: Shelf) -> None:
    run = Run(shelf)
    shelf.errors[FIRST] = BROKEN
    run.switch.use(FIRST)
    run.switch.try_out(SECOND)
    run.go()
    assert run.listener.finished[0][1] is BROKEN
    assert len(shelf.backends[SECOND].closed_on) == [one for one, _, _ in shelf.opened].count(
        SECOND
    )


def test_a_switched_off_gesture_ends_and_a_switched_on_one_starts_without_reloading(
    shelf: Shelf,
) -> None:
    run = Run(shelf)
    run.during[15] = lambda: run.switch.switch_off(frozenset({"like"}))
    run.during[30] = lambda: run.switch.switch_off(frozenset())
    run.go()
    assert run.named() == ["like"] * 15 + [NO_GESTURE] * 15 + ["like"] * 10
    assert run.listener.kinds() == [EventKind.START, EventKind.END] * 2
    assert len(shelf.opened) == 1


def test_what_is_switched_off_stays_off_with_the_next_model(shelf: Shelf) -> None:
    run = Run(shelf)
    run.during[10] = lambda: run.switch.switch_off(frozenset({"wave"}))
    run.during[20] = lambda: run.use_and_wait(SECOND)
    run.go()
    assert run.named() == ["like"] * 20 + [NO_GESTURE] * 20
