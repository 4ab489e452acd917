"""Videos and pictures as sources: complete, in order, on time, and honest about damage."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from gesture_app.core.errors import AppError, SourceError
from gesture_app.core.types import Frame
from gesture_app.vision.sources import FrameSource, SourceKind, SourceSpec, log_notice, open_source
from gesture_app.vision.sources.pacing import Pacer
from gesture_app.vision.sources.pictures import find_pictures, read_picture
from gesture_app.vision.sources.video import Playback, VideoSource
from tests.clips import (
    clip_picture,
    index_of,
    truncate,
    turn_by_90_degrees,
    write_picture,
    write_video,
)
from tests.fake_capture import FakeCapture
from tests.fakes import PATIENCE_S, make_picture

REPOSITORY = Path(__file__).resolve().parents[1]
NO_CLIP = Path("no-demo-clip.mp4")


def open_path(path: Path, notices: list[AppError] | None = None, **how: bool) -> FrameSource:
    kind = SourceKind.FOLDER if path.is_dir() else SourceKind.FILE
    heard: list[AppError] = [] if notices is None else notices
    return open_source(SourceSpec(kind, str(path), **how), NO_CLIP, heard.append)


def read_all(source: FrameSource) -> list[Frame]:
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    return frames


@pytest.mark.parametrize(("name", "codec"), [("clip.avi", "MJPG"), ("clip.mp4", "mp4v")])
def test_a_video_gives_every_frame_with_the_containers_times(
    tmp_path: Path, name: str, codec: str
) -> None:
    source = open_path(write_video(tmp_path / name, 20, codec))
    info = source.info
    assert (info.name, info.live, info.width, info.height) == (name, False, 160, 120)
    assert (info.fps, info.frame_count) == (25.0, 20)
    frames = read_all(source)
    assert [frame.index for frame in frames] == list(range(20))
    assert [index_of(frame.bgr) for frame in frames] == list(range(20))
    assert [frame.media_ms for frame in frames] == pytest.approx([i * 40.0 for i in range(20)])


def test_a_video_that_a_phone_turned_is_shown_upright(tmp_path: Path) -> None:
    upright = open_path(write_video(tmp_path / "a.mp4", 2, "mp4v"))
    turned = open_path(turn_by_90_degrees(write_video(tmp_path / "b.mp4", 2, "mp4v")))
    assert (turned.info.width, turned.info.height) == (120, 160)
    expected = np.rot90(read_all(upright)[0].bgr, -1)
    np.testing.assert_array_equal(read_all(turned)[0].bgr, expected)


def test_a_video_path_may_hold_any_characters(tmp_path: Path) -> None:
    clip = write_video(tmp_path / "plain.avi", 3)
    strange = clip.rename(tmp_path / "손짓 %03d é's.avi")
    assert len(read_all(open_path(strange))) == 3


def test_a_truncated_video_gives_what_can_be_read_and_then_says_so(tmp_path: Path) -> None:
    source = open_path(truncate(write_video(tmp_path / "cut.avi", 20), 0.6))
    frames = []
    with pytest.raises(SourceError, match=r"cut\.avi ends early: \d+ of its 20 frames"):
        while (frame := source.read()) is not None:
            frames.append(frame)
    source.close()
    assert [index_of(frame.bgr) for frame in frames] == list(range(len(frames)))
    assert 5 < len(frames) < 20


def test_a_truncated_video_in_a_loop_is_noticed_once_and_goes_on(tmp_path: Path) -> None:
    notices: list[AppError] = []
    cut = truncate(write_video(tmp_path / "cut.avi", 20), 0.6)
    source = open_path(cut, notices, loop=True)
    frames = [source.read() for _ in range(50)]
    source.close()
    assert all(frames)
    assert [notice.what for notice in notices] == ["cut.avi ends early"]


def test_a_video_whose_end_with_the_index_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not a video, or its end is missing"):
        open_path(truncate(write_video(tmp_path / "cut.mp4", 20, "mp4v"), 0.6))


def test_a_loop_starts_again_with_times_that_go_on_rising(tmp_path: Path) -> None:
    source = open_path(write_video(tmp_path / "clip.avi", 4), loop=True)
    assert source.info.frame_count is None
    frames = [frame for frame in (source.read() for _ in range(10)) if frame]
    source.close()
    assert [index_of(frame.bgr) for frame in frames] == [0, 1, 2, 3, 0, 1, 2, 3, 0, 1]
    assert [frame.index for frame in frames] == list(range(10))
    assert [frame.media_ms for frame in frames] == pytest.approx([i * 40.0 for i in range(10)])


def test_frames_without_usable_timestamps_are_spaced_by_the_promised_rate() -> None:
    capture = FakeCapture([make_picture()] * 3, {cv2.CAP_PROP_FPS: 10.0})
    source = VideoSource(lambda: capture, "odd", Playback(), log_notice)
    assert [frame.media_ms for frame in read_all(source)] == [0.0, 100.0, 200.0]


def test_a_video_without_any_picture_is_refused_and_released() -> None:
    capture = FakeCapture()
    with pytest.raises(SourceError, match="no picture that can be decoded"):
        VideoSource(lambda: capture, "odd", Playback(), log_notice)
    assert capture.released


@pytest.mark.parametrize("name", ["missing.mp4", "missing.jpg", "nowhere/clip.avi"])
def test_a_missing_file_is_named_with_its_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="No such file") as caught:
        open_path(tmp_path / name)
    assert str(tmp_path / name) in caught.value.why
    assert caught.value.next_step


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        open_source(SourceSpec(SourceKind.FOLDER, str(tmp_path / "gone")), NO_CLIP)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("text.mp4", b"hello", "not a video"),
        ("text.jpg", b"hello", "not a picture"),
        ("empty.mp4", b"", "empty"),
        ("empty.png", b"", "empty"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=why):
        open_path(tmp_path / name)


def test_libraries_do_not_write_of_a_damaged_video_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_bytes(b"hello")
    program = (
        "from gesture_app.vision.sources import open_source, parse_source\n"
        "from pathlib import Path\n"
        "try: open_source(parse_source('text.mp4'), Path())\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S * 3,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("SourceError\n", "")


def test_one_picture_is_a_source_of_one_frame(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "하나.png")
    source = open_path(path)
    assert source.info.frame_count == 1
    (frame,) = read_all(source)
    np.testing.assert_array_equal(frame.bgr, clip_picture(3))


def test_a_folder_is_walked_in_order_and_what_cannot_be_read_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "더").mkdir()
    for index, name in enumerate(["a.png", "c.jpg", "더/d.PNG"]):
        write_picture(tmp_path / name, clip_picture(index))
    (tmp_path / "b.jpg").write_bytes(b"not a picture")
    (tmp_path / "notes.txt").write_text("not looked at")
    notices: list[AppError] = []
    source = open_path(tmp_path, notices)
    assert source.info.frame_count == 4
    frames = read_all(source)
    assert [index_of(frame.bgr) for frame in frames] == [0, 1, 2]
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert [frame.media_ms for frame in frames] == [0.0, 1000.0, 2000.0]
    assert [notice.what for notice in notices] == ["b.jpg cannot be read"]


def test_a_looped_folder_names_a_bad_picture_once(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png", clip_picture(1))
    (tmp_path / "b.png").write_bytes(b"not a picture")
    notices: list[AppError] = []
    source = open_path(tmp_path, notices, loop=True)
    assert [f and index_of(f.bgr) for f in (source.read() for _ in range(4))] == [1] * 4
    source.close()
    assert len(notices) == 1


def test_a_folder_without_a_readable_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no picture"):
        open_path(tmp_path)
    (tmp_path / "a.png").write_bytes(b"no")
    (tmp_path / "b.png").write_bytes(b"no")
    with pytest.raises(SourceError, match="none of its 2 pictures"):
        open_path(tmp_path)


def test_links_that_lead_round_in_a_circle_do_not_trap_the_walk(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png")
    try:
        (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this system does not let this user make links")
    assert find_pictures(tmp_path) == (tmp_path / "a.png",)


def test_a_picture_is_turned_upright_by_its_exif_data(tmp_path: Path) -> None:
    jpeg = write_picture(tmp_path / "a.jpg", clip_picture(1)[:, :80])
    plain = read_picture(jpeg)
    orientation_6 = (
        b"\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01"
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    )
    content = jpeg.read_bytes()
    jpeg.write_bytes(content[:2] + orientation_6 + content[2:])
    np.testing.assert_array_equal(read_picture(jpeg), np.rot90(plain, -1))


def test_a_paced_file_waits_for_each_frame_and_goes_on_from_where_a_pause_left_it() -> None:
    now_ns, waits = [0], []

    def wait(seconds: float) -> None:
        waits.append(round(seconds, 3))
        now_ns[0] += round(seconds * 1e9)

    pacer = Pacer(wait, lambda: now_ns[0])
    for index in range(3):
        pacer.wait_for(index * 40.0)
    assert waits == [0.04, 0.04]
    now_ns[0] += 100_000_000
    pacer.wait_for(120.0)
    assert len(waits) == 2, "a frame that is late is shown at once"
    now_ns[0] += 10_000_000_000
    pacer.wait_for(160.0)
    pacer.wait_for(200.0)
    assert waits == [0.04, 0.04, 0.04], "after a pause it neither rushes nor waits longer"


def test_interrupting_wakes_a_paced_source_that_waits(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png")
    write_picture(tmp_path / "b.png")
    source = open_path(tmp_path, paced=True)
    assert source.read() is not None
    answers: list[Frame | None] = []
    reader = threading.Thread(target=lambda: answers.append(source.read()))
    reader.start()
    source.interrupt()
    reader.join(PATIENCE_S)
    source.close()
    assert answers == [None]


def test_an_interrupted_source_delivers_nothing_more(tmp_path: Path) -> None:
    source = open_path(write_video(tmp_path / "clip.avi", 4))
    assert source.read() is not None
    source.interrupt()
    assert source.read() is None
    source.close()
    source.close()


def test_the_demo_is_a_looped_clip_that_stands_in_for_a_camera(tmp_path: Path) -> None:
    clip = write_video(tmp_path / "demo.avi", 3)
    source = open_source(SourceSpec(SourceKind.DEMO), clip)
    assert source.info.live
    frames = [frame for frame in (source.read() for _ in range(4)) if frame]
    source.close()
    assert [index_of(frame.bgr) for frame in frames] == [0, 1, 2, 0]
    gaps = [b.captured_ns - a.captured_ns for a, b in pairwise(frames)]
    assert all(gap > 0 for gap in gaps)


def test_a_missing_demo_clip_is_said() -> None:
    with pytest.raises(SourceError, match=r"no-demo-clip\.mp4"):
        open_source(SourceSpec(SourceKind.DEMO), NO_CLIP)


@pytest.mark.parametrize(
    ("name", "frames"),
    [("real_webcam_man_hagrid_gestures", 140), ("negative_street_no_hand", 145)],
)
def test_real_clips_are_read_to_the_end(
    clip: Callable[[str], Path], name: str, frames: int
) -> None:
    assert len(read_all(open_path(clip(name)))) == frames
