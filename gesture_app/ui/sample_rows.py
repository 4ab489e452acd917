"""A gesture's samples in the order in which they are looked through, in sections with a heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby

from gesture_app.engine.sample_check import SampleAnswer
from gesture_app.engine.suspicion import (
    Reason,
    Suspicion,
    all_suspicions,
    most_suspicious_first,
    suspicions_by_picture,
)
from gesture_app.store.samples import RecordingInfo, SampleInfo

Suspicions = Mapping[str, tuple[Suspicion, ...]]
"""Sample id → reasons, the most telling first; samples without any are not in it."""


class Order(Enum):
    SESSIONS = auto()
    SUSPICION = auto()


@dataclass(frozen=True, slots=True)
class Section:
    """Samples below one heading.

    Attributes:
        recording: the session that they are of, when ordered by sessions.
        reason: what is suspicious about them, when ordered by suspicion; None for nothing.
    """

    samples: tuple[SampleInfo, ...]
    recording: RecordingInfo | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the page shows."""

    sections: tuple[Section, ...] = ()
    suspicions: Suspicions = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known about a gesture's samples apart from what a model says.

    Attributes:
        samples: sorted by id, so that a recording's are side by side.
        recordings: of the same gesture.
        by_picture: what the pictures themselves say.
    """

    samples: tuple[SampleInfo, ...] = ()
    recordings: tuple[RecordingInfo, ...] = ()
    by_picture: Suspicions = field(default_factory=dict)


def gather(samples: tuple[SampleInfo, ...], recordings: tuple[RecordingInfo, ...]) -> Material:
    """Compares the pictures: with thousands of them too long for the GUI thread."""
    return Material(samples, recordings, suspicions_by_picture(samples))


def arrange(
    material: Material, answers: Mapping[str, SampleAnswer], order: Order, recording: str = ""
) -> Arrangement:
    """Sections in order.

    Args:
        answers: sample id → what the model says, as far as it was asked.
        recording: show only this one; empty for all.
    """
    shown = [one for one in material.samples if recording in ("", one.recording)]
    suspicions = all_suspicions(shown, material.by_picture, answers)
    if order is Order.SESSIONS:
        return Arrangement(tuple(_by_session(shown, material.recordings)), suspicions)
    return Arrangement(tuple(_by_reason(shown, suspicions)), suspicions)


def _by_session(
    samples: Sequence[SampleInfo], recordings: Iterable[RecordingInfo]
) -> list[Section]:
    """The oldest session first."""
    infos = {info.recording: info for info in recordings}
    found: list[tuple[RecordingInfo, tuple[SampleInfo, ...]]] = []
    for name, group in groupby(samples, key=lambda sample: sample.recording):
        rows = tuple(group)
        # One that was begun since the recordings were listed says of itself what its samples say.
        unlisted = RecordingInfo(rows[0].label, name, rows[0].taken_s, "", len(rows))
        found.append((infos.get(name, unlisted), rows))
    found.sort(key=lambda session: session[0].started_s)
    return [Section(rows, recording=info) for info, rows in found]


def _by_reason(samples: Sequence[SampleInfo], suspicions: Suspicions) -> list[Section]:
    def reason_of(sample: SampleInfo) -> Reason | None:
        reasons = suspicions.get(sample.id)
        return reasons[0].reason if reasons else None

    ordered = most_suspicious_first(samples, suspicions)
    return [
        Section(tuple(group), reason=reason) for reason, group in groupby(ordered, key=reason_of)
    ]
