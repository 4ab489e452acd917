"""What full teaching learns from and what it is judged by: the person's pictures, divided once, and
the rendered ones that ship with the bundled model."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gesture_app.store.judgement import Split
from gesture_app.store.sample_file import DamagedSampleError, SampleFacts, parse_facts
from gesture_app.store.samples import SampleStore
from training.cache import CachedHands
from training.datasets import Sample
from training.errors import TrainingError
from training.teach.encoded_contexts import EncodedContexts
from training.teach.feature_set import FeatureSet
from training.teach.folds import Fold, hold_out
from training.teach.replay_pictures import ReplayPictures
from training.training_data import TRAIN, VALIDATION, DataRow

STRETCHES = 4
"""Of the only recording of a gesture. One is held out: training is too dear to be done for each of
several, and what ships is the network that was judged, so that the stretch is not learnt from."""

SOURCE = "own"
RENDERED = "rendered hands"


@dataclass(frozen=True, slots=True)
class FullMaterial:
    """Hands to train with, and hands that are held out.

    Attributes:
        learn: own pictures, then rendered ones.
        watch: the same that are not learnt from.
        learnt: ids of the own pictures in ``learn``.
        judged: own rows of ``watch``, in their order, with the base's logits.
        splits: label → how its own pictures were held out.
        rows: of all four, for the run's file; they decide whether a run can be gone on with.
    """

    learn: tuple[CachedHands, CachedHands]
    watch: tuple[CachedHands, ...]
    learnt: tuple[str, ...]
    judged: FeatureSet
    splits: Mapping[str, Split]
    rows: tuple[DataRow, ...]


def divide(
    store: SampleStore,
    own: FeatureSet,
    fingerprints: Mapping[str, int],
    rendered: ReplayPictures,
    base_labels: Collection[str],
) -> FullMaterial:
    """Hold a part of a person's pictures out, and read the others.

    Raises:
        TrainingError: no picture can be read any more.
    """
    held_out = hold_out(own, fingerprints, STRETCHES)
    fold = _chosen(own, held_out.folds)
    samples = _read(store, {own.ids[row] for row in (*fold.learn, *fold.judge)})
    judged = own.part([row for row in fold.judge if own.ids[row] in samples])
    learnt = [
        sample for sample in sorted({own.ids[row] for row in fold.learn}) if sample in samples
    ]
    labels = dict(zip(own.ids, own.targets, strict=True))
    watched = [samples[sample] for sample in judged.ids]
    learn = _hands([samples[sample] for sample in learnt], learnt, labels, base_labels)
    watch = _hands(watched, judged.ids, labels, base_labels)
    rows = (
        _row("own pictures", TRAIN, [samples[sample][0] for sample in learnt], learn),
        _row("own pictures", VALIDATION, [content for content, _ in watched], watch),
        DataRow(RENDERED, TRAIN, len(rendered.learn.samples), rendered.sha256, "as a whole"),
        DataRow(RENDERED, VALIDATION, len(rendered.judge.samples), rendered.sha256, "as a whole"),
    )
    return FullMaterial(
        (learn, rendered.learn),
        (watch, rendered.judge) if len(judged) else (rendered.judge,),
        tuple(learnt),
        judged,
        {label: held_out.splits[label] for label in sorted(set(judged.targets))},
        rows,
    )


def training_label(label: str, base_labels: Collection[str]) -> str:
    """A label as the training loop sees it: it gives some names a meaning of their own, which a
    person's gesture of the same name must not get."""
    return label if label in base_labels else f"own {label}"


def _chosen(own: FeatureSet, folds: Sequence[Fold]) -> Fold:
    """The fold that judges most gestures; of those, the one that leaves most to learn from."""
    if not folds:
        everything = np.arange(len(own), dtype=np.intp)
        return Fold(everything, everything[:0])
    return max(
        folds, key=lambda fold: (len({own.targets[row] for row in fold.judge}), len(fold.learn))
    )


def _read(store: SampleStore, ids: Collection[str]) -> dict[str, tuple[bytes, SampleFacts]]:
    """Files by id, without those that were deleted meanwhile, or damaged: the store tells of it."""
    found = {}
    for sample in sorted(ids):
        try:
            content = store.picture_path(sample).read_bytes()
            found[sample] = content, parse_facts(content)
        except (OSError, DamagedSampleError):
            continue
    if not found:
        raise TrainingError(
            "There is nothing to learn from",
            f"no picture in {store.root} can be read",
            "Record a gesture first, or take pictures of one.",
        )
    return found


def _hands(
    files: Sequence[tuple[bytes, SampleFacts]],
    ids: Sequence[str],
    labels: Mapping[str, str],
    base_labels: Collection[str],
) -> CachedHands:
    return CachedHands(
        EncodedContexts([content for content, _ in files]),
        np.array([facts.landmarks for _, facts in files], np.float32).reshape(-1, 21, 3),
        np.array([facts.picture_box for _, facts in files], np.float32).reshape(-1, 4),
        tuple(
            Sample(
                Path(f"{sample}.jpg"),
                training_label(labels[sample], base_labels),
                sample.rpartition("/")[0],
                SOURCE,
                tight=False,
            )
            for sample in ids
        ),
    )


def _row(name: str, role: str, files: Sequence[bytes], hands: CachedHands) -> DataRow:
    total = hashlib.sha256()
    for content, sample in zip(files, hands.samples, strict=True):
        total.update(f"{hashlib.sha256(content).hexdigest()}  {sample.path}\n".encode())
    return DataRow(name, role, len(files), total.hexdigest(), "one part of each gesture held out")
