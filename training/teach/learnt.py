"""What every way of teaching gives: networks, and how they are known to be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gesture_app.core.types import FloatArray
from gesture_app.store.judgement import Judgement
from gesture_app.vision.golden import Golden
from training.card.content import DataSet, TrainingRun


@dataclass(frozen=True, slots=True)
class OtherHands:
    """Hands that come with the base, and what the fp32 network says of them; for the card.

    Attributes:
        data: what they are, in a few words.
        note: where they come from and how they count, in sentences.
        targets: what each shows.
        people: who each is of; "" where that is not known.
        split: how they and the held-out pictures were kept apart from what was learnt.
        sha256: over the hands.
        logits: float32 (N, labels).
    """

    data: str
    note: str
    targets: tuple[str, ...]
    people: tuple[str, ...]
    logits: FloatArray
    split: str
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
        data_sets: for the card, what it learnt from besides the person's own pictures.
    """

    labels: tuple[str, ...]
    networks: Mapping[str, bytes]
    golden: Golden
    judgement: Judgement
    others: OtherHands
    training: TrainingRun
    data_sets: tuple[DataSet, ...]
