"""The conditions under which a card reports figures apart: light, size, sharpness, which hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training.conditions import Conditions
from training.evaluate import Answer


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the pictures.

    Attributes:
        test: whether a picture's conditions belong to it.
    """

    condition: str
    value: str
    test: Callable[[Conditions], bool]

    def holds(self, answer: Answer) -> bool:
        return answer.conditions is not None and self.test(answer.conditions)


def _between(
    condition: str, value: str, field: str, low: float = 0.0, high: float = float("inf")
) -> Slice:
    def test(conditions: Conditions) -> bool:
        measured = getattr(conditions, field)
        return measured is not None and low <= measured < high

    return Slice(condition, value, test)


SLICES = (
    _between("light", "dark (mean grey below 0.25)", "brightness", high=0.25),
    _between("light", "dim (0.25 to 0.4)", "brightness", 0.25, 0.4),
    _between("light", "bright (0.4 and more)", "brightness", 0.4),
    _between("hand", "small (below 0.25 of the picture's height)", "hand_size", high=0.25),
    _between("hand", "medium (0.25 to 0.5)", "hand_size", 0.25, 0.5),
    _between("hand", "large (0.5 and more)", "hand_size", 0.5),
    _between("focus", "blurred (variance of the Laplacian below 100)", "sharpness", high=100),
    _between("focus", "soft (100 to 400)", "sharpness", 100, 400),
    _between("focus", "sharp (400 and more)", "sharpness", 400),
    Slice("side", "left hand", lambda c: c.handedness == "Left"),
    Slice("side", "right hand", lambda c: c.handedness == "Right"),
)
"""The cuts are round numbers, not quantiles, so that cards of different data can be compared."""
