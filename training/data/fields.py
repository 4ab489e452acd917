"""Reading fields of JSON objects that may hold anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MAX_TEXT = 4000


class FieldError(ValueError):
    """A field is missing, of the wrong type or out of range."""


def text(value: Mapping[str, Any], key: str) -> str:
    """A text that is not empty."""
    found = value.get(key)
    if not isinstance(found, str) or not 0 < len(found) <= MAX_TEXT:
        raise FieldError(f"{key} is not a text")
    return found


def optional_text(value: Mapping[str, Any], key: str) -> str | None:
    return None if value.get(key) is None else text(value, key)


def whole(value: Mapping[str, Any], key: str, low: int = 0, high: int = 2**63 - 1) -> int:
    """A whole number within ``low`` and ``high``."""
    found = value.get(key)
    if type(found) is not int or not low <= found <= high:
        raise FieldError(f"{key} is not a whole number within {low} and {high}")
    return found


def number(value: Mapping[str, Any], key: str, low: float, high: float) -> float:
    """A number within ``low`` and ``high``."""
    found = value.get(key)
    if type(found) not in (int, float) or not low <= float(found or 0) <= high:
        raise FieldError(f"{key} is not a number within {low} and {high}")
    return float(found or 0)


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise FieldError(f"{what} is not an object")
    return value


def texts(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts."""
    found = value.get(key)
    if not isinstance(found, list) or not all(isinstance(t, str) and t for t in found):
        raise FieldError(f"{key} is not a list of texts")
    return tuple(found)
