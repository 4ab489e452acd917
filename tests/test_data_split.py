"""Sides of a data set: nobody, no session and no near duplicate stands on both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.picture_sets import hand_row
from training.data.duplicates import NEAR_BITS, exact_duplicates, near_pairs, near_to
from training.data.errors import DataError
from training.data.manifest import HandRow
from training.data.split import LeftOut, SplitBy, check_split, make_split, on_both_sides

LABELS = ("fist", "like", "ok")


def rows_of(people: dict[str | None, int], sessions: int = 0) -> list[HandRow]:
    """So many hands of each label and person, in turns of ``sessions`` sessions each."""
    rows: list[HandRow] = []
    for person, count in people.items():
        for label in LABELS:
            for number in range(count):
                session = f"{person}/{number % sessions}" if sessions else None
                rows.append(hand_row(len(rows), label, person, session))
    return rows


def test_people_are_held_out_as_a_whole_and_about_as_many_hands_as_asked() -> None:
    rows = rows_of({f"p{n}": 4 + n for n in range(10)})
    split = make_split(rows, seed=1, share=0.2)
    assert split.by is SplitBy.PERSON
    assert not on_both_sides(rows, split, lambda row: row.person)
    assert len(split.validation) / len(rows) == pytest.approx(0.2, abs=0.02)
    assert {rows[index].label for index in split.validation} == set(LABELS)
    assert not split.note
    check_split(rows, split)


def test_a_seed_gives_one_split_and_another_seed_another() -> None:
    rows = rows_of({f"p{n}": 3 for n in range(12)})
    assert make_split(rows, 1, 0.25) == make_split(rows, 1, 0.25)
    assert len({make_split(rows, seed, 0.25).groups for seed in range(5)}) > 1


def test_a_label_of_one_person_stays_in_training() -> None:
    rows = rows_of({"ann": 5, "bob": 5, "cat": 5})
    rows += [hand_row(len(rows) + n, "mute", "cat") for n in range(5)]
    for seed in range(8):
        split = make_split(rows, seed, 0.3)
        assert "cat" not in split.groups


def test_sessions_are_held_out_where_people_are_not_told_apart_and_it_says_so() -> None:
    rows = rows_of({"ann": 10}, sessions=5)
    split = make_split(rows, 1, 0.2)
    assert split.by is SplitBy.SESSION
    assert not on_both_sides(rows, split, lambda row: row.session)
    assert on_both_sides(rows, split, lambda row: row.person) == ["ann"]
    assert "people who are trained on" in split.note


def test_one_hand_of_nobody_rules_out_a_split_by_person() -> None:
    rows = [*rows_of({"ann": 10, "bob": 10}), hand_row(60, "like")]
    assert make_split(rows, 1, 0.2).by is SplitBy.STRETCH


def test_stretches_are_held_out_whole_with_a_gap_and_it_says_that_this_flatters() -> None:
    rows = rows_of({None: 40})
    split = make_split(rows, 3, 0.2)
    assert split.by is SplitBy.STRETCH
    assert "flatter" in split.note
    for start in range(0, len(rows), 40):
        held = [index for index in split.validation if start <= index < start + 40]
        assert held == list(range(held[0], held[0] + 8)), "one stretch, not single frames"
        around = {held[0] - 2, held[0] - 1, held[-1] + 1, held[-1] + 2}
        inside = {index for index in around if start <= index < start + 40}
        assert inside <= set(split.left_out[LeftOut.GAP])
    check_split(rows, split)


def test_a_handful_of_hands_is_trained_on_whole() -> None:
    rows = rows_of({None: 5})
    assert make_split(rows, 1, 0.2).validation == ()


def test_near_duplicates_never_stand_on_both_sides() -> None:
    rows = rows_of({"ann": 10, "bob": 10})
    copy = rows[40]
    near = int(copy.phash or "", 16) ^ 0b101
    rows[3] = replace(rows[3], phash=f"{near:016x}")
    for seed in range(4):
        split = make_split(rows, seed, 0.5)
        held = 40 if "bob" in split.groups else 3
        assert split.left_out[LeftOut.NEAR] == (held,)
        assert not near_to(rows, split.validation, split.training(rows))


def test_the_same_picture_counts_once_and_under_two_labels_not_at_all() -> None:
    rows = [
        *rows_of({"ann": 4, "bob": 4}),
        hand_row(24, "like", "bob", content=900),
        hand_row(25, "like", "ann", content=900),
        hand_row(26, "like", "ann", content=901),
        hand_row(27, "fist", "bob", content=901),
    ]
    assert exact_duplicates(rows) == [[24, 25], [26, 27]]
    split = make_split(rows, 1, 0.3)
    assert split.left_out[LeftOut.DUPLICATE] == (25,)
    assert split.left_out[LeftOut.CONFLICT] == (26, 27)


def test_hands_of_one_picture_are_no_duplicates() -> None:
    rows = [hand_row(0, content=1), replace(hand_row(1, content=1), hand=1)]
    assert exact_duplicates(rows) == []


def test_rows_without_a_hand_are_on_no_side() -> None:
    rows = rows_of({"ann": 4, "bob": 4})
    rows.append(replace(hand_row(24), row=None, phash=None, missing="no hand found"))
    split = make_split(rows, 1, 0.5)
    assert 24 not in split.training(rows)
    assert 24 not in split.validation


def test_near_is_a_matter_of_few_bits() -> None:
    base = 0x0123456789ABCDEF
    hashes = [base, base ^ (2**NEAR_BITS - 1), base ^ (2 ** (NEAR_BITS + 1) - 1)]
    rows = [hand_row(number, phash=phash) for number, phash in enumerate(hashes)]
    pairs = [tuple(pair) for part in near_pairs(rows, [0, 1, 2]) for pair in part]
    assert pairs == [(0, 1), (1, 2)]


def broken(change: str, rows: list[HandRow]) -> list[HandRow]:
    """Rows for which the split of ``rows`` does not hold any more."""
    split = make_split(rows, 1, 0.5)
    training, held = split.training(rows)[0], split.validation[0]
    changed = list(rows)
    if change == "person":
        changed[training] = replace(rows[training], person=rows[held].person)
    elif change == "near":
        changed[training] = replace(rows[training], phash=rows[held].phash)
    elif change == "lost":
        changed[held] = replace(rows[held], row=None, phash=None, missing="no hand found")
    else:
        changed = changed[:held]
    return changed


@pytest.mark.parametrize("change", ["person", "near", "lost", "short"])
def test_a_split_that_does_not_hold_is_refused(change: str) -> None:
    rows = rows_of({"ann": 5, "bob": 5})
    split = make_split(rows, 1, 0.5)
    check_split(rows, split)
    with pytest.raises(DataError, match="does not hold"):
        check_split(broken(change, rows), split)


def test_held_out_frames_next_to_training_frames_are_refused() -> None:
    rows = rows_of({None: 40})
    split = make_split(rows, 1, 0.2)
    without_gap = replace(split, left_out={})
    with pytest.raises(DataError, match="next to held-out"):
        check_split(rows, without_gap)


def test_a_hand_on_two_sides_is_refused() -> None:
    rows = rows_of({"ann": 5, "bob": 5})
    split = make_split(rows, 1, 0.5)
    twice = replace(split, left_out={LeftOut.NEAR: split.validation[:1]})
    with pytest.raises(DataError, match="twice"):
        check_split(rows, twice)
