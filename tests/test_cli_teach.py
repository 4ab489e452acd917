"""``gesture-app teach`` and ``recognize --set``, as a user runs them, without PyTorch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import load_gesture_set, save_gesture_set
from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.judgement import load_judgement
from gesture_app.store.library import ModelLibrary
from gesture_app.store.models import load_model
from gesture_app.store.paths import HOME_VARIABLE, assets_dir, user_folders
from gesture_app.store.samples import SampleStore
from gesture_app.vision.network_check import check_networks
from tests.picture_sets import hand_picture
from tests.program import assert_told, json_lines, run_program
from training.__main__ import main as gesture_train
from training.card.verifying import Verdict, verify_card

GESTURES = {"claw": "two_up_inverted_1", "손": "peace_inverted_1"}
NEGATIVES = "no_gesture_1"
PICTURES = 6


@dataclass(frozen=True)
class TaughtSet:
    """What one run of the command left.

    Attributes:
        env: variables of the home it was run in.
        report: what it printed.
    """

    root: Path
    pictures: Path
    env: dict[str, str]
    report: dict[str, Any]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory, hand_model: bytes) -> TaughtSet:
    folder = tmp_path_factory.mktemp("taught")
    path = hand_model_path(user_folders(folder / "home"))
    path.parent.mkdir(parents=True)
    path.write_bytes(hand_model)
    # Whoever only ran the app has no PyTorch.
    (folder / "without").mkdir()
    (folder / "without" / "torch.py").write_text("raise ImportError('no PyTorch here')\n")
    env = {HOME_VARIABLE: str(folder / "home"), "PYTHONPATH": str(folder / "without")}
    for name in (*GESTURES.values(), NEGATIVES):
        write_variants(folder / name, name)
    done = run_program(
        *("teach", "--json", "--out", folder / "set"),
        *(f"--gesture={name}={folder / shown}" for name, shown in GESTURES.items()),
        *("--negatives", folder / NEGATIVES),
        env=env,
    )
    assert done.returncode == 0, done.stderr
    (report,) = json_lines(done.stdout)
    return TaughtSet(folder / "set", folder, env, report)


def write_variants(folder: Path, name: str) -> None:
    """The picture in several sizes and lights, as a recording would have it."""
    folder.mkdir()
    bgr = cv2.imdecode(np.frombuffer(hand_picture(name), np.uint8), cv2.IMREAD_COLOR)
    for number in range(PICTURES):
        scale, gain = 1 - 0.04 * number, 1 - 0.05 * number
        picture = cv2.convertScaleAbs(cv2.resize(bgr, None, fx=scale, fy=scale), alpha=gain)
        cv2.imwrite(str(folder / f"{number}.png"), picture)


def test_it_prints_one_object_with_everything_that_is_promised(taught: TaughtSet) -> None:
    report = taught.report
    assert {"set", "model", "mode", "gestures", "negatives", "false_alarms"} <= report.keys()
    assert {"built_in", "collisions", "seconds"} <= report.keys()
    assert report["model"] == str(taught.root / "model")
    assert report["mode"] == "quick"
    assert report["negatives"] == {"pictures": PICTURES, "hands": PICTURES}
    assert [(one["gesture"], one["name"]) for one in report["gestures"]] == [
        ("claw", "claw"),
        ("gesture-1", "손"),
    ]
    for one in report["gestures"]:
        assert one["pictures"] == one["hands"] == PICTURES
        for figure in ("recall", "precision"):
            share = one[figure]
            assert share is None or share["low"] <= share["share"] <= share["high"]
    assert {"hands", "features", "fit", "judge", "write", "total"} <= report["seconds"].keys()
    assert report["built_in"]["before"].keys() == {"share", "low", "high"}


def test_its_model_is_complete_and_passes_every_check(
    taught: TaughtSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = taught.root / "model"
    bundled = assets_dir() / "models" / "default"
    base, model = load_model(bundled).manifest, load_model(folder).manifest
    assert model.labels == (*base.labels, "claw", "gesture-1")
    assert model.names == {"claw": "claw", "gesture-1": "손"}
    assert model.variants.keys() == base.variants.keys()
    judgement = load_judgement(folder)
    assert judgement is not None
    assert [one.label for one in judgement.gestures[:2]] == ["claw", "gesture-1"]
    assert not [one for one in verify_card(folder) if one.verdict is Verdict.ALTERED]
    assert gesture_train(["parity", str(folder)]) == 0
    capsys.readouterr()
    library = ModelLibrary(tmp_path / "models", bundled, check_networks)
    assert library.add_folder(folder).manifest == model


def test_the_set_names_its_gestures_until_one_is_switched_off(taught: TaughtSet) -> None:
    picture = taught.pictures / GESTURES["claw"] / "0.png"

    def named() -> list[str]:
        done = run_program("recognize", "--set", taught.root, picture, "--json", env=taught.env)
        assert done.returncode == 0, done.stderr
        (line,) = json_lines(done.stdout)
        return [hand["gesture"] for hand in line["hands"]]

    assert named() == ["claw"]
    gestures = load_gesture_set(taught.root)
    save_gesture_set(taught.root, gestures.switching("claw", on=False))
    try:
        assert named() == [NO_GESTURE]
    finally:
        save_gesture_set(taught.root, gestures)


def test_the_same_pictures_are_not_taken_again(
    taught: TaughtSet, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, taught.env[HOME_VARIABLE])
    before = SampleStore(taught.root).samples()
    folder = taught.pictures / GESTURES["claw"]
    assert gesture_train(["take", str(taught.root), "claw", str(folder), "--json"]) == 0
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    (taken,) = (one for one in told if one["event"] == "taken")
    assert (taken["pictures"], taken["with_hand"], taken["new"]) == (PICTURES, PICTURES, 0)
    assert SampleStore(taught.root).samples() == before


@pytest.mark.parametrize(
    ("pictures", "reason"), [(0, "does not exist"), (2, "“wave” (2)")], ids=["none", "too few"]
)
def test_what_cannot_be_taught_is_said_in_three_lines(
    pictures: int, reason: str, home_with_hand_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "wave"
    if pictures:
        write_variants(folder, GESTURES["claw"])
        for path in sorted(folder.iterdir())[pictures:]:
            path.unlink()
    done = run_program("teach", "--gesture", f"wave={folder}", "--out", tmp_path / "set", "--json")
    done.stderr = "\n".join(done.stderr.splitlines()[-3:])  # bars come first
    assert_told(done, reason)


def test_a_set_without_a_model_is_said(home: Path, tmp_path: Path) -> None:
    done = run_program("recognize", "--set", tmp_path, tmp_path / "x.jpg")
    assert_told(done, "no model", "gesture-app teach")


def test_two_models_at_once_are_refused(taught: TaughtSet) -> None:
    done = run_program("recognize", "--set", taught.root, "--model", taught.root / "model", "x.jpg")
    assert_told(done, "--set and --model")
