"""What a head learns: real features of the bundled network, and hands that ship with it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from gesture_app.core.errors import ModelError
from gesture_app.core.types import NO_GESTURE, FloatArray
from gesture_app.store.archive_contents import REPLAY_NAME
from gesture_app.store.models import LoadedModel, load_model, read_network
from gesture_app.store.paths import assets_dir
from gesture_app.vision.backends.base import Precision
from gesture_app.vision.feature_network import FeatureNetwork
from gesture_app.vision.golden import golden_input, load_golden
from training.teach.feature_set import FeatureSet
from training.teach.graft import graft
from training.teach.head import Head, apply_head, fit_head
from training.teach.replay import Replay, load_replay
from training.teach.space import landmark_part
from training.teach.variants import PLAIN_ROWS, variations

WAVE = "wave"


@cache
def bundled() -> LoadedModel:
    return load_model(assets_dir() / "models" / "default")


@cache
def shipped() -> Replay:
    return load_replay(bundled().folder)


def base_labels() -> tuple[str, ...]:
    return bundled().manifest.labels


def pose_of(label: str, new_label: str, count: int = 40) -> FeatureSet:
    """Hands that ship, told to be a gesture of the person's own: a pose that the base names."""
    rows = [row for row, target in enumerate(shipped().judge.targets) if target == label][:count]
    found = shipped().judge.part(rows)
    ids = tuple(f"{new_label}/r1/{row:06d}" for row in range(len(rows)))
    return replace(
        found,
        targets=(new_label,) * len(rows),
        groups=(f"{new_label}/r1",) * len(rows),
        ids=ids,
    )


def a_pose_of_its_own(count: int = 20) -> FeatureSet:
    """Made-up hands far from all others, so that nothing stands in the way of learning them."""
    rng = np.random.default_rng(3)
    width = shipped().learn.features.shape[1]
    direction = rng.normal(size=width)
    direction = direction * (12 / float(np.linalg.norm(direction)))
    logits = np.full((count, len(base_labels())), -4.0, np.float32)
    logits[:, base_labels().index(NO_GESTURE)] = -0.1
    return FeatureSet(
        features=np.asarray(direction + rng.normal(0, 0.05, (count, width)), np.float32),
        logits=logits,
        targets=(WAVE,) * count,
        groups=(f"{WAVE}/r1",) * count,
        ids=tuple(f"{WAVE}/r1/{row:06d}" for row in range(count)),
        plain=np.ones(count, np.bool_),
    )


@cache
def wave_head() -> Head:
    labels = (*base_labels(), WAVE)
    return fit_head(a_pose_of_its_own(), shipped().learn, base_labels(), labels)


def named(head: Head, hands: FeatureSet) -> list[str]:
    answers = apply_head(head, hands.logits, hands.features).argmax(axis=1)
    return [head.labels[answer] for answer in answers]


def test_a_new_pose_is_learned_from_twenty_pictures() -> None:
    assert named(wave_head(), a_pose_of_its_own()) == [WAVE] * 20


def test_built_in_gestures_keep_their_logits_to_the_last_bit() -> None:
    others = shipped().judge
    answers = apply_head(wave_head(), others.logits, others.features)
    np.testing.assert_array_equal(answers[:, : len(base_labels())], others.logits)


def test_a_new_gesture_keeps_clear_of_hands_that_it_never_saw() -> None:
    taken = [label for label in named(wave_head(), shipped().judge) if label == WAVE]
    assert len(taken) <= 0.002 * len(shipped().judge)


def test_a_gesture_taught_in_the_midst_of_a_built_in_one_does_not_take_it() -> None:
    labels = (*base_labels(), "flat")
    head = fit_head(pose_of("stop", "flat", 10), shipped().learn, base_labels(), labels)
    others = pose_of("stop", "stop", 100)
    before = [base_labels()[row] for row in others.logits.argmax(axis=1)]
    assert named(head, others).count("stop") >= 0.95 * before.count("stop")


def test_pictures_of_anything_else_teach_what_is_no_gesture() -> None:
    typing = a_pose_of_its_own()
    taken_for_a_gesture = typing.logits[:, ::-1].copy()
    typing = replace(typing, logits=taken_for_a_gesture, targets=(NO_GESTURE,) * len(typing))
    assert NO_GESTURE not in [base_labels()[row] for row in typing.logits.argmax(axis=1)]
    head = fit_head(typing, shipped().learn, base_labels(), base_labels())
    assert named(head, typing) == [NO_GESTURE] * len(typing)
    built_in = pose_of("like", "like")
    assert named(head, built_in).count("like") >= 0.95 * len(built_in)


def test_negatives_that_look_like_the_new_gesture_do_not_teach_against_it() -> None:
    rows = [row for row, target in enumerate(shipped().learn.targets) if target == NO_GESTURE]
    letter = shipped().learn.part(rows[:1])
    direction = landmark_part(letter.features)[0]
    unit = direction / np.linalg.norm(direction)
    alike = landmark_part(shipped().learn.features[rows]) @ unit
    norms = np.linalg.norm(landmark_part(shipped().learn.features[rows]), axis=1)
    same_pose = [row for row, near in zip(rows, alike / norms, strict=True) if near > 0.9]
    own = replace(
        shipped().learn.part(same_pose[:10]),
        targets=(WAVE,) * len(same_pose[:10]),
        ids=tuple(f"{WAVE}/r1/{n}" for n in range(len(same_pose[:10]))),
        plain=np.ones(len(same_pose[:10]), np.bool_),
    )
    head = fit_head(own, shipped().learn, base_labels(), (*base_labels(), WAVE))
    assert named(head, own).count(WAVE) > len(own) / 2


@pytest.mark.parametrize("precision", list(Precision))
def test_the_grafted_network_answers_as_the_head_says(precision: Precision) -> None:
    network = read_network(bundled(), precision)
    assert network is not None
    golden = load_golden(bundled().folder)
    batch = golden_input(golden.hands, golden.spec)
    inputs = {"crops": batch.crops, "landmarks": batch.landmarks}
    space, head = shipped().space, wave_head()

    def run(file: bytes, *outputs: str) -> list[FloatArray]:
        session = ort.InferenceSession(file, providers=["CPUExecutionProvider"])
        return [np.asarray(part) for part in session.run(list(outputs), inputs)]

    logits, features = run(network, "logits", "features")
    expected = apply_head(head, logits, space.project(features))
    (answers,) = run(graft(network, head, space), "logits")
    assert answers.shape == (len(golden.hands), len(base_labels()) + 1)
    np.testing.assert_allclose(answers, expected, atol=2e-3)


def test_a_network_without_features_cannot_be_taught() -> None:
    import onnx

    model = onnx.load_model_from_string(bundled().onnx)
    del model.graph.output[1]
    with pytest.raises(ModelError, match="gives no features"):
        graft(bytes(model.SerializeToString()), wave_head(), shipped().space)


def _context() -> HandContext:
    rng = np.random.default_rng(0)
    bgr = rng.integers(0, 256, (CONTEXT_SIZE, CONTEXT_SIZE, 3)).astype(np.uint8)
    landmarks = rng.uniform(60, 130, (21, 3)).astype(np.float32)
    return HandContext(bgr, landmarks, np.array([0, 0, 192, 192], np.float32))


def test_variations_are_the_same_for_the_same_seed_and_do_not_depend_on_their_number() -> None:
    spec = bundled().manifest.preprocess
    few, many = (variations(_context(), count, 7, spec) for count in (2, 5))
    assert len(many.landmarks) == PLAIN_ROWS + 5
    np.testing.assert_array_equal(many.crops[: PLAIN_ROWS + 2], few.crops)
    assert not np.array_equal(variations(_context(), 2, 8, spec).crops, few.crops)


def test_the_first_rows_are_the_hand_as_the_app_sees_it_and_its_mirror_image() -> None:
    spec = bundled().manifest.preprocess
    made = variations(_context(), 0, 7, spec)
    np.testing.assert_allclose(made.crops[1], made.crops[0][:, :, ::-1], atol=0.2)
    np.testing.assert_allclose(
        made.landmarks[1].reshape(21, 3)[:, 0], -made.landmarks[0].reshape(21, 3)[:, 0], atol=1e-4
    )


def test_hands_that_ship_cover_every_label_and_nobody_is_on_both_sides() -> None:
    replay = shipped()
    assert set(replay.learn.targets) == set(replay.judge.targets) == set(base_labels())
    assert not set(replay.learn.groups) & set(replay.judge.groups)
    assert replay.judge.plain.all()


def test_they_are_in_the_space_of_the_bundled_network() -> None:
    golden = load_golden(bundled().folder)
    _, features = FeatureNetwork.of(bundled()).run(golden_input(golden.hands, golden.spec))
    distances = np.linalg.norm(shipped().space.project(features), axis=1)
    others = np.linalg.norm(shipped().judge.features, axis=1)
    assert others.min() / 2 < distances.min() <= distances.max() < others.max() * 2


@pytest.mark.parametrize("damage", ["missing", "cut", "garbage"])
def test_damaged_hands_that_ship_are_refused_in_words(tmp_path: Path, damage: str) -> None:
    content = (bundled().folder / REPLAY_NAME).read_bytes()
    if damage != "missing":
        part = content[:5000] if damage == "cut" else hashlib.sha256(content).digest()
        (tmp_path / REPLAY_NAME).write_bytes(part)
    with pytest.raises(ModelError, match="cannot be taught"):
        load_replay(tmp_path)
