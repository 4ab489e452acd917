"""The card of a model that ``gesture-train export`` makes: everything from the run and its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gesture_app.store.models import load_model
from training.cache import CachedHands
from training.card.content import Card, CardSource, DataSet, ThresholdRule, TrainingRun
from training.card.gathering import parity_rows, read_progress
from training.card.writing import write_card
from training.hand_evaluation import evaluate_hands
from training.metrics_file import METRICS_NAME
from training.parity import Verdict
from training.run_file import read_run
from training.trained_network import TrainedNetwork, network_file
from training.training_data import TRAIN, VALIDATION, DataRow, TrainingData

NOT_RECORDED = "not recorded"
INTENDED_USE = (
    "Naming the gestures that it was taught, in front of a webcam, for the people it was made for. "
    "Not for safety, medical or identification purposes."
)
NOTE = (
    "Hands that were held out of training, found beforehand: hands that the detector misses are "
    "not among them. Light is that of the hand's surroundings."
)
NO_VALIDATION = "No hands were held out of training, so nothing is known of how good it is."


def write_run_card(
    folder: Path,
    run: Path,
    trained: TrainedNetwork,
    data: TrainingData,
    verdicts: Sequence[Verdict],
    rule: ThresholdRule | None,
    attributes: Mapping[str, str],
) -> Card:
    """Evaluate the model in ``folder`` on the validation side and write its card.

    Args:
        run: folder or network file that the model came from.
        rule: see `threshold_rule`.

    Raises:
        AppError: the model or the run's file is damaged.
        OSError: a file cannot be read or written.
    """
    held_out = [row for row in data.rows if row.role == VALIDATION]
    names = ", ".join(dict.fromkeys(row.name for row in held_out)) or "none"
    source = CardSource(
        created=datetime.now(UTC).date().isoformat(),
        training=_training_run(network_file(run).parent, trained),
        data_sets=tuple(_data_sets(data)),
        split=_split(data.rows),
        evaluation=evaluate_hands(load_model(folder), data.validation, names),
        evaluation_note=NOTE if held_out else NO_VALIDATION,
        intended_use=INTENDED_USE,
        threshold_rule=rule,
        parity=parity_rows(verdicts),
        attributes=attributes,
    )
    return write_card(folder, source)


def threshold_rule(data: TrainingData, false_positive_rate: float) -> ThresholdRule | None:
    """The rule by which an exported model's threshold was set: on the trained network's answers to
    the same hands that the card reports the exported file's answers to. None without such hands."""
    if not data.validation:
        return None
    same_hands = "the trained network's answers to the same hands, which flatters a little"
    return ThresholdRule(false_positive_rate, on_this_evaluation=False, chosen_on=same_hands)


def _training_run(run: Path, trained: TrainedNetwork) -> TrainingRun:
    progress = read_progress(run / METRICS_NAME)
    about = read_run(run) or {}
    session: dict[str, Any] = about.get("sessions", [{}])[-1]
    recipe = dict(trained.recipe)
    started = {name: about[name] for name in ("start", "teacher") if about.get(name) is not None}
    return TrainingRun(
        recipe={**recipe, **started},
        pictures_seen=int(recipe["steps"]) * int(recipe["batch_size"]),
        batch_size=int(recipe["batch_size"]),
        device=str(session.get("device_name", NOT_RECORDED)),
        precision=str(session.get("precision", progress.precision or NOT_RECORDED)),
        epochs=progress.epochs,
        losses=progress.losses,
    )


def _data_sets(data: TrainingData) -> list[DataSet]:
    sides = {TRAIN: iter(data.train), VALIDATION: iter(data.validation)}
    return [_data_set(row, next(sides[row.role])) for row in data.rows]


def _data_set(row: DataRow, hands: CachedHands) -> DataSet:
    people = {sample.person for sample in hands.samples}
    return DataSet(
        name=row.name,
        role={TRAIN: "training"}.get(row.role, row.role),
        pictures=row.hands,
        people=None if None in people else len(people),
        licence=row.licence,
        origin=f"split {row.split}",
        sha256=row.sha256,
    )


def _split(rows: Sequence[DataRow]) -> str:
    held_out = [f"{row.name}: {row.split}" for row in rows if row.role == VALIDATION]
    return f"Held out of training: {'; '.join(held_out)}." if held_out else NO_VALIDATION
