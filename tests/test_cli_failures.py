"""Expected failures of the real program: each says what, why and what next, none a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.paths import user_folders
from tests.clips import truncate, write_picture, write_video
from tests.networks import biased_network, write_model
from tests.program import REPOSITORY, assert_told, json_lines, run_program
from tests.test_backends import add_distribution


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return write_picture(tmp_path / "picture.png")


def test_a_model_with_the_wrong_hash_is_not_used(tmp_path: Path, picture: Path) -> None:
    model = write_model(tmp_path / "model", sha256="0" * 64)
    done = run_program("recognize", picture, "--json", "--model", model)
    assert_told(done, "altered or damaged", "Install the model again")


def test_a_corrupt_model_is_told_also_if_its_hash_is_right(tmp_path: Path, picture: Path) -> None:
    model = write_model(tmp_path / "model", network=b"not a network")
    assert_told(
        run_program("recognize", picture, "--json", "--model", model),
        "No inference back end can run the model",
        "ONNX Runtime CPU",
    )


def test_a_model_of_another_kind_is_told(tmp_path: Path, picture: Path) -> None:
    network = biased_network([0.0, 0.0, 0.0], inputs="audio")
    model = write_model(tmp_path / "model", network)
    done = run_program("recognize", picture, "--json", "--model", model)
    assert_told(done, "not a gesture model")


def test_a_folder_without_a_model_is_told(tmp_path: Path, picture: Path) -> None:
    done = run_program("recognize", picture, "--json", "--model", tmp_path / "nowhere")
    assert_told(done, "manifest.json", "No such file")


def test_a_missing_hand_model_names_the_command_that_fetches_it(
    tmp_path: Path, picture: Path
) -> None:
    model = write_model(tmp_path / "model")
    done = run_program("recognize", picture, "--json", "--model", model)
    assert_told(done, "hand model", "gesture-app setup")


def test_a_damaged_hand_model_is_told(home: Path, tmp_path: Path, picture: Path) -> None:
    path = hand_model_path(user_folders(home))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK\x03\x04 half a download")
    model = write_model(tmp_path / "model")
    done = run_program("recognize", picture, "--json", "--model", model)
    assert_told(done, "damaged", "gesture-app setup")


def test_two_onnxruntime_packages_are_told_before_either_is_used(
    tmp_path: Path, picture: Path
) -> None:
    for name in ("onnxruntime", "onnxruntime-gpu"):
        add_distribution(tmp_path / "site", name)
    path = os.pathsep.join([str(tmp_path / "site"), str(REPOSITORY)])
    model = write_model(tmp_path / "model")
    done = run_program("recognize", picture, "--json", "--model", model, env={"PYTHONPATH": path})
    assert_told(done, "more than once", "pip uninstall -y onnxruntime onnxruntime-gpu")
    report = json_lines(run_program("doctor", "--json", env={"PYTHONPATH": path}).stdout)[0]
    faults = [f["topic"] for f in report["findings"] if f["state"] == "fault"]
    assert "onnxruntime" in faults


@pytest.mark.parametrize("source", ["missing.mp4", "broken.mp4", "no-such-camera"])
def test_a_source_that_cannot_be_opened_is_told(
    source: str, tmp_path: Path, home_with_hand_model: Path
) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"\0" * 1000)
    target = tmp_path / source if source.endswith(".mp4") else source
    model = write_model(tmp_path / "model")
    assert_told(run_program("watch", "--source", target, "--json", "--model", model), source)


def test_a_video_that_ends_early_is_told_after_what_it_held(
    tmp_path: Path, home_with_hand_model: Path
) -> None:
    cut = truncate(write_video(tmp_path / "cut.avi"), 0.5)
    model = write_model(tmp_path / "model")
    done = run_program("watch", "--source", cut, "--json", "--model", model)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Frames" in done.stderr
    assert "cut.avi ends early" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_log_folder_that_cannot_be_written_is_told_and_the_command_goes_on(home: Path) -> None:
    (home / "logs").write_text("a file is in the way")
    done = run_program("doctor", "--json")
    assert "No log is kept" in done.stderr
    assert json_lines(done.stdout)


def test_a_bug_keeps_its_traceback_in_the_log(home: Path, tmp_path: Path) -> None:
    # A package that breaks in a way nobody foresaw.
    broken = tmp_path / "site" / "rich"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ZeroDivisionError('unforeseen')")
    path = os.pathsep.join([str(tmp_path / "site"), str(REPOSITORY)])
    done = run_program("doctor", env={"PYTHONPATH": path})
    assert_told(done, "stopped unexpectedly", "unforeseen", "gesture-app.log")
    log = (user_folders(home).logs / "gesture-app.log").read_text("utf-8")
    assert "Traceback" in log


def test_wrong_usage_exits_with_2() -> None:
    assert run_program("recognize").returncode == 2
    assert run_program("benchmark", "--frames", "0").returncode == 2
    assert run_program("dance").returncode == 2
