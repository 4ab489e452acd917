"""``gesture-train data``: its arguments. What they do stands in `training.data.actions`."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.data.formats import Format, Layout

AUTO = "auto"
UNKNOWN_LICENCE = "unknown"
DEFAULT_SEED = 1
DEFAULT_SHARE = 0.2


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``data`` and its own commands."""
    data = commands.add_parser("data", help="data sets: import pictures, show, split")
    actions = data.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_import(actions)
    show = actions.add_parser("show", help="what is in a data set, and what to mind")
    split = actions.add_parser("split", help="choose other people or sessions to be held out")
    for action in (show, split):
        action.add_argument("set", type=Path, help="folder of the data set")
    _add_split_options(split)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="JSON Lines on standard output")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; the exit code.

    Raises:
        AppError: it cannot be done; with ``--json`` it is told there instead.
    """
    from training.data.actions import act

    return act(options)


def _add_import(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    add = actions.add_parser(
        "import",
        help="find the hands in labelled pictures, once, and keep them as a data set",
        description="Reads class folders (LABEL/, PERSON/LABEL/, with sessions as folders too), "
        "HaGRID's annotations with their pictures, and image projects of Teachable Machine. "
        "A stopped import goes on where it was when the same command is given again.",
    )
    add.add_argument("source", type=Path, help="folder, annotation file, .zip or .tm")
    add.add_argument("--out", type=Path, required=True, help="folder of the new data set")
    add.add_argument("--name", help="of the data set; default: the name of its folder")
    add.add_argument("--licence", default=UNKNOWN_LICENCE, help="of the pictures")
    add.add_argument("--format", choices=[AUTO, *Format], default=AUTO)
    add.add_argument(
        "--layout", choices=list(Layout), help="what the folders mean; default: by their names"
    )
    add.add_argument(
        "--label-map",
        nargs="+",
        default=[],
        metavar="CLASS=LABEL",
        help="rename classes; CLASS=- leaves one out",
    )
    add.add_argument(
        "--person-from",
        metavar="PATTERN",
        help="regular expression searched in each path below SOURCE; its first group, or its "
        "group 'person', is the person, its group 'session' the recording",
    )
    add.add_argument("--person", help="who is on all pictures whose names do not tell")
    add.add_argument("--pictures", type=Path, help="HaGRID: folder of the pictures")
    add.add_argument(
        "--crops", action="store_true", help="pictures are cut to the hand: give them room"
    )
    _add_split_options(add)


def _add_split_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_seed, default=DEFAULT_SEED, help="of the split")
    parser.add_argument(
        "--validation",
        type=_share,
        default=DEFAULT_SHARE,
        metavar="SHARE",
        help=f"part of the hands to hold out; default: {DEFAULT_SHARE}",
    )


def _share(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return value


def _seed(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value
