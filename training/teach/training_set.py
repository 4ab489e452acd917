"""What there is to learn: the samples of a gesture set, and the labels that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gesture_app.store.gesture_set import load_gesture_set
from gesture_app.store.samples import SampleInfo, SampleStore
from training.errors import TrainingError

FEWEST_SAMPLES = 5
"""Of a new gesture. Judging holds parts of them out, and the rest has to say what it looks like."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Attributes:
    samples: to learn from, sorted by id.
    labels: of the new model, those of the base first.
    names: own label → what people call it.
    """

    samples: tuple[SampleInfo, ...]
    labels: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def fingerprints(self) -> dict[str, int]:
        return {sample.id: sample.fingerprint for sample in self.samples}


def read_training_set(root: Path, store: SampleStore, base_labels: Sequence[str]) -> TrainingSet:
    """What the set in ``root`` teaches a model with ``base_labels``.

    Own gestures without samples are left out.

    Raises:
        SampleError: the set cannot be read.
        TrainingError: there is nothing to learn, or too little of a gesture.
    """
    samples = store.samples()
    counts = Counter(sample.label for sample in samples)
    own = sorted(label for label in counts if label not in base_labels)
    if not samples:
        raise TrainingError(
            "There is nothing to learn from",
            f"no pictures of hands are in {root}",
            "Record a gesture first, or take pictures of one.",
        )
    gestures = load_gesture_set(root).including(own)
    names = {one.label: one.name for one in gestures.gestures if one.label in own}
    scarce = [
        f"“{name}” ({counts[label]})"
        for label, name in names.items()
        if counts[label] < FEWEST_SAMPLES
    ]
    if scarce:
        raise TrainingError(
            "There are too few pictures to learn from",
            f"fewer than {FEWEST_SAMPLES} show a hand: {', '.join(scarce)}",
            "Record more of them, or delete the gesture.",
        )
    return TrainingSet(samples, (*base_labels, *names), names)
