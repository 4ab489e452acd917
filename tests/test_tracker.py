"""The tracker: exactly one start and one end per gesture shown, whatever the flicker."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from gesture_app.core.tracker import TrackerRules, TrackerState, advance, end_all
from gesture_app.core.types import (
    NO_GESTURE,
    EventKind,
    GestureEvent,
    Hand,
    Handedness,
    Prediction,
)
from gesture_app.vision.classifier import to_prediction
from tests.fakes import LABELS, make_hand, make_manifest, make_rules

STEP_MS = 1000 / 30
RULES = make_rules()


def prediction(label: str, certainty: float = 0.95) -> Prediction:
    probabilities = np.full(len(LABELS), (1 - certainty) / (len(LABELS) - 1), np.float32)
    probabilities[LABELS.index(label)] = certainty
    return to_prediction(probabilities, make_manifest())


Seen = list[tuple[Hand, Prediction]]


def show(label: str | None, hand: Hand | None = None, certainty: float = 0.95) -> Seen:
    return [] if label is None else [(hand or make_hand(), prediction(label, certainty))]


def play(frames: Iterable[Seen], rules: TrackerRules = RULES) -> list[GestureEvent]:
    """Events of frames 33 ms apart, with whatever is held ended after the last."""
    state, events, t_ms = TrackerState(), [], 0.0
    for seen in frames:
        step = advance(state, seen, t_ms, rules)
        state, t_ms = step.state, t_ms + STEP_MS
        events += step.events
    return [*events, *end_all(state, t_ms, rules).events]


def starts_and_ends(events: Iterable[GestureEvent]) -> list[str]:
    return [f"{e.kind} {e.gesture}" for e in events if e.kind is not EventKind.HOLD]


def test_a_gesture_shown_for_a_second_starts_once_and_ends_once() -> None:
    events = play([show("like")] * 30 + [show(NO_GESTURE)] * 30)
    assert starts_and_ends(events) == ["start like", "end like"]


def test_a_single_frame_of_a_gesture_starts_nothing() -> None:
    assert play([show(NO_GESTURE)] * 10 + [show("like")] + [show(NO_GESTURE)] * 10) == []


def test_flicker_within_a_gesture_does_not_end_it() -> None:
    flicker = [show("like"), show("like"), show(NO_GESTURE), show("like"), show("dislike")] * 8
    assert starts_and_ends(play([show("like")] * 10 + flicker)) == ["start like", "end like"]


def test_a_short_loss_of_the_hand_does_not_end_its_gesture() -> None:
    frames = [show("like")] * 15 + [show(None)] * 5 + [show("like")] * 15
    assert starts_and_ends(play(frames)) == ["start like", "end like"]


def test_losing_the_hand_ends_its_gesture() -> None:
    events = play([show("like")] * 15 + [show(None)] * 30)
    assert starts_and_ends(events) == ["start like", "end like"]
    assert events[-1].t_ms < 45 * STEP_MS, "ended by the loss, not by the end of the run"


def test_one_gesture_after_another_ends_the_first_before_the_second_starts() -> None:
    events = play([show("like")] * 20 + [show("dislike")] * 20)
    assert starts_and_ends(events) == [
        "start like",
        "end like",
        "start dislike",
        "end dislike",
    ]


def test_an_unsure_gesture_never_starts() -> None:
    assert play([show("like", certainty=0.5)] * 60, make_strict_rules()) == []


def make_strict_rules() -> TrackerRules:
    return TrackerRules(LABELS, LABELS.index(NO_GESTURE), start_margin=0.6, end_margin=0.4)


def test_hold_events_come_at_their_interval_while_the_gesture_lasts() -> None:
    holds = [e for e in play([show("like")] * 90) if e.kind is EventKind.HOLD]
    gaps = np.diff([e.t_ms for e in holds])
    assert len(holds) >= 4
    assert gaps == pytest.approx(RULES.hold_interval_ms, abs=STEP_MS)


def test_two_hands_have_gestures_of_their_own() -> None:
    left = make_hand((20, 50), handedness=Handedness.LEFT)
    right = make_hand((200, 50), handedness=Handedness.RIGHT)
    frames = [show("like", left) + show("dislike", right)] * 20
    events = play(frames)
    assert {(e.gesture, e.hand) for e in events if e.kind is EventKind.START} == {
        ("like", Handedness.LEFT),
        ("dislike", Handedness.RIGHT),
    }
    assert len(starts_and_ends(events)) == 4


def test_a_flickering_left_right_label_stays_one_hand() -> None:
    right, left = make_hand(), make_hand(handedness=Handedness.LEFT)
    frames = [show("like", right), show("like", right), show("like", left)] * 10
    events = play(frames)
    assert starts_and_ends(events) == ["start like", "end like"]
    assert {e.hand for e in events} == {Handedness.RIGHT}


def test_a_hand_that_jumps_across_the_picture_keeps_its_gesture() -> None:
    here, there = make_hand((30, 30)), make_hand((400, 200))
    frames = [show("like", here)] * 15 + [show("like", there)] * 15
    assert starts_and_ends(play(frames)) == ["start like", "end like"]


def test_a_gesture_that_is_merely_less_sure_for_a_moment_goes_on() -> None:
    frames = [show("like")] * 15 + [show("like", certainty=0.45)] * 20 + [show("like")] * 15
    assert starts_and_ends(play(frames)) == ["start like", "end like"]


def test_hands_that_change_places_in_the_list_keep_their_gestures() -> None:
    near, far = make_hand((20, 50)), make_hand((200, 50))
    ordered = show("like", near) + show("dislike", far)
    frames = [ordered if i % 2 else ordered[::-1] for i in range(20)]
    assert len(starts_and_ends(play(frames))) == 4


def test_the_same_gesture_needs_its_cool_down_before_it_starts_again() -> None:
    rules = TrackerRules(
        LABELS, LABELS.index(NO_GESTURE), start_margin=0.3, end_margin=0.1, cooldown_ms=1000
    )
    frames = [show("like")] * 15 + [show(NO_GESTURE)] * 10 + [show("like")] * 60
    starts = [e for e in play(frames, rules) if e.kind is EventKind.START]
    ends = [e for e in play(frames, rules) if e.kind is EventKind.END]
    assert len(starts) == 2
    assert starts[1].t_ms - ends[0].t_ms >= 1000


def test_frame_rate_does_not_change_what_is_recognised() -> None:
    for rate in (8, 15, 30, 60):
        state, events = TrackerState(), []
        for i in range(2 * rate):
            step = advance(state, show("like"), i * 1000 / rate, RULES)
            state = step.state
            events += step.events
        assert starts_and_ends(events) == ["start like"], f"at {rate} frames per second"


def test_the_state_given_is_left_as_it_was() -> None:
    first = advance(TrackerState(), show("like"), 0.0, RULES).state
    again = [advance(first, show("like"), 33.0, RULES) for _ in range(2)]
    assert again[0].events == again[1].events
    assert np.array_equal(
        again[0].state.tracks[0].probabilities, again[1].state.tracks[0].probabilities
    )


@pytest.mark.parametrize("seed", range(20))
def test_random_input_always_pairs_starts_with_ends(seed: int) -> None:
    rng = np.random.default_rng(seed)
    hands = [make_hand((30, 30)), make_hand((200, 60), handedness=Handedness.LEFT)]
    frames = []
    for _ in range(300):
        seen: Seen = []
        for hand in hands:
            if rng.random() < 0.8:
                seen += show(str(rng.choice(LABELS)), hand, float(rng.uniform(0.34, 1)))
        frames.append(seen)
    open_gestures: set[tuple[str, Handedness]] = set()
    for event in play(frames):
        key = (event.gesture, event.hand)
        if event.kind is EventKind.START:
            assert key not in open_gestures
            open_gestures.add(key)
        else:
            assert key in open_gestures
            if event.kind is EventKind.END:
                open_gestures.remove(key)
    assert not open_gestures
