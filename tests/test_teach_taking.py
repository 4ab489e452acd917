"""Pictures, videos and zips of a gesture are taken into a gesture set, each once."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.errors import SourceError
from gesture_app.core.types import NO_GESTURE, BgrImage
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_events import Event, Stage, StageName, Taken
from gesture_app.vision.mediapipe_hands import MediaPipeHands
from tests.picture_sets import hand_picture, write_pictures, write_zip
from training.data.errors import DataError
from training.teach.reporting import StageClock
from training.teach.taking import Request, take

Take = Callable[..., list[Event]]

TWO = {"2.jpg": "like_1", "10.jpg": "fist_1"}


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


@pytest.fixture
def take_into(store: SampleStore, hand_model: bytes) -> Take:
    """Takes paths for a label, with MediaPipe; returns what was told."""

    def run(label: str, *paths: Path) -> list[Event]:
        told: list[Event] = []
        take(
            store,
            [Request(label, paths)],
            lambda: MediaPipeHands(hand_model, video=False),
            StageClock(told.append),
            told.append,
        )
        return told

    return run


def test_a_folder_becomes_a_recording_in_the_order_of_its_names_and_is_not_taken_twice(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    folder = write_pictures(tmp_path / "wave", TWO)
    told = take_into("wave", folder)
    assert told[-1] == Taken("wave", 2, 2, 2)
    samples = store.samples()
    assert [sample.origin for sample in samples] == ["2.jpg", "10.jpg"]
    (recording,) = store.recordings()
    assert (recording.label, recording.source) == ("wave", "wave")
    assert store.read(samples[0].id).context.bgr.any()

    assert take_into("wave", folder)[-1] == Taken("wave", 2, 2, 0)
    write_pictures(folder, {"11.jpg": "ok_1"})
    assert take_into("wave", folder)[-1] == Taken("wave", 3, 3, 1)
    assert store.samples()[:2] == samples
    assert len(store.recordings()) == 1


def test_folders_within_the_folder_and_files_by_themselves_are_recordings_of_their_own(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    write_pictures(tmp_path, {"in/a/1.jpg": "like_1", "in/b/1.jpg": "ok_1", "other/x.jpg": "one_1"})
    told = take_into("wave", tmp_path / "in", tmp_path / "other" / "x.jpg")
    assert told[-1] == Taken("wave", 3, 3, 3)
    assert {one.source for one in store.recordings()} == {"a", "b", "other"}


def test_progress_is_told_from_nothing_to_everything(tmp_path: Path, take_into: Take) -> None:
    everything = take_into("wave", write_pictures(tmp_path / "wave", TWO))
    told = [one for one in everything if isinstance(one, Stage)]
    assert told[0] == Stage(StageName.HANDS, 0, 2)
    assert (told[-1].done, told[-1].total) == (2, 2)


def test_what_is_no_picture_costs_only_itself_and_pictures_without_a_hand_are_counted(
    tmp_path: Path, store: SampleStore, take_into: Take, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_pictures(tmp_path / "wave", {"1.jpg": "like_1", "3.jpg": "empty_1"})
    (folder / "2.jpg").write_bytes(b"no picture")
    assert take_into("wave", folder)[-1] == Taken("wave", 3, 1, 1)
    assert "2.jpg is left out" in caplog.text
    assert [sample.origin for sample in store.samples()] == ["1.jpg"]


def test_a_video_or_zip_that_cannot_be_read_costs_only_itself_and_is_said(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    folder = write_pictures(tmp_path / "wave", {"1.jpg": "like_1", "more/2.jpg": "fist_1"})
    (folder / "bad.mp4").write_bytes(b"no video")
    with pytest.raises(SourceError, match=r"bad\.mp4"):
        take_into("wave", folder)
    assert len(store.samples()) == 2
    (folder / "bad.mp4").unlink()
    (folder / "bad.zip").write_bytes(b"no zip")
    with pytest.raises(DataError, match=r"bad\.zip"):
        take_into("stop", folder)
    assert [sample.label for sample in store.samples()] == ["stop", "stop", "wave", "wave"]


def test_both_hands_are_kept_of_anything_else_and_the_larger_one_of_a_gesture(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    left, right = (_decoded(name) for name in ("like_1", "fist_1"))
    small = cv2.resize(right, None, fx=0.6, fy=0.6)
    below = np.zeros((left.shape[0] - small.shape[0], small.shape[1], 3), np.uint8)
    both = np.hstack([left, np.vstack([small, below])])
    path = tmp_path / "both.png"
    cv2.imwrite(str(path), both)
    assert take_into("wave", path)[-1] == Taken("wave", 1, 1, 1)
    assert take_into(NO_GESTURE, path)[-1] == Taken(NO_GESTURE, 1, 1, 2)
    sizes = {sample.label: sample.hand_share for sample in store.samples()}
    origins = [sample.origin for sample in store.samples() if sample.label == NO_GESTURE]
    assert sorted(origins) == ["both.png", "both.png#2"]
    assert sizes["wave"] == max(sample.hand_share for sample in store.samples())
    assert take_into(NO_GESTURE, path)[-1] == Taken(NO_GESTURE, 1, 1, 0)


def test_a_picture_that_is_cut_to_the_hand_is_given_room(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    take_into("wave", write_pictures(tmp_path / "whole", {"1.jpg": "fist_1"}))
    context = store.read(store.samples()[0].id).context
    left, top = context.landmarks[:, :2].min(axis=0).astype(int) - 6
    right, bottom = context.landmarks[:, :2].max(axis=0).astype(int) + 6
    tight = context.bgr[max(top, 0) : bottom, max(left, 0) : right]
    path = tmp_path / "tight" / "1.png"
    path.parent.mkdir()
    cv2.imwrite(str(path), tight)
    assert take_into("tight", path)[-1] == Taken("tight", 1, 1, 1)


def test_frames_of_a_video_that_hardly_differ_are_left_out_and_it_is_gone_on_with(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    path = tmp_path / "clip.mp4"
    _write_video(path, [_decoded(name) for name in ("like_1", "fist_1", "ok_1")], repeated=10)
    (taken,) = (one for one in take_into("wave", path) if isinstance(one, Taken))
    assert 14 <= taken.pictures <= 15  # five a second
    # Three poses; what the video's compression does to a picture may count as a change, once each.
    assert 3 <= taken.new <= 6
    first = store.samples()
    assert {sample.origin.partition("@")[0] for sample in first} == {"clip.mp4"}
    store.delete([first[-1].id])  # as if the run before had been killed there
    assert _new(take_into("wave", path)) == 1
    assert _new(take_into("wave", path)) == 0


def test_of_a_zip_the_only_class_is_taken_or_the_one_called_like_the_gesture(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    like, fist = hand_picture("like_1"), hand_picture("fist_1")
    one = write_zip(tmp_path / "Class 1-samples.zip", {"0.jpg": like, "1.jpg": fist})
    assert take_into("anything", one)[-1] == Taken("anything", 2, 2, 2)
    several = write_zip(tmp_path / "project.tm", {"My wave-!-0.jpg": like, "rest-!-0.jpg": fist})
    assert take_into("my_wave", several)[-1] == Taken("my_wave", 1, 1, 1)
    with pytest.raises(DataError, match="My wave, rest"):
        take_into("other", several)


def test_what_holds_nothing_or_is_not_there_is_refused_before_anything_is_taken(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    folder = write_pictures(tmp_path / "wave", TWO)
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(SourceError, match=path.name):
            take_into("wave", folder, path)
    assert store.samples() == ()


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, store: SampleStore, take_into: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pictures(tmp_path / "wave", {**TWO, "closed/1.jpg": "ok_1"})
    really = os.scandir

    def refuse(place: str) -> object:  # root may read everything
        if Path(place).name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
        return really(place)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError, match="closed"):
        take_into("wave", folder)
    assert store.samples() == ()


def test_the_same_pictures_in_another_place_are_another_recording(
    tmp_path: Path, store: SampleStore, take_into: Take
) -> None:
    folder = write_pictures(tmp_path / "wave", TWO)
    take_into("wave", folder)
    take_into("wave", Path(shutil.copytree(folder, tmp_path / "again")))
    assert len(store.recordings()) == 2


def _new(told: list[Event]) -> int:
    return sum(one.new for one in told if isinstance(one, Taken))


def _decoded(name: str) -> BgrImage:
    content = np.frombuffer(hand_picture(name), np.uint8)
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_COLOR), np.uint8)


def _write_video(path: Path, pictures: list[BgrImage], repeated: int) -> None:
    """10 frames a second."""
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (width, height))
    for picture in pictures:
        for _ in range(repeated):
            writer.write(picture)
    writer.release()
