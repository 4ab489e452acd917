"""Recipes: every value of a training run, in one validated TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

from gesture_app.core.preprocess import PreprocessSpec
from training.resnet import BLOCKS, IMAGENET_MEAN, IMAGENET_STD

PRECISIONS = ("auto", "fp32", "fp16", "bf16")


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
        pasted_share: part of the photo hands that are cut out and pasted in front of a scene of the
            other sets; above 0, gestures that touch the face are moved away from it too.
        checkpoint_every: steps between checkpoints.
        depth: of the ResNet: 18, 34 or 50.
        strides: "v1" or "v1.5", see `training.resnet.ResNet`; must be those of the pretrained
            weights.
        precision: "fp32", "fp16", "bf16", or "auto": what is fastest on the device at hand, see
            `training.precision`.
        frozen_statistics: batch norms keep the statistics that the network starts with. For data
            that is far from what it learnt from: they would follow it at once, and everything
            that was learnt on them be lost.
        distillation: weight of what a teacher says, beside the labels' 1; 0: no teacher.
        distilled_share: part of each batch that the teacher is asked about.
        distillation_temperature: softens both sides of the distillation (Hinton et al. 2015,
            "Distilling the Knowledge in a Neural Network").
        teacher: recipe of the network to prune and to learn from, a file beside this one; empty:
            none. This and the next four keys are read by ``gesture-train release`` alone.
        flops_kept: share of the teacher's FLOPs that is left after pruning.
        left_out: labels that are trained but not exported, since they cost others more than they
            bring.
        rendered_stills: how many pictures to render for the data set ``rendered``.
        rendered_seed: of these pictures.
        evaluate_every: steps between evaluations on the validation side; 0: only after the last.
        keep_best: how many of the best evaluated networks are kept; 0: only the last one.
        best_by: "loss" or "accuracy" on the validation side.
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
    pasted_share: float = 0.0
    depth: int = 50
    strides: str = "v1"
    precision: str = "auto"
    frozen_statistics: bool = False
    distillation: float = 0.0
    distilled_share: float = 1.0
    distillation_temperature: float = 4.0
    teacher: str = ""
    flops_kept: float = 1.0
    left_out: tuple[str, ...] = ()
    rendered_stills: int = 0
    rendered_seed: int = 0
    evaluate_every: int = 0
    keep_best: int = 0
    best_by: str = "loss"

    def spec(self, size: int | None = None) -> PreprocessSpec:
        """Preprocessing at ``size``, or as the finished model wants it."""
        side = self.input_size if size is None else size
        return PreprocessSpec(side, self.crop_margin, IMAGENET_MEAN, IMAGENET_STD)

    @property
    def v1(self) -> bool:
        return self.strides == "v1"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def load_recipe(path: Path) -> Recipe:
    """Read and check a recipe. Keys with a default may be left out.

    Raises:
        ValueError: a key is missing, unknown, of the wrong type or out of range.
        OSError: the file cannot be read.
    """
    return _checked(tomllib.loads(path.read_text(encoding="utf-8")), str(path))


def recipe_from_json(value: Mapping[str, Any]) -> Recipe:
    """A recipe as `Recipe.to_json` gave it, from a run's file.

    Raises:
        ValueError: as in `load_recipe`.
    """
    lists = {key: list(item) for key, item in value.items() if isinstance(item, tuple)}
    return _checked({**value, **lists}, "the run's recipe")


def _checked(value: dict[str, Any], where: str) -> Recipe:
    known = {field.name: field.type for field in fields(Recipe)}
    needed = {field.name for field in fields(Recipe) if field.default is MISSING}
    if problems := sorted((needed - value.keys()) | (value.keys() - known.keys())):
        raise ValueError(f"{where}: missing or unknown keys: {', '.join(problems)}")
    for key in {"sets", "left_out"} & value.keys():
        names = value[key]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(f"{where}: {key} must be a list of names, not {names!r}")
        value[key] = tuple(names)
    for key, item in value.items():
        kind = known[key]
        if kind == "float" and type(item) is int:
            value[key] = float(item)
        elif kind in ("int", "float", "str", "bool") and type(item).__name__ != kind:
            raise ValueError(f"{where}: {key} must be {kind}, not {item!r}")
    recipe = Recipe(**value)
    if wrong := [text for text, good in _rules(recipe).items() if not good]:
        raise ValueError(f"{where}: {'; '.join(wrong)}")
    return recipe


def _rules(recipe: Recipe) -> dict[str, bool]:
    """Every rule in words, and whether the recipe keeps it."""
    r = recipe
    shares = (
        *(r.negative_share, r.turned_share, r.rendered_share),
        *(r.webcam_share, r.webcam_negative_share, r.distilled_share, r.pasted_share),
    )
    return {
        "steps, batch_size and checkpoint_every must be positive": min(
            r.steps, r.batch_size, r.checkpoint_every
        )
        > 0,
        "batch_size must be at least 2 for batch statistics": r.batch_size > 1,
        "counts of steps and networks must not be negative": min(
            r.landmark_steps, r.final_steps, r.warmup_steps, r.evaluate_every, r.keep_best
        )
        >= 0,
        "crops must be at least 32 pixels wide": min(r.train_size, r.final_size, r.input_size)
        >= 32,
        "crop_margin must be at least 1": r.crop_margin >= 1,
        "frozen_stages must lie within 0 and 5": 0 <= r.frozen_stages <= 5,
        "shares must lie within 0 and 1": all(0 <= share <= 1 for share in shares),
        "negative_share and turned_share must leave room for gestures": r.negative_share
        + r.turned_share
        < 1,
        "ema_decay must lie within 0 and 1": 0 <= r.ema_decay < 1,
        "learning rates must be positive": min(r.head_rate, r.backbone_rate, r.layer_decay) > 0,
        "weight_decay must not be negative": r.weight_decay >= 0,
        "label_smoothing must lie within 0 and 1": 0 <= r.label_smoothing < 1,
        f"depth must be one of {sorted(BLOCKS)}": r.depth in BLOCKS,
        'strides must be "v1" or "v1.5"': r.strides in ("v1", "v1.5"),
        f"precision must be one of {', '.join(PRECISIONS)}": r.precision in PRECISIONS,
        "distillation must not be negative": r.distillation >= 0,
        "flops_kept must lie within 0 and 1": 0 < r.flops_kept <= 1,
        "distillation_temperature must be positive": r.distillation_temperature > 0,
        'best_by must be "loss" or "accuracy"': r.best_by in ("loss", "accuracy"),
    }
