"""``gesture-train release`` and ``evaluate``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``evaluate`` and ``release``."""
    evaluate = commands.add_parser("evaluate", help="judge a model on a data set of webcam scenes")
    evaluate.add_argument("model", type=Path, help="model folder")
    evaluate.add_argument("data", help="name of the data set below SHARED/data")
    evaluate.add_argument("--shared", type=Path, required=True, help="folder with data")
    evaluate.add_argument("--answers", type=Path, help="write every picture's answer to this file")
    release = commands.add_parser(
        "release",
        help="make the bundled model end to end; a stopped run goes on where it was",
    )
    release.add_argument(
        "recipe", type=Path, help="recipe file, e.g. training/recipes/release.toml"
    )
    release.add_argument("--shared", type=Path, required=True, help="folder with data and weights")
    release.add_argument("--out", type=Path, required=True, help="run folder")
    release.add_argument("--progress", choices=("bar", "json"), default="bar")
    release.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="state this in the model's card too; may be given more than once",
    )


def run(options: argparse.Namespace) -> int:
    """Do what was asked; the exit code.

    Raises:
        AppError, ValueError, OSError: it cannot be done.
    """
    return _release(options) if options.command == "release" else _evaluate(options)


def _release(options: argparse.Namespace) -> int:
    from training.card.gathering import parse_attributes
    from training.config import load_recipe
    from training.release import Job, make_release

    recipe = load_recipe(options.recipe)
    teacher = load_recipe(options.recipe.parent / recipe.teacher) if recipe.teacher else None
    job = Job(
        recipe,
        teacher,
        options.shared,
        options.out,
        _hand_model(),
        options.progress == "json",
        parse_attributes(options.attribute),
    )
    manifest = make_release(job)
    print(json.dumps({"model": str(job.model), **manifest.metrics}))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from gesture_app.store.models import load_model
    from training.evaluate import curve
    from training.evaluation_file import save_evaluation
    from training.release import evaluate_model
    from training.release_data import scan

    model = load_model(options.model)
    samples = scan(options.shared / "data" / options.data, options.data)
    evaluation = evaluate_model(_hand_model(), model, options.data, samples)
    if options.answers:
        save_evaluation(evaluation, options.answers)
    for point in curve(evaluation.answers, (0.01, 0.02, 0.05, 0.1, 0.2)):
        print(
            f"recall {point.recall:.3f} at {point.false_positives:.3f} false positives, "
            f"{point.lookalikes:.3f} of lookalike letters (threshold {point.threshold:.3f})"
        )
    return 0


def _hand_model() -> bytes:
    from gesture_app.store.hand_model import hand_model_path, load_hand_model
    from gesture_app.store.paths import user_folders

    return load_hand_model(hand_model_path(user_folders()))
