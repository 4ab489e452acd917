"""How good taught gestures are, measured with real recordings and real commands.

    python -m tests.benchmarks.teach_figures --shared FOLDER

``FOLDER/data/personal/PERSON/LETTER/NNN.jpg`` holds letters of two people. For each person the
letters are taught with `gesture-app teach` from the frames 000 to 039, and again from ten of them;
`gesture-app recognize --set` names the frames 060 to 099, and those of the other person. Hands of
``FOLDER/data/webcam_measure`` are found once, in the pictures themselves, and named by the model
before and the model after. Prints one JSON object; shares are of pictures, 1 is all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesture_app.core.types import FloatArray, Frame, Hand
from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.models import load_model
from gesture_app.store.paths import HOME_VARIABLE, assets_dir, user_folders
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import GestureClassifier
from gesture_app.vision.mediapipe_hands import MediaPipeHands
from gesture_app.vision.sources.pictures import read_picture
from tests.benchmarks.landmark_yardstick import (
    LandmarkClassifier,
    normalised,
    normalised_landmarks,
)
from tests.benchmarks.letter_figures import Row, Taught, built_in, group_of, other_letters, share
from tests.benchmarks.letter_recordings import FEW, LEARNT, TESTED, Recordings
from tests.benchmarks.remembering_hands import RememberingDetector
from training.datasets import AMBIGUOUS_CLASSES, OTHER_HAND, Sample, scan_webcam
from training.evaluate import answer_pictures
from training.teach.replay_pictures import load_replay_pictures

REPOSITORY = Path(__file__).resolve().parents[2]


class Commands:
    """The program, in a home of its own."""

    def __init__(self, home: Path) -> None:
        target = hand_model_path(user_folders(home))
        target.parent.mkdir(parents=True)
        shutil.copy(hand_model_path(user_folders()), target)
        self._environment = {**os.environ, HOME_VARIABLE: str(home)}

    def teach(self, gestures: Mapping[str, Path], out: Path) -> dict[str, Any]:
        named = [f"--gesture={name}={folder}" for name, folder in gestures.items()]
        report = json.loads(self._run("teach", *named, "--out", str(out), "--json"))
        assert isinstance(report, dict)
        return report

    def recognise(self, gesture_set: Path, paths: Sequence[Path]) -> list[list[str]]:
        """The gestures of the hands in each picture."""
        out = self._run("recognize", "--set", str(gesture_set), "--json", *map(str, paths))
        lines = [json.loads(line) for line in out.splitlines()]
        return [[hand["gesture"] for hand in line["hands"]] for line in lines]

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "gesture_app", *arguments],
            capture_output=True,
            text=True,
            cwd=REPOSITORY,
            env=self._environment,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout


@dataclass(frozen=True, slots=True)
class Measure:
    """What figures are measured with.

    Attributes:
        scenes: of people in front of webcams, those that show one thing.
        before: the bundled model's answers to them.
    """

    recordings: Recordings
    scenes: Sequence[Sample]
    detector: RememberingDetector
    commands: Commands
    before: Sequence[Row]
    folder: Path


def answers_of(
    model_folder: Path, scenes: Sequence[Sample], detector: RememberingDetector
) -> list[Row]:
    """A model's answers to the scenes."""
    model = load_model(model_folder)
    with closing(GestureClassifier(OnnxCpu().load(model.onnx), model.manifest)) as classifier:
        return list(zip(scenes, answer_pictures(scenes, detector, classifier), strict=True))


def figures_of(measure: Measure, person: str, numbers: Sequence[int]) -> dict[str, Any]:
    """Teach one person's letters from frames of these numbers and measure the result."""
    letters = measure.recordings.letters(person)
    work = measure.folder / f"{person}-{len(numbers)}"
    frames = {one: measure.recordings.frames(person, one, numbers) for one in letters}
    for letter, paths in frames.items():
        (work / letter).mkdir(parents=True)
        for path in paths:
            shutil.copy(path, work / letter)
    told = measure.commands.teach({letter: work / letter for letter in letters}, work / "set")
    model = work / "set" / "model"
    taught = Taught(person, letters, load_model(model).manifest.threshold)
    after = answers_of(model, measure.scenes, measure.detector)
    others = other_letters(after, taught)
    return {
        "pictures_a_gesture": len(numbers),
        "seconds": told["seconds"],
        "judged": {one["gesture"]: one["recall"] for one in told["gestures"]},
        "collisions": told["collisions"],
        "recall": {
            other: recall_of(measure, work / "set", other, letters)
            for other in sorted(measure.recordings.people, key=lambda other: other != person)
        },
        "other_letters": others,
        "built_in": built_in(measure.before, after, taught),
        "landmark_classifier": yardstick(
            measure, frames, taught, others["others"]["taken_for_a_new_one"]
        ),
    }


def recall_of(
    measure: Measure, gesture_set: Path, person: str, letters: Sequence[str]
) -> dict[str, Any]:
    """Tested frames of ``person``: right if a hand is named by its letter."""
    rows = {}
    for letter in letters:
        paths = measure.recordings.frames(person, letter, TESTED)
        named = measure.commands.recognise(gesture_set, paths)
        rows[letter] = {
            "pictures": len(named),
            "with_hand": sum(bool(hands) for hands in named),
            "right": sum(letter in hands for hands in named),
        }
    keys = ("pictures", "with_hand", "right")
    total = {key: sum(row[key] for row in rows.values()) for key in keys}
    return {
        "of_pictures": share(total["right"], total["pictures"]),
        "of_pictures_with_hand": share(total["right"], total["with_hand"]),
        **total,
        "letters": rows,
    }


def yardstick(
    measure: Measure, frames: Mapping[str, Sequence[Path]], taught: Taught, alarms: float
) -> dict[str, Any]:
    """A classifier of landmarks, fitted to the same pictures; once with the letters alone, which
    takes every hand for one, and once beside the rendered hands that come with the bundled model.

    A threshold on its probability is set on the very scenes, in its favour, so that it takes as
    many of them for a letter as ours does (``alarms``).
    """
    shown = [
        (normalised(hand), letter)
        for letter, paths in frames.items()
        for path in paths
        if (hand := _largest_hand(measure.detector, path)) is not None
    ]
    return {
        name: _yardstick_figures(
            measure, LandmarkClassifier(*zip(*rows, strict=True)), taught, alarms
        )
        for name, rows in (("letters_alone", shown), ("beside_built_in", shown + _rendered()))
    }


def _rendered() -> list[tuple[FloatArray, str]]:
    """Landmarks of the rendered hands, as right and as left ones."""
    hands = load_replay_pictures(assets_dir() / "models" / "default").learn
    return [
        (normalised_landmarks(landmarks, mirrored), sample.label)
        for landmarks, sample in zip(hands.landmarks, hands.samples, strict=True)
        for mirrored in (False, True)
    ]


def _yardstick_figures(
    measure: Measure, classifier: LandmarkClassifier, taught: Taught, alarms: float
) -> dict[str, Any]:
    found = measure.detector
    others = [
        _answer(classifier, found, scene.path)
        for scene in measure.scenes
        if scene.label == OTHER_HAND and scene.person != taught.person
        if group_of(scene, taught) == "others"
    ]
    taken = sorted((sure for named, sure in others if named in taught.letters), reverse=True)
    allowed = round(alarms * len(others))
    threshold = taken[allowed] if allowed < len(taken) else 0.0
    recall = {}
    for person in measure.recordings.people:
        answers = [
            (*_answer(classifier, found, path), letter)
            for letter in taught.letters
            for path in measure.recordings.frames(person, letter, TESTED)
        ]
        right = [sure for named, sure, letter in answers if named == letter]
        recall[person] = {
            "without_threshold": share(len(right), len(answers)),
            "at_as_many_taken": share(sum(sure > threshold for sure in right), len(answers)),
        }
    return {
        "others_taken_without_threshold": share(len(taken), len(others)),
        "threshold": round(threshold, 5),
        "recall": recall,
    }


def _answer(
    classifier: LandmarkClassifier, detector: RememberingDetector, path: Path
) -> tuple[str, float]:
    """Label and probability of the largest hand of a picture; nothing and 0 without one."""
    hand = _largest_hand(detector, path)
    return ("", 0.0) if hand is None else classifier.answer(hand)


def _largest_hand(detector: RememberingDetector, path: Path) -> Hand | None:
    hands = detector.detect(Frame(0, 0.0, 0, read_picture(path)))
    return max(hands, key=lambda hand: hand.box[2] * hand.box[3], default=None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True, metavar="FOLDER")
    parser.add_argument(
        "--remember",
        type=Path,
        default=Path(tempfile.gettempdir()) / "gesture-studio-hands.json",
        metavar="FILE",
        help="hands that were found, for the next time (default: among temporary files)",
    )
    options = parser.parse_args()
    data = options.shared / "data"
    scenes = [
        one for one in scan_webcam(data / "webcam_measure") if one.label not in AMBIGUOUS_CLASSES
    ]
    hand_model = hand_model_path(user_folders()).read_bytes()
    finder = MediaPipeHands(hand_model, video=False)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(RememberingDetector(finder, options.remember)) as detector,
    ):
        measure = Measure(
            Recordings(data / "personal"),
            scenes,
            detector,
            Commands(Path(folder, "home")),
            answers_of(assets_dir() / "models" / "default", scenes, detector),
            Path(folder),
        )
        figures = {
            person: [figures_of(measure, person, numbers) for numbers in (LEARNT, FEW)]
            for person in measure.recordings.people
        }
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
