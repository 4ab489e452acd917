"""Asking the bundled model about recorded samples, in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gesture_app.app import compose
from gesture_app.core.errors import AppError, ModelError
from gesture_app.core.types import Hand
from gesture_app.engine.recognition import ReadyModel
from gesture_app.engine.sample_check import SampleAnswer, SampleCheck
from gesture_app.store.samples import HandSample, SampleStore
from gesture_app.vision.sources import log_notice
from tests.fakes import PATIENCE_S
from tests.hand_samples import real_samples, record

EACH = len(real_samples())


class Answers:
    """A `CheckListener` that keeps what it is told."""

    def __init__(self) -> None:
        self.answers: dict[str, SampleAnswer] = {}
        self.ends: list[AppError | None] = []
        self.threads: set[str] = set()
        self._changed = threading.Condition()

    def on_answers(self, answers: tuple[SampleAnswer, ...]) -> None:
        with self._changed:
            self.answers |= {answer.sample_id: answer for answer in answers}
            self.threads.add(threading.current_thread().name)
            self._changed.notify_all()

    def on_checked(self, error: AppError | None) -> None:
        with self._changed:
            self.ends.append(error)
            self._changed.notify_all()

    def wait_until(self, condition: Callable[[Answers], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), PATIENCE_S), self.ends


def open_model() -> ReadyModel:
    app = compose()
    return app.open_model(app.load_model(), log_notice, upgrades=False)


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def check(store: SampleStore, answers: Answers) -> Iterator[SampleCheck]:
    made = SampleCheck(open_model, store, answers)
    yield made
    assert made.close(PATIENCE_S)


def test_the_model_says_of_a_recorded_hand_what_it_said_of_the_hand(
    store: SampleStore, check: SampleCheck, answers: Answers
) -> None:
    ids = record(store, "wave", EACH)
    check.start(store.samples())
    answers.wait_until(lambda told: bool(told.ends))
    model = open_model()
    expected = []
    for sample in real_samples():
        hand = Hand(sample.context.landmarks, sample.handedness, 1.0)
        expected += [one.gesture for one in model.classifier.classify(sample.context.bgr, (hand,))]
    model.close()
    named = [answers.answers[one].gesture for one in ids]
    # One may lie so near to the threshold that saving it as JPEG decides.
    assert sum(a != b for a, b in zip(expected, named, strict=True)) <= 1
    assert len(set(named)) > 10
    assert answers.ends == [None]
    assert answers.threads == {"sample-check"}


def test_only_a_label_that_the_model_knows_has_a_probability_of_its_own(
    store: SampleStore, check: SampleCheck, answers: Answers
) -> None:
    (known,) = record(store, "call", 1)
    (unknown,) = record(store, "wave", 1)
    check.start(store.samples())
    answers.wait_until(lambda told: bool(told.ends))
    own_prob = answers.answers[known].own_prob
    assert own_prob is not None
    assert own_prob > 0.5
    assert answers.answers[unknown].own_prob is None


def test_a_damaged_sample_costs_only_itself(
    store: SampleStore, check: SampleCheck, answers: Answers
) -> None:
    ids = record(store, "wave", 3)
    samples = store.samples()
    store.picture_path(ids[1]).write_bytes(b"no picture")
    check.start(samples)
    answers.wait_until(lambda told: bool(told.ends))
    assert set(answers.answers) == {ids[0], ids[2]}


def test_a_model_that_cannot_be_opened_is_said_and_can_be_asked_again(
    store: SampleStore, answers: Answers
) -> None:
    broken = [ModelError("The model cannot be loaded", "it is not there", "Choose another one.")]

    def open_later() -> ReadyModel:
        if broken:
            raise broken.pop()
        return open_model()

    check = SampleCheck(open_later, store, answers)
    record(store, "wave", 1)
    check.start(store.samples())
    answers.wait_until(lambda told: len(told.ends) == 1)
    assert isinstance(answers.ends[0], ModelError)
    check.start(store.samples())
    answers.wait_until(lambda told: len(told.ends) == 2)
    assert answers.ends[1] is None
    assert check.close(PATIENCE_S)


class SlowStore:
    """A `SampleSource` that says when it is asked, and answers when it may."""

    def __init__(self, store: SampleStore) -> None:
        self.asked, self.may_go_on = threading.Event(), threading.Event()
        self.read_ids: list[str] = []
        self._store = store

    def read(self, sample_id: str) -> HandSample:
        self.read_ids.append(sample_id)
        self.asked.set()
        assert self.may_go_on.wait(PATIENCE_S)
        return self._store.read(sample_id)


def test_cancelled_it_stops_after_the_sample_under_way_and_says_nothing_more(
    store: SampleStore, answers: Answers
) -> None:
    ids = record(store, "wave", 5)
    slow = SlowStore(store)
    check = SampleCheck(open_model, slow, answers)
    check.start(store.samples())
    assert slow.asked.wait(PATIENCE_S)
    check.cancel()
    slow.may_go_on.set()
    assert check.close(PATIENCE_S)
    assert slow.read_ids == [ids[0]]
    assert (answers.answers, answers.ends) == ({}, [])


def test_started_anew_it_asks_about_the_new_samples_only(
    store: SampleStore, answers: Answers
) -> None:
    record(store, "wave", 5)
    first = store.samples()
    others = set(record(store, "circle", 2))
    slow = SlowStore(store)
    check = SampleCheck(open_model, slow, answers)
    check.start(first)
    assert slow.asked.wait(PATIENCE_S)
    check.start([sample for sample in store.samples() if sample.id in others])
    slow.may_go_on.set()
    answers.wait_until(lambda told: bool(told.ends))
    assert set(answers.answers) == others
    assert check.close(PATIENCE_S)


def test_a_bug_ends_one_check_and_not_the_thread(store: SampleStore, answers: Answers) -> None:
    ids = record(store, "wave", 1)
    opens = iter([ZeroDivisionError("made up"), None])

    def open_sometimes() -> ReadyModel:
        if (bug := next(opens)) is not None:
            raise bug
        return open_model()

    check = SampleCheck(open_sometimes, store, answers)
    check.start(store.samples())
    answers.wait_until(lambda told: len(told.ends) == 1)
    assert answers.ends[0] is not None
    assert "ZeroDivisionError: made up" in answers.ends[0].why
    check.start(store.samples())
    answers.wait_until(lambda told: len(told.ends) == 2)
    assert answers.ends[1] is None
    assert answers.answers.keys() == set(ids)
    assert check.close(PATIENCE_S)
