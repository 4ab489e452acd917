"""A gesture set as one file: everything arrives, nothing twice, and nothing hostile gets in."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from gesture_app.core.errors import AppError, SampleError
from gesture_app.core.types import NO_GESTURE
from gesture_app.store import set_archive
from gesture_app.store.gesture_set import (
    SET_NAME,
    Gesture,
    GestureSet,
    load_gesture_set,
    save_gesture_set,
)
from gesture_app.store.samples import SampleStore
from gesture_app.store.set_archive import export_set, import_set
from tests.hand_samples import real_samples, record

BUILT_IN = frozenset({"fist", "palm"})


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    """A set with two own gestures, negatives, and a recording for a built-in one."""
    store = SampleStore(tmp_path / "set")
    value, wave = GestureSet().adding("손 흔들기", BUILT_IN)
    value, _ = value.adding("snap", BUILT_IN)
    save_gesture_set(store.root, value.switching("palm", on=False).recoloring("snap", "#123456"))
    record(store, wave.label, 3, "monday")
    for label in ("snap", "fist", NO_GESTURE):
        record(store, label, 1, "monday")
    return store


@pytest.fixture
def other(tmp_path: Path) -> SampleStore:
    """Where sets are imported."""
    return SampleStore(tmp_path / "other")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.gestureset"


def digests(store: SampleStore) -> dict[str, str]:
    return {info.id: info.digest for info in store.samples()}


def test_a_set_arrives_whole_where_there_was_none(
    store: SampleStore, other: SampleStore, path: Path
) -> None:
    told: list[tuple[int, int]] = []
    assert export_set(store, path, lambda done, total: told.append((done, total))) == 6
    assert told[-1] == (6, 6)
    told.clear()
    result = import_set(path, other, BUILT_IN, lambda done, total: told.append((done, total)))
    assert told[-1] == (11, 11)  # gestures, four recordings, six samples
    assert (result.samples, result.known) == (6, 0)
    assert result.gestures == load_gesture_set(store.root).gestures
    assert load_gesture_set(other.root) == load_gesture_set(store.root)
    assert digests(other) == digests(store)
    assert other.recordings() == store.recordings()
    assert {path.name for path in other.root.iterdir()} == {".lock", "samples", SET_NAME}


def test_the_same_set_gives_the_same_file(store: SampleStore, path: Path) -> None:
    export_set(store, path, quiet)
    again = path.with_name("again.gestureset")
    export_set(SampleStore(store.root), again, quiet)
    assert path.read_bytes() == again.read_bytes()


def test_importing_twice_changes_nothing(
    store: SampleStore, other: SampleStore, path: Path
) -> None:
    export_set(store, path, quiet)
    import_set(path, other, BUILT_IN, quiet)
    before, gestures = digests(other), load_gesture_set(other.root)
    result = import_set(path, other, BUILT_IN, quiet)
    assert (result.gestures, result.samples, result.known) == ((), 0, 6)
    assert digests(other) == before
    assert load_gesture_set(other.root) == gestures


def test_what_is_new_in_a_recording_that_is_here_is_added(
    store: SampleStore, other: SampleStore, path: Path
) -> None:
    export_set(store, path, quiet)
    import_set(path, other, BUILT_IN, quiet)
    for sample in real_samples()[10:12]:
        store.begin("snap", "camera", "monday").add(sample)
    other.begin("snap", "camera", "monday").add(real_samples()[20])
    export_set(store, path, quiet)
    result = import_set(path, other, BUILT_IN, quiet)
    assert (result.samples, result.known) == (2, 6)
    assert sum(info.label == "snap" for info in other.samples()) == 4


def test_gestures_of_one_name_are_one_and_others_get_labels_of_their_own(
    store: SampleStore, other: SampleStore, path: Path
) -> None:
    value, _ = GestureSet().adding("Snap", BUILT_IN)  # the same, in other letters
    value, other_first = value.adding("잡기", BUILT_IN)  # also gesture-1
    save_gesture_set(other.root, value)
    record(other, other_first.label, 1, "tuesday")
    export_set(store, path, quiet)
    result = import_set(path, other, BUILT_IN, quiet)
    (new,) = result.gestures
    assert new.name == "손 흔들기"
    assert new.label == "gesture-1-2"
    merged = load_gesture_set(other.root)
    assert [one.name for one in merged.gestures] == ["Snap", "잡기", "손 흔들기"]
    assert merged.switched_off == frozenset(), "what is switched off here stays so"
    labels = [info.label for info in other.samples()]
    assert labels.count("gesture-1-2") == 3
    assert labels.count("Snap") == 1


def test_an_own_gesture_never_takes_the_label_of_a_built_in_one(
    other: SampleStore, path: Path
) -> None:
    value = GestureSet((Gesture("wave", "wave", "#000000"),))
    source = SampleStore(path.parent / "source")
    save_gesture_set(source.root, value)
    record(source, "wave", 2)
    export_set(source, path, quiet)
    result = import_set(path, other, BUILT_IN | {"wave"}, quiet)
    assert [one.label for one in result.gestures] == ["wave-2"]
    assert {info.label for info in other.samples()} == {"wave-2"}


def test_damaged_samples_stay_behind(store: SampleStore, other: SampleStore, path: Path) -> None:
    store.picture_path("snap/monday/000000").write_bytes(b"")
    assert export_set(store, path, quiet) == len(store.samples()) == 5
    assert import_set(path, other, BUILT_IN, quiet).samples == 5


def test_a_set_too_large_to_be_taken_in_is_not_written(
    store: SampleStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_archive, "MAX_SAMPLES", 5)
    with pytest.raises(SampleError, match="more than 5 samples"):
        export_set(store, path, quiet)
    monkeypatch.undo()
    monkeypatch.setattr(set_archive, "MAX_ARCHIVE_BYTES", 20_000)
    with pytest.raises(SampleError, match="larger than 20000 bytes"):
        export_set(store, path, quiet)
    assert not path.exists()


def test_cancelling_leaves_nothing(store: SampleStore, other: SampleStore, path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_set(store, path, cancel)
    assert not path.exists()
    export_set(store, path, quiet)
    with pytest.raises(KeyboardInterrupt):
        import_set(path, other, BUILT_IN, cancel)
    assert list(other.root.iterdir()) == []
    assert [p.name for p in path.parent.glob("*.gestureset*")] == [path.name]


def test_a_file_that_is_not_there_or_a_place_that_cannot_be_written(
    store: SampleStore, tmp_path: Path
) -> None:
    with pytest.raises(AppError, match="cannot be read"):
        import_set(tmp_path / "none.gestureset", store, BUILT_IN, quiet)
    (tmp_path / "file").write_text("")
    with pytest.raises(SampleError, match="cannot be exported"):
        export_set(store, tmp_path / "file" / "mine.gestureset", quiet)
    path = tmp_path / "mine.gestureset"
    export_set(store, path, quiet)
    with pytest.raises(SampleError, match="cannot be saved"):
        import_set(path, SampleStore(tmp_path / "file" / "set"), BUILT_IN, quiet)


def test_the_file_is_an_ordinary_zip_of_ordinary_files(store: SampleStore, path: Path) -> None:
    export_set(store, path, quiet)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names[0] == SET_NAME
        assert json.loads(archive.read(SET_NAME))["schema"] == 1
        assert "samples/snap/monday/000000.jpg" in names
        assert archive.testzip() is None
