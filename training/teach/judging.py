"""The taught model beside the one it was made from, on hands that its head was not fitted to.

A person's own pictures are judged by heads that saw neither their recording nor their stretch of
it (`training.teach.folds`); hands of other people, which come with the bundled model, are judged by
the head that is shipped, which was not fitted to them. The base network was: its figures on them
are better than on strangers, and only the difference between old and new says something. What a
hand is named is decided as live, by `gesture_app.vision.classifier`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.manifest import ModelManifest
from gesture_app.core.types import NO_GESTURE, FloatArray
from gesture_app.store.judgement import (
    MAX_CELL_SAMPLES,
    ConfusionCell,
    GestureJudgement,
    Judgement,
    Share,
    Split,
)
from gesture_app.store.training_job import TeachingMode
from gesture_app.vision.classifier import softmax, to_prediction
from training.statistics import wilson_interval
from training.teach.collisions import Answers, find_collisions
from training.teach.feature_set import FeatureSet
from training.teach.folds import hold_out
from training.teach.head import Head, apply_head, fit_head


@dataclass(frozen=True, slots=True)
class Material:
    """Attributes:
    own: the person's pictures, variations included.
    replay_learn: hands of the built-in gestures that every head is fitted to as well.
    replay_judge: hands of people that are not in ``replay_learn``.
    fingerprints: of each sample in ``own``, see `gesture_app.core.fingerprint`.
    """

    own: FeatureSet
    replay_learn: FeatureSet
    replay_judge: FeatureSet
    fingerprints: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class JudgedHands:
    """What both models say of hands that they did not learn from, one row each.

    Attributes:
        targets: labels of the new model.
        ids: of the sample, "" for hands that come with the model.
        old_logits: float32 (N, labels of the old model).
        new_logits: float32 (N, labels of the new model).
        splits: label → how its own samples were held out.
    """

    targets: tuple[str, ...]
    ids: tuple[str, ...]
    old_logits: FloatArray
    new_logits: FloatArray
    splits: Mapping[str, Split] = field(default_factory=dict)


def judge(
    material: Material,
    head: Head,
    old: ModelManifest,
    names: Mapping[str, str],
    report: Callable[[int, int], None] = lambda _done, _total: None,
) -> Judgement:
    """Judge a quickly taught model.

    Args:
        head: the one that is shipped.
        old: of the base model; the new one has its threshold and temperature.
        names: label → what people call it, of the taught gestures.
        report: called with the heads fitted so far and their number; may raise to cancel.
    """
    new = replace(old, labels=head.labels, names=names)
    return compare(held_out_hands(material, head, report), old, new, TeachingMode.QUICK)


def held_out_hands(
    material: Material, head: Head, report: Callable[[int, int], None]
) -> JudgedHands:
    """Both models' logits of all hands that can be judged."""
    own, held_out = material.own, hold_out(material.own, material.fingerprints)
    others = material.replay_judge.part(np.flatnonzero(material.replay_judge.plain))
    hands = others
    logits = [apply_head(head, others.logits, others.features)]
    for done, fold in enumerate(held_out.folds):
        report(done, len(held_out.folds))
        fitted = fit_head(
            own.part(fold.learn), material.replay_learn, head.base_labels, head.labels
        )
        judged = own.part(fold.judge)
        logits.append(apply_head(fitted, judged.logits, judged.features))
        hands = hands.joined(judged)
    report(len(held_out.folds), len(held_out.folds))
    return JudgedHands(
        hands.targets, hands.ids, hands.logits, np.concatenate(logits), held_out.splits
    )


def compare(
    hands: JudgedHands, old: ModelManifest, new: ModelManifest, mode: TeachingMode
) -> Judgement:
    """Both models' answers on the same hands as a judgement."""
    targets = np.array(hands.targets)
    probabilities = softmax(hands.new_logits / np.float32(new.temperature))
    named = _names(probabilities, new)
    old_named = _names(softmax(hands.old_logits / np.float32(old.temperature)), old)
    answers = Answers(targets, named, old_named, probabilities, new.labels)
    built_in = np.isin(targets, [label for label in old.labels if label != NO_GESTURE])
    nothing = targets == NO_GESTURE
    labels = sorted(
        (label for label in new.labels if label != NO_GESTURE),
        key=lambda label: label in old.labels,
    )
    own = [label for label in labels if label not in old.labels]
    return Judgement(
        mode=mode,
        base=old.name,
        split="stretches" if "stretches" in hands.splits.values() else "sessions",
        gestures=tuple(
            _gesture(label, answers, old, new, hands.splits.get(label)) for label in labels
        ),
        cells=_cells(targets, named, hands.ids),
        collisions=find_collisions(answers, own),
        false_alarms=share_of(named[nothing] != NO_GESTURE),
        old_false_alarms=share_of(old_named[nothing] != NO_GESTURE),
        built_in_before=share_of(old_named[built_in] == targets[built_in]),
        built_in_after=share_of(named[built_in] == targets[built_in]),
        made_s=time.time(),
    )


def share_of(hits: NDArray[np.bool_]) -> Share:
    """How many of (N,) are true."""
    count, of = int(hits.sum()), len(hits)
    low, high = wilson_interval(count, of)
    share = count / of if of else 0.0
    # At 0 and 1 the interval's end is the share itself, up to rounding.
    return Share(share, min(low, share), max(high, share), count, of)


def _names(probabilities: FloatArray, manifest: ModelManifest) -> NDArray[np.str_]:
    named = [to_prediction(row, manifest).gesture for row in probabilities]
    return np.array(named, f"U{max(map(len, manifest.labels))}")


def _gesture(
    label: str,
    answers: Answers,
    old: ModelManifest,
    new: ModelManifest,
    split: Split | None,
) -> GestureJudgement:
    targets, named, old_named = answers.targets, answers.named, answers.old_named
    shown = targets == label
    known = label in old.labels
    return GestureJudgement(
        label=label,
        name=new.names.get(label, label),
        built_in=known,
        support=int(shown.sum()),
        recall=share_of(named[shown] == label),
        precision=share_of(targets[named == label] == label),
        old_recall=share_of(old_named[shown] == label) if known else None,
        old_precision=share_of(targets[old_named == label] == label) if known else None,
        split=split,
    )


def _cells(
    targets: NDArray[np.str_], named: NDArray[np.str_], ids: Sequence[str]
) -> tuple[ConfusionCell, ...]:
    counts: dict[tuple[str, str], int] = {}
    samples: dict[tuple[str, str], list[str]] = {}
    for true, name, sample in zip(targets.tolist(), named.tolist(), ids, strict=True):
        counts[true, name] = counts.get((true, name), 0) + 1
        behind = samples.setdefault((true, name), [])
        if sample and len(behind) < MAX_CELL_SAMPLES:
            behind.append(sample)
    return tuple(
        ConfusionCell(true, name, count, tuple(samples[true, name]))
        for (true, name), count in sorted(counts.items())
    )
