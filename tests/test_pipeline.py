"""One frame in, one result out."""

from __future__ import annotations

from gesture_app.core.types import EventKind, Frame, Hand
from gesture_app.engine.recognition import MAX_REUSE_MS
from tests.fakes import FakeBackend, FakeDetector, make_frame, make_hand, make_pipeline


def moving(frame: Frame) -> tuple[Hand, ...]:
    return (make_hand((20.0 + 5 * frame.index, 24.0)),)


def test_a_result_names_every_hand_and_carries_the_events() -> None:
    pipeline = make_pipeline(FakeDetector(moving))
    results = [pipeline.step(make_frame(i)) for i in range(10)]
    assert [r.hands[0].prediction.gesture for r in results] == ["like"] * 10
    starts = [e for r in results for e in r.events if e.kind is EventKind.START]
    assert [e.gesture for e in starts] == ["like"]
    assert results[-1].hands[0].held_gesture == "like"


def test_both_hands_go_through_the_network_as_one_batch() -> None:
    backend = FakeBackend()
    hands = (make_hand((15, 20)), make_hand((50, 20)))
    make_pipeline(FakeDetector(lambda _: hands), backend).step(make_frame())
    assert [len(batch.crops) for batch in backend.batches] == [2]


def test_without_a_hand_the_network_rests() -> None:
    backend = FakeBackend()
    result = make_pipeline(FakeDetector(lambda _: ()), backend).step(make_frame())
    assert result.hands == ()
    assert backend.batches == []


def test_a_still_hand_keeps_its_prediction_until_it_is_due_again() -> None:
    backend = FakeBackend()
    pipeline = make_pipeline(FakeDetector(), backend, reuse_still=True)
    results = [pipeline.step(make_frame(i, i * MAX_REUSE_MS / 3)) for i in range(9)]
    assert [r.times.classified_hands for r in results] == [1, 0, 0, 0, 1, 0, 0, 0, 1]
    assert len(backend.batches) == 3


def test_a_moving_hand_is_classified_anew_in_every_frame() -> None:
    backend = FakeBackend()
    pipeline = make_pipeline(FakeDetector(moving), backend, reuse_still=True)
    for i in range(5):
        pipeline.step(make_frame(i))
    assert len(backend.batches) == 5


def test_ending_gestures_releases_what_is_held_and_starts_afresh() -> None:
    pipeline = make_pipeline()
    for i in range(10):
        pipeline.step(make_frame(i))
    ended = pipeline.end_gestures(400.0)
    assert [(e.kind, e.gesture) for e in ended] == [(EventKind.END, "like")]
    assert pipeline.end_gestures(401.0) == ()
    assert pipeline.step(make_frame(11)).hands[0].held_gesture is None


def test_closing_releases_detector_and_network() -> None:
    detector, backend = FakeDetector(), FakeBackend()
    make_pipeline(detector, backend).close()
    assert len(detector.closed_on) == len(backend.closed_on) == 1
