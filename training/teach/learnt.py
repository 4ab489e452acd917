"""What every way of teaching gives: networks, and how they are known to be right."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gesture_app.core.types import FloatArray
from gesture_app.store.judgement import Judgement
from gesture_app.store.samples import SampleInfo
from gesture_app.vision.golden import Golden
from training.card.content import DataSet, TrainingRun

PRIVATE = "LicenseRef-Private"


@dataclass(frozen=True, slots=True)
class OtherHands:
    """Hands that come with the base, and what the fp32 network says of them; for the card.

    Attributes:
        data: what they are, in a few words.
        note: where they come from and how they count, in sentences.
        targets: what each shows.
        people: who each is of; "" where that is not known.
        split: how they and the held-out pictures were kept apart from what was learnt.
        licence: of the hands.
        sha256: over them.
        logits: float32 (N, labels).
    """

    data: str
    note: str
    targets: tuple[str, ...]
    people: tuple[str, ...]
    logits: FloatArray
    split: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model that was taught and is not written yet.

    Attributes:
        labels: in the order of the networks' outputs.
        networks: precision → ONNX file, fp32 among them.
        golden: hands, and what the network answers to them by another way of computing.
        judgement: how good it is.
        others: what it answers to hands that it did not learn from.
        training: how it was learnt, for the card.
        data_sets: for the card, what it learnt from, and which own pictures were held out.
    """

    labels: tuple[str, ...]
    networks: Mapping[str, bytes]
    golden: Golden
    judgement: Judgement
    others: OtherHands
    training: TrainingRun
    data_sets: tuple[DataSet, ...]


def own_pictures(samples: Sequence[SampleInfo], role: str) -> DataSet:
    """What the card says of a person's pictures.

    Args:
        role: ``training`` or ``validation``.
    """
    digests = sorted(f"{sample.digest}  {sample.label}\n" for sample in samples)
    recordings = {(sample.label, sample.recording) for sample in samples}
    return DataSet(
        name="the person's own pictures",
        role=role,
        pictures=len(samples),
        people=None,
        licence=PRIVATE,
        origin=f"{len(recordings)} recordings of this gesture set",
        sha256=hashlib.sha256("".join(digests).encode()).hexdigest(),
    )
