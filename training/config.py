"""Recipes: every value of a training run, in one validated TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from gesture_app.core.preprocess import PreprocessSpec
from training.resnet import IMAGENET_MEAN, IMAGENET_STD


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        name: of the model, shown to people.
        pretrained: file of the ImageNet weights, relative to the shared folder.
        pretrained_sha256: its hash.
        sets: data sets to train on, by name.
        seed: of everything random.
        landmark_steps: steps of the landmark layers alone before the rest starts, with batches of
            256; landmarks cost next to nothing, so their layers start out trained.
        steps: optimiser steps of the whole network.
        batch_size: pictures per step.
        train_size: side of the training crops in pixels; smaller than ``input_size`` is faster,
            and objects look larger to a network at test time anyway (Touvron et al. 2019,
            "Fixing the train-test resolution discrepancy").
        final_size: side of the crops in the last ``final_steps`` steps.
        final_steps: see ``final_size``.
        input_size: side of the network's input when it is used.
        crop_margin: see `PreprocessSpec`.
        head_rate: peak learning rate of the heads and the landmark layers.
        backbone_rate: peak learning rate of the last ResNet layer.
        layer_decay: factor from each ResNet layer to the one before it.
        frozen_stages: how many of stem, layer1, … layer4 are not trained.
        weight_decay: of AdamW.
        warmup_steps: of linear warm-up before the cosine.
        label_smoothing: of the cross-entropy.
        ema_decay: of the moving average of the weights, which is what is exported.
        negative_share: part of a batch that shows real negatives.
        turned_share: part of a batch that shows gestures turned so far that they are none.
        webcam_share: part of the pictures of a class drawn from webcam scenes, where it has any.
        webcam_negative_share: the same for real negatives.
        rendered_share: the same for rendered pictures.
        checkpoint_every: steps between checkpoints.
    """

    name: str
    pretrained: str
    pretrained_sha256: str
    sets: tuple[str, ...]
    seed: int
    landmark_steps: int
    steps: int
    batch_size: int
    train_size: int
    final_size: int
    final_steps: int
    input_size: int
    crop_margin: float
    head_rate: float
    backbone_rate: float
    layer_decay: float
    frozen_stages: int
    weight_decay: float
    warmup_steps: int
    label_smoothing: float
    ema_decay: float
    negative_share: float
    turned_share: float
    webcam_share: float
    webcam_negative_share: float
    rendered_share: float
    checkpoint_every: int

    def spec(self, size: int | None = None) -> PreprocessSpec:
        """Preprocessing at ``size``, or as the finished model wants it."""
        side = self.input_size if size is None else size
        return PreprocessSpec(side, self.crop_margin, IMAGENET_MEAN, IMAGENET_STD)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def load_recipe(path: Path) -> Recipe:
    """Read and check a recipe.

    Raises:
        ValueError: a key is missing, unknown, of the wrong type or out of range.
        OSError: the file cannot be read.
    """
    value = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {field.name: field.type for field in fields(Recipe)}
    if problems := sorted(known.keys() ^ value.keys()):
        raise ValueError(f"{path}: missing or unknown keys: {', '.join(problems)}")
    value["sets"] = tuple(value["sets"])
    for key, kind in known.items():
        if kind == "float" and type(value[key]) is int:
            value[key] = float(value[key])
        if kind in ("int", "float", "str") and type(value[key]).__name__ != kind:
            raise ValueError(f"{path}: {key} must be {kind}, not {value[key]!r}")
    recipe = Recipe(**value)
    _check_ranges(recipe)
    return recipe


def _check_ranges(recipe: Recipe) -> None:
    shares = (
        "negative_share",
        "turned_share",
        "webcam_share",
        "webcam_negative_share",
        "rendered_share",
    )
    checks = {
        "steps, batch_size and checkpoint_every must be positive": min(
            recipe.steps, recipe.batch_size, recipe.checkpoint_every
        )
        > 0,
        "frozen_stages must lie within 0 and 5": 0 <= recipe.frozen_stages <= 5,
        "shares must lie within 0 and 1": all(0 <= getattr(recipe, s) <= 1 for s in shares),
        "negative_share and turned_share must leave room for gestures": recipe.negative_share
        + recipe.turned_share
        < 1,
        "ema_decay must lie within 0 and 1": 0 <= recipe.ema_decay < 1,
        "learning rates must be positive": min(recipe.head_rate, recipe.backbone_rate) > 0,
    }
    if wrong := [text for text, good in checks.items() if not good]:
        raise ValueError("; ".join(wrong))
