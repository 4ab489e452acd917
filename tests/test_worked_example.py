"""The worked example in the docs, typed as it stands there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

from tests.picture_sets import write_pictures
from tests.program import REPOSITORY

EXAMPLE = REPOSITORY / "docs" / "worked-example.md"
PROGRAMS = {"gesture-train": "training", "gesture-app": "gesture_app"}
PICTURES = {
    "ok": ("ok_1", "ok_2"),
    "peace": ("peace_1", "two_up_1"),
    "like": ("like_1", "call_1"),
    "no_gesture": ("no_gesture_1", "no_gesture_2"),
}
"""Two rendered hands a class, one a person: too few to learn from, enough for every step."""

PATIENCE_S = 250.0


def commands() -> list[list[str]]:
    """The lines of the example's one block of commands."""
    block = re.search(r"```sh\n(.*?)```", EXAMPLE.read_text("utf-8"), re.DOTALL)
    assert block is not None
    return [shlex.split(line) for line in block.group(1).splitlines()]


def type_in(words: list[str], folder: Path) -> str:
    """Run one line of the example in ``folder``; its standard output."""
    program, *arguments = words
    if program == "cp":
        shutil.copyfile(folder / arguments[0], folder / arguments[1])
        return ""
    done = subprocess.run(
        [sys.executable, "-m", PROGRAMS[program], *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.usefixtures("home_with_hand_model")
def test_the_commands_of_the_worked_example_lead_to_a_model_in_the_app(tmp_path: Path) -> None:
    pictures = {
        f"{label}/{person}__1.jpg": name
        for label, names in PICTURES.items()
        for person, name in zip(("anna", "ben"), names, strict=True)
    }
    write_pictures(tmp_path / "pictures", pictures)
    for folder in ("training", "assets"):
        (tmp_path / folder).symlink_to(REPOSITORY / folder)
    answers = ""
    for words in commands():
        answers = type_in(words, tmp_path)
        if words[0] == "cp":  # the same recipe, only shorter
            recipe = tmp_path / words[2]
            text = re.sub(r"(?m)^(landmark_)?steps = \d+", r"\1steps = 3", recipe.read_text())
            recipe.write_text(re.sub(r"(?m)^batch_size = \d+", "batch_size = 4", text))
    rows = [json.loads(line) for line in answers.splitlines()]
    assert len(rows) == len(pictures)
    known = {*PICTURES}
    assert {hand["gesture"] for row in rows for hand in row["hands"]} <= known
    assert (tmp_path / "mine.html").read_text("utf-8").startswith("<!doctype html>")
