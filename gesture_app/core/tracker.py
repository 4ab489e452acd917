"""Predictions over time → events: exactly one start and one end per gesture shown.

`advance` is a pure function of the state, what was seen and the time; it keeps nothing. Each hand
is followed by its place in the picture, since the left/right label itself flickers.

A gesture *starts* when the smoothed margin has stayed above the start threshold for `min_hold_ms`;
it *ends* when its margin has stayed below the lower end threshold, or another gesture has led above
the start threshold, for `release_ms`, or when the hand was not seen for `lost_ms`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gesture_app.core.types import (
    EventKind,
    FloatArray,
    GestureEvent,
    Hand,
    Handedness,
    Prediction,
)


@dataclass(frozen=True, slots=True)
class TrackerRules:
    """How eager or calm the tracker is. Times in milliseconds on the source's clock.

    Attributes:
        labels: label of each entry of `Prediction.probabilities`.
        no_gesture_index: index of the rejected label.
        start_margin: smoothed margin at which a gesture may start.
        end_margin: smoothed margin below which it may end; lower than ``start_margin``.
        smoothing_ms: time constant of the exponential smoothing of probabilities.
        min_hold_ms: how long a gesture must lead before it starts.
        release_ms: how long it must be gone before it ends.
        cooldown_ms: how long after its end the same gesture cannot start again on that hand.
        lost_ms: how long a hand may go unseen.
        hold_interval_ms: time between hold events.
    """

    labels: tuple[str, ...]
    no_gesture_index: int
    start_margin: float
    end_margin: float
    smoothing_ms: float = 80.0
    min_hold_ms: float = 120.0
    release_ms: float = 150.0
    cooldown_ms: float = 300.0
    lost_ms: float = 300.0
    hold_interval_ms: float = 500.0


@dataclass(frozen=True, slots=True)
class Track:
    """One hand followed over time.

    Attributes:
        center: x, y in pixels when last seen; ``extent``: longer side of its box in pixels.
        right_votes: sum of +1 for right and -1 for left over the frames seen, bounded, so that a
            flickering label does not change the hand.
        probabilities: smoothed, (labels,).
        candidate, candidate_since_ms: the gesture that leads without having started.
        held, held_since_ms: the gesture that has started; ``held_hand``: whose start was announced.
        fading_since_ms: since when the held gesture fails its end threshold, or None.
        next_hold_ms: when the next hold event is due.
        ended, ended_ms: the gesture that ended last, for the cool-down.
    """

    center: tuple[float, float]
    extent: float
    seen_ms: float
    right_votes: int
    probabilities: FloatArray
    candidate: int | None = None
    candidate_since_ms: float = 0.0
    held: int | None = None
    held_hand: Handedness = Handedness.RIGHT
    fading_since_ms: float | None = None
    next_hold_ms: float = 0.0
    ended: int | None = None
    ended_ms: float = -math.inf

    @property
    def hand(self) -> Handedness:
        return Handedness.RIGHT if self.right_votes >= 0 else Handedness.LEFT


@dataclass(frozen=True, slots=True)
class TrackerState:
    tracks: tuple[Track, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackerStep:
    """What `advance` returns.

    Attributes:
        held: the held gesture of each observed hand, in the order given, None where none is.
    """

    state: TrackerState
    events: tuple[GestureEvent, ...]
    held: tuple[str | None, ...]


Observation = tuple[Hand, Prediction]

_MAX_VOTES = 15
_REACH = 1.2
"""A hand is the same one if its centre moved by less than this many box lengths since it was last
seen; farther jumps at camera rates are another hand."""


def advance(
    state: TrackerState, seen: Sequence[Observation], t_ms: float, rules: TrackerRules
) -> TrackerStep:
    """Take one frame's predictions into account.

    Args:
        seen: all hands of the frame, possibly none.
        t_ms: the frame's time on the source's clock, never less than at the previous call.
    """
    owners = _match(state.tracks, [hand for hand, _ in seen])
    events: list[GestureEvent] = []
    tracks: list[Track] = []
    held: list[str | None] = []
    for (hand, prediction), owner in zip(seen, owners, strict=True):
        track = _observe(owner, hand, prediction, t_ms, rules)
        track, happened = _decide(track, t_ms, rules)
        events += happened
        tracks.append(track)
        held.append(None if track.held is None else rules.labels[track.held])
    for track in state.tracks:
        if any(track is owner for owner in owners):
            continue
        if t_ms - track.seen_ms < rules.lost_ms:
            tracks.append(track)
        elif track.held is not None:
            events.append(_event(EventKind.END, track, track.held, t_ms, rules))
    return TrackerStep(TrackerState(tuple(tracks)), tuple(events), tuple(held))


def end_all(state: TrackerState, t_ms: float, rules: TrackerRules) -> TrackerStep:
    """End every held gesture and forget all hands: pause, quit, another source."""
    events = tuple(
        _event(EventKind.END, track, held, t_ms, rules)
        for track in state.tracks
        if (held := track.held) is not None
    )
    return TrackerStep(TrackerState(), events, ())


def _match(tracks: Sequence[Track], hands: Sequence[Hand]) -> list[Track | None]:
    """The track of each hand: pairs by smallest distance first, each used once."""
    pairs = []
    for i, hand in enumerate(hands):
        center, _ = _place(hand)
        for j, track in enumerate(tracks):
            distance = math.dist(center, track.center) / max(track.extent, 1.0)
            if distance <= _REACH:
                pairs.append((distance, i, j))
    owners: list[Track | None] = [None] * len(hands)
    used: set[int] = set()
    for _, i, j in sorted(pairs):
        if owners[i] is None and j not in used:
            owners[i] = tracks[j]
            used.add(j)
    # What is left over moved farther than a hand should; the same hand of a person is still it.
    for i, hand in enumerate(hands):
        if owners[i] is None:
            rest = [j for j, t in enumerate(tracks) if j not in used and t.hand is hand.handedness]
            if rest:
                owners[i] = tracks[rest[0]]
                used.add(rest[0])
    return owners


def _place(hand: Hand) -> tuple[tuple[float, float], float]:
    x, y, width, height = hand.box
    return (x + width / 2, y + height / 2), float(max(width, height))


def _observe(
    track: Track | None, hand: Hand, prediction: Prediction, t_ms: float, rules: TrackerRules
) -> Track:
    """Fold a new sighting into its track."""
    center, extent = _place(hand)
    vote = 1 if hand.handedness is Handedness.RIGHT else -1
    if track is None:
        # Smoothing starts from "no gesture", so that a hand's first frame cannot start anything.
        nothing = np.zeros_like(prediction.probabilities)
        nothing[rules.no_gesture_index] = 1.0
        track = Track(center, extent, t_ms, 0, nothing)
        elapsed = rules.smoothing_ms
    else:
        elapsed = t_ms - track.seen_ms
    weight = np.float32(1 - math.exp(-max(elapsed, 0.0) / max(rules.smoothing_ms, 1e-6)))
    return replace(
        track,
        center=center,
        extent=extent,
        seen_ms=t_ms,
        right_votes=min(max(track.right_votes + vote, -_MAX_VOTES), _MAX_VOTES),
        probabilities=track.probabilities
        + weight * (prediction.probabilities - track.probabilities),
    )


def _decide(track: Track, t_ms: float, rules: TrackerRules) -> tuple[Track, list[GestureEvent]]:
    """End what is over, start what has been shown long enough, announce what is held."""
    gestures = track.probabilities.copy()
    gestures[rules.no_gesture_index] = -1.0
    leader = int(gestures.argmax())
    events: list[GestureEvent] = []
    track = _note_candidate(track, leader, t_ms, rules)
    if track.held is not None:
        track, events = _keep_or_end(track, leader, t_ms, rules)
    candidate = track.candidate
    if track.held is None and candidate is not None and _may_start(track, t_ms, rules):
        track = replace(
            track,
            held=candidate,
            held_hand=track.hand,
            fading_since_ms=None,
            next_hold_ms=t_ms + rules.hold_interval_ms,
        )
        events.append(_event(EventKind.START, track, candidate, t_ms, rules))
    return track, events


def _margin(track: Track, label: int, rules: TrackerRules) -> float:
    return float(track.probabilities[label] - track.probabilities[rules.no_gesture_index])


def _note_candidate(track: Track, leader: int, t_ms: float, rules: TrackerRules) -> Track:
    if _margin(track, leader, rules) < rules.start_margin:
        return replace(track, candidate=None)
    if leader == track.candidate:
        return track
    return replace(track, candidate=leader, candidate_since_ms=t_ms)


def _may_start(track: Track, t_ms: float, rules: TrackerRules) -> bool:
    if t_ms - track.candidate_since_ms < rules.min_hold_ms:
        return False
    return track.candidate != track.ended or t_ms - track.ended_ms >= rules.cooldown_ms


def _keep_or_end(
    track: Track, leader: int, t_ms: float, rules: TrackerRules
) -> tuple[Track, list[GestureEvent]]:
    held = track.held
    assert held is not None
    displaced = leader != held and _margin(track, leader, rules) >= rules.start_margin
    if not displaced and _margin(track, held, rules) >= rules.end_margin:
        track = replace(track, fading_since_ms=None)
        if t_ms < track.next_hold_ms:
            return track, []
        track = replace(track, next_hold_ms=t_ms + rules.hold_interval_ms)
        return track, [_event(EventKind.HOLD, track, held, t_ms, rules)]
    fading_since = t_ms if track.fading_since_ms is None else track.fading_since_ms
    if t_ms - fading_since < rules.release_ms:
        return replace(track, fading_since_ms=fading_since), []
    ended = replace(track, held=None, fading_since_ms=None, ended=held, ended_ms=t_ms)
    return ended, [_event(EventKind.END, track, held, t_ms, rules)]


def _event(
    kind: EventKind, track: Track, label: int, t_ms: float, rules: TrackerRules
) -> GestureEvent:
    prob = min(max(float(track.probabilities[label]), 0.0), 1.0)
    return GestureEvent(kind, rules.labels[label], prob, track.held_hand, t_ms)
