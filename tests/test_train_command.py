"""``gesture-train train`` as it is typed: one process, several, killed, stopped, refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from gesture_app.core.types import NO_GESTURE
from tests.benchmarks.kill_and_resume import kill_and_resume
from tests.made_up_hands import LABELS, RECIPE, made_up_hands, write_hands, write_recipe
from tests.program import PATIENCE_S, REPOSITORY, json_lines
from training.__main__ import main
from training.checkpoint import load_checkpoint
from training.trained_network import NETWORK_NAME, NetworkFileError, load_network

LIGHT = replace(RECIPE, frozen_stages=5, steps=2, keep_best=1)
LONG = replace(LIGHT, steps=100_000, checkpoint_every=100_000, keep_best=0)


@pytest.fixture(autouse=True)
def threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a recipe, a training set and a validation set."""
    write_recipe(tmp_path / "recipe.toml", LIGHT)
    write_hands(tmp_path / "hands", made_up_hands())
    write_hands(tmp_path / "others", made_up_hands(("cid",), 8, seed=5))
    return tmp_path


def arguments(folder: Path, *more: object, out: str = "run") -> list[str]:
    return [
        *("train", str(folder / "recipe.toml"), "--data", str(folder / "hands")),
        *("--out", str(folder / out), "--threads", "1", "--progress", "json", *map(str, more)),
    ]


def train_here(
    capsys: pytest.CaptureFixture[str], *command: object
) -> tuple[int, list[dict[str, Any]]]:
    code = main([str(word) for word in command])
    return code, json_lines(capsys.readouterr().out)


def start(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "training", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def lines_until(process: subprocess.Popen[str], event: str) -> list[dict[str, Any]]:
    assert process.stdout is not None
    lines: list[dict[str, Any]] = []
    for text in process.stdout:
        lines.append(json.loads(text))
        if lines[-1]["event"] == event:
            return lines
    pytest.fail(f"the run ended without {event}: {lines}")


def test_a_run_leaves_a_network_and_every_value_it_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = train_here(capsys, *arguments(folder, "--validate", folder / "others"))
    assert code == 0
    assert [line["event"] for line in lines] == [
        *("started", "step", "step", "evaluated", "checkpoint", "checkpoint", "finished")
    ]
    assert {line["schema"] for line in lines} == {1}
    assert lines[-1] == {
        "event": "finished",
        "schema": 1,
        "step": 2,
        "cancelled": False,
        "weights": str(folder / "run" / NETWORK_NAME),
        "weights_step": 2,
    }
    trained = load_network(folder / "run")
    assert trained.labels == LABELS
    stored = json.loads((folder / "run" / "recipe.json").read_text())
    assert stored["recipe"] == json.loads(json.dumps(replace(LIGHT, sets=("hands",)).to_json()))
    assert [(row["name"], row["role"], row["hands"]) for row in stored["data"]] == [
        ("hands", "train", 16),
        ("others", "validation", 8),
    ]
    assert all(len(row["sha256"]) == 64 for row in stored["data"])
    (session,) = stored["sessions"]
    assert session["torch"] == torch.__version__
    assert (session["device"], session["precision"], session["threads"]) == ("cpu", "fp32", 1)
    assert str(folder) not in json.dumps(stored), "no paths of this machine"


def test_a_run_folder_in_use_is_not_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_here(capsys, *arguments(folder))[0] == 0
    code, (failed,) = train_here(capsys, *arguments(folder))
    assert code == 1
    assert failed["event"] == "failed"
    assert "holds a run already" in failed["what"]
    code, lines = train_here(capsys, *arguments(folder, "--resume"))
    assert code == 0
    assert [line["event"] for line in lines] == ["started", "finished"]


def test_a_run_is_not_continued_with_another_recipe_or_other_data(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_here(capsys, *arguments(folder))[0] == 0
    write_recipe(folder / "recipe.toml", LIGHT, head_rate=0.5)
    write_hands(folder / "hands", made_up_hands(seed=3))
    code, (failed,) = train_here(capsys, *arguments(folder, "--resume"))
    assert code == 1
    assert "head_rate: 0.001 then, 0.5 now" in failed["why"]
    assert "data: " in failed["why"]


@pytest.mark.parametrize(
    ("changed", "more", "complaint"),
    [
        ({"seed": -1.5}, (), "seed must be int"),
        ({"pretrained": "weights.pth"}, (), "There is no file"),
        ({"batch_size": 5}, ("--validate", "nowhere"), "nowhere"),
        ({}, ("--gpus", "0"), "at least 1"),
        ({"precision": "fp16"}, (), "needs CUDA"),
        ({"distillation": 0.5}, (), "belong together"),
    ],
)
def test_what_cannot_be_trained_is_told(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    changed: dict[str, object],
    more: tuple[str, ...],
    complaint: str,
) -> None:
    write_recipe(folder / "recipe.toml", LIGHT, **changed)
    code, lines = train_here(capsys, *arguments(folder, *more))
    assert code == 1
    assert lines[-1]["event"] == "failed"
    assert complaint in " ".join(lines[-1][key] for key in ("what", "why", "next_step"))


def test_data_without_negatives_needs_a_recipe_without_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hands = made_up_hands()
    gestures = [
        row for row, sample in enumerate(hands.samples) if sample.target not in (NO_GESTURE, None)
    ]
    write_hands(folder / "hands", hands.part(gestures))
    code, (failed,) = train_here(capsys, *arguments(folder))
    assert code == 1
    assert "negative_share" in failed["why"]
    write_recipe(folder / "recipe.toml", LIGHT, negative_share=0.0)
    assert train_here(capsys, *arguments(folder))[0] == 0


def test_people_read_sentences_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = arguments(folder, "--validate", folder / "others")
    command[command.index("json")] = "bar"
    assert main(command) == 0
    told = capsys.readouterr()
    assert told.out == ""
    for text in ("fp32 (as the recipe says)", "validation hands right", NETWORK_NAME):
        assert text in told.err.replace("\n", "")


def test_a_trained_network_is_where_another_run_starts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_here(capsys, *arguments(folder))[0] == 0
    before = load_network(folder / "run").net.state_dict()
    more = arguments(folder, "--start", folder / "run", out="second")
    write_recipe(folder / "recipe.toml", LIGHT, seed=7)
    assert train_here(capsys, *more)[0] == 0
    after = load_network(folder / "second").net.state_dict()
    name = "backbone.layer4.1.conv2.weight"
    assert torch.equal(before[name], after[name]), "frozen, and not drawn anew by the other seed"
    write_recipe(folder / "recipe.toml", LIGHT, depth=34)
    code, lines = train_here(capsys, *arguments(folder, "--start", folder / "run", out="none"))
    assert code == 1
    assert "ResNet-18" in lines[-1]["why"]
    write_recipe(folder / "recipe.toml", LIGHT, distillation=1.0)
    taught = arguments(folder, "--teacher", folder / "run", out="third")
    assert train_here(capsys, *taught)[0] == 0
    stored = json.loads((folder / "third" / "recipe.json").read_text())
    assert len(stored["teacher"]) == 64


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NetworkFileError):
        load_network(tmp_path)
    path = tmp_path / NETWORK_NAME
    path.write_bytes(b"something else")
    with pytest.raises(NetworkFileError):
        load_network(path)
    save_file({"w": torch.ones(1)}, path, {"network": json.dumps({"schema": 1, "labels": ["a"]})})
    with pytest.raises(NetworkFileError):
        load_network(path)


def test_closing_standard_input_stops_all_processes_of_a_run_that_can_go_on(folder: Path) -> None:
    write_recipe(folder / "recipe.toml", LONG)
    with start(arguments(folder, "--gpus", 2)) as process:
        lines = lines_until(process, "step")
        assert lines[0]["processes"] == 2
        rest, _ = process.communicate(timeout=PATIENCE_S)  # closes standard input first
    last = json_lines(rest)[-1]
    assert process.returncode == 0
    assert (last["event"], last["cancelled"]) == ("finished", True)
    assert (folder / "run" / "checkpoint.pt").is_file()


def test_a_signal_stops_a_run_that_can_go_on(folder: Path) -> None:
    write_recipe(folder / "recipe.toml", LONG)
    with start(arguments(folder)) as process:
        lines_until(process, "step")
        process.send_signal(signal.SIGTERM)
        last = lines_until(process, "finished")[-1]
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert last["cancelled"]
    state = load_checkpoint(folder / "run")
    assert state is not None
    assert state["step"] == last["step"] > 0


def test_a_run_that_is_killed_three_times_ends_with_the_same_weights(tmp_path: Path) -> None:
    outcome = kill_and_resume(tmp_path, kills=3)
    assert len(outcome.kills) == 3
    assert outcome.same
