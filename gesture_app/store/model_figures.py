"""How good a model is said to be, from the files beside it: its judgement, or else its card.

A judgement compares a taught model with the one before, on the person's own pictures and on
built-in gestures of other people; a card measures a model on a data set. The two are not the same
measure, so whoever shows figures says which one they are.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from gesture_app.core.errors import AppError, RefusalError
from gesture_app.store.archive_contents import CARD_NAME
from gesture_app.store.judgement import Judgement, Share, load_judgement
from gesture_app.store.strict_json import parse_object

_MAX_CARD_BYTES = 8 * 1024 * 1024
_MAX_TEXT = 200
_MAX_PICTURES = 10**9

_log = logging.getLogger(__name__)


class Measure(StrEnum):
    """What a key figure counts."""

    OWN = "own"
    """Hands that show one of the person's gestures, and are named so."""

    BUILT_IN = "built_in"
    """Hands that show a built-in gesture, and are named so."""

    FALSE_ALARMS = "false_alarms"
    """Hands that show no gesture, and are named as one."""


@dataclass(frozen=True, slots=True)
class GestureFigures:
    """One label; None where nothing was measured."""

    label: str
    recall: Share | None
    precision: Share | None


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What is said of a model.

    Attributes:
        data: name of the data set that a card measures on; empty for a judgement.
        created: ISO date of the card; empty where the file does not say.
        key: the few figures that sum it up: count and of, of all hands together.
        gestures: in the file's order.
    """

    data: str
    created: str
    key: tuple[tuple[Measure, int, int], ...]
    gestures: tuple[GestureFigures, ...]


def read_figures(folder: Path) -> tuple[ModelFigures | None, Judgement | None]:
    """What a model's folder says of how good it is, and its judgement; None where it does not.

    A file that cannot be read counts as none; the log says why.
    """
    judgement = None
    try:
        judgement = load_judgement(folder)
        return _of_judgement(judgement) if judgement else _of_card(folder), judgement
    except (AppError, OSError) as error:
        _log.warning("No figures of %s: %s", folder, error)
        return None, None


def _of_judgement(judgement: Judgement) -> ModelFigures:
    own = [one.recall for one in judgement.gestures if not one.built_in]
    after, alarms = judgement.built_in_after, judgement.false_alarms
    key = (
        (Measure.OWN, sum(one.count for one in own), sum(one.of for one in own)),
        (Measure.BUILT_IN, after.count, after.of),
        (Measure.FALSE_ALARMS, alarms.count, alarms.of),
    )
    rows = tuple(
        GestureFigures(one.label, _measured(one.recall), _measured(one.precision))
        for one in judgement.gestures
    )
    return ModelFigures("", "", tuple(row for row in key if row[2]), rows)


def _measured(share: Share) -> Share | None:
    return share if share.of else None


def _of_card(folder: Path) -> ModelFigures | None:
    """Raises: RefusalError: the card's figures are not as this app writes them."""
    path = folder / CARD_NAME
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_CARD_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(content) > _MAX_CARD_BYTES:
        raise RefusalError(f"{CARD_NAME} is larger than it can be")
    card = parse_object(content, CARD_NAME)
    if "evaluation" not in card:
        return None
    try:
        evaluation = card["evaluation"]
        figures = evaluation["figures"]
        recall, alarms = _share(figures["recall"]), _share(figures["false_positives"])
        return ModelFigures(
            _text(evaluation["data"]),
            _text(card["created"]),
            (
                (Measure.BUILT_IN, recall.count, recall.of),
                (Measure.FALSE_ALARMS, alarms.count, alarms.of),
            ),
            tuple(
                GestureFigures(
                    _text(one["gesture"]),
                    _share_or_none(one["recall"]),
                    _share_or_none(one["precision"]),
                )
                for one in figures["classes"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RefusalError(f"{CARD_NAME} has a schema that is not known here") from error


def _share_or_none(value: Any) -> Share | None:
    return None if value is None or value["pictures"] == 0 else _share(value)


def _share(value: Any) -> Share:
    """Raises: KeyError, TypeError, ValueError: it is none."""
    share, (low, high), of = value["value"], value["wilson"], value["pictures"]
    if type(of) is not int or not 0 <= of <= _MAX_PICTURES:
        raise ValueError("not a count")
    if not all(type(one) in (int, float) and 0.0 <= one <= 1.0 for one in (share, low, high)):
        raise ValueError("not a share")
    return Share(float(share), float(low), float(high), round(share * of), of)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise ValueError("not a text")
    return value
