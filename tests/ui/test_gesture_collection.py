"""The gesture set as the pages see it, on real files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import Gesture, load_gesture_set
from gesture_app.store.samples import SampleStore
from gesture_app.ui.background import Background
from gesture_app.ui.gesture_collection import GestureCollection
from tests.fakes import PATIENCE_S
from tests.hand_samples import record
from tests.ui.gesture_stage import BASE, Heard, add, labels, load, wait_for_change
from tests.ui.stage import settle, wait_until


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "gestures")


@pytest.fixture
def collection(
    app: QApplication, store: SampleStore, tmp_path: Path
) -> Iterator[GestureCollection]:
    background = Background()
    yield GestureCollection(store, BASE, tmp_path / "features", background)
    background.close(PATIENCE_S)
    background.deleteLater()
    settle()


@pytest.fixture
def heard(collection: GestureCollection) -> Heard:
    return Heard(collection)


def test_own_gestures_come_first_then_anything_else_then_the_built_in_ones(
    collection: GestureCollection, heard: Heard
) -> None:
    add(collection, "Wave")
    assert labels(collection) == ["Wave", NO_GESTURE, "fist", "like"]
    names = [entry.name for entry in collection.entries]
    assert names == ["Wave", "Anything else", "Fist", "Like"]
    assert [entry.built_in for entry in collection.entries] == [False, True, True, True]


def test_entries_count_samples_and_recordings_and_name_the_newest_picture(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    gesture = add(collection, "Wave")
    record(store, gesture.label, 3)
    newest = record(store, gesture.label, 5)[-1]
    load(collection, heard)
    entry = collection.entry(gesture.label)
    assert entry is not None
    assert (entry.samples, entry.recordings, entry.picture) == (8, 2, newest)
    assert len(collection.samples(gesture.label)) == 8
    assert len(collection.recordings(gesture.label)) == 2


@pytest.mark.parametrize("name", ["", "  ", "like", "Like", "ANYTHING ELSE", "x" * 41])
def test_a_name_that_is_empty_taken_or_too_long_is_refused_and_said(
    collection: GestureCollection, heard: Heard, name: str
) -> None:
    collection.add(name, lambda _: pytest.fail("it was taken"))
    wait_until(lambda: bool(heard.errors))
    assert heard.errors[0].what == "The gesture cannot have this name"
    assert collection.entries[0].label == NO_GESTURE


def test_names_and_colours_are_kept_on_the_disk(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    gesture = add(collection, "Wave")
    collection.rename(gesture.label, "손짓")
    collection.recolor(gesture.label, "#123456")
    wait_for_change(heard, 3)
    assert load_gesture_set(store.root).gestures == (Gesture("Wave", "손짓", "#123456"),)
    assert collection.entries[0].name == "손짓"


def test_a_built_in_gesture_is_switched_off_and_on(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    collection.switch("like", False)
    wait_for_change(heard, 1)
    assert collection.switched_off == {"like"} == load_gesture_set(store.root).switched_off
    like = collection.entry("like")
    assert like is not None
    assert not like.on
    collection.switch("like", True)
    wait_for_change(heard, 2)
    assert collection.switched_off == frozenset()


def test_a_removed_gesture_comes_back_with_name_colour_and_pictures(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    gesture = add(collection, "Wave")
    ids = record(store, gesture.label, 4)
    load(collection, heard)
    collection.remove(gesture.label)
    wait_until(lambda: bool(heard.undoable))
    assert heard.undoable == ["“Wave” is deleted (pictures: 4)"]
    assert labels(collection)[0] == NO_GESTURE
    assert store.samples() == ()
    before = heard.changes
    collection.undo()
    wait_for_change(heard, before + 1)
    assert load_gesture_set(store.root).gestures == (gesture,)
    assert [sample.id for sample in collection.samples("Wave")] == list(ids)
    assert heard.undoable[-1] == ""


def test_a_gesture_that_comes_back_takes_its_old_place(
    collection: GestureCollection, heard: Heard
) -> None:
    for name in ("First", "Second", "Third"):
        add(collection, name)
    collection.remove("Second")
    wait_until(lambda: bool(heard.undoable))
    before = heard.changes
    collection.undo()
    wait_for_change(heard, before + 1)
    assert labels(collection)[:3] == ["First", "Second", "Third"]


def test_a_gesture_without_pictures_is_removed_and_comes_back_too(
    collection: GestureCollection, heard: Heard
) -> None:
    gesture = add(collection, "Wave")
    collection.remove(gesture.label)
    wait_until(lambda: bool(heard.undoable))
    assert labels(collection)[0] == NO_GESTURE
    before = heard.changes
    collection.undo()
    wait_for_change(heard, before + 1)
    assert labels(collection)[0] == "Wave"


def test_merging_gives_all_pictures_to_the_other_gesture_until_undone(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    wave, hello = add(collection, "Wave"), add(collection, "Hello")
    record(store, wave.label, 3)
    record(store, hello.label, 2)
    load(collection, heard)
    collection.merge(hello.label, wave.label)
    wait_until(lambda: bool(heard.undoable))
    assert labels(collection) == ["Wave", NO_GESTURE, "fist", "like"]
    assert len(collection.samples("Wave")) == 5
    before = heard.changes
    collection.undo()
    wait_for_change(heard, before + 1)
    assert len(collection.samples("Wave")) == 3
    assert len(collection.samples("Hello")) == 2
    assert heard.errors == []


def test_changes_are_undone_last_first(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    wave, hello = add(collection, "Wave"), add(collection, "Hello")
    ids = record(store, wave.label, 4)
    load(collection, heard)
    collection.delete(ids[:1])
    collection.move(ids[1:3], hello.label)
    wait_until(lambda: len(heard.undoable) == 2)
    assert heard.undoable == ["Pictures deleted: 1", "Pictures moved to “Hello”: 2"]
    before = heard.changes
    collection.undo()
    collection.undo()
    wait_for_change(heard, before + 2)
    assert [sample.id for sample in collection.samples("Wave")] == list(ids)
    assert collection.samples("Hello") == ()
    collection.undo()
    settle()
    assert heard.errors == []


def test_pictures_whose_gesture_is_not_in_the_set_are_shown_and_can_be_named(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    record(store, "lost", 2)
    load(collection, heard)
    entry = collection.entries[0]
    assert (entry.label, entry.name, entry.samples, entry.built_in) == ("lost", "lost", 2, False)
    collection.rename("lost", "Found")
    wait_for_change(heard, heard.changes + 1)
    assert [gesture.name for gesture in load_gesture_set(store.root).gestures] == ["Found"]


def test_pictures_of_built_in_gestures_make_no_own_gesture(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    record(store, "like", 2)
    record(store, NO_GESTURE, 1)
    load(collection, heard)
    assert labels(collection) == [NO_GESTURE, "fist", "like"]
    assert [entry.samples for entry in collection.entries] == [1, 0, 2]


def test_a_damaged_picture_costs_only_itself_and_is_told(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    ids = record(store, "Wave", 3)
    store.picture_path(ids[1]).write_bytes(b"not a picture")
    load(collection, heard)
    assert [sample.id for sample in collection.samples("Wave")] == [ids[0], ids[2]]
    assert len(collection.problems) == 1


def test_deleting_everything_leaves_neither_pictures_nor_features(
    collection: GestureCollection, heard: Heard, store: SampleStore, tmp_path: Path
) -> None:
    record(store, add(collection, "Wave").label, 3)
    features = tmp_path / "features"
    features.mkdir()
    (features / "some.safetensors").write_bytes(b"x")
    load(collection, heard)
    before = heard.changes
    collection.delete_everything()
    wait_for_change(heard, before + 1)
    assert labels(collection) == [NO_GESTURE, "fist", "like"]
    assert not features.exists()
    assert not [path for path in store.root.rglob("*") if path.is_file()]
    assert heard.undoable[-1] == ""


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs folders that cannot be written"
)
def test_a_folder_that_cannot_be_written_is_said_and_nothing_changes(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    gesture = add(collection, "Wave")
    store.root.chmod(0o500)
    try:
        collection.rename(gesture.label, "Hello")
        wait_until(lambda: bool(heard.errors))
    finally:
        store.root.chmod(0o700)
    assert collection.entries[0].name == "Wave"


def test_a_place_that_is_no_folder_is_said_and_nothing_changes(
    collection: GestureCollection, heard: Heard, store: SampleStore
) -> None:
    store.root.parent.mkdir(parents=True, exist_ok=True)
    store.root.write_text("in the way")
    collection.add("Wave", lambda _: pytest.fail("it was kept"))
    wait_until(lambda: bool(heard.errors))
    assert labels(collection) == [NO_GESTURE, "fist", "like"]


def test_requests_to_reload_during_a_reload_are_one_more(
    collection: GestureCollection, heard: Heard
) -> None:
    for _ in range(5):
        collection.reload()
    wait_until(lambda: heard.changes == 2)
    settle()
    assert heard.changes == 2
