"""From a typed text to a source, and the names of cameras."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gesture_app.core.errors import SourceError
from gesture_app.vision.sources import (
    CameraInfo,
    SourceKind,
    SourceSpec,
    list_cameras,
    parse_source,
)
from gesture_app.vision.sources.camera_names import find_again, find_camera, named_cameras
from tests.clips import write_picture
from tests.fake_capture import FakeCapture, FakePort

CAMERAS = (
    CameraInfo(0, "Integrated Camera: Integrated C"),
    CameraInfo(2, "HD Pro Webcam C920"),
    CameraInfo(4, "HD Pro Webcam C920 (2)"),
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0", SourceKind.CAMERA),
        (" 12 ", SourceKind.CAMERA),
        ("/dev/video2", SourceKind.CAMERA),
        ("Camera 1", SourceKind.CAMERA),
        ("hd pro webcam c920", SourceKind.CAMERA),
        ("Some camera that is not plugged in", SourceKind.CAMERA),
        ("USB2.0 HD UVC WebCam", SourceKind.CAMERA),
        ("rtsp://cam.local/stream", SourceKind.STREAM),
        ("HTTP://cam.local/a.mp4", SourceKind.STREAM),
        ("clip.mp4", SourceKind.FILE),
        ("photo.JPG", SourceKind.FILE),
        ("folder/without-suffix", SourceKind.FILE),
        (r"C:\clips\wave.mp4", SourceKind.FILE),
        ("~/wave", SourceKind.FILE),
        (".", SourceKind.FOLDER),
        ("demo", SourceKind.DEMO),
    ],
)
def test_a_text_is_understood_as_what_a_person_means(text: str, kind: SourceKind) -> None:
    assert parse_source(text, lambda: CAMERAS).kind is kind


def test_files_and_folders_that_exist_are_found_whatever_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_picture(tmp_path / "a.png").rename(tmp_path / "손짓 하나")
    (tmp_path / "folder").mkdir()
    (tmp_path / "0").write_bytes(b"x")
    assert parse_source("손짓 하나") == SourceSpec(SourceKind.FILE, "손짓 하나")
    assert parse_source("folder").kind is SourceKind.FOLDER
    assert parse_source("./0").kind is SourceKind.FILE
    assert parse_source("0").kind is SourceKind.CAMERA


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(SourceError, match="No source was named"):
        parse_source("  ")


@pytest.mark.parametrize(
    ("target", "index"),
    [
        ("HD Pro Webcam C920", 2),
        ("hd pro webcam c920 (2)", 4),
        ("integrated", 0),
        ("2", 2),
        ("/dev/video4", 4),
        ("camera 7", 7),
    ],
)
def test_a_camera_is_found_by_full_name_number_or_part_of_its_name(target: str, index: int) -> None:
    assert find_camera(target, CAMERAS).index == index


def test_a_name_that_fits_no_camera_or_several_tells_which_there_are() -> None:
    with pytest.raises(SourceError, match="2: HD Pro Webcam C920"):
        find_camera("Brio", CAMERAS)
    with pytest.raises(SourceError, match="several have that in their names"):
        find_camera("webcam", CAMERAS)
    with pytest.raises(SourceError, match="no camera with a name was found"):
        find_camera("Brio", ())


def test_a_lost_camera_is_found_again_by_its_name_and_by_nothing_less() -> None:
    lost = CameraInfo(2, "HD Pro Webcam C920")
    assert find_again(lost, CAMERAS) == lost
    assert find_again(lost, (CameraInfo(5, "HD Pro Webcam C920"),)).index == 5
    with pytest.raises(SourceError, match="another camera is in its place"):
        find_again(lost, (CameraInfo(2, "HD Pro Webcam C920e"),))
    assert find_again(CameraInfo(7, "Camera 7"), CAMERAS).index == 7


def test_linux_cameras_are_named_by_the_system_without_nodes_for_metadata(
    tmp_path: Path,
) -> None:
    # Numbers that no machine has, so that the kernel cannot be asked instead.
    for number, name, index in [
        (910, "C920", "0"),
        (911, "C920", "1"),
        (908, "C920", "0"),
        (912, "카메라", "0"),
    ]:
        node = tmp_path / f"video{number}"
        node.mkdir()
        (node / "name").write_text(f"{name}\n", encoding="utf-8")
        (node / "index").write_text(f"{index}\n")
    assert named_cameras(tmp_path) == (
        CameraInfo(908, "C920"),
        CameraInfo(910, "C920 (2)"),
        CameraInfo(912, "카메라"),
    )


def test_a_system_without_cameras_gives_an_empty_list(tmp_path: Path) -> None:
    assert named_cameras(tmp_path / "nothing") == ()


def test_listing_cameras_is_silent_and_never_fails(capfd: pytest.CaptureFixture[str]) -> None:
    assert all(isinstance(camera, CameraInfo) for camera in list_cameras())
    assert capfd.readouterr() == ("", "")


def test_where_the_system_names_no_cameras_each_index_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    first, second = FakeCapture(), FakeCapture()
    found = list_cameras(FakePort(None, first, None, second))
    assert found == (CameraInfo(1, "Camera 1"), CameraInfo(3, "Camera 3"))
    assert first.released
    assert second.released
