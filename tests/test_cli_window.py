"""``gesture-app`` without a command: what opens on which machine."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gesture_app.cli import window
from gesture_app.cli.display import has_display
from gesture_app.cli.main import main
from gesture_app.cli.window import DEMO, NO_CAMERA, NO_DISPLAY, Route, choose_route
from gesture_app.core.errors import SourceError
from gesture_app.store.paths import user_folders
from gesture_app.store.settings import Settings, settings_path
from gesture_app.vision.sources import CameraInfo, SourceKind, SourceSpec
from tests.networks import write_model
from tests.program import PATIENCE_S, REPOSITORY, run_program

CAMERAS = (CameraInfo(0, "Front"), CameraInfo(2, "Back"))
ASKED = Settings(camera_width=1280, camera_height=720, camera_fps=60.0)


def camera(target: str) -> SourceSpec:
    return SourceSpec(SourceKind.CAMERA, target, 1280, 720, 60.0)


def no_search() -> Sequence[CameraInfo]:
    raise AssertionError("cameras are looked for although they do not matter")


def test_the_first_camera_opens_as_the_settings_ask_for_it() -> None:
    assert choose_route(None, ASKED, True, lambda: CAMERAS) == Route(True, camera("Front"))


def test_without_a_camera_the_demo_opens_and_says_so() -> None:
    assert choose_route(None, ASKED, True, lambda: ()) == Route(True, DEMO, NO_CAMERA)


@pytest.mark.parametrize("requested", [None, "demo"])
def test_without_a_display_the_demo_plays_in_the_terminal(requested: str | None) -> None:
    assert choose_route(requested, ASKED, False, no_search) == Route(False, DEMO, NO_DISPLAY)


def test_without_a_display_a_source_that_was_asked_for_is_still_used() -> None:
    route = choose_route("hands.mp4", ASKED, False, no_search)
    assert (route.window, route.source.target) == (False, "hands.mp4")


def test_a_source_that_was_asked_for_opens_without_looking_further() -> None:
    assert choose_route("7", ASKED, True, no_search) == Route(True, camera("7"))
    file = choose_route("hands.mp4", ASKED, True, no_search).source
    assert (file.kind, file.paced) == (SourceKind.FILE, True)


def test_an_empty_source_is_refused() -> None:
    with pytest.raises(SourceError):
        choose_route(" ", ASKED, True, no_search)


@pytest.mark.parametrize("target", ["Back", "2"])
def test_the_camera_used_last_opens_again(target: str) -> None:
    route = choose_route(None, replace(ASKED, source=target), True, lambda: CAMERAS)
    assert route == Route(True, camera(target))


def test_a_camera_that_is_gone_is_replaced_by_another_and_that_is_said() -> None:
    route = choose_route(None, replace(ASKED, source="Old cam"), True, lambda: CAMERAS)
    assert route.source == camera("Front")
    assert route.notice is not None
    assert "Old cam" in route.notice.why


def test_the_demo_or_file_used_last_opens_again() -> None:
    assert choose_route(None, replace(ASKED, source="demo"), True, no_search) == Route(True, DEMO)
    file = choose_route(None, replace(ASKED, source="/a/b.mp4"), True, no_search)
    assert file.source.target == "/a/b.mp4"


def test_qt_given_a_platform_of_its_own_needs_no_display() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert has_display({}, "win32")
    assert has_display({}, "darwin")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ":54321"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": "127.0.0.1:59999"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="X and Wayland only")
def test_a_display_that_is_named_but_does_not_answer_is_none(environment: dict[str, str]) -> None:
    assert not has_display(environment, "linux")


@pytest.mark.skipif(sys.platform == "win32", reason="X and Wayland only")
def test_a_server_that_listens_is_a_display(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        env = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert has_display(env, "linux")
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1] - 6000
        assert has_display({"DISPLAY": f"127.0.0.1:{number}"}, "linux")


def test_without_a_display_the_program_plays_the_demo_once_and_sums_up(
    tmp_path: Path, home_with_hand_model: Path
) -> None:
    done = run_program("--model", write_model(tmp_path / "model"))
    assert done.returncode == 0, done.stderr
    assert "there is no display" in done.stderr
    assert "start  like" in done.stdout
    for topic in ("Frames", "frames per second", "p99", "dropped", "Back end"):
        assert topic in done.stdout


def test_a_bad_setting_is_told_at_the_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings_path(user_folders(home))
    path.parent.mkdir()
    path.write_text('{"schema": 1, "settings": {"theme": "pink"}}')
    told = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(window, "run_window", lambda *route: told.append(route[-1]) or 0)
    assert main(["--source", "demo"]) == 0
    (notice,) = told
    assert "theme is 'pink'" in notice.why


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX")
def test_the_window_recognises_frames_and_closes_on_an_interrupt(
    tmp_path: Path, home_with_hand_model: Path
) -> None:
    # The program itself, with a listener in between that interrupts it at the third frame.
    script = """
import os, signal, sys
from gesture_app.app import Application
from gesture_app.cli.main import main

make_runner = Application.make_runner

def interrupting(app, spec, listener):
    on_result, on_finished = listener.on_result, listener.on_finished
    def ended(*details):
        on_finished(*details)
        os.kill(os.getpid(), signal.SIGINT)
    def heard(result, statistics):
        on_result(result, statistics)
        if statistics.frames == 3:
            print("third frame", flush=True)
            os.kill(os.getpid(), signal.SIGINT)
    listener.on_result, listener.on_finished = heard, ended
    return make_runner(app, spec, listener)

Application.make_runner = interrupting
sys.exit(main(sys.argv[1:]))
"""
    model = write_model(tmp_path / "model")
    done = subprocess.run(
        [sys.executable, "-c", script, "--source", "demo", "--model", str(model)],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        cwd=REPOSITORY,
    )
    assert (done.returncode, done.stdout) == (0, "third frame\n"), done.stderr
    assert "Traceback" not in done.stderr
