"""``gesture-train data`` as it is typed: killed and gone on with, shown, split, failing."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from gesture_app.vision.mediapipe_hands import MediaPipeHands
from tests.picture_sets import HANDS, import_quietly, one_hand_each, write_pictures, write_shades
from tests.program import PATIENCE_S, REPOSITORY, json_lines
from training.__main__ import main
from training.cache import load_cache
from training.data.class_folders import ClassFolders, FolderRules
from training.data.dataset_file import CACHE, read_dataset


def start_import(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "training", "data", "import", *map(str, arguments), "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=REPOSITORY,
    )


def test_a_killed_program_goes_on_and_ends_with_the_same_set(
    tmp_path: Path, home_with_hand_model: Path, hand_model: bytes
) -> None:
    names = sorted(path.stem for path in HANDS.glob("*.jpg"))
    pictures = {f"p{n % 5}/like/{n}.jpg": names[n % len(names)] for n in range(40)}
    root = write_pictures(tmp_path / "pictures", pictures)
    arguments = (root, "--out", tmp_path / "set", "--name", "hands", "--licence", "CC0")
    with start_import(*arguments) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["done"] >= 35:
                break
        process.kill()
        process.communicate(timeout=PATIENCE_S)
    with start_import(*arguments) as process:
        out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, err
    first, *_, last = json_lines(out)
    assert first == {"event": "progress", "done": 32, "total": 40}
    assert last["event"] == "report"
    assert last["pictures"] == 40
    with closing(MediaPipeHands(hand_model, video=False)) as detector:
        import_quietly(ClassFolders(root, FolderRules()), tmp_path / "whole", detector)
    manifests = [(tmp_path / name / "manifest.jsonl").read_bytes() for name in ("set", "whole")]
    assert manifests[0] == manifests[1]
    caches = [load_cache(tmp_path / name / CACHE) for name in ("set", "whole")]
    assert np.array_equal(np.asarray(caches[0].contexts), np.asarray(caches[1].contexts))


def run_command(*arguments: object) -> int:
    return main(["data", *map(str, arguments)])


def test_the_command_shows_and_splits_a_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_shades(tmp_path / "pictures", 50)
    folder = tmp_path / "set"
    import_quietly(ClassFolders(root, FolderRules()), folder, one_hand_each())
    assert run_command("show", folder) == 0
    assert "flatter" in " ".join(capsys.readouterr().out.split())
    assert run_command("split", folder, "--seed", 7, "--validation", 0.3, "--json") == 0
    (answer,) = json_lines(capsys.readouterr().out)
    assert answer["split_by"] == "stretch"
    assert answer == {"event": "report", **json.loads((folder / "report.json").read_text())}
    split = read_dataset(folder)[0].split
    assert (split.seed, split.share) == (7, 0.3)
    assert len(split.validation) == 12


def test_a_failure_is_told_in_three_parts_or_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("show", tmp_path) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 3
    assert run_command("import", tmp_path / "none", "--out", tmp_path / "set", "--json") == 1
    (answer,) = json_lines(capsys.readouterr().out)
    assert answer["event"] == "error"
    assert "does not exist" in answer["why"]
