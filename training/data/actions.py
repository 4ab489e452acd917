"""Import pictures, look at a data set, split it anew: what `gesture-train data` does."""

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
from training.data.class_folders import FolderRules, parse_person_pattern
from training.data.command import AUTO
from training.data.dataset_file import REPORT, DataSet, read_dataset, write_dataset
from training.data.errors import DataError
from training.data.formats import Format, Layout
from training.data.importing import ImportJob, import_set
from training.data.labels import parse_label_map
from training.data.manifest import HandRow
from training.data.progress import import_progress
from training.data.report import make_report
from training.data.report_view import show_report
from training.data.source_choice import open_source, tell_format
from training.data.split import make_split

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def act(options: argparse.Namespace) -> int:
    """Do what the arguments of `training.data.command` ask for; the exit code.

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


_ACTIONS = {"import": _import, "show": _show, "split": _split}
