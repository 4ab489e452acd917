"""What commands print. The JSON lines' format is a contract: add keys, change none.

All JSON lines are pure ASCII (other characters as JSON escapes), so that no terminal's encoding can
spoil them, and are flushed one at a time, so that a reader gets each at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from gesture_app.core.errors import AppError
from gesture_app.core.types import FrameResult, GestureEvent, HandResult


def print_line(value: dict[str, Any]) -> None:
    print(json.dumps(value, allow_nan=False), flush=True)


def event_line(event: GestureEvent) -> dict[str, Any]:
    """``{"event", "gesture", "prob", "hand", "t_ms"}``; t_ms on the source's clock."""
    return {
        "event": str(event.kind),
        "gesture": event.gesture,
        "prob": _prob(event.prob),
        "hand": str(event.hand),
        "t_ms": round(event.t_ms, 1),
    }


def frame_line(source: Path, result: FrameResult) -> dict[str, Any]:
    """``{"source", "frame", "t_ms", "hands"}`` of a picture (frame 0 at 0 ms) or a video's frame.

    The gesture of a hand is that of this very frame, not smoothed over time.
    """
    return {
        "source": str(source),
        "frame": result.frame.index,
        "t_ms": round(result.frame.media_ms, 1),
        "hands": [_hand(hand) for hand in result.hands],
    }


def error_line(source: Path, error: AppError) -> dict[str, Any]:
    """``{"source", "error"}`` of something that cannot be read."""
    return {"source": str(source), "error": f"{error.what}: {error.why}"}


def print_error(error: AppError) -> None:
    """What, why and what to do next, on three lines of standard error."""
    print(
        f"{error.what}.",
        f"Why:  {error.why}",
        f"Next: {error.next_step}",
        sep="\n",
        file=sys.stderr,
        flush=True,
    )


def _hand(result: HandResult) -> dict[str, Any]:
    return {
        "gesture": result.prediction.gesture,
        "prob": _prob(result.prediction.prob),
        "handedness": str(result.hand.handedness),
        "box": list(result.hand.box),
    }


def _prob(value: float) -> float:
    return round(value, 4)
