"""The card of a taught model: how it was made, of what, and how it does on hands of others.

How well the person's own gestures are told apart stands in ``judgement.json``, measured on pictures
that were held out; the card's figures are those of the very network that ships, on hands that come
with the bundled model and that were not learnt from: of other people, or rendered ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from gesture_app.core.manifest import ModelManifest
from gesture_app.store.models import LoadedModel, read_manifest
from gesture_app.vision.classifier import softmax, to_prediction
from training.card.content import CardSource, DataSet
from training.card.gathering import parity_rows
from training.card.writing import write_card
from training.evaluate import Answer
from training.evaluation_file import Evaluation, header_of
from training.parity import Verdict
from training.teach.learnt import Learnt, OtherHands

INTENDED_USE = (
    "Naming the gestures that it was taught, in front of a webcam, for the people whose pictures "
    "it was taught with. Not for safety, medical or identification purposes."
)
_DIGITS = 5
"""Of a stored probability."""


def write_taught_card(
    folder: Path,
    base: LoadedModel,
    learnt: Learnt,
    verdicts: Sequence[Verdict],
) -> None:
    """Write evaluation and card beside a finished model.

    Raises:
        OSError: the folder cannot be written.
    """
    manifest = read_manifest(folder)
    base_of = {"base": base.manifest.name, "base sha256": base.manifest.sha256}
    source = CardSource(
        created=datetime.now(UTC).date().isoformat(),
        training=replace(learnt.training, recipe={**learnt.training.recipe, **base_of}),
        data_sets=(*learnt.data_sets, _judged(base, learnt.others)),
        split=learnt.others.split,
        evaluation=Evaluation(
            header_of(manifest, learnt.others.data), _answers(learnt.others, manifest)
        ),
        evaluation_note=learnt.others.note,
        intended_use=INTENDED_USE,
        limits=_limits(verdicts),
        parity=parity_rows(verdict for verdict in verdicts if not verdict.complaint),
        attributes={"taught from": f"{base.manifest.name}, sha256 {base.manifest.sha256}"},
    )
    write_card(folder, source, page=False)


def _judged(base: LoadedModel, hands: OtherHands) -> DataSet:
    return DataSet(
        name=hands.data,
        role="validation",
        pictures=len(hands.targets),
        people=None,
        licence=hands.licence,
        origin=f"come with {base.manifest.name}",
        sha256=hands.sha256,
    )


def _answers(hands: OtherHands, manifest: ModelManifest) -> tuple[Answer, ...]:
    """The network's answers as a stored evaluation holds them."""
    probabilities = softmax(hands.logits / np.float32(manifest.temperature))
    answers = []
    for index, row in enumerate(probabilities):
        prediction = to_prediction(row, manifest)
        answers.append(
            Answer(
                path=f"{hands.targets[index]}/{index:05d}",
                label=hands.targets[index],
                person=hands.people[index],
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
