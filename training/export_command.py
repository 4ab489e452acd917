"""``gesture-train export``, ``quantise``, ``parity``, ``golden``: files that are their network."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gesture_app.core.manifest import PRECISIONS
from gesture_app.store.models import load_model, read_network
from training.errors import TrainingError

if TYPE_CHECKING:
    from training.parity import Verdict
    from training.training_data import TrainingData


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that make and check exported files."""
    export = commands.add_parser(
        "export", help="make a model folder of a trained network, if its files agree with it"
    )
    export.add_argument("run", type=Path, help="run folder, or its network.safetensors")
    export.add_argument("--out", type=Path, required=True, help="model folder to write")
    export.add_argument(
        "--precision",
        action="append",
        choices=PRECISIONS,
        help="files besides fp32; may be given more than once; default: fp16 and int8",
    )
    export.add_argument("--name", help="of the model, shown to people; default: the recipe's")
    export.add_argument("--licence", default="LicenseRef-Private", help="SPDX identifier")
    export.add_argument("--attribution", help="whose data it was trained on; default: the sets")
    export.add_argument(
        "--false-positive-rate",
        type=float,
        default=0.05,
        help="share of the validation hands without a gesture that may pass; sets the threshold",
    )
    export.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="state this in the model's card too; may be given more than once",
    )
    export.add_argument("--plain", action="store_true", help="do not pack weights into 8 bits")
    quantise = commands.add_parser("quantise", help="add an INT8 file to a model")
    quantise.add_argument("model", type=Path, help="model folder")
    for command in (export, quantise):
        command.add_argument(
            "--data",
            action="append",
            required=True,
            metavar="SET",
            help="imported set: INT8 takes the ranges of its activations from hands of its "
            "training side, and counts right answers on its validation side",
        )
        command.add_argument(
            "--validate",
            action="append",
            default=[],
            metavar="SET",
            help="count right answers here too",
        )
    parity = commands.add_parser(
        "parity", help="run every file of a model on its golden set and compare"
    )
    parity.add_argument("model", type=Path, help="model folder")
    golden = commands.add_parser(
        "golden", help="choose the hands of golden sets: JPEG pictures with exactly one each"
    )
    golden.add_argument("pictures", type=Path, help="folder of .jpg files, rendered ones to ship")
    golden.add_argument("--out", type=Path, required=True, help="folder to write")
    for command in (export, quantise, parity, golden):
        command.add_argument("--json", action="store_true", help="one JSON object as the answer")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; the exit code.

    Raises:
        AppError: it cannot be done, or a file disagrees with its network.
    """
    return _COMMANDS[options.command](options)


def _export(options: argparse.Namespace) -> int:
    from training.card.gathering import parse_attributes
    from training.export import ExportPlan
    from training.model_making import ExportJob, make_model
    from training.run_card import threshold_rule, write_run_card
    from training.trained_network import load_network

    trained = load_network(options.run)
    data = _gather(options)
    wanted = options.precision or PRECISIONS
    job = ExportJob(
        name=options.name or str(trained.recipe.get("name", options.run.name)),
        licence=options.licence,
        attribution=options.attribution
        or "Trained on " + ", ".join(dict.fromkeys(row.name for row in data.rows)),
        plan=ExportPlan(tuple(dict.fromkeys(("fp32", *wanted))), not options.plain),
        false_positive_rate=options.false_positive_rate,
    )
    attributes = parse_attributes(options.attribute)
    manifest, verdicts = make_model(options.out, trained, data, job)
    write_run_card(
        options.out,
        options.run,
        trained,
        data,
        verdicts,
        threshold_rule(data, job.false_positive_rate),
        attributes,
    )
    answer = {
        "model": str(options.out),
        "temperature": manifest.temperature,
        "threshold": manifest.threshold,
        "files": _sizes(options.out),
    }
    _tell(options, verdicts, answer)
    return 0


def _quantise(options: argparse.Namespace) -> int:
    from training.card.gathering import parity_rows
    from training.card.writing import renew_card
    from training.model_making import quantise_model

    model, data = load_model(options.model), _gather(options)
    verdicts = quantise_model(model, data)
    renew_card(options.model, parity_rows(verdicts))
    _tell(options, verdicts, {"model": str(options.model), "files": _sizes(options.model)})
    return 0


def _parity(options: argparse.Namespace) -> int:
    from gesture_app.vision.golden import load_golden
    from training.parity import judge

    model, golden = load_model(options.model), load_golden(options.model)
    verdicts = []
    for precision in PRECISIONS:
        network = read_network(model, precision)
        if network is not None:
            verdicts.append(judge(network, precision, golden))
    _tell(options, verdicts, {"model": str(options.model)})
    return 1 if any(verdict.complaint for verdict in verdicts) else 0


def _golden(options: argparse.Namespace) -> int:
    from gesture_app.store.hand_model import hand_model_path, load_hand_model
    from gesture_app.store.paths import user_folders
    from gesture_app.vision.mediapipe_hands import MediaPipeHands
    from training.golden import write_hands

    pictures = sorted(options.pictures.glob("*.jpg"))
    model = load_hand_model(hand_model_path(user_folders()))
    with closing(MediaPipeHands(model, video=False)) as detector:
        kept = write_hands(pictures, detector, options.out)
    answer = {"pictures": len(pictures), "kept": kept, "out": str(options.out)}
    print(json.dumps(answer) if options.json else f"{kept} of {len(pictures)} pictures kept")
    return 0


def _gather(options: argparse.Namespace) -> TrainingData:
    from training.training_data import gather

    return gather(options.data, options.validate, _no_shared_set)


def _no_shared_set(name: str) -> Path:
    raise TrainingError(
        "The data cannot be used",
        f"{name} is neither an imported set nor a cache of hands",
        "Import the pictures first: `gesture-train data import`.",
    )


def _sizes(folder: Path) -> dict[str, int]:
    """File → bytes of the networks in a model folder."""
    return {path.name: path.stat().st_size for path in sorted(folder.glob("*.onnx"))}


def _tell(
    options: argparse.Namespace, verdicts: Sequence[Verdict], answer: Mapping[str, Any]
) -> None:
    """Print what was made and what the gate found out."""
    if options.json:
        print(json.dumps({**answer, "parity": [_verdict_row(one) for one in verdicts]}))
        return
    for one in verdicts:
        found = one.agreement
        line = (
            f"{one.precision}: probabilities differ by {found.mean_change:.4f} on average and "
            f"{found.worst_change:.4f} at worst, {found.same_label:.1%} of "
            f"{found.samples} hands keep their label"
        )
        if one.score is not None and one.reference is not None:
            line += (
                f"; accuracy {one.score.accuracy:.4f} (trained network "
                f"{one.reference.accuracy:.4f}), recall {one.score.recall:.4f} "
                f"({one.reference.recall:.4f}) on validation"
            )
        print(f"{line}. {'REFUSED: ' + one.complaint if one.complaint else 'Agrees'}.")
    if verdicts and verdicts[0].score is None and options.command != "parity":
        print("No validation hands: only the golden set was compared.")
    for name, size in answer.get("files", {}).items():
        print(f"{name}: {size / 1e6:.1f} MB")


def _verdict_row(verdict: Verdict) -> dict[str, Any]:
    found = asdict(verdict.agreement)
    del found["bound"]
    return {
        "precision": verdict.precision,
        **found,
        "score": asdict(verdict.score) if verdict.score else None,
        "trained_score": asdict(verdict.reference) if verdict.reference else None,
        "complaint": verdict.complaint,
    }


_COMMANDS = {
    "export": _export,
    "quantise": _quantise,
    "parity": _parity,
    "golden": _golden,
}
