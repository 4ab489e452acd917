"""A made-up model with a made-up evaluation, and the card's inputs that fit both."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from gesture_app.core.manifest import MANIFEST_NAME, ModelFile, dump_manifest
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.models import read_manifest
from tests.networks import write_model
from training.card.content import (
    AmpSpeedUp,
    CardSource,
    DataSet,
    LossPoint,
    Parity,
    PruningStep,
    ReferenceCurve,
    ThresholdRule,
    Throughput,
    TrainingRun,
)
from training.conditions import Conditions
from training.datasets import OTHER_HAND
from training.evaluate import Answer, threshold_at
from training.evaluation_file import Evaluation, header_of

PEOPLE = ("ann", "bob", "cho", "dan", "eve", "fay")
RATE = 0.1


def make_answers(seed: int = 0) -> list[Answer]:
    """Twenty answers a person in the labels of `tests.fakes`: mostly right, some hands missed."""
    rng = np.random.default_rng(seed)
    answers = []
    for person in PEOPLE:
        for index in range(20):
            label = ("like", "dislike", NO_GESTURE, OTHER_HAND)[index % 4]
            known = label if label in ("like", "dislike") else NO_GESTURE
            logits = rng.normal(0, 1, 3) + 2.5 * np.array(
                [known == name for name in ("like", "dislike", NO_GESTURE)]
            )
            shares = np.round(np.exp(logits) / np.exp(logits).sum(), 5)
            answers.append(_answer(f"{label}/{person}__{index}.jpg", label, person, shares))
    missed = replace(
        answers[0], gesture=NO_GESTURE, margin=-1.0, hands=0, probabilities=(),
        conditions=Conditions(0.1),
    )  # fmt: skip
    return [missed, *answers[1:-1], replace(answers[-1], lookalike=True)]


def _answer(path: str, label: str, person: str, shares: np.ndarray) -> Answer:
    best = int(shares[:2].argmax())
    return Answer(
        path=path,
        label=label,
        person=person,
        gesture=("like", "dislike")[best],
        margin=round(float(shares[best] - shares[2]), 5),
        hands=1,
        probabilities=tuple(map(float, shares)),
        conditions=Conditions(0.5, 0.3, 250.0, "Right" if person < "d" else "Left"),
    )


def make_model(folder: Path) -> Path:
    """A model folder with an int8 variant; its threshold is the one that `RATE` gives."""
    write_model(folder)
    variant = (folder / "fake.onnx").read_bytes() + b"\0"
    (folder / "fake.int8.onnx").write_bytes(variant)
    manifest = read_manifest(folder)
    final = replace(
        manifest,
        threshold=threshold_at(make_answers(), RATE),
        variants={
            "fp32": ModelFile("fake.onnx", manifest.sha256),
            "int8": ModelFile("fake.int8.onnx", hashlib.sha256(variant).hexdigest()),
        },
    )
    (folder / MANIFEST_NAME).write_text(dump_manifest(final), "utf-8")
    return folder


def make_source(folder: Path) -> CardSource:
    """Everything that a card can hold, for the model in ``folder``."""
    return CardSource(
        created="2026-01-31",
        training=TrainingRun(
            recipe={"name": "made up", "steps": 3, "loop": {"rate": 0.1}, "sets": ["a", "b"]},
            pictures_seen=192,
            batch_size=64,
            device="CPU, 2 threads",
            precision="fp32",
            losses=(LossPoint(1, 2.0), LossPoint(2, 1.5, 1.7), LossPoint(3, 1.2)),
            amp=AmpSpeedUp("a GPU", "fp16", 900.0, 600.0),
        ),
        data_sets=(DataSet("made_up", "training", 3, None, "CC0-1.0", "this test", "a" * 64),),
        split="By person.",
        evaluation=Evaluation(
            header_of(read_manifest(folder), "made_up_people"), tuple(make_answers())
        ),
        evaluation_note="Made up.",
        intended_use="Tests.",
        limits=("It recognises nothing.",),
        threshold_rule=ThresholdRule(RATE, on_this_evaluation=True),
        parity=(Parity("int8", 0.99, 0.004, 200),),
        throughput=(Throughput("ONNX Runtime CPU", "fp32", 1, 104.2, 9.6, "a machine"),),
        pruning=(PruningStep("unpruned", 100, 10, 0.9, "here"), PruningStep("pruned", 35, 4)),
        references=(ReferenceCurve("another", ((0.01, 0.4), (0.1, 0.8))),),
        attributes={"team": "gestures"},
    )
