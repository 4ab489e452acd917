"""The hands that ship with the bundled model for teaching: from the release's training hands, as
coordinates (see `training.teach.replay`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.context import HandContext
from gesture_app.core.preprocess import NetworkInput, PreprocessSpec
from gesture_app.core.types import NO_GESTURE, FloatArray
from gesture_app.store.archive_contents import REPLAY_NAME
from gesture_app.store.models import LoadedModel
from gesture_app.vision.feature_network import FeatureNetwork
from training.cache import CachedHands
from training.datasets import OTHER_HAND
from training.model import LANDMARK_WIDTH
from training.teach.feature_set import FeatureSet
from training.teach.replay import Replay, save_replay
from training.teach.space import find_space
from training.teach.variants import PLAIN_ROWS, variations

JUDGED_PEOPLE = frozenset({"mid"})
"""Of the webcam sets; nothing is fitted to them. One of the three who also show other hands."""

JUDGED_SHARE = 0.2
"""Of photographs whose people are not known."""

MOST_HANDS = 360
"""Of a label and a data set, judged ones included."""

MOST_RENDERED = 60
"""They hold gaps where photographs are few, and are not what people show to a camera."""

_BATCH_ROWS = 64


@dataclass(frozen=True, slots=True)
class _Hand:
    context: HandContext
    target: str
    group: str
    judged: bool
    seed: int


def write_replay(
    base: LoadedModel, caches: Mapping[str, CachedHands], report: Callable[[], None]
) -> Replay:
    """Compute the hands that come with ``base`` and leave them in its folder.

    Args:
        caches: data set → its hands.
        report: called after each hand.
    """
    labels = set(base.manifest.labels)
    hands = [hand for name, cache in caches.items() for hand in _chosen(name, cache, labels)]
    features, logits, plain, owner = _computed(base, hands, report)
    space = find_space(features[plain], features.shape[1] - LANDMARK_WIDTH)
    whole = FeatureSet(
        features=space.project(features),
        logits=logits,
        targets=tuple(hands[row].target for row in owner),
        groups=tuple(hands[row].group for row in owner),
        ids=("",) * len(owner),
        plain=plain,
    )
    judged = np.array([hands[row].judged for row in owner], np.bool_)
    replay = Replay(
        space, whole.part(np.flatnonzero(~judged)), whole.part(np.flatnonzero(judged & plain))
    )
    save_replay(base.folder / REPLAY_NAME, replay)
    return replay


def _chosen(name: str, cache: CachedHands, labels: set[str]) -> Iterator[_Hand]:
    """Hands of a data set, the same ones each time: those whose path hashes lowest."""
    ranked: dict[str, list[tuple[str, int]]] = {}
    for row, sample in enumerate(cache.samples):
        target = NO_GESTURE if sample.label == OTHER_HAND else sample.label
        if target in labels:
            digest = hashlib.sha256(f"{name}/{sample.path.name}/{row}".encode()).hexdigest()
            ranked.setdefault(sample.label, []).append((digest, row))
    for label, rows in sorted(ranked.items()):
        for digest, row in sorted(rows)[: _most(name, label)]:
            sample = cache.samples[row]
            known = sample.person or ""
            seed = int(digest[:8], 16)
            yield _Hand(
                HandContext(
                    np.asarray(cache.contexts[row]), cache.landmarks[row], cache.picture_boxes[row]
                ),
                NO_GESTURE if label == OTHER_HAND else label,
                f"{name}/{known or digest[:8]}",
                known in JUDGED_PEOPLE if known else seed < JUDGED_SHARE * 2**32,
                seed,
            )


def _most(name: str, label: str) -> int:
    if name.startswith("rendered"):
        return MOST_RENDERED
    return 10**6 if label in (OTHER_HAND, NO_GESTURE) else MOST_HANDS


def _computed(
    base: LoadedModel, hands: Sequence[_Hand], report: Callable[[], None]
) -> tuple[FloatArray, FloatArray, NDArray[np.bool_], NDArray[np.intp]]:
    """Features and logits of all rows, which are plain, and the hand that each is of."""
    network = FeatureNetwork.of(base)
    answers: list[tuple[FloatArray, FloatArray]] = []
    owner: list[int] = []
    plain: list[bool] = []
    waiting: list[NetworkInput] = []
    for number, hand in enumerate(hands):
        rows = _rows(hand, base.manifest.preprocess)
        waiting.append(rows)
        owner += [number] * len(rows.landmarks)
        plain += [True] + [False] * (len(rows.landmarks) - 1)
        if len(waiting) * len(rows.landmarks) >= _BATCH_ROWS or number == len(hands) - 1:
            answers.append(network.run(_joined(waiting)))
            waiting = []
        report()
    logits, features = (np.concatenate(parts) for parts in zip(*answers, strict=True))
    return features, logits, np.array(plain, np.bool_), np.array(owner, np.intp)


def _rows(hand: _Hand, spec: PreprocessSpec) -> NetworkInput:
    """The hand as it is, and one variation of it. Judged ones are not varied; mirrored ones tell
    nothing new, since the base was trained on both."""
    count = 0 if hand.judged else 1
    made = variations(hand.context, count, hand.seed, spec)
    kept = [0, *range(PLAIN_ROWS, PLAIN_ROWS + count)]
    return NetworkInput(made.crops[kept], made.landmarks[kept])


def _joined(batches: Sequence[NetworkInput]) -> NetworkInput:
    return NetworkInput(
        np.concatenate([batch.crops for batch in batches]),
        np.concatenate([batch.landmarks for batch in batches]),
    )
