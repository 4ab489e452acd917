"""Golden sets as files: read back as written, and refused when they are not what they should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from safetensors.numpy import load, save

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import MANIFEST_NAME, dump_manifest
from gesture_app.core.types import BgrImage
from gesture_app.vision.golden import (
    GOLDEN_NAME,
    MAX_GOLDEN_BYTES,
    Golden,
    GoldenHand,
    coarse,
    dump_golden,
    golden_input,
    load_golden,
)
from tests.fakes import FakeDetector, make_hand, make_manifest
from training.golden import GOLDEN_HANDS, read_hands, write_hands

MANIFEST = make_manifest()


def jpeg(bgr: BgrImage) -> bytes:
    return cv2.imencode(".jpg", bgr)[1].tobytes()


def small_golden() -> Golden:
    picture = np.random.default_rng(0).integers(0, 256, (48, 64, 3)).astype(np.uint8)
    hands = tuple(
        GoldenHand(jpeg(picture), make_hand((30 + 2 * i, 24)).landmarks) for i in range(3)
    )
    inputs = coarse(golden_input(hands, MANIFEST.preprocess).crops)
    logits = np.arange(9, dtype=np.float32).reshape(3, 3)
    return Golden(hands, MANIFEST.preprocess, MANIFEST.labels, inputs, logits)


def written(folder: Path, content: bytes) -> Path:
    (folder / MANIFEST_NAME).write_text(dump_manifest(MANIFEST), "utf-8")
    (folder / GOLDEN_NAME).write_bytes(content)
    return folder


def test_a_golden_set_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    golden = small_golden()
    got = load_golden(written(tmp_path, dump_golden(golden)))
    assert [hand.jpeg for hand in got.hands] == [hand.jpeg for hand in golden.hands]
    for name in ("inputs", "logits"):
        np.testing.assert_array_equal(getattr(got, name), getattr(golden, name))
    np.testing.assert_array_equal(got.hands[1].landmarks, golden.hands[1].landmarks)
    assert (got.spec, got.labels) == (golden.spec, golden.labels)


def test_equal_sets_are_equal_files() -> None:
    assert len({dump_golden(small_golden()) for _ in range(5)}) == 1


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file of `small_golden` after ``change`` of its tensors."""
    content = dump_golden(small_golden())
    header = int.from_bytes(content[:8], "little")
    metadata = json.loads(content[8 : 8 + header])["__metadata__"]
    tensors = load(content)
    change(tensors)
    return bytes(save(tensors, metadata))


def huge_picture(tensors: dict[str, Any]) -> None:
    tensors["picture.000"] = np.frombuffer(jpeg(np.zeros((3000, 3000, 3), np.uint8)), np.uint8)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: b"", "header"),
        (lambda: b"\x00" * 100, ""),
        (lambda: dump_golden(small_golden())[:-10], ""),
        (lambda: b"\x00" * (MAX_GOLDEN_BYTES + 1), "too large"),
        (lambda: dump_golden(replace(small_golden(), labels=("no", "like", "x"))), "labels"),
        (lambda: altered(lambda t: t.pop("logits")), "logits"),
        (lambda: altered(lambda t: t.update(logits=t["logits"][:, :2].copy())), "logits"),
        (lambda: altered(lambda t: t.update(logits=t["logits"] * np.float32("nan"))), "logits"),
        (lambda: altered(lambda t: t.update(inputs=t["inputs"].astype(np.float64))), "inputs"),
        (lambda: altered(lambda t: t.update(landmarks=t["landmarks"][:2].copy())), "landmarks"),
        (lambda: altered(lambda t: t.pop("picture.001")), "picture.001"),
        (
            lambda: altered(lambda t: t.update({"picture.000": np.zeros(9, np.uint8)})),
            "not a JPEG",
        ),
        (
            lambda: altered(
                lambda t: t.update({"picture.000": np.array([255, 216, 255, 0], np.uint8)})
            ),
            "cannot be decoded",
        ),
        (lambda: altered(huge_picture), "too large"),
    ],
)
def test_files_that_are_not_golden_sets_of_this_model_are_refused(
    tmp_path: Path, content: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(ModelError, match="golden set cannot be used") as caught:
        load_golden(written(tmp_path, content()))
    assert reason in caught.value.why


def test_a_model_without_one_says_so(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_NAME).write_text(dump_manifest(MANIFEST), "utf-8")
    with pytest.raises(ModelError, match="No such file"):
        load_golden(tmp_path)


def test_the_committed_hands_are_one_a_picture_and_inside_it() -> None:
    hands = read_hands()
    assert len(hands) >= 20
    assert len({hand.jpeg for hand in hands}) == len(hands)
    for hand in hands:
        assert hand.landmarks.shape == (21, 3)
        assert (hand.landmarks[:, :2].mean(axis=0) > 0).all()


def test_pictures_without_exactly_one_hand_are_left_out(tmp_path: Path) -> None:
    found = iter([(make_hand(),), (), (make_hand(), make_hand((40, 30)))])
    pictures = sorted(GOLDEN_HANDS.glob("*.jpg"))[:3]
    kept = write_hands(pictures, FakeDetector(lambda _: next(found)), tmp_path)
    assert kept == 1
    (hand,) = read_hands(tmp_path)
    assert hand.jpeg == pictures[0].read_bytes()
    np.testing.assert_allclose(hand.landmarks, make_hand().landmarks, atol=0.01)
