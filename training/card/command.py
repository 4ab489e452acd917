"""``gesture-train card``: its arguments. What they do stands in `training.card.actions`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe ``card`` and its own commands."""
    card = commands.add_parser("card", help="show a model's card, check it, or add to it")
    actions = card.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help="the card in short, or its page")
    show.add_argument("--html", type=Path, metavar="OUT", help="write the page to this file")
    verify = actions.add_parser(
        "verify", help="compute every figure again and compare every hash; exit code 1 if altered"
    )
    attribute = actions.add_parser("attribute", help="add your own attributes to the card")
    for action in (show, verify, attribute):
        action.add_argument("model", type=Path, help="model folder")
    attribute.add_argument("pairs", nargs="+", metavar="KEY=VALUE", help="an empty value removes")


def run(options: argparse.Namespace) -> int:
    """Run the chosen action; returns the exit code.

    Raises:
        ValueError: the card is not one, or does not fit where it has to.
        OSError: it cannot be read or written.
    """
    from training.card import actions

    return {
        "show": actions.show_card,
        "verify": actions.verify,
        "attribute": actions.add_attributes,
    }[options.action](options)
