"""Readers of sources: what folders, annotations and archives say, without looking at pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.picture_sets import write_names, write_zip
from training.data.class_folders import (
    ClassFolders,
    FolderRules,
    parse_person_pattern,
)
from training.data.errors import DataError
from training.data.formats import Format, Layout
from training.data.hagrid_json import HagridAnnotations
from training.data.labels import LabelMap, parse_label_map
from training.data.source_choice import tell_format
from training.data.sources import SourcePicture, natural_order
from training.data.teachable_machine import TeachableMachine

READABLE = LabelMap()


def read_folders(
    root: Path, rules: FolderRules | None = None
) -> dict[str, tuple[str, str | None, str | None]]:
    """File → label, person, session."""
    pictures = ClassFolders(root, rules or FolderRules()).pictures()
    return {p.file: (p.hands[0].label, p.person, p.session) for p in pictures}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("like/1.jpg", ("like", None, None)),
        ("like/ann__x.jpg", ("like", "ann", None)),
        ("ann/like/1.jpg", ("like", "ann", None)),
        ("like/monday/1.jpg", ("like", None, "monday")),
        ("ann/like/monday/1.jpg", ("like", "ann", "ann/monday")),
        ("ann/monday/like/1.jpg", ("like", "ann", "ann/monday")),
    ],
)
def test_folders_and_names_tell_label_person_and_session(
    tmp_path: Path, name: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert read_folders(write_names(tmp_path, [name])) == {name: expected}


def test_people_are_told_by_file_names_only_if_all_names_have_them(tmp_path: Path) -> None:
    write_names(tmp_path, ["like/ann__1.jpg", "like/one__pseudo.jpg", "fist/2.jpg"])
    assert {person for _, person, _ in read_folders(tmp_path).values()} == {None}


def test_a_pattern_tells_person_and_session(tmp_path: Path) -> None:
    write_names(tmp_path, ["like/ann-s1-001.jpg", "like/bob-s2-001.jpg"])
    pattern = parse_person_pattern(r"(?P<person>[a-z]+)-(?P<session>s\d+)-")
    found = read_folders(tmp_path, FolderRules(person_from=pattern))
    assert set(found.values()) == {("like", "ann", "ann/s1"), ("like", "bob", "bob/s2")}


@pytest.mark.parametrize("pattern", ["[a-z]+", "(", ""])
def test_a_pattern_without_a_group_is_refused(pattern: str) -> None:
    with pytest.raises(DataError, match=r"group|regular expression"):
        parse_person_pattern(pattern)


def test_a_layout_overrules_what_the_names_suggest(tmp_path: Path) -> None:
    write_names(tmp_path, ["wave/ann/1.jpg"])
    found = read_folders(tmp_path, FolderRules(layout=Layout.LABEL_SESSION))
    assert found == {"wave/ann/1.jpg": ("wave", None, "ann")}


def test_classes_are_renamed_and_left_out(tmp_path: Path) -> None:
    write_names(tmp_path, ["Class 1/1.jpg", "Class 2/1.jpg", "Thumbs Up/1.jpg"])
    labels = parse_label_map(["Class 1=like", "Class 2=-"])
    found = read_folders(tmp_path, FolderRules(labels=labels))
    assert [label for label, *_ in found.values()] == ["like", "thumbs_up"]


def test_a_class_that_cannot_be_a_label_says_how_to_name_it(tmp_path: Path) -> None:
    write_names(tmp_path, ["주먹/1.jpg"])
    with pytest.raises(DataError) as error:
        read_folders(tmp_path)
    assert '--label-map "주먹=NAME"' in error.value.next_step


@pytest.mark.parametrize("pairs", [["like"], ["=like"], ["a=B!"], ["a=like", "a=fist"]])
def test_a_malformed_label_map_is_refused(pairs: list[str]) -> None:
    with pytest.raises(DataError, match="label map"):
        parse_label_map(pairs)


def test_files_that_are_no_pictures_and_other_depths_are_left_out_and_counted(
    tmp_path: Path,
) -> None:
    write_names(
        tmp_path,
        ["like/1.jpg", "like/notes.txt", "cover.jpg", ".thumbnails/1.jpg", "like/deep/er/2.jpg"],
    )
    folders = ClassFolders(tmp_path, FolderRules(layout=Layout.LABEL))
    assert [picture.file for picture in folders.pictures()] == ["like/1.jpg"]
    assert any(note.startswith("2 pictures") for note in folders.notes())


def test_frames_keep_the_order_in_which_they_were_taken() -> None:
    assert natural_order(["a10.jpg", "a9.jpg", "b1.jpg", "a²9.jpg"])[:2] == ["a9.jpg", "a10.jpg"]


V1: dict[str, Any] = {
    "bboxes": [[0.38, 0.74, 0.08, 0.09], [0.67, 0.37, 0.06, 0.09]],
    "landmarks": [[[0.39, 0.74]], []],
    "labels": ["no_gesture", "one"],
    "leading_hand": "left",
    "leading_conf": 1.0,
    "user_id": "ann",
}
V2: dict[str, Any] = {
    "bboxes": [[0.07, 0.31, 0.27, 0.26], [0.6, 0.29, 0.26, 0.28]],
    "labels": ["thumb_index2", "thumb_index2"],
    "united_bbox": [[0.07, 0.29, 0.79, 0.29]],
    "united_label": ["thumb_index2"],
    "user_id": "bob",
    "hand_landmarks": [[[0.37, 0.59]], [[0.37, 0.47]]],
    "meta": {"age": [24.41], "gender": ["female"], "race": ["White"]},
}


def read_hagrid(root: Path, *entries: dict[str, Any]) -> list[SourcePicture]:
    """Each entry is an annotated picture ``0.jpg``, ``1.jpg``, … of class ``one``."""
    value = {str(number): entry for number, entry in enumerate(entries)}
    write_names(root / "one", [f"{name}.jpg" for name in value])
    (root / "annotations").mkdir()
    (root / "annotations" / "one.json").write_text(json.dumps(value))
    return list(HagridAnnotations(root, READABLE).pictures())


@pytest.mark.parametrize("entry", [V1, V2], ids=["version 1", "version 2"])
def test_hagrid_names_every_hand_with_its_box_and_its_person(
    tmp_path: Path, entry: dict[str, Any]
) -> None:
    (picture,) = read_hagrid(tmp_path, entry)
    assert picture.file == "one/0.jpg"
    assert picture.person == entry["user_id"]
    assert [hand.label for hand in picture.hands] == entry["labels"]
    assert [list(hand.box or ()) for hand in picture.hands] == entry["bboxes"]


def test_annotated_pictures_that_are_not_there_are_counted(tmp_path: Path) -> None:
    read_hagrid(tmp_path, V1, V2)
    (tmp_path / "one" / "1.jpg").unlink()
    source = HagridAnnotations(tmp_path, READABLE)
    assert [picture.file for picture in source.pictures()] == ["one/0.jpg"]
    assert source.notes()[0].startswith("1 annotated pictures")


@pytest.mark.parametrize(
    "change",
    [
        {"labels": ["one"]},
        {"labels": ["one", 2]},
        {"bboxes": "all"},
        {"bboxes": [[0, 0, 1], [0, 0, 1, 1]]},
        {"bboxes": [[0, 0, -1, 1], [0, 0, 1, 1]]},
        {"bboxes": [[0, 0, 100, 100], [0, 0, 1, 1]]},
        {"user_id": 7},
    ],
    ids=str,
)
def test_malformed_annotations_are_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="annotations of HaGRID"):
        read_hagrid(tmp_path, {**V1, **change})


def test_annotations_that_are_no_json_or_nested_without_end_are_refused(tmp_path: Path) -> None:
    for content in ('{"bboxes"', '{"0": {"bboxes": ' + "[" * 100_000):
        (tmp_path / "one.json").write_text(content)
        with pytest.raises(DataError, match="annotations of HaGRID"):
            HagridAnnotations(tmp_path, READABLE).pictures()


def test_a_folder_without_annotations_or_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no \.json file"):
        HagridAnnotations(tmp_path, READABLE)
    read_hagrid(tmp_path, V1)
    (tmp_path / "one" / "0.jpg").unlink()
    with pytest.raises(DataError, match="none of the annotated"):
        HagridAnnotations(tmp_path, READABLE).pictures()


def read_archive(path: Path) -> list[tuple[str, str]]:
    source = TeachableMachine(path, LabelMap({"Class 1": "like", "Class 2": "fist"}))
    try:
        return [(picture.file, picture.hands[0].label) for picture in source.pictures()]
    finally:
        source.close()


def test_a_project_file_tells_the_class_of_each_sample(tmp_path: Path) -> None:
    members = ["manifest.json", "Class 1-!-10.jpg", "Class 1-!-9.jpg", "Class 2-!-0"]
    path = write_zip(tmp_path / "project.tm", dict.fromkeys(members, b'{"type": "image"}'))
    assert read_archive(path) == [
        ("project.tm/Class 1-!-9.jpg", "like"),
        ("project.tm/Class 1-!-10.jpg", "like"),
        ("project.tm/Class 2-!-0", "fist"),
    ]


def test_samples_of_single_classes_are_named_after_their_files(tmp_path: Path) -> None:
    write_zip(tmp_path / "Class 1-samples.zip", {"0.jpg": b""})
    write_zip(tmp_path / "Class 2-samples (1).zip", {"0.jpg": b"", "__MACOSX/._0.jpg": b""})
    assert [label for _, label in read_archive(tmp_path)] == ["like", "fist"]


def test_a_zip_of_class_folders_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "all.zip", {"set/Class 2/0.jpg": b"", "set/readme.txt": b""})
    assert read_archive(path) == [("all.zip/set/Class 2/0.jpg", "fist")]


@pytest.mark.parametrize(
    ("members", "complaint"),
    [
        ({"manifest.json": b'{"type": "audio"}', "a-!-0": b""}, "audio"),
        ({"model.json": b"{}", "weights.bin": b""}, "no samples"),
    ],
)
def test_projects_of_other_kinds_and_exported_models_are_refused(
    tmp_path: Path, members: dict[str, bytes], complaint: str
) -> None:
    with pytest.raises(DataError, match=complaint):
        read_archive(write_zip(tmp_path / "project.zip", members))


def test_the_format_is_told_by_what_is_there(tmp_path: Path) -> None:
    write_names(tmp_path / "folders", ["like/1.jpg"])
    write_zip(tmp_path / "machine" / "project.tm", {"a-!-0": b""})
    read_hagrid(tmp_path / "hagrid", V1)
    assert tell_format(tmp_path / "folders") is Format.FOLDERS
    assert tell_format(tmp_path / "machine") is Format.TEACHABLE_MACHINE
    assert tell_format(tmp_path / "machine" / "project.tm") is Format.TEACHABLE_MACHINE
    assert tell_format(tmp_path / "hagrid") is Format.HAGRID
    with pytest.raises(DataError, match="does not exist"):
        tell_format(tmp_path / "nowhere")
