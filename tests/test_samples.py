"""Recorded samples: kept and listed, whoever else is at work, and deleted without a trace."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from gesture_app.core.errors import SampleError
from gesture_app.core.fingerprint import BITS, fingerprint
from gesture_app.store.samples import SampleStore
from tests.hand_samples import TAKEN_S, real_samples, record


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


def test_a_set_that_was_never_written_is_empty_and_stays_unmade(store: SampleStore) -> None:
    assert store.samples() == store.recordings() == store.problems() == store.changes() == ()
    store.delete_everything()
    assert not store.root.exists()


def test_a_sample_is_read_as_it_was_recorded(store: SampleStore) -> None:
    sample = real_samples()[0]
    info = store.begin("wave", "camera").add(sample)
    found = SampleStore(store.root).read(info.id)
    np.testing.assert_allclose(found.context.landmarks, sample.context.landmarks, atol=1e-3)
    np.testing.assert_allclose(found.context.picture_box, sample.context.picture_box, atol=1e-3)
    difference = found.context.bgr.astype(int) - sample.context.bgr
    assert np.abs(difference).mean() < 2  # JPEG
    assert (found.handedness, found.taken_s, found.origin) == (
        *(sample.handedness, sample.taken_s, sample.origin),
    )
    assert (found.sharpness, found.brightness, found.hand_share) == (100.0, 90.5, 0.4)


def test_what_is_known_at_once_is_what_the_files_say_later(store: SampleStore) -> None:
    store.samples()
    writer = store.begin("wave", "camera")
    added = tuple(writer.add(sample) for sample in real_samples()[:5])
    writer.close()
    assert store.samples() == SampleStore(store.root).samples() == added
    assert [info.number for info in added] == [0, 1, 2, 3, 4]
    assert len({info.digest for info in added}) == 5


def test_another_program_sees_what_is_recorded_meanwhile(store: SampleStore) -> None:
    reader = SampleStore(store.root)
    assert reader.samples() == ()
    writer = store.begin("wave", "camera")
    for count in (1, 2, 3):
        writer.add(real_samples()[0])
        assert len(reader.samples()) == count


def test_recordings_say_when_and_from_what(store: SampleStore) -> None:
    record(store, "wave", 3, "session-1")
    record(store, "wave", 2, "session-2")
    record(store, "fist", 1)
    recordings = store.recordings()
    assert [(one.label, one.samples) for one in recordings] == [
        *(("fist", 1), ("wave", 3), ("wave", 2)),
    ]
    assert recordings[1].recording == "session-1"
    assert recordings[1].source == "test"
    (store.root / "samples/wave/session-1/recording.json").write_text("{")
    assert store.recordings()[1].started_s == TAKEN_S, "of the first sample"
    assert store.recordings()[1].source == ""


def test_a_recording_is_resumed_by_its_name(store: SampleStore) -> None:
    first = record(store, "wave", 2, "session")
    assert record(store, "wave", 1, "session") == ("wave/session/000002",)
    assert first == ("wave/session/000000", "wave/session/000001")
    assert len(store.recordings()) == 1


def test_two_writers_of_one_recording_never_take_each_others_number(store: SampleStore) -> None:
    writers = [SampleStore(store.root).begin("wave", "camera", "session") for _ in range(2)]
    ids = [writer.add(real_samples()[0]).id for _ in range(3) for writer in writers]
    assert len(set(ids)) == len(store.samples()) == 6


def test_a_recording_without_samples_leaves_nothing(store: SampleStore) -> None:
    store.begin("wave", "camera").close()
    assert store.recordings() == ()
    assert not (store.root / "samples" / "wave").exists()


@pytest.mark.parametrize(
    ("label", "recording"),
    [
        ("..", "one"),
        ("a/b", "one"),
        ("", "one"),
        ("흔들기", "one"),
        ("con", "one"),
        ("x" * 41, "one"),
        ("wave", ".."),
        ("wave", "a/b"),
        ("wave", "nul"),
        ("wave", "x" * 65),
    ],
)
def test_names_that_are_no_folder_everywhere_are_refused(
    store: SampleStore, label: str, recording: str
) -> None:
    with pytest.raises(SampleError, match="cannot be the name of a folder"):
        store.begin(label, "camera", recording)


def test_labels_that_differ_in_case_only_are_refused(store: SampleStore) -> None:
    ids = record(store, "wave", 1)
    with pytest.raises(SampleError, match="upper and lower case"):
        store.begin("Wave", "camera")
    with pytest.raises(SampleError, match="upper and lower case"):
        store.move(ids, "WAVE")
    record(store, "other", 1)
    with pytest.raises(SampleError, match="upper and lower case"):
        store.merge("other", "Wave")


@pytest.mark.parametrize("of", ["", "wave", "wave/../../000000", "wave/one/1", "/etc/passwd"])
def test_an_id_that_names_no_sample_opens_nothing(store: SampleStore, of: str) -> None:
    for use in (store.read, store.picture_path):
        with pytest.raises(SampleError, match=r"names no sample|name of a folder"):
            use(of)


def test_a_sample_that_is_gone_is_said_to_be(store: SampleStore) -> None:
    (of,) = record(store, "wave", 1)
    store.picture_path(of).unlink()
    with pytest.raises(SampleError, match="is gone") as caught:
        store.read(of)
    assert caught.value.sample_id == of


def test_deleting_everything_leaves_nothing(store: SampleStore) -> None:
    ids = record(store, "wave", 3)
    writer = store.begin("fist", "camera")
    writer.add(real_samples()[0])
    store.delete(ids[:1])
    store.delete_everything()
    assert not store.root.exists()
    assert store.samples() == store.problems() == ()
    with pytest.raises(SampleError, match="is gone"):
        writer.add(real_samples()[0])
    writer.close()
    assert not store.root.exists()
    record(store, "wave", 1)
    assert [info.label for info in store.samples()] == ["wave"]


def test_recording_and_correcting_at_once_lose_nothing(store: SampleStore) -> None:
    record(store, "wave", 4, "first")

    def correct() -> None:
        for _ in range(6):
            ids = [info.id for info in store.samples() if info.recording == "first"]
            deleted = store.delete(ids[:2])
            moved = store.move(ids[2:], "fist")
            store.undo(deleted)
            store.undo(moved)

    correcting = threading.Thread(target=correct, name="correcting")
    correcting.start()
    ids = record(store, "wave", 30, "second")
    correcting.join()
    found = {info.id for info in store.samples()}
    assert found == {info.id for info in SampleStore(store.root).samples()}
    assert len(found) == 34
    assert found.issuperset(ids)
    assert store.changes() == ()


def test_a_recording_that_is_under_way_ends_when_everything_is_deleted(store: SampleStore) -> None:
    writer = store.begin("wave", "test")
    writer.add(real_samples()[0])
    store.delete_everything()
    with pytest.raises(SampleError, match="is gone"):
        writer.add(real_samples()[1])
    writer.close()
    assert not store.root.exists()


def test_fingerprints_tell_a_brighter_picture_from_another_hand() -> None:
    one, other = (sample.context for sample in real_samples()[:2])
    brighter = type(one)(
        np.clip(one.bgr.astype(int) + 20, 0, 255).astype(np.uint8), one.landmarks, one.picture_box
    )
    assert (fingerprint(one) ^ fingerprint(brighter)).bit_count() < 6
    assert 12 < (fingerprint(one) ^ fingerprint(other)).bit_count() <= BITS
