"""Judging a fully taught network: the very files that ship, on pictures that were held out of the
only training there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gesture_app.core.manifest import ModelManifest
from gesture_app.core.types import FloatArray
from gesture_app.store.judgement import Judgement
from gesture_app.store.models import LoadedModel
from gesture_app.store.training_job import TeachingMode
from gesture_app.vision.backends.base import Precision
from gesture_app.vision.feature_network import FeatureNetwork
from training.cache import CachedHands
from training.card.content import DataSet
from training.network_inputs import inputs_of
from training.teach.full_material import RENDERED, FullMaterial
from training.teach.judging import JudgedHands, compare
from training.teach.learnt import OtherHands
from training.training_data import DataRow

NOTE = (
    "Renderings that no network was trained with, found beforehand; hands that the detector misses "
    "are not among them. Own gestures are not among them: see judgement.json."
)
SPLIT = (
    "One recording of each own gesture, or one stretch of its only one, was held out of training "
    "and judges the network that ships; see judgement.json. Rendered hands: those that judge were "
    "rendered apart, each of another body."
)
LICENCE = "CC0-1.0"

_BATCH = 32


@dataclass(frozen=True, slots=True)
class FullVerdict:
    """How good a network is, and what the card says of the hands.

    Attributes:
        rendered: the hands that were trained with, besides own ones.
    """

    judgement: Judgement
    others: OtherHands
    rendered: DataSet


def judge_fully(
    base: LoadedModel,
    networks: Mapping[str, bytes],
    manifest: ModelManifest,
    hands: FullMaterial,
    report: Callable[[int, int], None],
) -> FullVerdict:
    """Compare a trained network with the base, both as their fp32 files answer.

    Threshold and temperature stay those of the base: what is held out is too little to fit them to.

    Args:
        manifest: of the new model.
        report: called with the hands looked at so far and their number.
    """
    *own, rendered = hands.watch
    new = FeatureNetwork(networks[Precision.FP32])
    old = FeatureNetwork.of(base)
    total, done = 2 * len(rendered.samples) + sum(len(part.samples) for part in own), 0

    def answers(network: FeatureNetwork, cache: CachedHands) -> FloatArray:
        nonlocal done
        parts = []
        for rows in _batches(len(cache.samples)):
            parts.append(network.run(inputs_of(cache, rows, manifest.preprocess))[0])
            done += len(rows)
            report(done, total)
        return np.concatenate(parts)

    rendered_now = answers(new, rendered)
    targets = tuple(sample.label for sample in rendered.samples)
    judged = JudgedHands(
        targets=(*targets, *hands.judged.targets),
        ids=("",) * len(targets) + hands.judged.ids,
        old_logits=np.concatenate([answers(old, rendered), hands.judged.logits]),
        new_logits=np.concatenate([rendered_now, *(answers(new, part) for part in own)]),
        splits=hands.splits,
    )
    learnt, watched = (row for row in hands.rows if row.name == RENDERED)
    others = OtherHands(
        data=RENDERED,
        note=NOTE,
        targets=targets,
        people=("",) * len(targets),
        logits=rendered_now,
        split=SPLIT,
        licence=LICENCE,
        sha256=watched.sha256,
    )
    return FullVerdict(
        compare(judged, base.manifest, manifest, TeachingMode.FULL),
        others,
        _data_set(learnt, base),
    )


def _batches(count: int) -> Sequence[Sequence[int]]:
    return [range(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH)]


def _data_set(row: DataRow, base: LoadedModel) -> DataSet:
    return DataSet(
        name=RENDERED,
        role="training",
        pictures=row.hands,
        people=None,
        licence=LICENCE,
        origin=f"come with {base.manifest.name}",
        sha256=row.sha256,
    )
