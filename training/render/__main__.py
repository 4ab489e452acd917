"""``python -m training.render stills|clip``: the command line of the renderer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from training.render.body_source import BodySourceError, default_cache
from training.render.clip import write_clip
from training.render.renderer import NoRendererError
from training.render.stills import write_stills
from training.render.studio import Studio


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gesture-train render", description=__doc__)
    parser.add_argument("what", choices=("stills", "clip"))
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same files (default 0)")
    parser.add_argument("--count", type=int, default=1000, help="how many stills (default 1000)")
    parser.add_argument(
        "--labels", nargs="+", metavar="LABEL", help="only stills of these labels (default all)"
    )
    parser.add_argument(
        "--cache", type=Path, default=default_cache(), help="folder for the body data"
    )
    return parser


def main(argv: list[str]) -> int:
    """Render what ``argv`` asks for; 0 when done, 1 with a message when it cannot be done."""
    arguments = _parser().parse_args(argv)
    console = Console(stderr=True)
    try:
        studio = Studio(arguments.cache)
    except (BodySourceError, NoRendererError) as error:
        console.print(f"[red]Cannot render:[/red] {error}")
        return 1
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
            if arguments.what == "clip":
                write_clip(studio, arguments.out, arguments.seed, progress)
            else:
                write_stills(
                    studio,
                    arguments.out,
                    seed=arguments.seed,
                    count=arguments.count,
                    labels=arguments.labels,
                    progress=progress,
                )
    except ValueError as error:
        console.print(f"[red]Cannot render:[/red] {error}")
        return 1
    finally:
        studio.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
