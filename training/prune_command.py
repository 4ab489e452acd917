"""``gesture-train prune``: a smaller network out of a trained one, to be trained again."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``prune``."""
    command = commands.add_parser(
        "prune",
        help="take channels out of a trained network until it meets a FLOP budget",
        epilog="Then train it again: gesture-train train RECIPE --start OUT --teacher RUN …",
    )
    command.add_argument("run", type=Path, help="run folder, or its network.safetensors")
    command.add_argument(
        "--flops", type=float, default=0.35, metavar="SHARE", help="of its FLOPs to keep at most"
    )
    command.add_argument("--out", type=Path, required=True, help="folder for the pruned network")


def run(options: argparse.Namespace) -> int:
    """Prune, and say what is left; the exit code.

    Raises:
        NetworkFileError: the run holds no trained network.
        ValueError: the share is not within 0 and 1.
    """
    from training.config import recipe_from_json
    from training.prune import prune
    from training.trained_network import NETWORK_NAME, load_network, save_network

    trained = load_network(options.run)
    recipe = recipe_from_json(trained.recipe)
    step = prune(trained.net, recipe.spec(), options.flops)
    options.out.mkdir(parents=True, exist_ok=True)
    save_network(options.out / NETWORK_NAME, trained.net, trained.labels, trained.recipe)
    print(
        f"{step.flops_kept:.1%} of the FLOPs left ({step.flops[1] / 1e6:.0f} of "
        f"{step.flops[0] / 1e6:.0f} million), {step.parameters[1] / 1e6:.1f} of "
        f"{step.parameters[0] / 1e6:.1f} million weights. It has to be trained again."
    )
    return 0
