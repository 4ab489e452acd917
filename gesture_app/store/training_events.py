"""What `gesture-train take`, `features` and `teach` say with ``--json``: one event a line.

Every line is ``{"event": NAME, "schema": 1, …}`` with the fields of its class below. The programs
write them with `to_line`; whoever started one reads them with `parse_line`, as data from outside.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from gesture_app.core.errors import RefusalError
from gesture_app.store.strict_json import parse_object

SCHEMA = 1
MAX_LINE_BYTES = 64 * 1024

_MAX_TEXT = 4096
_MAX_COUNT = 2**53
"""The largest whole number that every reader of JSON keeps exactly."""


class StageName(StrEnum):
    """What is being done, in the order in which it is."""

    HANDS = "hands"
    FEATURES = "features"
    FIT = "fit"
    JUDGE = "judge"
    TRAIN = "train"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a stage is.

    Attributes:
        done, total: pieces of work; a total of 0 is not known yet.
        eta_s: seconds left of this stage, None while that is not known.
    """

    stage: StageName
    done: int
    total: int
    eta_s: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of training all layers, see ``training/progress.py``.

    Attributes:
        epoch: pictures seen per hand of the training side.
        loss: mean over the step's batch.
        eta_s: seconds left.
    """

    step: int
    steps: int
    epoch: float
    loss: float
    eta_s: float


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The network so far on hands that it does not learn from.

    Attributes:
        validation_loss: mean negative log-likelihood in nats.
        validation_accuracy: share of ``hands`` whose likeliest label is theirs.
    """

    step: int
    validation_loss: float
    validation_accuracy: float
    hands: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Pictures of one label were looked through.

    Attributes:
        pictures: that there are, those included that were taken earlier.
        with_hand: those of them in which a hand was found.
        new: samples that were added to the set this time.
    """

    label: str
    pictures: int
    with_hand: int
    new: int


@dataclass(frozen=True, slots=True)
class Done:
    """It is finished; the last line.

    Attributes:
        mode: ``quick`` or ``full``; empty where nothing was taught.
        model: folder of the new model, None where none was made.
        id: its identity in the library, None where it was not installed.
        seconds: how long each stage took, and ``total``.
        counts: any other whole numbers, for example how many pictures were taken.
    """

    mode: str = ""
    model: str | None = None
    id: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """It is over without a result; the last line. What, why, what to do now."""

    what: str
    why: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It was stopped on request; the last line. Done again it goes on where it was."""


Event = Stage | Step | Evaluated | Taken | Done | Failed | Cancelled


def to_line(event: Event) -> str:
    """An event as one line of JSON, without the newline."""
    values = asdict(event)
    counts = values.pop("counts", {})
    return json.dumps(
        {"event": type(event).__name__.lower(), "schema": SCHEMA, **values, **counts},
        allow_nan=False,
    )


def parse_line(line: bytes) -> Event | None:
    """The event that a line tells, or None for a kind that is not known here.

    Raises:
        ValueError: the line is too long, no JSON object, or its values are not what they have
            to be.
    """
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"a line of {len(line)} bytes")
    try:
        values = parse_object(line, "the line")
    except RefusalError as error:
        raise ValueError(error.why) from error
    if values.pop("schema", None) != SCHEMA:
        raise ValueError(f"not of schema {SCHEMA}")
    read = _READERS.get(str(values.pop("event", None)))
    return None if read is None else read(values)


def _stage(values: dict[str, Any]) -> Stage:
    eta = values.get("eta_s")
    return Stage(
        StageName(_text(values, "stage")),
        _count(values, "done"),
        _count(values, "total"),
        None if eta is None else _number(values, "eta_s"),
    )


def _step(values: dict[str, Any]) -> Step:
    return Step(
        _count(values, "step"),
        _count(values, "steps"),
        _number(values, "epoch"),
        _number(values, "loss"),
        _number(values, "eta_s"),
    )


def _evaluated(values: dict[str, Any]) -> Evaluated:
    return Evaluated(
        _count(values, "step"),
        _number(values, "validation_loss"),
        _number(values, "validation_accuracy"),
        _count(values, "hands"),
    )


def _taken(values: dict[str, Any]) -> Taken:
    return Taken(
        _text(values, "label"),
        _count(values, "pictures"),
        _count(values, "with_hand"),
        _count(values, "new"),
    )


def _done(values: dict[str, Any]) -> Done:
    seconds = values.get("seconds", {})
    if not isinstance(seconds, dict):
        raise ValueError("seconds is no object")
    named = ("mode", "model", "id", "seconds")
    return Done(
        _text(values, "mode") if values.get("mode") is not None else "",
        _text(values, "model") if values.get("model") is not None else None,
        _text(values, "id") if values.get("id") is not None else None,
        {name: _number(seconds, name) for name in seconds},
        {
            name: _count(values, name)
            for name, value in values.items()
            if name not in named and type(value) is int
        },
    )


def _failed(values: dict[str, Any]) -> Failed:
    return Failed(_text(values, "what"), _text(values, "why"), _text(values, "next_step"))


def _cancelled(_values: dict[str, Any]) -> Cancelled:
    return Cancelled()


_READERS: dict[str, Callable[[dict[str, Any]], Event]] = {
    "stage": _stage,
    "step": _step,
    "evaluated": _evaluated,
    "taken": _taken,
    "done": _done,
    "failed": _failed,
    "cancelled": _cancelled,
}


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or len(value) > _MAX_TEXT or "\0" in value:
        raise ValueError(f"{name} is no text of at most {_MAX_TEXT} characters")
    return value


def _count(values: dict[str, Any], name: str) -> int:
    value = values.get(name)
    if type(value) is not int or not 0 <= value <= _MAX_COUNT:
        raise ValueError(f"{name} is no count")
    return value


def _number(values: dict[str, Any], name: str) -> float:
    value = values.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"{name} is no number")
    if not 0 <= value <= sys.float_info.max:
        raise ValueError(f"{name} is no number from 0 on")
    return float(value)
