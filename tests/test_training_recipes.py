"""Recipes: complete, of the right types, within their ranges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.made_up_hands import RECIPE, RECIPES, write_recipe
from training.config import load_recipe
from training.learner import learning_rate_factor
from training.loop import crop_size


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_that_ships_is_valid(path: Path) -> None:
    assert load_recipe(path).steps > 0


def test_a_recipe_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert load_recipe(write_recipe(tmp_path / "recipe.toml")) == RECIPE


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"colour": 2}, "colour"),
        ({"seed": "one"}, "seed must be int"),
        ({"seed": True}, "seed must be int"),
        ({"sets": "one"}, "sets must be a list"),
        ({"negative_share": 0.95}, "leave room"),
        ({"turned_share": -0.1}, "within 0 and 1"),
        ({"batch_size": 1}, "at least 2"),
        ({"train_size": 16}, "32 pixels"),
        ({"depth": 101}, "depth"),
        ({"strides": "v2"}, "strides"),
        ({"precision": "fp8"}, "precision"),
        ({"distillation": -0.5}, "distillation"),
        ({"distillation_temperature": 0.0}, "distillation_temperature"),
        ({"keep_best": -1}, "negative"),
        ({"best_by": "recall"}, "best_by"),
        ({"backbone_rate": 0.0}, "learning rates"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    tmp_path: Path, changed: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        load_recipe(write_recipe(tmp_path / "recipe.toml", **changed))


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    path = write_recipe(tmp_path / "recipe.toml")
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("ema_decay")))
    with pytest.raises(ValueError, match="ema_decay"):
        load_recipe(path)


def test_the_learning_rate_warms_up_and_falls() -> None:
    recipe = replace(RECIPE, steps=100, warmup_steps=10)
    rates = [learning_rate_factor(step, recipe) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == rates[10] == 1
    assert rates[-1] < 0.02


def test_the_last_steps_see_crops_of_the_final_size() -> None:
    recipe = replace(RECIPE, steps=4, train_size=32, final_size=64, final_steps=1)
    assert [crop_size(step, recipe) for step in range(4)] == [32, 32, 32, 64]
