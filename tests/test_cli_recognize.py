"""``gesture-app recognize``: the format other programs rely on, and files that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import pytest

from gesture_app.cli.recognize import find_files
from tests.clips import cut_video, truncate, write_picture, write_video
from tests.networks import biased_network, write_model
from tests.program import json_lines, run_program, start_program

pytestmark = pytest.mark.usefixtures("home_with_hand_model")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


@pytest.fixture
def hand_clip(clip: Callable[[str], Path], tmp_path: Path) -> Path:
    """A second of a real hand."""
    return cut_video(clip("real_man_peace"), 50, 25, tmp_path / "hand.mp4")


def test_a_video_gives_one_line_per_frame_in_the_promised_format(
    model: Path, hand_clip: Path
) -> None:
    done = run_program("recognize", hand_clip, "--json", "--model", model)
    assert (done.returncode, done.stderr) == (0, "")
    lines = json_lines(done.stdout)
    assert [line["frame"] for line in lines] == list(range(len(lines)))
    assert all(set(line) == {"source", "frame", "t_ms", "hands"} for line in lines)
    assert all(line["source"] == str(hand_clip) for line in lines)
    times = [line["t_ms"] for line in lines]
    assert times == sorted(times)
    hands = [hand for line in lines for hand in line["hands"]]
    assert hands
    for hand in hands:
        assert set(hand) == {"gesture", "prob", "handedness", "box"}
        assert hand["gesture"] == "like"
        assert 0 <= hand["prob"] <= 1
        assert hand["handedness"] in ("Left", "Right")
        assert len(hand["box"]) == 4
        assert all(type(number) is int for number in hand["box"])


def test_the_same_hand_as_a_picture_and_in_a_video_is_named_alike(
    model: Path, hand_clip: Path, tmp_path: Path
) -> None:
    capture = cv2.VideoCapture(str(hand_clip))
    _, bgr = capture.read()
    capture.release()
    picture = tmp_path / "first.png"
    cv2.imwrite(str(picture), bgr)
    done = run_program("recognize", picture, "--json", "--model", model)
    (line,) = json_lines(done.stdout)
    assert (line["frame"], line["t_ms"]) == (0, 0.0)
    assert [hand["gesture"] for hand in line["hands"]] == ["like"]


def test_what_the_model_does_not_know_is_no_gesture(tmp_path: Path, hand_clip: Path) -> None:
    refusing = write_model(tmp_path / "refusing", biased_network([0.0, 0.0, 6.0]))
    done = run_program("recognize", hand_clip, "--json", "--model", refusing)
    gestures = {hand["gesture"] for line in json_lines(done.stdout) for hand in line["hands"]}
    assert gestures == {"no_gesture"}


def test_a_file_that_cannot_be_read_gives_an_error_line_and_the_rest_go_on(
    model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "그림 폴더"
    folder.mkdir()
    good = write_picture(folder / "좋음.png")
    bad = folder / "not a picture.jpg"
    bad.write_text("hello")
    (folder / "notes.txt").write_text("no picture, no video: left out")
    named = tmp_path / "named.txt"
    named.write_text("neither")
    missing = tmp_path / "missing.mp4"
    last = write_video(tmp_path / "last.avi", frames=2)
    done = run_program("recognize", folder, named, missing, last, "--json", "--model", model)
    assert (done.returncode, done.stderr) == (1, "")
    lines = json_lines(done.stdout)
    assert [Path(line["source"]) for line in lines] == [bad, good, named, missing, last, last]
    assert [line["source"] for line in lines if "error" in line] == [
        str(path) for path in (bad, named, missing)
    ]
    assert all(set(line) == {"source", "error"} for line in lines if "error" in line)


def test_a_truncated_video_gives_its_frames_and_then_an_error(model: Path, tmp_path: Path) -> None:
    cut = truncate(write_video(tmp_path / "cut.avi", frames=20), 0.5)
    done = run_program("recognize", cut, "--json", "--model", model)
    lines = json_lines(done.stdout)
    assert done.returncode == 1
    assert 1 < len(lines) < 20
    assert ["error" in line for line in lines] == [False] * (len(lines) - 1) + [True]


def test_a_reader_that_has_seen_enough_may_leave(model: Path, hand_clip: Path) -> None:
    with start_program("recognize", hand_clip, "--json", "--model", model) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


def test_without_json_people_get_one_line_per_frame(model: Path, tmp_path: Path) -> None:
    done = run_program("recognize", write_picture(tmp_path / "손.png"), "--model", model)
    assert done.returncode == 0
    assert "손.png" in done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_a_folder_gives_its_pictures_and_videos_sorted_and_a_named_file_is_always_taken(
    tmp_path: Path,
) -> None:
    for name in ("b.JPG", "a.mp4", "c.txt", "d/e.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = list(find_files([str(tmp_path), str(tmp_path / "c.txt")]))
    names = [str(path.relative_to(tmp_path)) for path, _ in found]
    assert names == ["a.mp4", "b.JPG", str(Path("d", "e.png")), "c.txt"]
    assert all(error is None for _, error in found)


def test_a_folder_without_pictures_is_an_error(tmp_path: Path) -> None:
    ((path, error),) = find_files([str(tmp_path)])
    assert path == tmp_path
    assert error is not None
    assert "no picture and no video" in error.why
