"""Hands that nobody has: quick to make, and easy to tell apart by their landmarks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from gesture_app.core.context import CONTEXT_SIZE, HandContext
from gesture_app.core.types import NO_GESTURE
from training.cache import CachedHands, CacheWriter
from training.config import Recipe, load_recipe
from training.datasets import Sample

RECIPES = Path(__file__).resolve().parents[1] / "training" / "recipes"
LABELS = ("like", "one", NO_GESTURE)

RECIPE = replace(
    load_recipe(RECIPES / "teacher.toml"),
    pretrained="",
    sets=("made_up",),
    depth=18,
    landmark_steps=2,
    steps=4,
    batch_size=4,
    train_size=32,
    final_size=32,
    final_steps=0,
    input_size=32,
    warmup_steps=1,
    checkpoint_every=2,
    precision="fp32",
)
"""The smallest run that goes through everything."""


def made_up_hands(
    people: tuple[str, ...] = ("ann", "bob"), each: int = 8, seed: int = 0
) -> CachedHands:
    """``each`` hands a person, labels in turns: like, one, no_gesture and other_hand."""
    rng = np.random.default_rng(seed)
    labels = ("like", "one", NO_GESTURE, "other_hand")
    samples = tuple(
        Sample(Path(f"{label}/{person}__{label}_{i}.jpg"), label, person, "webcam_test", False)
        for person in people
        for i, label in ((i, labels[i % len(labels)]) for i in range(each))
    )
    count = len(samples)
    contexts = rng.integers(0, 256, (count, CONTEXT_SIZE, CONTEXT_SIZE, 3)).astype(np.uint8)
    shapes = np.random.default_rng(1).uniform(50, 140, (len(labels), 21, 3))
    landmarks = np.stack([shapes[labels.index(sample.label)] for sample in samples])
    landmarks = (landmarks + rng.normal(0, 3, landmarks.shape)).astype(np.float32)
    boxes = np.tile(np.array([0, 0, CONTEXT_SIZE, CONTEXT_SIZE], np.float32), (count, 1))
    return CachedHands(contexts, landmarks, boxes, samples)


def write_hands(folder: Path, hands: CachedHands) -> Path:
    """The same as a cache on the disk."""
    with CacheWriter(folder) as writer:
        for row in range(len(hands.samples)):
            writer.add(
                HandContext(hands.contexts[row], hands.landmarks[row], hands.picture_boxes[row])
            )
        writer.finish(hands.samples)
    return folder


def write_recipe(path: Path, recipe: Recipe = RECIPE, **changed: object) -> Path:
    """A recipe as a file; ``changed`` replaces values."""
    values = {**recipe.to_json(), **changed}
    lines = (f"{key} = {_toml(value)}" for key, value in values.items())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _toml(value: object) -> str:
    if isinstance(value, bool | str):
        return json.dumps(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return repr(value)
