"""What the release's card says in words, and where each of its inputs comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch

from gesture_app.vision.backends.engine_keys import processor_name
from training.card.content import (
    CardSource,
    DataSet,
    ReferenceCurve,
    ThresholdRule,
    TrainingRun,
)
from training.card.gathering import hash_samples, read_progress
from training.config import Recipe
from training.datasets import Sample
from training.evaluation_file import Evaluation
from training.metrics_file import METRICS_NAME

INTENDED_USE = (
    "Naming deliberate hand gestures in front of a webcam, on the user's own machine. "
    "Not for safety, medical or identification purposes."
)
LIMITS = (
    "Dark or back-lit rooms make the hand detector miss hands.",
    "Letters of sign languages that look like a fist or a stop are taken for one.",
    "The age, sex and skin colour of the people in the evaluation are not recorded, so nothing is "
    "known of differences between them.",
)
SPLIT = (
    "By person: nobody of the validation people is in a training set; other people, other cameras, "
    "other rooms. Whose hands are in hagrid_crops is not known; its pictures come from a different "
    "source than the validation people's."
)
EVALUATION_NOTE = (
    "Whole webcam pictures through the app's own hand detector. Palm, stop and stop_inverted count "
    "as one, since the sources do not keep them apart; classes that mix gestures are left out."
)
LANDMARK_CLASSIFIER = ReferenceCurve(
    "landmark classifier, same real pictures", ((0.01, 0.45), (0.05, 0.72), (0.10, 0.81))
)
"""Yardstick: figures as they were given with the task, not measured here."""


@dataclass(frozen=True, slots=True)
class SetNotes:
    """What is known of a data set besides its pictures."""

    licence: str
    origin: str


SHARED_SETS = {
    "hagrid_crops": SetNotes(
        "CC BY-SA 4.0 (HaGRID's variant)",
        "HaGRID, hukenovs/hagrid, cut to the hand by Shadowfax221/553.806_Capstone_HandGesture",
    ),
    "webcam_licensed": SetNotes(
        "MIT and Apache-2.0", "webcam scenes of five public repositories, see NOTICE"
    ),
    "rendered": SetNotes(
        "CC0-1.0 (the body)", "rendered by training/render; people are made-up bodies"
    ),
    "webcam_measure": SetNotes(
        "none stated: for measuring only", "webcam scenes of twelve public repositories"
    ),
}


def describe_set(root: Path, role: str, samples: Sequence[Sample]) -> DataSet:
    """A data set's row of the card; hashes all its pictures.

    Raises:
        ValueError: there are none.
    """
    if not samples:
        raise ValueError(f"no pictures in {root}")
    notes = SHARED_SETS.get(root.name, SetNotes("not stated", "made by the user"))
    people = {sample.person for sample in samples}
    return DataSet(
        name=root.name,
        role=role,
        pictures=len(samples),
        people=None if None in people else len(people),
        licence=notes.licence,
        origin=notes.origin,
        sha256=hash_samples(samples, root),
    )


def describe_pretraining(recipe: Recipe) -> DataSet:
    """The ImageNet weights' row: the hash is the weight file's."""
    return DataSet(
        name="ImageNet-1k, as weights",
        role="pretraining",
        pictures=1_281_167,
        people=None,
        licence="MIT (weights)",
        origin="ResNet by He et al., KaimingHe/deep-residual-networks, by way of Keras",
        sha256=recipe.pretrained_sha256,
    )


def release_source(
    recipe: Recipe,
    run: Path,
    evaluation: Evaluation,
    data_sets: Sequence[DataSet],
    threshold_rule: ThresholdRule,
    attributes: Mapping[str, str],
    teacher: Recipe | None = None,
) -> CardSource:
    """The card's inputs for a release run whose folder is ``run``.

    What is measured apart (parity, throughput, pruning, AMP) is added with `dataclasses.replace`.
    """
    cuda = torch.cuda.is_available()
    progress = read_progress(run / METRICS_NAME)
    values = recipe.to_json()
    if teacher is not None:
        values["teacher"] = teacher.to_json()
    return CardSource(
        created=datetime.now(UTC).date().isoformat(),
        training=TrainingRun(
            recipe=values,
            pictures_seen=recipe.steps * recipe.batch_size,
            batch_size=recipe.batch_size,
            device=torch.cuda.get_device_name() if cuda else f"CPU: {processor_name()}",
            precision=progress.precision or "not recorded",
            epochs=progress.epochs,
            losses=progress.losses,
        ),
        data_sets=tuple(data_sets),
        split=SPLIT,
        evaluation=evaluation,
        evaluation_note=EVALUATION_NOTE,
        intended_use=INTENDED_USE,
        limits=LIMITS,
        threshold_rule=threshold_rule,
        references=(LANDMARK_CLASSIFIER,),
        attributes=attributes,
    )
