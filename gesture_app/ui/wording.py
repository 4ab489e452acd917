"""Values put into sentences."""

from __future__ import annotations

import re

_PLACE = re.compile(r"%(\d)")


def filled(text: str, *values: object) -> str:
    """``%1``, ``%2`` … replaced in one pass: what is filled in may hold ``%2`` itself."""
    return _PLACE.sub(lambda place: str(values[int(place[1]) - 1]), text)


def percent(share: float) -> str:
    """A share in [0, 1] as ``95%``."""
    return f"{share:.0%}"
