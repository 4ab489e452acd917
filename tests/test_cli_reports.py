"""``gesture-app doctor`` and ``setup``."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.paths import user_folders
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
