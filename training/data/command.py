"""``gesture-train data``: import pictures, look at a data set, split it anew."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from gesture_app.core.errors import AppError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.hand_model import hand_model_path, load_hand_model
from gesture_app.store.paths import user_folders
from training.data.class_folders import FolderRules, Layout, parse_person_pattern
from training.data.dataset_file import REPORT, DataSet, read_dataset, write_dataset
from training.data.errors import DataError
from training.data.importing import ImportJob, import_set
from training.data.labels import parse_label_map
from training.data.manifest import HandRow
from training.data.progress import import_progress
from training.data.report import make_report
from training.data.report_view import show_report
from training.data.source_choice import Format, open_source, tell_format
from training.data.split import make_split

AUTO = "auto"
UNKNOWN_LICENCE = "unknown"
DEFAULT_SEED = 1
DEFAULT_SHARE = 0.2
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


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
    try:
        _do(options)
    except AppError as error:
        if not options.json:
            raise
        failure = {"what": error.what, "why": error.why, "next_step": error.next_step}
        _print_json({"event": "error", **failure})
        return 1
    except KeyboardInterrupt:
        print("Stopped. The same command goes on where it was.", file=sys.stderr)
        return INTERRUPTED
    return 0


def _do(options: argparse.Namespace) -> None:
    try:
        _ACTIONS[options.action](options)
    except OSError as error:
        raise DataError(
            "Files cannot be read or written",
            f"{error.filename or 'a file'}: {error.strerror or error}",
            "Make the folder readable and writable, and run the same command again.",
        ) from error


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


def _import(options: argparse.Namespace) -> None:
    from gesture_app.vision.mediapipe_hands import MediaPipeHands

    kind = tell_format(options.source) if options.format == AUTO else Format(options.format)
    if options.crops and kind is Format.HAGRID:
        raise DataError(
            "The pictures are not imported",
            "HaGRID's boxes are in whole scenes, and --crops is for pictures cut to the hand",
            "Leave --crops out.",
        )
    source = open_source(options.source, kind, _rules(options), options.pictures)
    with closing(source):
        job = ImportJob(
            source=source,
            out=options.out,
            name=options.name or options.out.resolve().name,
            licence=options.licence,
            format=kind,
            origin=str(options.source.resolve()),
            tight=options.crops,
            seed=options.seed,
            share=options.validation,
        )
        hand_model = load_hand_model(hand_model_path(user_folders()))
        detector = MediaPipeHands(hand_model, video=False)
        with closing(detector), import_progress(options.json) as progress:
            dataset, rows = import_set(job, detector, progress)
    _tell(options, options.out, dataset, rows)


def _show(options: argparse.Namespace) -> None:
    _tell(options, options.set, *read_dataset(options.set))


def _split(options: argparse.Namespace) -> None:
    # Not checked: a split that no longer holds is what a new one is made for.
    dataset, rows = read_dataset(options.set, check=False)
    dataset = replace(dataset, split=make_split(rows, options.seed, options.validation))
    write_dataset(options.set, dataset, rows)
    _tell(options, options.set, dataset, rows)


def _tell(
    options: argparse.Namespace, folder: Path, dataset: DataSet, rows: tuple[HandRow, ...]
) -> None:
    report = make_report(dataset, rows)
    if options.action != "show":
        content = json.dumps(report.to_json(), indent=2, ensure_ascii=False) + "\n"
        write_atomically(folder / REPORT, content.encode("utf-8"))
    if options.json:
        _print_json({"event": "report", **report.to_json()})
    else:
        show_report(dataset, report, Console())


def _rules(options: argparse.Namespace) -> FolderRules:
    return FolderRules(
        labels=parse_label_map(options.label_map),
        layout=Layout(options.layout) if options.layout else None,
        person_from=parse_person_pattern(options.person_from) if options.person_from else None,
        person=options.person,
    )


def _print_json(value: dict[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


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


_ACTIONS = {"import": _import, "show": _show, "split": _split}
