"""``gesture-train render``: people making gestures, as a clip, as stills, and what came of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gesture_app.core.errors import ModelError
from gesture_app.store.hand_model import hand_model_path, load_hand_model
from gesture_app.store.paths import user_folders
from training.render.body_source import BodySourceError, default_cache
from training.render.check import check_clip, check_stills
from training.render.clip import write_clip
from training.render.renderer import NoRendererError
from training.render.sheets import write_sheets
from training.render.stills import write_stills
from training.render.studio import Studio

DEFAULT_COUNT = 1000


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gesture-train render", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    helps = {
        "stills": "labelled pictures for training: OUT/LABEL/NNNNNN.jpg and OUT/labels.jsonl",
        "clip": "the demo clip: OUT/demo.mp4 and OUT/demo.labels.csv",
        "sheets": "contact sheets for the documentation; --clip adds one of a clip",
        "check": "how often MediaPipe finds the hand in the stills or the clip in OUT",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--out", type=Path, required=True, help="the folder")
        if name != "check":
            command.add_argument("--seed", type=int, default=0, help="same seed, same files")
            command.add_argument(
                "--cache", type=Path, default=default_cache(), help="folder for the body data"
            )
        if name == "stills":
            command.add_argument("--count", type=int, default=DEFAULT_COUNT)
            command.add_argument("--labels", nargs="+", metavar="LABEL", help="only these labels")
        if name == "sheets":
            command.add_argument("--clip", type=Path, help="a video file")
    return parser


def main(argv: list[str]) -> int:
    """Do what ``argv`` asks for; 0 when done, 1 with a message when it cannot be done."""
    arguments = _parser().parse_args(argv)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
            _COMMANDS[arguments.command](arguments, progress)
    except (BodySourceError, NoRendererError, ModelError, ValueError, OSError) as error:
        console.print(f"[red]gesture-train render:[/red] {error}")
        return 1
    return 0


def _stills(arguments: argparse.Namespace, progress: Progress) -> None:
    with Studio(arguments.cache) as studio:
        write_stills(
            studio,
            arguments.out,
            seed=arguments.seed,
            count=arguments.count,
            labels=arguments.labels,
            progress=progress,
        )


def _clip(arguments: argparse.Namespace, progress: Progress) -> None:
    with Studio(arguments.cache) as studio:
        write_clip(studio, arguments.out, arguments.seed, progress)


def _sheets(arguments: argparse.Namespace, progress: Progress) -> None:
    with Studio(arguments.cache) as studio:
        write_sheets(studio, arguments.out, arguments.seed, arguments.clip, progress)


def _check(arguments: argparse.Namespace, progress: Progress) -> None:
    model = load_hand_model(hand_model_path(user_folders()))
    check = check_clip if (arguments.out / "demo.mp4").is_file() else check_stills
    progress.console.print(check(arguments.out, model, progress))


_COMMANDS: dict[str, Callable[[argparse.Namespace, Progress], None]] = {
    "stills": _stills,
    "clip": _clip,
    "sheets": _sheets,
    "check": _check,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
