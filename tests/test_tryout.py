"""A second model beside the first, on the same hands: it answers, and changes nothing."""

from __future__ import annotations

import pytest

from gesture_app.core.errors import BackendError
from gesture_app.core.types import NO_GESTURE, EventKind
from tests.test_model_switch import BROKEN, FIRST, SECOND, THIRD, Run, Shelf


@pytest.fixture
def run() -> Run:
    return Run(Shelf())


def trial(run: Run) -> list[str]:
    """What the candidate said in each frame, empty where there was none."""
    results = run.listener.results
    return [result.trial[0].prediction.gesture if result.trial else "" for result in results]


def test_both_models_answer_on_the_same_hands_and_only_the_active_one_fires_events(
    run: Run,
) -> None:
    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.go()
    assert run.named() == ["like"] * 40
    assert trial(run) == [""] * 10 + ["wave"] * 30
    assert {event.gesture for event in run.listener.events} == {"like"}
    last = run.listener.results[-1]
    assert last.trial[0].hand is last.hands[0].hand
    assert last.trial[0].held_gesture == "wave"
    assert len(run.detector.frames) == 40


def test_without_a_tryout_the_second_network_never_runs(run: Run) -> None:
    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.during[20] = lambda: run.switch.try_out(None)
    run.go()
    assert trial(run) == [""] * 10 + ["wave"] * 10 + [""] * 20
    assert len(run.shelf.backends[SECOND].batches) == 10
    assert run.shelf.closed()[SECOND] == ["model-switch"]
    assert run.notes.models[-1].candidate is None


def test_a_tryout_that_is_ended_while_it_loads_never_begins(run: Run) -> None:
    def change_ones_mind() -> None:
        run.switch.try_out(SECOND)
        run.switch.try_out(None)
        run.notes.wait_until(lambda notes: notes.idle)

    run.during[10] = change_ones_mind
    run.go()
    assert trial(run) == [""] * 40
    assert [models.candidate for models in run.notes.models] == [None] * len(run.notes.models)


def test_another_candidate_takes_the_place_of_the_first(run: Run) -> None:
    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.during[20] = lambda: run.try_and_wait(THIRD)
    run.go()
    assert trial(run) == [""] * 10 + ["wave"] * 10 + ["dislike"] * 20


def test_a_candidate_that_fails_ends_the_tryout_and_nothing_else(run: Run) -> None:
    failure = BackendError("CPU failed", "out of memory", "Do that.")

    def fail() -> None:
        run.shelf.backends[SECOND].error = failure

    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.during[20] = fail
    run.go()
    assert run.named() == ["like"] * 40
    assert run.notes.refused == [(SECOND, failure)]
    assert run.notes.models[-1].candidate is None
    assert run.listener.kinds() == [EventKind.START, EventKind.END]


def test_a_candidate_that_cannot_be_loaded_is_refused_with_its_reason(run: Run) -> None:
    run.shelf.errors[SECOND] = BROKEN
    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.go()
    assert run.notes.refused == [(SECOND, BROKEN)]
    assert trial(run) == [""] * 40


def test_the_tryout_goes_on_when_the_active_model_changes(run: Run) -> None:
    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.during[20] = lambda: run.use_and_wait(THIRD)
    run.go()
    assert run.named() == ["like"] * 20 + ["dislike"] * 20
    assert trial(run)[20:] == ["wave"] * 20
    active, candidate = run.notes.models[-1].active, run.notes.models[-1].candidate
    assert active is not None and active.folder == THIRD
    assert candidate is not None and candidate.folder == SECOND


def test_a_switched_off_gesture_is_off_for_both_models(run: Run) -> None:
    run.during[10] = lambda: run.try_and_wait(SECOND)
    run.during[20] = lambda: run.switch.switch_off(frozenset({"wave", "like"}))
    run.go()
    assert run.named()[20:] == [NO_GESTURE] * 20
    assert trial(run)[20:] == [NO_GESTURE] * 20
    assert run.shelf.opened[0][0] == FIRST
