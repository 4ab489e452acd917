"""``gesture-train``: the command line of the toolkit."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gesture_app.core.errors import AppError
from training import catalog_command, export_command, throughput_command, train_command
from training.card.command import add_parser as add_card_parser
from training.data import command as data_command

if TYPE_CHECKING:
    from training.release import Job


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["render"]:
        # Its own parser and its own extra: rendering needs neither torch nor a hand model.
        from training.render.__main__ import main as render

        return render(arguments[1:])
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    try:
        return _COMMANDS[options.command](options)
    except AppError as error:
        print(f"{error.what}.\n{error.why}.\n{error.next_step}", file=sys.stderr)
    except (ValueError, OSError) as error:
        print(f"gesture-train: {error}", file=sys.stderr)
    return 1


def _release(options: argparse.Namespace) -> int:
    from training.release import make_release

    manifest = make_release(_job(options))
    print(json.dumps({"model": str(options.out / "model"), **manifest.metrics}))
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


def _card(options: argparse.Namespace) -> int:
    from training.card.command import run

    return run(options)


def _job(options: argparse.Namespace) -> Job:
    from training.card.gathering import parse_attributes
    from training.config import load_recipe
    from training.release import Job

    attributes = parse_attributes(options.attribute)
    as_json = options.progress == "json"
    recipe = load_recipe(options.recipe)
    teacher = load_recipe(options.recipe.parent / recipe.teacher) if recipe.teacher else None
    return Job(recipe, teacher, options.shared, options.out, _hand_model(), as_json, attributes)


def _hand_model() -> bytes:
    from gesture_app.store.hand_model import hand_model_path, load_hand_model
    from gesture_app.store.paths import user_folders

    return load_hand_model(hand_model_path(user_folders()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gesture-train",
        description="Fine-tune a pretrained ResNet on hand gestures, export and judge it.",
        epilog="`gesture-train render --help` tells how to render hands.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
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
    evaluate = commands.add_parser("evaluate", help="judge a model on a data set of webcam scenes")
    evaluate.add_argument("model", type=Path, help="model folder")
    evaluate.add_argument("data", help="name of the data set below SHARED/data")
    evaluate.add_argument("--shared", type=Path, required=True, help="folder with data")
    evaluate.add_argument("--answers", type=Path, help="write every picture's answer to this file")
    train_command.add_parser(commands)
    export_command.add_parsers(commands)
    throughput_command.add_parser(commands)
    catalog_command.add_parser(commands)
    data_command.add_parser(commands)
    add_card_parser(commands)
    commands.add_parser("render", help="render hands (see `gesture-train render --help`)")
    return parser


_COMMANDS = {
    "release": _release,
    "evaluate": _evaluate,
    "card": _card,
    "catalog": catalog_command.run,
    "train": train_command.run,
    "export": export_command.run,
    "quantise": export_command.run,
    "parity": export_command.run,
    "throughput": throughput_command.run,
    "data": data_command.run,
}


if __name__ == "__main__":
    sys.exit(main())
