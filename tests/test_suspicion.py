"""Which recorded samples deserve a second look, and why."""

from __future__ import annotations

from dataclasses import replace

from gesture_app.core.types import NO_GESTURE, Handedness
from gesture_app.engine.sample_check import SampleAnswer
from gesture_app.engine.suspicion import (
    Reason,
    Suspicion,
    all_suspicions,
    most_suspicious_first,
    suspicion_by_model,
    suspicions_by_picture,
)
from gesture_app.store.samples import SampleInfo


def make_sample(number: int, fingerprint: int | None = None, recording: str = "one") -> SampleInfo:
    """A sharp, bright sample that is like no other one."""
    return SampleInfo(
        id=f"wave/{recording}/{number:06d}",
        label="wave",
        recording=recording,
        number=number,
        digest=f"{number:064x}",
        fingerprint=0xFF << (8 * (number % 8)) if fingerprint is None else fingerprint,
        handedness=Handedness.RIGHT,
        taken_s=1_750_000_000.0 + number,
        sharpness=100.0,
        brightness=120.0,
        hand_share=0.4,
        origin="",
    )


def reasons_of(*samples: SampleInfo) -> dict[int, list[Reason]]:
    """Number of a sample → its reasons."""
    found = suspicions_by_picture(samples)
    return {
        sample.number: [one.reason for one in found[sample.id]]
        for sample in samples
        if sample.id in found
    }


def test_pictures_that_differ_and_can_be_seen_are_not_suspicious() -> None:
    assert reasons_of(*(make_sample(number) for number in range(8))) == {}


def test_of_equal_pictures_all_but_the_first_are_twins() -> None:
    samples = [
        make_sample(0, 0b1000),
        make_sample(1),
        make_sample(2, 0b1001),
        make_sample(3, 0b1000),
    ]
    assert reasons_of(*samples) == {2: [Reason.TWIN], 3: [Reason.TWIN]}
    found = suspicions_by_picture(samples)
    assert [found[samples[place].id][0].twin for place in (2, 3)] == [0, 0]


def test_deleting_every_twin_leaves_none() -> None:
    # Each is like its neighbour, the ends are not like each other: a hand that turns slowly.
    samples = [make_sample(number, (1 << number) - 1) for number in range(12)]
    twins = reasons_of(*samples)
    left = [sample for sample in samples if sample.number not in twins]
    assert 0 < len(left) < len(samples)
    assert reasons_of(*left) == {}


def test_equal_pictures_of_two_sessions_are_no_twins() -> None:
    assert reasons_of(make_sample(0, 7, "one"), make_sample(1, 7, "two")) == {}


def test_poor_pictures_are_told_apart_by_what_is_wrong() -> None:
    samples = [
        replace(make_sample(0), sharpness=3.0),
        replace(make_sample(1), brightness=12.0),
        replace(make_sample(2), hand_share=0.05),
        make_sample(3),
        make_sample(4),
    ]
    assert reasons_of(*samples) == {0: [Reason.BLURRED], 1: [Reason.DARK], 2: [Reason.SMALL]}


def test_much_less_sharp_than_its_session_is_blurred_though_sharper_than_the_bound() -> None:
    blurred = replace(make_sample(7), sharpness=25.0)
    assert reasons_of(blurred, *(make_sample(number) for number in range(5))) == {
        7: [Reason.BLURRED]
    }
    assert reasons_of(*(replace(make_sample(n), sharpness=25.0) for n in range(5))) == {}


def test_a_model_that_knows_the_gesture_disagrees_when_it_names_another_one() -> None:
    sample = make_sample(0)
    other = SampleAnswer(sample.id, "stop", 0.7, own_prob=0.2)
    assert suspicion_by_model(sample, other) == Suspicion(Reason.DISAGREES, 0.8, "stop")
    nothing = SampleAnswer(sample.id, NO_GESTURE, 0.6, own_prob=0.3)
    assert suspicion_by_model(sample, nothing) == Suspicion(Reason.DISAGREES, 0.7, NO_GESTURE)
    assert suspicion_by_model(sample, SampleAnswer(sample.id, "wave", 0.9, own_prob=0.9)) is None


def test_a_model_that_does_not_know_the_gesture_is_heard_only_when_it_is_sure() -> None:
    sample = make_sample(0)
    sure = SampleAnswer(sample.id, "stop", 0.95, own_prob=None)
    assert suspicion_by_model(sample, sure) == Suspicion(Reason.LOOKS_LIKE, 0.95, "stop")
    assert suspicion_by_model(sample, replace(sure, prob=0.6)) is None
    assert suspicion_by_model(sample, replace(sure, gesture=NO_GESTURE)) is None


def test_what_the_model_says_comes_before_what_the_picture_says() -> None:
    samples = [replace(make_sample(0), brightness=12.0), make_sample(1)]
    answers = {sample.id: SampleAnswer(sample.id, "stop", 0.9, own_prob=0.05) for sample in samples}
    found = all_suspicions(samples, suspicions_by_picture(samples), answers)
    assert [[one.reason for one in found[sample.id]] for sample in samples] == [
        [Reason.DISAGREES, Reason.DARK],
        [Reason.DISAGREES],
    ]


def test_likeness_to_a_known_gesture_comes_last_since_all_of_a_new_gesture_may_have_it() -> None:
    sample = replace(make_sample(0), brightness=12.0)
    answers = {sample.id: SampleAnswer(sample.id, "stop", 0.95, own_prob=None)}
    found = all_suspicions([sample], suspicions_by_picture([sample]), answers)
    assert [one.reason for one in found[sample.id]] == [Reason.DARK, Reason.LOOKS_LIKE]


def test_the_most_suspicious_come_first_and_the_rest_keeps_its_order() -> None:
    samples = [make_sample(number) for number in range(5)]
    found = {
        samples[1].id: (Suspicion(Reason.TWIN, 1.0, twin=0),),
        samples[3].id: (Suspicion(Reason.DISAGREES, 0.4, "stop"),),
        samples[4].id: (Suspicion(Reason.DISAGREES, 0.9, "stop"),),
    }
    ordered = most_suspicious_first(samples, found)
    assert [sample.number for sample in ordered] == [4, 3, 1, 0, 2]
