"""Cameras and network streams: what is asked of them, and that they survive being lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import pytest

from gesture_app.core.errors import AppError, SourceError
from gesture_app.core.types import BgrImage, EventKind, Frame
from gesture_app.engine.runner import PipelineRunner
from gesture_app.vision.sources import (
    CameraInfo,
    FrameSource,
    SourceKind,
    SourceSpec,
    log_notice,
    open_source,
)
from gesture_app.vision.sources.camera import open_camera
from gesture_app.vision.sources.capture import open_capture
from gesture_app.vision.sources.reconnecting import Patience
from gesture_app.vision.sources.stream import open_stream, without_password
from gesture_app.vision.sources.video import Playback
from tests.clips import clip_picture, index_of, write_video
from tests.fake_capture import FakeCapture, FakePort
from tests.fakes import PATIENCE_S, RecordingListener, make_picture, make_pipeline

AT_ONCE = Patience(silence_s=0.0, first_picture_s=0.0, retries_s=(0.0,))
SPEC = SourceSpec(SourceKind.CAMERA, "0", 1280, 720, 30.0)


def pictures(first: int, count: int) -> list[BgrImage]:
    return [clip_picture(first + index) for index in range(count)]


def read(source: FrameSource, count: int) -> list[Frame]:
    frames = [source.read() for _ in range(count)]
    assert all(frames)
    return [frame for frame in frames if frame is not None]


def test_a_camera_is_asked_for_mjpg_size_and_rate_and_tells_what_it_really_gives() -> None:
    capture = FakeCapture([make_picture(640, 360)] * 3, {cv2.CAP_PROP_FPS: 15.0})
    source = open_camera(SPEC, log_notice, FakePort(capture), tuple, AT_ONCE)
    assert capture.asked == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 1280),
        (cv2.CAP_PROP_FRAME_HEIGHT, 720),
        (cv2.CAP_PROP_FPS, 30.0),
    ]
    info = source.info
    assert (info.name, info.live, info.frame_count) == ("Camera 0", True, None)
    assert (info.width, info.height, info.fps) == (640, 360, 15.0)
    frames = read(source, 2)
    source.close()
    assert [frame.index for frame in frames] == [0, 1]
    assert frames[0].media_ms == 0.0 < frames[1].media_ms
    assert capture.released


@pytest.mark.parametrize("loss", [None, cv2.error("device is gone")])
def test_a_camera_that_is_unplugged_is_noticed_once_and_comes_back_by_itself(
    loss: Exception | None,
) -> None:
    first = FakeCapture([*pictures(0, 3), loss])
    dead = FakeCapture()
    back = FakeCapture(pictures(10, 3))
    port = FakePort(first, None, None, dead, back)
    notices: list[AppError] = []
    source = open_camera(SPEC, notices.append, port, tuple, AT_ONCE)
    frames = read(source, 4)
    source.close()
    assert [index_of(frame.bgr) for frame in frames] == [1, 2, 10, 11]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    assert sorted(frame.media_ms for frame in frames) == [frame.media_ms for frame in frames]
    assert len(port.attempts) == 5
    assert [notice.what for notice in notices] == ["Camera 0 has stopped"]
    assert "tried again by itself" in notices[0].next_step
    assert first.released and dead.released and back.released


def test_a_second_loss_is_noticed_again() -> None:
    notices: list[AppError] = []
    port = FakePort(*(FakeCapture(pictures(0, 2)) for _ in range(3)))
    source = open_camera(SPEC, notices.append, port, tuple, AT_ONCE)
    read(source, 5)
    source.close()
    assert len(notices) == 2


def test_a_single_bad_picture_is_no_loss() -> None:
    capture = FakeCapture([*pictures(0, 2), None, None, *pictures(2, 1)])
    patient = Patience(silence_s=PATIENCE_S, first_picture_s=PATIENCE_S)
    notices: list[AppError] = []
    source = open_camera(SPEC, notices.append, FakePort(capture), tuple, patient)
    assert [index_of(frame.bgr) for frame in read(source, 2)] == [1, 2]
    source.close()
    assert notices == []


def test_a_camera_that_comes_back_under_another_index_is_found_by_its_name() -> None:
    port = FakePort(FakeCapture(pictures(0, 2)), FakeCapture(pictures(5, 2)))
    there = [CameraInfo(0, "Front"), CameraInfo(2, "Lid")]
    source = open_camera(
        SourceSpec(SourceKind.CAMERA, "lid"), log_notice, port, lambda: there, AT_ONCE
    )
    read(source, 1)
    there[:] = [CameraInfo(0, "Front"), CameraInfo(4, "Lid")]
    read(source, 1)
    source.close()
    assert port.attempts == [2, 4]


def test_another_camera_does_not_take_the_place_of_the_lost_one() -> None:
    looked = threading.Event()
    port = FakePort(FakeCapture(pictures(0, 2)), FakeCapture(pictures(5, 2)))
    lookups = iter([[CameraInfo(0, "Lid")]] * 2)

    def list_named() -> list[CameraInfo]:
        cameras = next(lookups, None)
        if cameras is None:
            looked.set()
            return [CameraInfo(0, "Other")]
        return cameras

    source = open_camera(SPEC, log_notice, port, list_named, AT_ONCE)
    read(source, 1)
    answers: list[Frame | None] = []
    reader = threading.Thread(target=lambda: answers.append(source.read()))
    reader.start()
    assert looked.wait(PATIENCE_S)
    source.interrupt()
    reader.join(PATIENCE_S)
    source.close()
    assert answers == [None]
    assert port.attempts == [0]


def test_interrupting_ends_the_wait_for_a_lost_camera() -> None:
    lost = threading.Event()
    forever = Patience(0.0, 0.0, retries_s=(3600.0,))
    source = open_camera(
        SPEC, lambda _: lost.set(), FakePort(FakeCapture(pictures(0, 1))), tuple, forever
    )
    answers: list[Frame | None] = []
    reader = threading.Thread(target=lambda: answers.append(source.read()))
    reader.start()
    assert lost.wait(PATIENCE_S)
    source.interrupt()
    reader.join(PATIENCE_S)
    source.close()
    assert answers == [None]


def test_a_camera_without_pictures_is_refused_and_released() -> None:
    capture = FakeCapture()
    with pytest.raises(SourceError, match="delivers no pictures"):
        open_camera(SPEC, log_notice, FakePort(capture), tuple, AT_ONCE)
    assert capture.released


def test_a_camera_that_is_not_there_is_refused_with_a_next_step(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SourceError, match="The camera Camera 99 cannot be opened") as caught:
        open_source(SourceSpec(SourceKind.CAMERA, "99"), Path())
    assert caught.value.why
    assert caught.value.next_step
    assert capfd.readouterr() == ("", "")


def test_a_run_on_a_camera_tells_of_its_loss_and_goes_on_when_it_is_back() -> None:
    listener = RecordingListener()
    captures = (FakeCapture(pictures(0, 20)), None, FakeCapture([make_picture()] * 100_000))
    runner = PipelineRunner(
        lambda: open_camera(SPEC, listener.on_notice, FakePort(*captures), tuple, AT_ONCE),
        make_pipeline,
        listener,
    )
    runner.start()
    listener.wait_until(lambda seen: bool(seen.results) and seen.results[-1].frame.index > 20)
    assert runner.stop(PATIENCE_S)
    assert [notice.what for notice in listener.notices] == ["Camera 0 has stopped"]
    assert listener.finished[0][1] is None
    starts, ends = EventKind.START, EventKind.END
    assert listener.kinds().count(starts) == listener.kinds().count(ends)


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """A web server on this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)


class MotionJpeg(BaseHTTPRequestHandler):
    """A network camera that hangs up after 40 pictures."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=picture")
        self.end_headers()
        jpeg = cv2.imencode(".jpg", clip_picture(4))[1].tobytes()
        head = f"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
        try:
            for _ in range(40):
                self.wfile.write(head.encode() + jpeg + b"\r\n")
        except OSError:
            pass  # the other side has seen enough

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


def test_a_real_network_stream_is_live_and_is_connected_again_when_it_hangs_up() -> None:
    notices: list[AppError] = []
    with serving(MotionJpeg) as address:
        source = open_stream(
            f"{address}/stream?token=secret", Playback(), notices.append, open_capture, AT_ONCE
        )
        assert source.info.live
        assert source.info.name == f"{address}/stream"
        frames = read(source, 60)
        source.close()
    assert {index_of(frame.bgr) for frame in frames} == {4}
    assert [notice.what for notice in notices] == [f"{address}/stream has stopped"]


class QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


def test_a_finite_video_behind_a_url_is_read_to_its_end_like_a_file(tmp_path: Path) -> None:
    write_video(tmp_path / "clip.avi", 5)
    with serving(partial(QuietFiles, directory=str(tmp_path))) as address:
        source = open_source(SourceSpec(SourceKind.STREAM, f"{address}/clip.avi"), Path())
        assert not source.info.live
        assert len(read(source, 5)) == 5
        assert source.read() is None
        source.close()


def test_a_stream_that_nobody_serves_is_refused() -> None:
    with pytest.raises(SourceError, match="no video came") as caught:
        open_source(SourceSpec(SourceKind.STREAM, "rtsp://user:secret@127.0.0.1:9/x"), Path())
    assert "secret" not in str(caught.value)


def test_a_url_of_a_kind_that_is_not_known_is_refused_without_being_opened() -> None:
    with pytest.raises(SourceError, match="not a kind of stream"):
        open_source(SourceSpec(SourceKind.STREAM, "file:///etc/passwd"), Path())


def test_passwords_and_tokens_are_not_shown() -> None:
    assert without_password("rtsp://me:pw@cam.local:554/a?token=t#x") == "rtsp://cam.local:554/a"
