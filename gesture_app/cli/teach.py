"""``gesture-app teach``: own gestures from folders of pictures, without the window.

The work is done by ``gesture-train`` as a process of its own; this names the gestures, shows how
far it is, and reports what came of it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gesture_app.app import Application, compose
from gesture_app.cli.output import print_line
from gesture_app.cli.teach_process import run_training
from gesture_app.cli.teach_progress import TeachProgress
from gesture_app.core.errors import AppError
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import GestureSet, load_gesture_set, save_gesture_set
from gesture_app.store.judgement import GestureJudgement, Judgement, Share, load_judgement
from gesture_app.store.models import read_manifest
from gesture_app.store.sample_layout import MODEL_FOLDER
from gesture_app.store.training_events import Done, Event, Taken


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    app, root = compose(), args.out.expanduser().absolute()
    wanted = _name_gestures(app, root, args.gesture)
    folders = [(label, folder) for label, _, folder in wanted]
    folders += [(NO_GESTURE, folder) for folder in args.negatives]
    heard = _teach(app, root, folders, full=args.full)
    judgement = load_judgement(root / MODEL_FOLDER)
    if judgement is None:
        raise _unfinished("the model was not judged")
    seconds = {**heard.done.seconds, "total": round(time.monotonic() - began, 3)}
    names = {label: name for label, name, _ in wanted}
    report = _report(root, heard, judgement, names, seconds)
    if args.json:
        print_line(report)
    else:
        print(_in_words(report))
    return 0


def _name_gestures(
    app: Application, root: Path, wanted: Sequence[tuple[str, Path]]
) -> list[tuple[str, str, Path]]:
    """Label, name and folder of each; gestures that the set lacks are added to it.

    A name that is a built-in label gives pictures to that gesture.

    Raises:
        SampleError: a name cannot be used, or the set cannot be read or written.
    """
    built_in = read_manifest(app.bundled_model).labels
    before = value = load_gesture_set(root)
    named = []
    for name, folder in wanted:
        label, value = _label_of(value, name, built_in)
        named.append((label, name, folder))
    if value != before:
        save_gesture_set(root, value)
    return named


def _label_of(value: GestureSet, name: str, built_in: Sequence[str]) -> tuple[str, GestureSet]:
    if name in built_in:
        return name, value
    known = (one for one in value.gestures if one.name.casefold() == name.casefold())
    if (gesture := next(known, None)) is not None:
        return gesture.label, value
    value, gesture = value.adding(name, built_in)
    return gesture.label, value


@dataclass(slots=True)
class _Heard:
    """What a finished process said: its last event, and the pictures of each label."""

    done: Done = field(default_factory=Done)
    taken: dict[str, Taken] = field(default_factory=dict)


def _teach(
    app: Application, root: Path, folders: Sequence[tuple[str, Path]], *, full: bool
) -> _Heard:
    """Raises: AppError: it failed."""
    heard = _Heard()

    def hear(event: Event) -> None:
        progress.show(event)
        if isinstance(event, Taken):
            heard.taken[event.label] = event
        elif isinstance(event, Done):
            heard.done = event

    arguments = ["teach", str(root), "--out", str(root / MODEL_FOLDER)]
    arguments.append("--full" if full else "--quick")
    for label, folder in folders:
        arguments += ["--take", f"{label}={folder.expanduser().absolute()}"]
    with TeachProgress() as progress:
        run_training(app.training_command, arguments, hear)
    return heard


def _report(
    root: Path,
    heard: _Heard,
    judgement: Judgement,
    names: Mapping[str, str],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The one JSON object; described in docs/teaching.md. Keys may be added, none changed."""
    judged = {one.label: one for one in judgement.gestures}
    negatives = heard.taken.get(NO_GESTURE)
    return {
        "set": str(root),
        "model": str(root / MODEL_FOLDER),
        "mode": judgement.mode,
        "split": judgement.split,
        "gestures": [
            {
                "gesture": label,
                "name": name,
                **_pictures(heard.taken.get(label)),
                **_figures(judged.get(label)),
            }
            for label, name in names.items()
        ],
        "negatives": None if negatives is None else _pictures(negatives),
        "false_alarms": {
            **_share(judgement.false_alarms),
            "before": _share(judgement.old_false_alarms),
        },
        "built_in": {
            "before": _share(judgement.built_in_before),
            "after": _share(judgement.built_in_after),
        },
        "collisions": [
            {"gesture": one.label, "other": one.other, "share": one.share, "near": one.near}
            for one in judgement.collisions
        ],
        "seconds": dict(seconds),
    }


def _pictures(taken: Taken | None) -> dict[str, int]:
    return {
        "pictures": 0 if taken is None else taken.pictures,
        "hands": 0 if taken is None else taken.with_hand,
    }


def _figures(judged: GestureJudgement | None) -> dict[str, Any]:
    """None each where there were too few pictures to judge by."""
    if judged is None or judged.support == 0:
        return {"recall": None, "precision": None}
    return {"recall": _share(judged.recall), "precision": _share(judged.precision)}


def _share(share: Share) -> dict[str, float]:
    return {
        name: value for name, value in asdict(share).items() if name in ("share", "low", "high")
    }


def _in_words(report: Mapping[str, Any]) -> str:
    lines = []
    for one in report["gestures"]:
        figures = "too few pictures to judge it"
        if one["recall"] is not None:
            figures = (
                f"found {_percent(one['recall'])}, right when named {_percent(one['precision'])}"
            )
        lines.append(f"{one['name']}: a hand in {one['hands']} of {one['pictures']}; {figures}")
    for one in report["collisions"]:
        verb = "is nearly taken" if one["near"] else "is taken"
        lines.append(f"{one['gesture']} {verb} for {one['other']} ({one['share']:.0%})")
    built_in, alarms = report["built_in"], report["false_alarms"]
    lines += [
        f"Built-in gestures right: {_percent(built_in['after'])}, "
        f"before {_percent(built_in['before'])}",
        f"No gesture taken for one: {_percent(alarms)}, before {_percent(alarms['before'])}",
        f"Done after {report['seconds']['total']:.0f} s: {report['model']}",
        f"Try it: gesture-app recognize --set {report['set']} PICTURES",
    ]
    if report["split"] == "stretches":
        lines.append("Judged on parts of one recording, which flatters: record a second one.")
    return "\n".join(lines)


def _percent(share: Mapping[str, float]) -> str:
    return f"{share['share']:.1%} ({share['low']:.0%} to {share['high']:.0%})"


def _unfinished(reason: str) -> AppError:
    return AppError(
        "The gestures are not taught",
        reason,
        "Do the same again: it goes on where it was. If it comes back, look into the log.",
    )
