"""The card of a taught model: how it was made, of what, and how it does on other people's hands.

How well the person's own gestures are told apart stands in ``judgement.json``, which is measured
with heads that did not see the pictures; the card's figures are those of the very network that
ships, on hands that it did not learn from: those of other people that come with the bundled model.
"""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from gesture_app.core.manifest import ModelManifest
from gesture_app.core.types import FloatArray
from gesture_app.store.models import LoadedModel, read_manifest
from gesture_app.vision.classifier import softmax, to_prediction
from training.card.content import CardSource, DataSet, TrainingRun
from training.card.gathering import parity_rows
from training.card.writing import write_card
from training.evaluate import Answer
from training.evaluation_file import Evaluation, header_of
from training.parity import Verdict
from training.teach.feature_set import FeatureSet
from training.teach.judging import Material
from training.teach.learnt import Learnt
from training.teach.material import Lesson

OTHERS = "hands of other people"
PRIVATE = "LicenseRef-Private"
INTENDED_USE = (
    "Naming the gestures that it was taught, in front of a webcam, for the people whose pictures "
    "it was taught with. Not for safety, medical or identification purposes."
)
SPLIT = (
    "Hands that come with the bundled model are divided by person: the head learnt from some "
    "people and is judged here by others. "
    "The person's own pictures are judged in judgement.json, by heads that did not see their "
    "recording, or their stretch of the only one."
)
NOTE = (
    "Hands of people that this head did not learn from, as the network sees them; hands that the "
    "detector misses are not among them. Own gestures are not among them: see judgement.json."
)
FEWEST_OF_A_PERSON = 10
"""Hands of one group from which it counts as a person; photographs are groups of their own."""

_DIGITS = 5
"""Of a stored probability."""


def write_taught_card(
    folder: Path,
    base: LoadedModel,
    lesson: Lesson,
    material: Material,
    learnt: Learnt,
    verdicts: Sequence[Verdict],
) -> None:
    """Write evaluation and card beside a finished model.

    Raises:
        OSError: the folder cannot be written.
    """
    others = material.replay_judge
    rows = np.flatnonzero(others.plain)
    manifest = read_manifest(folder)
    source = CardSource(
        created=datetime.now(UTC).date().isoformat(),
        training=_training_run(base, material, learnt),
        data_sets=(
            _own_pictures(lesson),
            _others("training", base, material.replay_learn),
            _others("validation", base, others),
        ),
        split=SPLIT,
        evaluation=Evaluation(
            header_of(manifest, OTHERS),
            _answers(others.part(rows), learnt.others[rows], manifest),
        ),
        evaluation_note=NOTE,
        intended_use=INTENDED_USE,
        limits=_limits(verdicts),
        parity=parity_rows(verdict for verdict in verdicts if not verdict.complaint),
        attributes={"taught from": f"{base.manifest.name}, sha256 {base.manifest.sha256}"},
    )
    write_card(folder, source, page=False)


def _training_run(base: LoadedModel, material: Material, learnt: Learnt) -> TrainingRun:
    learnt_from = len(material.own) + len(material.replay_learn)
    return TrainingRun(
        recipe={**learnt.method, "base": base.manifest.name, "base sha256": base.manifest.sha256},
        pictures_seen=learnt_from,
        batch_size=learnt_from,
        device=f"CPU: {platform.processor() or platform.machine()}",
        precision="fp32",
    )


def _own_pictures(lesson: Lesson) -> DataSet:
    digests = sorted(f"{sample.digest}  {sample.label}\n" for sample in lesson.samples)
    recordings = {(sample.label, sample.recording) for sample in lesson.samples}
    return DataSet(
        name="the person's own pictures",
        role="training",
        pictures=len(lesson.samples),
        people=None,
        licence=PRIVATE,
        origin=f"{len(recordings)} recordings of this gesture set",
        sha256=hashlib.sha256("".join(digests).encode()).hexdigest(),
    )


def _others(role: str, base: LoadedModel, hands: FeatureSet) -> DataSet:
    plain = np.flatnonzero(hands.plain)
    return DataSet(
        name=OTHERS,
        role=role,
        pictures=len(plain),
        people=None,
        licence=base.manifest.licence,
        origin=f"features that come with {base.manifest.name}",
        sha256=hashlib.sha256(np.ascontiguousarray(hands.features).tobytes()).hexdigest(),
    )


def _answers(hands: FeatureSet, logits: FloatArray, manifest: ModelManifest) -> tuple[Answer, ...]:
    """The network's answers as a stored evaluation holds them."""
    probabilities = softmax(logits / np.float32(manifest.temperature))
    sizes = Counter(hands.groups)
    answers = []
    for index, row in enumerate(probabilities):
        prediction, group = to_prediction(row, manifest), hands.groups[index]
        answers.append(
            Answer(
                path=f"{hands.targets[index]}/{index:05d}",
                label=hands.targets[index],
                person=group if sizes[group] >= FEWEST_OF_A_PERSON else "",
                gesture=prediction.best_gesture,
                margin=round(prediction.margin, _DIGITS),
                hands=1,
                probabilities=tuple(round(float(value), _DIGITS) for value in row),
            )
        )
    return tuple(answers)


def _limits(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    limits = [
        "It knows its own gestures from the people who showed them; others may be named less well."
    ]
    limits += [
        f"There is no {verdict.precision} file: {verdict.complaint}."
        for verdict in verdicts
        if verdict.complaint
    ]
    return tuple(limits)
