"""``gesture-train``: the command line of the toolkit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from gesture_app.core.errors import AppError
from training import (
    catalog_command,
    export_command,
    prune_command,
    release_command,
    throughput_command,
    train_command,
)
from training.card import command as card_command
from training.data import command as data_command
from training.teach import command as teach_command

EPILOG = """\
From a folder of pictures to a model in the app, a class a sub-folder (pictures without a gesture
in no_gesture):

  gesture-train data import PICTURES --out SET       find the hands, split by person or session
  gesture-train train RECIPE --data SET --out RUN    train; --gpus N shares, --resume goes on
  gesture-train prune RUN --flops 0.35 --out SMALL   smaller and faster; then train it again
  gesture-train export RUN --data SET --out MODEL    fp32, fp16, INT8, checked against RUN
  gesture-train card show MODEL --html CARD.html     how good it is, on whom, how it was made
  gesture-train catalog import MODEL                 into the app's library
  gesture-train catalog activate NAME                the app recognises with it

docs/training.md goes through it step by step. Each command tells more with --help.
"""


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gesture-train",
        description="Takes a pretrained network to a small, fast, checked model of your gestures.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    data_command.add_parser(commands)
    train_command.add_parser(commands)
    prune_command.add_parser(commands)
    export_command.add_parsers(commands)
    throughput_command.add_parser(commands)
    card_command.add_parser(commands)
    catalog_command.add_parser(commands)
    release_command.add_parsers(commands)
    teach_command.add_parsers(commands)
    commands.add_parser("render", help="render hands: a clip, or labelled pictures to train on")
    return parser


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "card": card_command.run,
    "catalog": catalog_command.run,
    "data": data_command.run,
    "evaluate": release_command.run,
    "export": export_command.run,
    "features": teach_command.run,
    "parity": export_command.run,
    "golden": export_command.run,
    "prune": prune_command.run,
    "quantise": export_command.run,
    "release": release_command.run,
    "take": teach_command.run,
    "teach": teach_command.run,
    "throughput": throughput_command.run,
    "train": train_command.run,
}


if __name__ == "__main__":
    sys.exit(main())
