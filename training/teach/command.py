"""``gesture-train take``, ``features``, ``teach``: their arguments, and how they end.

What they print is described in docs/teaching.md; the app starts them and reads it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gesture_app.core.errors import AppError

if TYPE_CHECKING:
    from gesture_app.store.training_events import Event
    from training.teach.reporting import Reporter

CANCELLED = 130
"""Exit code after a request to stop, as shells have it after Ctrl-C."""


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that teach the bundled model a person's own gestures."""
    take = commands.add_parser(
        "take", help="take pictures, videos and zips of a gesture into a gesture set"
    )
    take.add_argument("root", type=Path, metavar="SET", help="folder of the gesture set")
    take.add_argument("label", help="of the gesture; no_gesture for anything else")
    take.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="file or folder")
    features = commands.add_parser(
        "features", help="look at the samples of a gesture set, so that teaching need not"
    )
    features.add_argument("root", type=Path, metavar="SET", help="folder of the gesture set")
    features.add_argument(
        "--follow", action="store_true", help="go on with new ones until standard input is closed"
    )
    teach = commands.add_parser(
        "teach",
        help="teach the bundled model the gestures of a gesture set",
        description="The pictures are judged with the new model before it is left in --out, or "
        "taken into the library of the app, where it is not activated by itself. A run that was "
        "stopped goes on where it was when the same command is given again.",
    )
    teach.add_argument("root", type=Path, metavar="SET", help="folder of the gesture set")
    teach.add_argument(
        "--take",
        type=_label_and_path,
        action="append",
        default=[],
        metavar="LABEL=PATH",
        help="take this first; may be given again",
    )
    mode = teach.add_mutually_exclusive_group()
    mode.add_argument(
        "--quick", action="store_true", help="fit the last step only: seconds (the default)"
    )
    mode.add_argument("--full", action="store_true", help="train all layers: a GPU, or patience")
    where = teach.add_mutually_exclusive_group()
    where.add_argument("--out", type=Path, metavar="MODEL", help="model folder; default: SET/model")
    where.add_argument("--install", action="store_true", help="take the model into the library")
    teach.add_argument("--name", default="", help="of the model; default: from its gestures")
    for command in (take, features, teach):
        command.add_argument("--json", action="store_true", help="JSON Lines on standard output")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; the exit code. Whatever happens is told as the last event."""
    from contextlib import closing

    from gesture_app.store.training_events import Cancelled, Failed
    from training.teach.cancelling import CancelRequest, cancellable
    from training.teach.reporting import open_reporter

    with closing(open_reporter(options.json)) as reporter:
        try:
            with cancellable():
                end = _COMMANDS[options.command](options, reporter)
            reporter.tell(end)  # only now: nothing that comes after the last event changes it
        except CancelRequest:
            reporter.tell(Cancelled())
            return CANCELLED
        except AppError as error:
            reporter.tell(Failed(error.what, error.why, error.next_step))
            return 1
        except OSError as error:
            where = error.filename or "a file"
            reporter.tell(
                Failed(
                    "A file cannot be read or written",
                    f"{where}: {error.strerror or error}",
                    "Make room on the disk, or the folder writable, and do the same again.",
                )
            )
            return 1
    return 0


def _take(options: argparse.Namespace, reporter: Reporter) -> Event:
    from gesture_app.store.samples import SampleStore
    from gesture_app.store.training_events import Done
    from training.teach.places import users_places
    from training.teach.reporting import StageClock
    from training.teach.taking import Request, take

    clock = StageClock(reporter.tell)
    request = Request(options.label, tuple(options.paths))
    detector = users_places().open_detector
    take(SampleStore(options.root), [request], detector, clock, reporter.tell)
    return Done(seconds=clock.seconds)


def _features(options: argparse.Namespace, reporter: Reporter) -> Event:
    from gesture_app.store.samples import SampleStore
    from gesture_app.store.training_events import Done
    from training.teach.cancelling import CancelRequest
    from training.teach.following import compute_features, follow
    from training.teach.places import users_places
    from training.teach.reporting import StageClock

    clock, store = StageClock(reporter.tell), SampleStore(options.root)
    if options.follow:
        try:
            follow(store, users_places(), clock)
        except CancelRequest:  # how following ends
            return Done(seconds=clock.seconds)
    count = compute_features(store, users_places(), clock)
    return Done(seconds=clock.seconds, counts={"samples": count})


def _teach(options: argparse.Namespace, reporter: Reporter) -> Event:
    from gesture_app.store.sample_layout import MODEL_FOLDER
    from gesture_app.store.samples import SampleStore
    from gesture_app.store.training_job import TeachingMode
    from training.teach.places import users_places
    from training.teach.reporting import StageClock
    from training.teach.taking import Request, take
    from training.teach.teaching import TeachJob, teach

    clock, places = StageClock(reporter.tell), users_places()
    if options.take:
        requests = [Request(label, (path,)) for label, path in options.take]
        store = SampleStore(options.root)
        take(store, requests, places.open_detector, clock, reporter.tell)
    out = None if options.install else options.out or options.root / MODEL_FOLDER
    mode = TeachingMode.FULL if options.full else TeachingMode.QUICK
    return teach(TeachJob(options.root, mode, out, options.name), places, clock)


def _label_and_path(text: str) -> tuple[str, Path]:
    label, separator, path = text.partition("=")
    if not (label and separator and path):
        raise argparse.ArgumentTypeError(f"write LABEL=PATH, not {text!r}")
    return label, Path(path)


_COMMANDS: dict[str, Callable[[argparse.Namespace, Reporter], Event]] = {
    "take": _take,
    "features": _features,
    "teach": _teach,
}
