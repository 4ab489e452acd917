"""Drawing random people: build, skin, hair, clothes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.render.body import BodyShape
from training.render.scene import Clothes, Hair, Look, Rgb
from training.render.skin_tones import hair_color, iris_color, linear, skin_of

SLEEVES = ((0.30, 0.60), (0.85, 1.25), (1.60, 1.90), (1.60, 1.90))
"""Short, to the elbow, and (twice as often) long; arm coordinate of the cuff."""

BRIGHT_NAILS = 0.12
"""Share of people with painted nails."""


def draw_shape(rng: np.random.Generator) -> BodyShape:
    """Any build from a child of about twelve to the old."""
    origin = rng.dirichlet((0.6, 0.6, 0.6))
    details = {
        "hand-fingers-diameter": rng.uniform(-0.8, 0.8),
        "hand-fingers-length": rng.uniform(-0.6, 0.7),
        "hand-scale": rng.uniform(-0.5, 0.5),
        "wrist-circ": rng.uniform(-0.6, 0.6),
        "lowerarm-fat": rng.uniform(-0.6, 0.6),
        "nose-width": rng.uniform(-0.5, 0.5),
        "nose-height": rng.uniform(-0.5, 0.5),
        "chin-width": rng.uniform(-0.5, 0.5),
        "head-fat": rng.uniform(-0.4, 0.5),
        str(rng.choice(["head-oval", "head-round", "head-square", "head-diamond"])): rng.uniform(
            0, 0.8
        ),
    }
    return BodyShape(
        male=float(rng.uniform(0, 1)),
        age=float(rng.uniform(0.12, 0.95)),
        origin=(float(origin[0]), float(origin[1]), float(origin[2])),
        muscle=float(rng.uniform(0.25, 0.8)),
        weight=float(rng.uniform(0.25, 0.85)),
        details={name: float(value) for name, value in details.items()},
    )


def draw_look(rng: np.random.Generator, shape: BodyShape) -> Look:
    """Skin of any depth whatever the build; beards only on men."""
    skin = skin_of(
        float(rng.uniform(0, 1)),
        float(rng.uniform(-1, 1)),
        blotch=float(rng.uniform(0.1, 0.45)),
        bump=float(rng.uniform(0.4, 1.2)),
        shine=float(rng.uniform(0.3, 1.1)),
    )
    if rng.random() < BRIGHT_NAILS:
        skin = replace(skin, nail=_any_color(rng, 20, 230))
    return Look(skin, _draw_clothes(rng), _draw_hair(rng, shape), iris_color(rng.uniform(0, 1)))


def _draw_clothes(rng: np.random.Generator) -> Clothes:
    low, high = SLEEVES[int(rng.integers(len(SLEEVES)))]
    return Clothes(
        color=_any_color(rng, 15, 235),
        accent=_any_color(rng, 15, 235),
        pattern=int(rng.choice([0, 0, 0, 1, 2, 3, 4])),
        sleeve=float(rng.uniform(low, high)),
        collar=float(rng.uniform(0.7, 1.0)),
        looseness=float(rng.uniform(0.03, 0.11)),
    )


def _draw_hair(rng: np.random.Generator, shape: BodyShape) -> Hair:
    bald = rng.random() < 0.1 * shape.male
    return Hair(
        color=hair_color(float(rng.beta(0.8, 1.4))),
        thickness=0.0 if bald else float(rng.uniform(0.04, 0.32)),
        drop=float(rng.uniform(0, 0.8)) if rng.random() < 0.4 else 0.0,
        brow=float(rng.uniform(0.4, 0.9)),
        stubble=float(rng.uniform(0, 0.8)) if shape.male > 0.6 and shape.age > 0.35 else 0.0,
    )


def _any_color(rng: np.random.Generator, low: float, high: float) -> Rgb:
    """A colour around a random grey, so that dull ones are as common as bright ones."""
    grey = rng.uniform(low, high)
    spread = rng.uniform(0, 90)
    return linear(np.clip(grey + rng.uniform(-spread, spread, 3), low, high))
