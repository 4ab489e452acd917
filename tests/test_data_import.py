"""Importing rendered hands with the app's own detector, from pictures to what training gets."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.types import BgrImage
from gesture_app.vision.mediapipe_hands import MediaPipeHands
from tests.fakes import FakeDetector
from tests.picture_sets import (
    HANDS,
    hand_picture,
    import_quietly,
    job_of,
    one_hand_each,
    write_pictures,
    write_shades,
    write_zip,
)
from training.cache import load_cache
from training.data import importing
from training.data.class_folders import ClassFolders, FolderRules
from training.data.dataset_file import CACHE, read_dataset
from training.data.errors import DataError
from training.data.find_hands import Missing, PictureError, decode_picture, hands_at_boxes
from training.data.hagrid_json import HagridAnnotations
from training.data.imported_set import load_set
from training.data.importing import import_set
from training.data.labels import LabelMap
from training.data.report import make_report
from training.data.sources import LabelledHand
from training.data.split import SplitBy
from training.data.teachable_machine import TeachableMachine

PEOPLE = {
    "ann/like/1.jpg": "like_1",
    "ann/fist/1.jpg": "fist_1",
    "ann/no_gesture/1.jpg": "no_gesture_1",
    "bob/like/1.jpg": "ok_1",
    "bob/fist/1.jpg": "fist_2",
    "bob/no_gesture/1.jpg": "no_gesture_2",
    "bob/no_gesture/2.jpg": "empty_1",
}


@pytest.fixture(scope="module")
def detector(hand_model: bytes) -> Iterator[MediaPipeHands]:
    with closing(MediaPipeHands(hand_model, video=False)) as detector:
        yield detector


def picture_of(name: str) -> BgrImage:
    return np.asarray(cv2.imread(str(HANDS / f"{name}.jpg")), np.uint8)


def test_folders_of_people_become_a_set_for_training(
    tmp_path: Path, detector: MediaPipeHands
) -> None:
    source = ClassFolders(write_pictures(tmp_path / "pictures", PEOPLE), FolderRules())
    dataset, rows = import_quietly(source, tmp_path / "set", detector)
    assert read_dataset(tmp_path / "set") == (dataset, rows)
    assert dataset.split.by is SplitBy.PERSON
    assert {row.file: row.missing for row in rows if not row.found} == {
        "bob/no_gesture/2.jpg": Missing.NO_HAND
    }
    found = load_set(tmp_path / "set")
    assert found.labels == ("fist", "like", "no_gesture")
    assert len(found.train.samples) + len(found.validation.samples) == 6
    assert found.train.contexts[0].any()
    middle = found.train.landmarks[:, :, :2].mean(axis=(1, 2))
    assert middle == pytest.approx(96, abs=30), "hands are in the middle of their contexts"
    assert sorted(path.name for path in (tmp_path / "set").iterdir()) == [
        "cache",
        "dataset.json",
        "manifest.jsonl",
    ]


def test_the_box_picks_the_hand_out_of_several(tmp_path: Path, detector: MediaPipeHands) -> None:
    scene = np.hstack([picture_of("like_1"), picture_of("palm_1")])
    (tmp_path / "palm").mkdir()
    cv2.imwrite(str(tmp_path / "palm" / "scene.jpg"), scene)
    boxes = {"palm": (440, 120), "like": (205, 145), "no_gesture": (600, 10)}
    labelled = [
        LabelledHand(label, (x / 800, y / 300, 75 / 800, 100 / 300))
        for label, (x, y) in boxes.items()
    ]
    entry = {"bboxes": [hand.box for hand in labelled], "labels": list(boxes), "user_id": "ann"}
    (tmp_path / "palm.json").write_text(json.dumps({"scene": entry}))
    source = HagridAnnotations(tmp_path, LabelMap())
    _, rows = import_quietly(source, tmp_path / "set", detector)
    assert [(row.label, row.found) for row in rows] == [
        ("palm", True),
        ("like", True),
        ("no_gesture", False),
    ]
    assert rows[2].missing == Missing.NOT_AT_BOX
    found = hands_at_boxes(scene, labelled, detector)
    middles = [hand.landmarks[:, 0].mean() if hand else None for hand in found]
    assert middles == [pytest.approx(475, abs=20), pytest.approx(240, abs=20), None]


def test_a_hand_far_away_is_found_by_looking_closer_at_its_box(detector: MediaPipeHands) -> None:
    scene = np.full((1080, 1920, 3), 90, np.uint8)
    small = cv2.resize(picture_of("like_1"), (160, 120), interpolation=cv2.INTER_AREA)
    scene[600:720, 1400:1560] = small
    box = (1482 / 1920, 659 / 1080, 30 / 1920, 40 / 1080)
    (hand,) = hands_at_boxes(scene, [LabelledHand("like", box)], detector)
    assert hand is not None
    assert hand.landmarks[:, :2].mean(axis=0) == pytest.approx((1497, 679), abs=12)


def test_a_teachable_machine_project_becomes_a_set(
    tmp_path: Path, detector: MediaPipeHands
) -> None:
    members = {
        "manifest.json": b'{"type": "image"}',
        "Thumb-!-0": hand_picture("like_1"),
        "Fist-!-0": hand_picture("fist_1"),
        "Fist-!-1": b"no picture",
    }
    source = TeachableMachine(write_zip(tmp_path / "project.tm", members), LabelMap())
    dataset, rows = import_quietly(source, tmp_path / "set", detector)
    assert [(row.file, row.label, row.missing) for row in rows] == [
        ("project.tm/Fist-!-0", "fist", None),
        ("project.tm/Fist-!-1", "fist", Missing.UNREADABLE),
        ("project.tm/Thumb-!-0", "thumb", None),
    ]
    assert "flatter" in dataset.split.note


def test_pictures_cut_to_the_hand_are_found_when_they_get_room(
    tmp_path: Path, detector: MediaPipeHands
) -> None:
    (tmp_path / "pictures" / "like").mkdir(parents=True)
    crop = picture_of("like_1")[140:255, 198:290]
    cv2.imwrite(str(tmp_path / "pictures" / "like" / "1.png"), crop)
    source = ClassFolders(tmp_path / "pictures", FolderRules())
    job = replace(job_of(source, tmp_path / "set"), tight=True)
    import_set(job, detector, lambda _done, _total: None)
    cache = load_cache(tmp_path / "set" / CACHE)
    assert cache.samples[0].tight
    left, top, right, bottom = cache.picture_boxes[0]
    assert 0 < left < right < 192, "what lies beyond the picture is known to be border"
    assert top < bottom


def test_a_stopped_import_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PICTURES_AT_ONCE", 4)
    root = write_shades(tmp_path / "pictures", 22)
    whole = import_quietly(ClassFolders(root, FolderRules()), tmp_path / "a", one_hand_each())
    job = job_of(ClassFolders(root, FolderRules()), tmp_path / "b")

    def stop(done: int, _total: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_set(job, one_hand_each(), stop)
    with pytest.raises(DataError, match="There is no data set"):
        load_set(tmp_path / "b")
    detector = one_hand_each()
    again = import_set(job, detector, lambda _done, _total: None)
    assert len(detector.frames) == 22 - 8, "pictures that were done are not looked at again"
    assert again == whole
    first, second = (load_cache(tmp_path / name / CACHE) for name in "ab")
    assert np.array_equal(np.asarray(first.contexts), np.asarray(second.contexts))
    assert first.samples == second.samples


def test_an_import_of_other_pictures_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PICTURES_AT_ONCE", 2)
    root = write_shades(tmp_path / "pictures", 6)

    def stop(done: int, _total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    job = job_of(ClassFolders(root, FolderRules()), tmp_path / "set")
    with pytest.raises(KeyboardInterrupt):
        import_set(job, one_hand_each(), stop)
    (root / "like" / "3.png").unlink()
    detector = one_hand_each()
    _, rows = import_set(job, detector, lambda _done, _total: None)
    assert len(detector.frames) == len(rows) == 5


def test_a_finished_set_is_not_overwritten(tmp_path: Path) -> None:
    root = write_shades(tmp_path / "pictures", 3)
    for _ in range(2):
        source = ClassFolders(root, FolderRules())
        if (tmp_path / "set").exists():
            with pytest.raises(DataError, match="holds a data set already"):
                import_quietly(source, tmp_path / "set", one_hand_each())
        else:
            import_quietly(source, tmp_path / "set", one_hand_each())


def test_an_import_without_any_hand_says_what_to_try(tmp_path: Path) -> None:
    source = ClassFolders(write_shades(tmp_path / "pictures", 2), FolderRules())
    with pytest.raises(DataError) as error:
        import_quietly(source, tmp_path / "set", FakeDetector(lambda _: ()))
    assert "--crops" in error.value.next_step


def test_a_label_map_that_leaves_everything_out_is_told(tmp_path: Path) -> None:
    root = write_shades(tmp_path / "pictures", 2)
    source = ClassFolders(root, FolderRules(labels=LabelMap({"like": "-"})))
    with pytest.raises(DataError, match="leaves every class out"):
        import_quietly(source, tmp_path / "set", one_hand_each())


def test_a_disk_without_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BYTES_PER_HAND", 10**18)
    source = ClassFolders(write_shades(tmp_path / "pictures", 2), FolderRules())
    with pytest.raises(DataError, match="too little room"):
        import_quietly(source, tmp_path / "set", one_hand_each())


def test_pictures_that_claim_to_be_huge_are_not_decoded() -> None:
    small = cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes()
    header = bytearray(small)
    header[16:24] = (60_000).to_bytes(4, "big") * 2
    header[29:33] = zlib.crc32(header[12:29]).to_bytes(4, "big")
    with pytest.raises(PictureError) as error:
        decode_picture(bytes(header))
    assert error.value.reason is Missing.TOO_LARGE
    with pytest.raises(PictureError) as error:
        decode_picture(b"GIF89a")
    assert error.value.reason is Missing.UNREADABLE


def test_the_report_names_what_to_mind(tmp_path: Path, detector: MediaPipeHands) -> None:
    again = {
        **PEOPLE,
        "bob/like/again.jpg": "ok_1",
        "ann/like/2.jpg": "fist_2",
    }
    root = write_pictures(tmp_path / "pictures", again)
    darker = cv2.imread(str(HANDS / "like_1.jpg"))
    assert darker is not None
    cv2.imwrite(str(root / "bob" / "fist" / "near.jpg"), cv2.convertScaleAbs(darker, alpha=0.9))
    dataset, rows = import_quietly(ClassFolders(root, FolderRules()), tmp_path / "set", detector)
    report = make_report(dataset, rows)
    assert report.exact_duplicates == 1
    assert report.conflicts == 2
    assert report.examples["conflicts"] == [("ann/like/2.jpg", "bob/fist/1.jpg")]
    assert ("ann/like/1.jpg", "bob/fist/near.jpg") in report.examples["near, two labels"]
    assert report.near_across_people >= 1
    assert report.missing == {Missing.NO_HAND: 1}
    assert report.people_on_both_sides == ()
    text = " ".join(report.warnings)
    assert "two labels" in text
    assert "single person" in text
    by_label = {entry.label: entry for entry in report.labels}
    assert (by_label["no_gesture"].found, by_label["no_gesture"].missing) == (2, 1)
