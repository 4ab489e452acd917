"""The old and the new model on the same hands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.judgement import Collision, GestureJudgement, Judgement
from gesture_app.store.training_job import TeachingMode
from tests.fakes import make_manifest
from training.teach.feature_set import FeatureSet
from training.teach.head import fit_head
from training.teach.judging import JudgedHands, Material, compare, judge

BASE = ("fist", "stop", NO_GESTURE)
LABELS = (*BASE, "B", "C")
OLD = make_manifest(BASE)
NEW = replace(OLD, labels=LABELS, names={"B": "Bee", "C": "Sea"})
SURE = 9.0
"""Logit of what a model names; the others' are 0."""


def _logits(labels: tuple[str, ...], named: str, second: str = "", by: float = 0.0) -> list[float]:
    """Of a model that names ``named``, and ``second`` with a logit that is ``by`` less."""
    logits = dict.fromkeys(labels, 0.0) | {named: SURE}
    if second:
        logits[second] = SURE - by
    return [logits[label] for label in labels]


def _hands(*rows: tuple[str, str, str, int]) -> JudgedHands:
    """Each row: what is shown, what the old model names it, what the new one, how many hands."""
    hands = [row[:3] for row in rows for _ in range(row[3])]
    own = {"B", "C"}
    return JudgedHands(
        targets=tuple(hand[0] for hand in hands),
        ids=tuple(f"{h[0]}/r1/{n:06d}" if h[0] in own else "" for n, h in enumerate(hands)),
        old_logits=np.array([_logits(BASE, old) for _, old, _ in hands], np.float32),
        new_logits=np.array([_logits(LABELS, new) for _, _, new in hands], np.float32),
        splits={"B": "sessions", "C": "sessions"},
    )


def _of(judgement: Judgement, label: str) -> GestureJudgement:
    return next(one for one in judgement.gestures if one.label == label)


def test_recall_and_precision_are_counted_per_gesture_old_and_new() -> None:
    hands = _hands(
        ("B", "stop", "B", 38),
        ("B", "stop", "stop", 2),
        ("stop", "stop", "stop", 18),
        ("stop", "stop", "B", 2),
        ("fist", "fist", "fist", 10),
        (NO_GESTURE, NO_GESTURE, NO_GESTURE, 9),
        (NO_GESTURE, "fist", "B", 1),
    )
    judgement = compare(hands, OLD, NEW, TeachingMode.QUICK)
    bee, stop = _of(judgement, "B"), _of(judgement, "stop")
    assert (bee.name, bee.built_in, bee.support, bee.split) == ("Bee", False, 40, "sessions")
    assert (bee.recall.count, bee.recall.of) == (38, 40)
    assert (bee.precision.count, bee.precision.of) == (38, 41)
    assert (bee.old_recall, bee.old_precision) == (None, None)
    assert stop.old_recall is not None
    assert stop.old_precision is not None
    assert (stop.recall.count, stop.old_recall.count) == (18, 20)
    # The model before names every B "stop", which counts against its precision.
    assert (stop.old_precision.count, stop.old_precision.of) == (20, 60)
    assert (judgement.built_in_before.count, judgement.built_in_after.count) == (30, 28)
    assert (judgement.old_false_alarms.count, judgement.false_alarms.count) == (1, 1)
    assert judgement.false_alarms.of == 10


def test_own_gestures_come_first_and_no_gesture_is_not_one() -> None:
    judgement = compare(_hands(("B", "stop", "B", 4)), OLD, NEW, TeachingMode.FULL)
    assert [one.label for one in judgement.gestures] == ["B", "C", "fist", "stop"]
    assert judgement.mode is TeachingMode.FULL
    assert judgement.base == OLD.name


def test_intervals_are_wilsons() -> None:
    judgement = compare(
        _hands(("B", "stop", "B", 38), ("B", "stop", "stop", 2)), OLD, NEW, TeachingMode.QUICK
    )
    recall = _of(judgement, "B").recall
    # Brown, Cai and DasGupta 2001 give the formula; these are its values for 38 of 40.
    assert recall.low == pytest.approx(0.835, abs=5e-4)
    assert recall.high == pytest.approx(0.986, abs=5e-4)
    missing = _of(judgement, "C").recall
    assert (missing.share, missing.low, missing.high, missing.of) == (0.0, 0.0, 1.0, 0)


def test_a_hand_below_the_threshold_is_named_no_gesture() -> None:
    hands = JudgedHands(
        targets=("B", "B"),
        ids=("B/r1/000000", "B/r1/000001"),
        old_logits=np.zeros((2, 3), np.float32),
        new_logits=np.array(
            [_logits(LABELS, "B", NO_GESTURE, by=0.1), _logits(LABELS, "B")], np.float32
        ),
    )
    judgement = compare(hands, OLD, NEW, TeachingMode.QUICK)
    assert {(cell.named, cell.samples) for cell in judgement.cells} == {
        (NO_GESTURE, ("B/r1/000000",)),
        ("B", ("B/r1/000001",)),
    }


def test_cells_name_the_own_pictures_behind_them_and_not_without_end() -> None:
    judgement = compare(
        _hands(("B", "stop", "B", 60), ("stop", "stop", "B", 3)), OLD, NEW, TeachingMode.QUICK
    )
    cells = {(cell.true, cell.named): cell for cell in judgement.cells}
    assert cells["B", "B"].count == 60
    assert len(cells["B", "B"].samples) == 50
    assert cells["B", "B"].samples[0] == "B/r1/000000"
    assert cells["stop", "B"].count == 3
    assert cells["stop", "B"].samples == ()


def test_gestures_taken_for_each_other_collide() -> None:
    hands = _hands(
        ("B", "fist", "B", 36),
        ("B", "fist", "C", 4),
        ("C", NO_GESTURE, "C", 40),
        ("stop", "stop", "stop", 18),
        ("stop", "stop", "C", 2),
        ("fist", "fist", "stop", 9),
    )
    judgement = compare(hands, OLD, NEW, TeachingMode.QUICK)
    found = [(one.label, one.other, one.near) for one in judgement.collisions]
    assert found == [("B", "C", False), ("stop", "C", False), ("B", "fist", True)]
    assert judgement.collisions[0].share == pytest.approx(0.1)


def test_one_mistake_is_no_collision() -> None:
    hands = _hands(("B", NO_GESTURE, "B", 9), ("B", NO_GESTURE, "C", 1))
    assert compare(hands, OLD, NEW, TeachingMode.QUICK).collisions == ()


def test_what_the_old_model_takes_for_a_built_in_gesture_is_near_to_it() -> None:
    hands = _hands(("B", "stop", "B", 30), ("B", NO_GESTURE, "B", 10))
    (near,) = compare(hands, OLD, NEW, TeachingMode.QUICK).collisions
    assert near == Collision("B", "stop", 0.75, near=True)


def test_a_runner_up_by_little_is_near() -> None:
    close = [_logits(LABELS, "B", "C", by=0.2)] * 8 + [_logits(LABELS, "B")] * 2
    hands = JudgedHands(
        targets=("B",) * 10,
        ids=("",) * 10,
        old_logits=np.array([_logits(BASE, NO_GESTURE)] * 10, np.float32),
        new_logits=np.array(close, np.float32),
    )
    (near,) = compare(hands, OLD, NEW, TeachingMode.QUICK).collisions
    assert near == Collision("B", "C", 0.8, near=True)


def _drawn(label: str, count: int, group: str, seed: int) -> FeatureSet:
    """Hands around the place of their label among 24 features. B lies next to stop, as the base
    network sees it."""
    random = np.random.RandomState(seed)
    place = np.zeros(24)
    place[LABELS.index(label)] = 4.0
    if label == "B":
        place[BASE.index("stop")] = 3.0
    features = (place + random.normal(0, 0.3, (count, 24))).astype(np.float32)
    own = label not in BASE
    return FeatureSet(
        features=features,
        logits=np.ascontiguousarray(features[:, : len(BASE)] * 2.0),
        targets=(label,) * count,
        groups=(group,) * count,
        ids=tuple(f"{label}/{group}/{n:06d}" if own else "" for n in range(count)),
        plain=np.ones(count, np.bool_),
    )


def _material() -> Material:
    own = _drawn("B", 12, "r1", 0).joined(_drawn("B", 12, "r2", 1)).joined(_drawn("C", 24, "r1", 2))
    learn, others = (
        _drawn("fist", 40, group, seed)
        .joined(_drawn("stop", 40, group, seed + 1))
        .joined(_drawn(NO_GESTURE, 40, group, seed + 2))
        for group, seed in (("known", 10), ("others", 20))
    )
    prints = np.random.RandomState(3).randint(0, 2**62, len(own))
    return Material(own, learn, others, dict(zip(own.ids, prints.tolist(), strict=True)))


def test_a_head_is_judged_on_what_its_like_had_not_seen() -> None:
    material = _material()
    head = fit_head(material.own, material.replay_learn, BASE, LABELS)
    told: list[tuple[int, int]] = []
    judgement = judge(
        material, head, OLD, {"B": "Bee"}, lambda done, total: told.append((done, total))
    )
    bee, sea = _of(judgement, "B"), _of(judgement, "C")
    assert (bee.split, sea.split, judgement.split) == ("sessions", "stretches", "stretches")
    assert (bee.support, sea.support, bee.name) == (24, 24, "Bee")
    assert bee.recall.share >= 0.9
    assert sea.recall.share >= 0.9
    assert judgement.built_in_before.of == judgement.built_in_after.of == 80
    assert judgement.false_alarms.of == 40
    assert Collision("B", "stop", 1.0, near=True) in judgement.collisions
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_negatives_alone_can_be_taught_and_judged() -> None:
    material = _material()
    own = replace(
        _drawn(NO_GESTURE, 24, "r1", 5), ids=tuple(f"no_gesture/r1/{n}" for n in range(24))
    )
    prints = {sample: place * 0x9E3779B97F4A7C15 % 2**64 for place, sample in enumerate(own.ids)}
    taught = replace(material, own=own, fingerprints=prints)
    head = fit_head(own, material.replay_learn, BASE, BASE)
    judgement = judge(taught, head, OLD, {})
    assert [one.label for one in judgement.gestures] == ["fist", "stop"]
    assert judgement.false_alarms.of == 40 + 24
    assert judgement.collisions == ()
