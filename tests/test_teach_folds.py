"""Which own pictures are held out in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from training.teach.feature_set import FeatureSet
from training.teach.folds import Fold, hold_out

UNLIKE = 0x9E3779B97F4A7C15
"""Multiples of an odd number with mixed bits: fingerprints that differ in many places."""


def _set(recordings: Mapping[str, int], variations: int = 1) -> FeatureSet:
    """``"LABEL/RECORDING"`` → number of pictures, each a plain row and ``variations`` more."""
    ids = [
        f"{recording}/{number:06d}"
        for recording, count in recordings.items()
        for number in range(count)
    ]
    rows = [sample for sample in ids for _ in range(1 + variations)]
    return FeatureSet(
        features=np.zeros((len(rows), 2), np.float32),
        logits=np.zeros((len(rows), 3), np.float32),
        targets=tuple(sample.split("/")[0] for sample in rows),
        groups=tuple(sample.rsplit("/", 1)[0] for sample in rows),
        ids=tuple(rows),
        plain=np.arange(len(rows)) % (1 + variations) == 0,
    )


def _unlike(own: FeatureSet) -> dict[str, int]:
    return {
        sample: (place + 1) * UNLIKE % 2**64 for place, sample in enumerate(dict.fromkeys(own.ids))
    }


def _samples(own: FeatureSet, rows: Sequence[int] | np.ndarray) -> set[str]:
    return {own.ids[row] for row in rows}


def _numbers(own: FeatureSet, rows: np.ndarray) -> set[int]:
    return {int(sample[-6:]) for sample in _samples(own, rows)}


def _judged(own: FeatureSet, folds: Sequence[Fold]) -> list[str]:
    return sorted(own.ids[row] for fold in folds for row in fold.judge)


def test_a_gesture_with_two_recordings_is_judged_recording_by_recording() -> None:
    own = _set({"B/r1": 8, "B/r2": 6})
    held_out = hold_out(own, _unlike(own))
    assert held_out.splits == {"B": "sessions"}
    assert len(held_out.folds) == 2
    for fold in held_out.folds:
        judged = {own.groups[row] for row in fold.judge}
        learnt = {own.groups[row] for row in fold.learn}
        assert len(judged) == len(learnt) == 1
        assert judged != learnt
    assert _judged(own, held_out.folds) == sorted(set(own.ids))


def test_many_recordings_are_shared_out_over_three_folds() -> None:
    own = _set({f"B/r{number}": 4 + number for number in range(7)})
    held_out = hold_out(own, _unlike(own))
    sizes = sorted(len(fold.judge) for fold in held_out.folds)
    assert len(sizes) == 3
    assert sizes[-1] <= 2 * sizes[0]
    assert _judged(own, held_out.folds) == sorted(set(own.ids))


def test_a_single_recording_is_judged_in_stretches_with_a_gap_on_both_sides() -> None:
    own = _set({"B/r1": 40})
    held_out = hold_out(own, _unlike(own))
    assert held_out.splits == {"B": "stretches"}
    assert len(held_out.folds) == 3
    for fold in held_out.folds:
        judged, learnt = _numbers(own, fold.judge), _numbers(own, fold.learn)
        assert judged == set(range(min(judged), max(judged) + 1))
        beside = {number + step for number in judged for step in (-2, -1, 0, 1, 2)}
        assert not beside & learnt
        assert beside | learnt >= set(range(40))
    assert _judged(own, held_out.folds) == sorted(set(own.ids))


def test_near_identical_pictures_are_never_on_both_sides() -> None:
    own = _set({"B/r1": 30})
    prints = _unlike(own)
    copies = ("B/r1/000009", "B/r1/000015", "B/r1/000029")
    prints[copies[1]] = prints[copies[0]]
    prints[copies[2]] = prints[copies[0]] ^ 1  # one place of 64 differs
    for fold in hold_out(own, prints).folds:
        if _samples(own, fold.judge) & set(copies):
            assert not _samples(own, fold.learn) & set(copies)


def test_a_recording_taken_in_twice_does_not_judge_itself() -> None:
    own = _set({"B/r1": 8, "B/r2": 8})
    prints = _unlike(own)
    for number in range(8):
        prints[f"B/r2/{number:06d}"] = prints[f"B/r1/{number:06d}"]
    held_out = hold_out(own, prints)
    assert held_out.folds == ()
    assert held_out.splits == {}


def test_a_hand_held_still_cannot_be_judged_and_the_others_still_are() -> None:
    own = _set({"B/r1": 12, "C/r1": 12})
    prints = _unlike(own)
    prints.update({sample: 7 for sample in prints if sample.startswith("B")})
    held_out = hold_out(own, prints)
    assert held_out.splits == {"C": "stretches"}
    for fold in held_out.folds:
        assert {own.targets[row] for row in fold.judge} == {"C"}
        still = {sample for sample in _samples(own, fold.learn) if sample.startswith("B")}
        assert len(still) == 12


def test_too_few_pictures_are_not_judged() -> None:
    own = _set({"B/r1": 3})
    assert hold_out(own, _unlike(own)).folds == ()


def test_variations_follow_their_picture_and_are_not_judged() -> None:
    own = _set({"B/r1": 12, "C/r1": 5, "C/r2": 5}, variations=3)
    for fold in hold_out(own, _unlike(own)).folds:
        assert own.plain[fold.judge].all()
        assert not _samples(own, fold.judge) & _samples(own, fold.learn)
        assert len(fold.learn) == 4 * len(_samples(own, fold.learn))
