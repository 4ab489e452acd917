"""``gesture-app doctor``, ``benchmark`` and ``setup``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gesture_app.engine.benchmark import WARM_UP_FRAMES, measure
from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.paths import user_folders
from tests.clips import write_video
from tests.fakes import FakeDetector, make_frames, make_hand, make_pipeline
from tests.networks import write_model
from tests.program import assert_told, json_lines, run_program


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


def test_doctor_finds_a_usable_app_usable(model: Path, home_with_hand_model: Path) -> None:
    done = run_program("doctor", "--json", "--model", model)
    (report,) = json_lines(done.stdout)
    assert (done.returncode, done.stderr, report["usable"]) == (0, "", True)
    texts = {topic: [] for topic in (f["topic"] for f in report["findings"])}
    for finding in report["findings"]:
        texts[finding["topic"]].append(finding["text"])
    assert "Fake model" in texts["gesture model"][0]
    assert any("ONNX Runtime CPU: available" in text for text in texts["back end"])
    assert any("DirectML" in text for text in texts["back end"])
    assert "mediapipe" in texts["packages"][0]
    assert {"display", "camera", "hand model", "settings", "data folder"} <= set(texts)


def test_doctor_names_what_has_to_be_mended(model: Path) -> None:
    done = run_program("doctor", "--model", model)
    assert done.returncode == 1
    assert "gesture-app setup" in done.stdout.replace("\n", " ")
    assert "Mend" in done.stdout


def test_benchmark_prints_the_ratio_and_every_stage(
    model: Path, home_with_hand_model: Path, clip: Callable[[str], Path]
) -> None:
    path = clip("real_man_peace")
    done = run_program("benchmark", "--source", path, "--frames", 20, "--json", "--model", model)
    assert done.returncode == 0, done.stderr
    (report,) = json_lines(done.stdout)
    assert report["frames"] == 20 - WARM_UP_FRAMES
    expected = report["pipeline_ms"]["mean"] / report["mediapipe_ms"]["mean"]
    assert report["ratio_pipeline_to_mediapipe"] == pytest.approx(expected, rel=1e-2)
    stages = sum(report[f"{stage}_ms"]["mean"] for stage in ("detect", "classify", "track"))
    assert stages == pytest.approx(report["pipeline_ms"]["mean"], rel=0.2)


def test_a_clip_that_is_too_short_to_measure_is_told(
    model: Path, home_with_hand_model: Path, tmp_path: Path
) -> None:
    short = write_video(tmp_path / "short.avi", frames=3)
    done = run_program("benchmark", "--source", short, "--json", "--model", model)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Choose a longer clip" in done.stderr


def test_both_sides_of_the_benchmark_meet_every_frame_and_take_turns_to_go_first() -> None:
    order: list[str] = []

    def alone(_: object) -> tuple[()]:
        order.append("mediapipe")
        return ()

    def whole(_: object) -> tuple[object, ...]:
        order.append("pipeline")
        return (make_hand(),)

    report = measure(make_frames(8), FakeDetector(alone), make_pipeline(FakeDetector(whole)))
    assert report is not None
    assert order[:4] == ["pipeline", "mediapipe", "mediapipe", "pipeline"]
    assert len(order) == 16
    assert report.frames == report.frames_with_hands == 8 - WARM_UP_FRAMES
    assert report.ratio == report.pipeline.mean / report.mediapipe.mean


def test_setup_leaves_a_sound_hand_model_alone(home_with_hand_model: Path) -> None:
    path = hand_model_path(user_folders(home_with_hand_model))
    before = path.stat().st_mtime_ns
    done = run_program("setup")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(path) in done.stdout
    assert path.stat().st_mtime_ns == before


def test_setup_without_a_registry_tells_what_to_do() -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    done = run_program("setup", env=nowhere)
    assert_told(done, "cannot be fetched", "gesture-app setup")
