"""How good a taught model is, measured on hands that its judges had not learnt from.

``judgement.json`` lies in a model's folder and travels with it, so it is read as strictly as
everything else that comes from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from gesture_app.core.errors import ModelError, RefusalError
from gesture_app.core.manifest import may_be_markup
from gesture_app.store.atomic import write_atomically
from gesture_app.store.strict_json import parse_object
from gesture_app.store.training_job import TeachingMode

JUDGEMENT_NAME = "judgement.json"
JUDGEMENT_SCHEMA = 1
MAX_JUDGEMENT_BYTES = 8 * 1024 * 1024
MAX_CELL_SAMPLES = 50
"""Pictures that a cell of the confusion matrix names at most."""

_MAX_ROWS = 1000
_MAX_TEXT = 400
_MAX_COUNT = 10**9

Split = Literal["sessions", "stretches"]
"""Whether whole recordings were held out, or stretches of the only one there is."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of``, with its 95 % interval (Wilson 1927).

    Attributes:
        share, low, high: in [0, 1]; of nothing, the share is 0 and the interval all of [0, 1].
    """

    share: float
    low: float
    high: float
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class GestureJudgement:
    """One label of the new model.

    Attributes:
        name: what people call it; for a built-in one, its label.
        support: hands that it was judged on; 0 where there was nothing to judge by.
        recall: of the hands that show it, how many are named so.
        precision: of the hands that are named so, how many show it.
        old_recall, old_precision: the same of the model before, on the same hands; None where it
            does not know the label.
        split: how its hands were held out; None for built-in ones, judged by other people's hands.
    """

    label: str
    name: str
    built_in: bool
    support: int
    recall: Share
    precision: Share
    old_recall: Share | None
    old_precision: Share | None
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class ConfusionCell:
    """Hands that show ``true`` and were named ``named``.

    Attributes:
        samples: ids of the own samples among them, at most `MAX_CELL_SAMPLES`.
    """

    true: str
    named: str
    count: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two gestures that are hard to tell apart.

    Attributes:
        label, other: what is shown, and what it is taken for.
        share: of the hands that show ``label``, how many are taken for ``other``, or nearly.
        near: none too many are taken for it yet, but for many it comes second by little.
    """

    label: str
    other: str
    share: float
    near: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A taught model beside the one it was made from, on the same hands.

    Attributes:
        base: name of the model that it is compared with.
        split: "stretches" as soon as one own gesture was judged on parts of its only recording.
        gestures: own ones first, then built-in ones.
        cells: of the new model's confusion matrix, those that are not zero.
        false_alarms: of the hands that show no gesture, how many are named as one.
        built_in_before, built_in_after: of the hands that show a built-in gesture, how many are
            named right by the model before and by the new one.
        made_s: when, in Unix seconds.
    """

    mode: TeachingMode
    base: str
    split: Split
    gestures: tuple[GestureJudgement, ...]
    cells: tuple[ConfusionCell, ...]
    collisions: tuple[Collision, ...]
    false_alarms: Share
    old_false_alarms: Share
    built_in_before: Share
    built_in_after: Share
    made_s: float


def save_judgement(folder: Path, judgement: Judgement) -> None:
    """Raises: OSError: nothing was changed."""
    write_atomically(folder / JUDGEMENT_NAME, dump_judgement(judgement))


def load_judgement(folder: Path) -> Judgement | None:
    """The judgement in a model's folder; None where the model was not judged.

    Raises:
        ModelError: there is one, and it cannot be read.
    """
    path = folder / JUDGEMENT_NAME
    try:
        with path.open("rb") as file:
            content = file.read(MAX_JUDGEMENT_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(f"{path} cannot be read ({error.strerror})") from error
    try:
        return parse_judgement(content)
    except RefusalError as error:
        raise _unreadable(error.why) from error


def dump_judgement(judgement: Judgement) -> bytes:
    """The file that `parse_judgement` reads back to an equal value."""
    value = {"schema": JUDGEMENT_SCHEMA, **asdict(judgement)}
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def parse_judgement(content: bytes) -> Judgement:
    """Read and check a judgement.

    Raises:
        RefusalError: it is too large, or a field is missing, too much, of the wrong type or out of
            range.
    """
    if len(content) > MAX_JUDGEMENT_BYTES:
        raise RefusalError(f"{JUDGEMENT_NAME} is larger than it can be")
    value = parse_object(content, JUDGEMENT_NAME)
    if value.get("schema") != JUDGEMENT_SCHEMA:
        raise RefusalError(f"{JUDGEMENT_NAME} has a schema that is not known here")
    try:
        return _judgement({key: entry for key, entry in value.items() if key != "schema"})
    except (TypeError, ValueError) as error:
        raise RefusalError(f"{JUDGEMENT_NAME} is not valid ({error})") from error


def _judgement(value: dict[str, Any]) -> Judgement:
    rows = _exactly(value, Judgement)
    return Judgement(
        mode=TeachingMode(rows["mode"]),
        base=_text(rows["base"]),
        split=_one_of(rows["split"], get_args(Split)),
        gestures=_list(rows["gestures"], _gesture, _MAX_ROWS),
        cells=_list(rows["cells"], _cell, _MAX_ROWS**2),
        collisions=_list(rows["collisions"], _collision, _MAX_ROWS),
        false_alarms=_share(rows["false_alarms"]),
        old_false_alarms=_share(rows["old_false_alarms"]),
        built_in_before=_share(rows["built_in_before"]),
        built_in_after=_share(rows["built_in_after"]),
        made_s=_number(rows["made_s"], 0.0, 1e11),
    )


def _gesture(value: Any) -> GestureJudgement:
    row = _exactly(value, GestureJudgement)
    return GestureJudgement(
        label=_text(row["label"]),
        name=_text(row["name"]),
        built_in=_flag(row["built_in"]),
        support=_count(row["support"]),
        recall=_share(row["recall"]),
        precision=_share(row["precision"]),
        old_recall=_optional(row["old_recall"], _share),
        old_precision=_optional(row["old_precision"], _share),
        split=_optional(row["split"], lambda split: _one_of(split, get_args(Split))),
    )


def _cell(value: Any) -> ConfusionCell:
    row = _exactly(value, ConfusionCell)
    return ConfusionCell(
        true=_text(row["true"]),
        named=_text(row["named"]),
        count=_count(row["count"]),
        samples=_list(row["samples"], _text, MAX_CELL_SAMPLES),
    )


def _collision(value: Any) -> Collision:
    row = _exactly(value, Collision)
    return Collision(
        label=_text(row["label"]),
        other=_text(row["other"]),
        share=_number(row["share"], 0.0, 1.0),
        near=_flag(row["near"]),
    )


def _share(value: Any) -> Share:
    row = _exactly(value, Share)
    share, low, high = (_number(row[key], 0.0, 1.0) for key in ("share", "low", "high"))
    count, of = _count(row["count"]), _count(row["of"])
    _require(count <= of and low <= share <= high, "a share is none")
    return Share(share, low, high, count, of)


def _exactly(value: Any, kind: type) -> dict[str, Any]:
    """An object with the fields of the dataclass ``kind`` and no others."""
    fields = set(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    _require(isinstance(value, dict), f"a {kind.__name__} is not an object")
    _require(set(value) == fields, f"a {kind.__name__} has other fields than it should")
    return dict(value)


def _list(value: Any, read: Callable[[Any], _Value], most: int) -> tuple[_Value, ...]:
    _require(isinstance(value, list) and len(value) <= most, "a list is none, or too long")
    return tuple(read(entry) for entry in value)


def _optional(value: Any, read: Callable[[Any], _Value]) -> _Value | None:
    return None if value is None else read(value)


def _one_of(value: Any, choices: tuple[Any, ...]) -> Any:
    _require(value in choices, f"{value!r} is none of {', '.join(choices)}")
    return value


def _text(value: Any) -> str:
    _require(isinstance(value, str) and 0 < len(value) <= _MAX_TEXT, f"{value!r} is not a text")
    _require(not may_be_markup(value), f"{value!r} may be markup")
    return str(value)


def _flag(value: Any) -> bool:
    _require(type(value) is bool, f"{value!r} is neither true nor false")
    return bool(value)


def _count(value: Any) -> int:
    _require(type(value) is int and 0 <= value <= _MAX_COUNT, f"{value!r} is not a count")
    return int(value)


def _number(value: Any, low: float, high: float) -> float:
    _require(type(value) in (int, float), f"{value!r} is not a number")
    _require(low <= value <= high, f"{value!r} is not within {low} and {high}")
    return float(value)


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(otherwise)


def _unreadable(reason: str) -> ModelError:
    return ModelError(
        "How the model was judged cannot be shown", reason, "Train it again to have it judged anew."
    )
