"""Samples deleted, moved and merged, and every change taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gesture_app.core.errors import SampleError
from gesture_app.store.sample_changes import UNDO_S, empty_trash
from gesture_app.store.samples import Change, SampleStore
from tests.hand_samples import record

Changing = Callable[[SampleStore, tuple[str, ...]], Change]


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


def labels_of(store: SampleStore) -> dict[str, int]:
    """Label → how many samples it has."""
    return dict(Counter(info.label for info in store.samples()))


def names_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def delete(store: SampleStore, ids: tuple[str, ...]) -> Change:
    return store.delete(ids[:2])


def move(store: SampleStore, ids: tuple[str, ...]) -> Change:
    return store.move(ids[:2], "fist")


def merge(store: SampleStore, ids: tuple[str, ...]) -> Change:
    return store.merge("wave", "fist")


def merge_into_nothing(store: SampleStore, ids: tuple[str, ...]) -> Change:
    return store.merge("wave", "new")


def remove_label(store: SampleStore, ids: tuple[str, ...]) -> Change:
    return store.remove_label("wave")


@pytest.mark.parametrize(
    ("change", "what", "count", "after"),
    [
        (delete, "delete", 2, {"wave": 3, "fist": 3}),
        (move, "move", 2, {"wave": 3, "fist": 5}),
        (merge, "merge", 5, {"fist": 8}),
        (merge_into_nothing, "merge", 5, {"new": 5, "fist": 3}),
        (remove_label, "remove_gesture", 5, {"fist": 3}),
    ],
)
def test_every_change_is_made_and_taken_back(
    store: SampleStore, change: Changing, what: str, count: int, after: dict[str, int]
) -> None:
    ids = record(store, "wave", 3, "session") + record(store, "wave", 2, "other")
    record(store, "fist", 3, "session")  # the numbers of both recordings clash
    before, files = store.samples(), names_below(store.root / "samples")
    made = change(store, ids)
    assert (made.what, made.count) == (what, count)
    assert labels_of(store) == after
    assert store.problems() == ()
    restarted = SampleStore(store.root)
    assert restarted.changes() == (made,)
    restarted.undo(made)
    assert restarted.samples() == store.samples() == before
    assert names_below(store.root / "samples") == files
    assert not any((store.root / "trash").iterdir())


def test_a_moved_sample_stays_in_its_session(store: SampleStore) -> None:
    ids = record(store, "wave", 2, "monday")
    store.move(ids[:1], "fist")
    assert [info.id for info in store.samples()] == ["fist/monday/000000", "wave/monday/000001"]
    assert {one.source for one in store.recordings()} == {"test"}


def test_a_deleted_sample_comes_back_beside_one_that_took_its_number(store: SampleStore) -> None:
    ids = record(store, "wave", 3, "session")
    change = store.delete(ids[2:])
    (again,) = record(store, "wave", 1, "session")
    assert again == ids[2]
    store.undo(change)
    assert len(store.samples()) == 4


def test_changes_are_undone_in_any_order(store: SampleStore) -> None:
    ids = record(store, "wave", 4, "session")
    first, second = store.delete(ids[:1]), store.delete(ids[1:2])
    assert store.changes() == (first, second)
    store.undo(first)
    store.undo(second)
    assert tuple(info.id for info in store.samples()) == ids
    with pytest.raises(SampleError, match="too long ago"):
        store.undo(first)


def test_the_trash_is_emptied_after_a_day(store: SampleStore) -> None:
    ids = record(store, "wave", 2)
    change = store.delete(ids)
    made_s = int(change.id) / 1e9
    empty_trash(store.root, made_s + UNDO_S - 1)
    assert store.changes() == (change,)
    empty_trash(store.root, made_s + UNDO_S + 1)
    assert store.changes() == ()
    assert not any((store.root / "trash").iterdir())
    assert not any((store.root / "samples").iterdir()), "not even the emptied recording"


def test_changing_what_is_not_there_changes_nothing(store: SampleStore) -> None:
    ids = record(store, "wave", 1)
    for change in (
        lambda: store.delete(["wave/none/000000"]),
        lambda: store.move(ids, "wave"),
        lambda: store.merge("none", "wave"),
        lambda: store.merge("wave", "wave"),
        lambda: store.remove_label("none"),
    ):
        with pytest.raises(SampleError, match="there are none"):
            change()
    assert labels_of(store) == {"wave": 1}
    assert store.changes() == ()
