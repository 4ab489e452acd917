"""``gesture-app``: arguments, and what every command has in common."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gesture_app import __version__
from gesture_app.cli.logs import LOG_NAME, logging_to
from gesture_app.cli.output import print_error
from gesture_app.core.errors import AppError
from gesture_app.store.paths import user_folders

_log = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit code of a program that Ctrl+C ended, by the shells' convention."""

_SOURCE_HELP = "camera number or name, file, folder, URL, or demo"
_MODEL_HELP = "folder of another gesture model, instead of the active one"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        Exit code: 0, or 1 if something failed; wrong usage exits with 2 by itself.
    """
    args = build_parser().parse_args(argv)
    logs = user_folders().logs
    with logging_to(logs):
        try:
            return _command(args.command)(args)
        except AppError as error:
            _log.error("%s", error)
            print_error(error)
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            _forget_stdout()
        except Exception as error:
            _log.exception("This is a bug")
            print_error(
                AppError(
                    f"gesture-app {args.command} stopped unexpectedly",
                    f"{type(error).__name__}: {error}",
                    f"Please report it with the log, {logs / LOG_NAME}.",
                )
            )
    return 1


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """What runs a command. Each is imported when it is wanted, so that the others, and --help,
    do not wait for what it needs; spelt out, so that tools that pack programs see the imports."""
    if name == "watch":
        from gesture_app.cli.watch import run
    elif name == "recognize":
        from gesture_app.cli.recognize import run
    elif name == "teach":
        from gesture_app.cli.teach import run
    elif name == "doctor":
        from gesture_app.cli.doctor import run
    elif name == "benchmark":
        from gesture_app.cli.benchmark import run
    elif name == "setup":
        from gesture_app.cli.setup import run
    else:
        from gesture_app.cli.window import run
    return run


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "gesture-app",
        description="Recognises hand gestures, live. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"Gesture Studio {__version__}")
    parser.add_argument("--source", metavar="SOURCE", help=_SOURCE_HELP)
    parser.add_argument("--model", metavar="FOLDER", type=Path, help=_MODEL_HELP)
    parser.set_defaults(command="window")
    # Given after the command or before it; the parser above has the defaults.
    model = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    model.add_argument("--model", metavar="FOLDER", type=Path, help=_MODEL_HELP)
    source = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    source.add_argument("--source", metavar="SOURCE", help=_SOURCE_HELP)
    json = argparse.ArgumentParser(add_help=False)
    json.add_argument("--json", action="store_true", help="JSON lines for programs")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, text: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, parents=parents)
        command.set_defaults(command=name)
        return command

    watch = add("watch", "Print gesture events live, until Ctrl+C", source, model, json)
    watch.add_argument("--once", action="store_true", help="play the demo once, to its end")
    recognize = add("recognize", "Name the gestures in pictures and videos", model, json)
    recognize.add_argument("paths", nargs="+", metavar="PATH", help="picture, video or folder")
    text = "gesture set that `teach` made: with its model, without what is switched off in it"
    recognize.add_argument("--set", metavar="SET", type=Path, help=text, dest="gesture_set")
    _add_teach(add("teach", "Teach own gestures from folders of pictures", json))
    add("doctor", "Show what works on this machine and what does not", model, json)
    text = "Measure every back end, and the whole pipeline against MediaPipe alone"
    benchmark = add("benchmark", text, source, model, json)
    benchmark.add_argument(
        "--frames", type=_positive, default=300, help="of the clip, at most so many (default 300)"
    )
    benchmark.add_argument(
        "--rounds", type=_positive, default=30, help="runs of each back end (default 30)"
    )
    text = "another gesture model to run on every back end; may be given again"
    benchmark.add_argument("--against", metavar="FOLDER", type=Path, action="append", help=text)
    text = "training run whose network PyTorch runs for comparison; needs gesture-train"
    benchmark.add_argument("--run", metavar="FOLDER", type=Path, help=text, dest="training_run")
    setup = add("setup", "Fetch MediaPipe's hand model, once")
    setup.add_argument("--again", action="store_true", help="fetch it even if it is there")
    return parser


def _add_teach(teach: argparse.ArgumentParser) -> None:
    text = "what it is called, and a folder, video or zip of pictures; may be given again"
    teach.add_argument(
        "--gesture",
        type=_name_and_path,
        action="append",
        required=True,
        metavar="NAME=FOLDER",
        help=text,
    )
    text = "pictures of hands that make none of the gestures; may be given again"
    teach.add_argument(
        "--negatives", type=Path, action="append", default=[], metavar="FOLDER", help=text
    )
    mode = teach.add_mutually_exclusive_group()
    mode.add_argument("--quick", action="store_true", help="takes seconds (the default)")
    mode.add_argument("--full", action="store_true", help="trains all layers: a GPU, or patience")
    text = "folder of the gesture set; one that exists is added to"
    teach.add_argument("--out", type=Path, required=True, metavar="SET", help=text)


def _name_and_path(text: str) -> tuple[str, Path]:
    name, separator, path = text.partition("=")
    if not (name.strip() and separator and path):
        raise argparse.ArgumentTypeError(f"write NAME=FOLDER, not {text!r}")
    return name.strip(), Path(path)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def _forget_stdout() -> None:
    """Whoever read our output has left; let the interpreter's last flush go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
