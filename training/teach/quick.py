"""Quick teaching: the network stays as it is, its last step is fitted anew. Takes seconds, needs no
torch."""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from dataclasses import replace

import numpy as np

from gesture_app.store.models import LoadedModel, read_network
from gesture_app.store.training_events import StageName
from gesture_app.vision.feature_network import FeatureNetwork
from gesture_app.vision.golden import Golden, golden_input, load_golden
from training.card.content import DataSet, TrainingRun
from training.teach.feature_set import FeatureSet
from training.teach.graft import graft
from training.teach.head import Head, apply_head, fit_head
from training.teach.judging import Material, judge
from training.teach.learnt import Learnt, OtherHands, own_pictures
from training.teach.reporting import StageClock
from training.teach.space import FeatureSpace
from training.teach.training_set import TrainingSet

OTHERS = "hands of other people"
NOTE = (
    "Hands that this head did not learn from, as the network sees them; hands that the detector "
    "misses are not among them. The base network did learn from them, so the figures are better "
    "than on strangers: compare them with the base's on the same hands. Own gestures are not among "
    "them: see judgement.json."
)
SPLIT = (
    "Hands that come with the bundled model: webcam pictures are divided by person, photographs, "
    "whose people are not known, and rendered pictures by picture. The person's own pictures are "
    "judged in judgement.json, by heads that did not see their recording, or their stretch of the "
    "only one."
)
FEWEST_OF_A_PERSON = 10
"""Hands of one group from which it counts as a person; photographs are groups of their own."""


def learn_quickly(
    base: LoadedModel,
    material: Material,
    space: FeatureSpace,
    training_set: TrainingSet,
    clock: StageClock,
) -> Learnt:
    """Fit a head to everything, judge it, and put it onto every file of ``base``.

    Args:
        space: of the features in ``material``.
    """
    with clock.stage(StageName.FIT):
        head = fit_head(
            material.own, material.replay_learn, base.manifest.labels, training_set.labels
        )
        networks = {
            precision: graft(network, head, space)
            for precision in base.manifest.variants
            if (network := read_network(base, precision)) is not None
        }
        golden = expected_answers(base, head, space)
    with clock.stage(StageName.JUDGE) as advance:
        judgement = judge(material, head, base.manifest, training_set.names, advance)
    judged = material.replay_judge.part(np.flatnonzero(material.replay_judge.plain))
    sizes = Counter(judged.groups)
    others = OtherHands(
        data=OTHERS,
        note=NOTE,
        targets=judged.targets,
        people=tuple(
            group if sizes[group] >= FEWEST_OF_A_PERSON else "" for group in judged.groups
        ),
        logits=apply_head(head, judged.logits, judged.features),
        split=SPLIT,
        licence=base.manifest.licence,
        sha256=hashlib.sha256(np.ascontiguousarray(judged.features).tobytes()).hexdigest(),
    )
    return Learnt(
        labels=head.labels,
        networks=networks,
        golden=golden,
        judgement=judgement,
        others=others,
        training=_training_run(material),
        data_sets=(
            own_pictures(training_set.samples, "training"),
            _replayed(base, material.replay_learn),
        ),
    )


def _training_run(material: Material) -> TrainingRun:
    learnt_from = len(material.own) + len(material.replay_learn)
    return TrainingRun(
        recipe={"learns": "last step", "fitted to": "features of the base network"},
        pictures_seen=learnt_from,
        batch_size=learnt_from,
        device=f"CPU: {platform.processor() or platform.machine()}",
        precision="fp32",
    )


def _replayed(base: LoadedModel, hands: FeatureSet) -> DataSet:
    return DataSet(
        name=OTHERS,
        role="training",
        pictures=int(hands.plain.sum()),
        people=None,
        licence=base.manifest.licence,
        origin=f"coordinates that come with {base.manifest.name}",
        sha256=hashlib.sha256(np.ascontiguousarray(hands.features).tobytes()).hexdigest(),
    )


def expected_answers(base: LoadedModel, head: Head, space: FeatureSpace) -> Golden:
    """The base's golden hands with the answers of the taught model, by NumPy from those that the
    trained base network gave: what a grafted file has to agree with."""
    golden = load_golden(base.folder)
    batch = golden_input(golden.hands, golden.spec)
    _, features = FeatureNetwork.of(base).run(batch)
    logits = apply_head(head, golden.logits, space.project(features))
    return replace(golden, labels=head.labels, logits=logits)
