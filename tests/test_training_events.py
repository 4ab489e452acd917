"""Lines of the training programs, written and read back as data from outside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gesture_app.store.training_events import (
    MAX_LINE_BYTES,
    Cancelled,
    Done,
    Evaluated,
    Event,
    Failed,
    Stage,
    StageName,
    Step,
    Taken,
    parse_line,
    to_line,
)

EVENTS: list[Event] = [
    Stage(StageName.HANDS, 3, 200, 4.5),
    Stage(StageName.FIT, 0, 0, None),
    Step(7, 100, 0.35, 1.25, 93.0),
    Evaluated(100, 0.31, 0.93, 120),
    Taken("B", 40, 39, 12),
    Done("quick", "/a/folder", "0" * 64, {"fit": 1.5, "total": 9.0}),
    Done(counts={"taken": 39}),
    Failed("what", "why", "what to do"),
    Cancelled(),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_what_is_written_is_read_back(event: Event) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert parse_line(line.encode()) == event


def test_an_event_of_a_later_version_is_passed_over() -> None:
    assert parse_line(b'{"event": "checkpoint", "schema": 1, "step": 3}') is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"hello",
        b"[]",
        b"\xff",
        b"{" + b" " * MAX_LINE_BYTES + b"}",
        b"[" * 5000,
        b'{"event": "cancelled"}',
        b'{"event": "cancelled", "schema": 2}',
        b'{"event": "cancelled", "event": "done", "schema": 1}',
    ],
)
def test_what_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        parse_line(line)


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (EVENTS[0], {"stage": "dancing"}),
        (EVENTS[0], {"done": -1}),
        (EVENTS[0], {"done": 1.5}),
        (EVENTS[0], {"total": True}),
        (EVENTS[0], {"total": 2**60}),
        (EVENTS[0], {"eta_s": "soon"}),
        (EVENTS[0], {"eta_s": -1}),
        (EVENTS[2], {"loss": float("nan")}),
        (EVENTS[2], {"loss": 10**400}),
        (EVENTS[2], {"loss": float("inf")}),
        (EVENTS[3], {"validation_accuracy": None}),
        (EVENTS[5], {"model": 5}),
        (EVENTS[5], {"seconds": []}),
        (EVENTS[5], {"seconds": {"fit": "long"}}),
        (EVENTS[7], {"why": "x" * 5000}),
        (EVENTS[7], {"why": "a\0b"}),
        (EVENTS[7], {"what": None}),
    ],
)
def test_values_that_cannot_be_are_refused(event: Event, changed: dict[str, Any]) -> None:
    values = {**json.loads(to_line(event)), **changed}
    with pytest.raises(ValueError):
        parse_line(json.dumps(values).encode())
