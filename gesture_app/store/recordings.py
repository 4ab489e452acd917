"""What is known about a recording besides its samples: one small file in its folder."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesture_app.core.errors import RefusalError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.strict_json import parse_object

FACTS_NAME = "recording.json"
RECORDING_SCHEMA = 1
MAX_SOURCE_LENGTH = 200
MAX_FACTS_BYTES = 4096
_LATEST_S = 4e9  # the year 2096


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """When a recording was begun, in seconds since 1970 (0: not known), and from what."""

    started_s: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecordingInfo:
    """A recording that holds samples.

    Attributes:
        recording: its name, which no other one of the set has unless samples were moved.
        started_s: seconds since 1970.
        source: what it was taken from, in words; empty if that is not known.
        samples: how many it holds.
    """

    label: str
    recording: str
    started_s: float
    source: str
    samples: int


def write_facts(folder: Path, facts: RecordingFacts) -> None:
    """Raises: OSError: nothing was changed."""
    write_atomically(folder / FACTS_NAME, dump_facts(facts))


def dump_facts(facts: RecordingFacts) -> bytes:
    """The content of the file; ASCII, since names of files may hold what UTF-8 cannot."""
    value = {
        "schema": RECORDING_SCHEMA,
        "started_s": round(facts.started_s, 3),
        "source": facts.source[:MAX_SOURCE_LENGTH],
    }
    return (json.dumps(value) + "\n").encode("ascii")


def read_facts(folder: Path) -> RecordingFacts:
    """They are optional: without a file that can be used, nothing is known."""
    try:
        with (folder / FACTS_NAME).open("rb") as file:
            return parse_recording(file.read(MAX_FACTS_BYTES))
    except (OSError, RefusalError):
        return RecordingFacts()


def parse_recording(content: bytes) -> RecordingFacts:
    """Raises: RefusalError: it is not as `dump_facts` writes it."""
    value = parse_object(content, FACTS_NAME)
    if value.get("schema") != RECORDING_SCHEMA:
        raise RefusalError(f"{FACTS_NAME} has a schema that is not known here")
    return RecordingFacts(_time(value.get("started_s")), _source(value.get("source")))


def _time(value: Any) -> float:
    if type(value) in (int, float) and math.isfinite(value) and 0 <= value < _LATEST_S:
        return float(value)
    raise RefusalError(f"{FACTS_NAME} does not say when it was")


def _source(value: Any) -> str:
    if isinstance(value, str) and len(value) <= MAX_SOURCE_LENGTH:
        return value
    raise RefusalError(f"{FACTS_NAME} does not say from what")
