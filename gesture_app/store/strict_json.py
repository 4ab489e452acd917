"""JSON from outside: one reading of it, or none.

Python's reader takes NaN, infinities and repeated keys; two programs could then disagree on what
a file says. Here they are refused.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from gesture_app.core.errors import RefusalError


def parse_object(content: bytes, name: str) -> dict[str, Any]:
    """The JSON object that ``content`` holds, as UTF-8 without a byte order mark.

    Args:
        name: of the file, for the reason.

    Raises:
        RefusalError: it is no JSON, no object, nested too deeply, or ambiguous.
    """
    try:
        value = json.loads(
            content.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except RecursionError as error:
        raise RefusalError(f"{name} is nested too deeply") from error
    except ValueError as error:  # JSONDecodeError and UnicodeDecodeError are kinds of it
        raise RefusalError(f"{name} is not valid JSON ({error})") from error
    if not isinstance(value, dict):
        raise RefusalError(f"{name} holds no JSON object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number of JSON")
