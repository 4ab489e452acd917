"""Full teaching: all layers learn, for those with a graphics card or patience.

The bundled network is where it starts and whom it listens to. It learns from the person's pictures
and, so that old gestures are not forgotten, from rendered ones of the built-in gestures; of every
picture the bundled network says which of its own gestures it is like (Li and Hoiem 2016, "Learning
without Forgetting"). The loop, its checkpoints and its losses are those of ``gesture-train train``.

This file and `training.teach.full_outputs` are those of `training.teach` that need PyTorch.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from gesture_app.store.models import LoadedModel
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_events import Evaluated, StageName, Step
from training import progress
from training.batches import BatchSource
from training.card.content import DataSet, TrainingRun
from training.card.gathering import read_progress
from training.checkpoint import CHECKPOINT_NAME
from training.config import Recipe, load_recipe
from training.datasets import touching_pairs
from training.distributed import World
from training.export import ExportPlan, export_networks
from training.first_weights import FirstWeights
from training.golden import make_golden
from training.loop import RunStopped, Session, train
from training.losses import Teacher
from training.metrics_file import METRICS_NAME
from training.model import GestureNet
from training.model_making import CALIBRATION_HANDS
from training.network_inputs import spread
from training.run_file import RunPlan, note_session, read_run
from training.stopping import stop_requests
from training.teach.cancelling import CancelRequest
from training.teach.full_judging import judge_fully
from training.teach.full_material import FullMaterial, divide, training_label
from training.teach.full_outputs import OtherFeatures, fit_new_outputs, others_of
from training.teach.full_run import opened_run
from training.teach.judging import Material
from training.teach.learnt import Learnt, own_pictures
from training.teach.replay_pictures import load_replay_pictures
from training.teach.reporting import Advance, StageClock
from training.teach.space import FeatureSpace
from training.teach.training_set import TrainingSet
from training.trained_network import load_network
from training.validation import ValidationHands

FROZEN_ON_A_CPU = 3
"""Stages of the ResNet that stay as they are without a graphics card: half of a step's time."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A run that was prepared.

    Attributes:
        labels: of the network's outputs, as the training loop knows them.
    """

    base: LoadedModel
    recipe: Recipe
    labels: tuple[str, ...]
    hands: FullMaterial

    @property
    def weights(self) -> FirstWeights:
        """Starting point and teacher are the same network."""
        return FirstWeights(self.base.folder, self.base.folder, self.base.folder)

    @property
    def plan(self) -> RunPlan:
        start, teacher = self.weights.describe(self.recipe), self.weights.teacher_hash()
        return RunPlan(self.recipe, self.labels, self.hands.rows, start, teacher)


def learn_fully(
    base: LoadedModel,
    material: Material,
    space: FeatureSpace,
    training_set: TrainingSet,
    store: SampleStore,
    recipe: Path,
    clock: StageClock,
) -> Learnt:
    """Train the network on all of a set but the part that it is judged by, and export it.

    Stopped or killed, it goes on from the last checkpoint when it is called again with the same
    pictures and recipe; see `training.teach.full_run.forget_runs` for when it is through.

    Args:
        space: of the features in ``material``.
        store: of the pictures in ``training_set``.
        recipe: file.

    Raises:
        CancelRequest: it was asked to stop; the checkpoint is written.
        AppError: a file is missing or damaged, or the run's folder cannot be written.
    """
    rendered = load_replay_pictures(base.folder)
    known = base.manifest.labels
    hands = divide(store, material.own, training_set.fingerprints, rendered, known)
    labels = tuple(training_label(label, known) for label in training_set.labels)
    job = _Job(base, _fitted(load_recipe(recipe), base, World()), labels, hands)
    manifest = replace(base.manifest, labels=training_set.labels, names=training_set.names)
    with opened_run(store.root, job.plan.to_json()) as run:
        with clock.stage(StageName.TRAIN, job.recipe.steps) as advance:
            learnt = set(hands.learnt)
            own = material.own.part([r for r, one in enumerate(material.own.ids) if one in learnt])
            others = others_of(material.replay_learn, own, space, known)
            net = _trained(job, run, others, clock, advance)
            calibration = spread(hands.learn, manifest.preprocess, CALIBRATION_HANDS)
            networks = export_networks(net, manifest.preprocess, calibration, ExportPlan())
            golden = make_golden(net, manifest)
        with clock.stage(StageName.JUDGE) as advance:
            verdict = judge_fully(base, networks, manifest, hands, advance)
        training = _training_run(job, run)
    return Learnt(
        labels=training_set.labels,
        networks=networks,
        golden=golden,
        judgement=verdict.judgement,
        others=verdict.others,
        training=training,
        data_sets=(*_own_pictures(training_set, hands), verdict.rendered),
    )


def _own_pictures(training_set: TrainingSet, hands: FullMaterial) -> Iterator[DataSet]:
    sides = {"training": set(hands.learnt), "validation": set(hands.judged.ids)}
    for role, ids in sides.items():
        if ids:
            yield own_pictures([one for one in training_set.samples if one.id in ids], role)


def _fitted(recipe: Recipe, base: LoadedModel, world: World) -> Recipe:
    """The recipe for the network that it starts from, and for this machine."""
    trained, spec = load_network(base.folder), base.manifest.preprocess
    on_cpu = world.device().type == "cpu"
    return replace(
        recipe,
        depth=trained.depth,
        strides="v1" if trained.v1 else "v1.5",
        input_size=spec.input_size,
        crop_margin=spec.crop_margin,
        frozen_stages=max(recipe.frozen_stages, FROZEN_ON_A_CPU if on_cpu else 0),
    )


def _trained(
    job: _Job, run: Path, others: OtherFeatures, clock: StageClock, advance: Advance
) -> GestureNet:
    """The averaged network after the last step, on the CPU; no better one is picked, since that
    would be picked by the hands that it is judged by."""
    recipe, known = job.recipe, len(job.base.manifest.labels)
    net = job.weights.network(recipe, job.labels)
    source = BatchSource(job.hands.learn, job.labels, recipe)
    if not (run / CHECKPOINT_NAME).exists():
        net.to(World().device(), memory_format=torch.channels_last)  # type: ignore[call-overload]
        fit_new_outputs(net, known, source, recipe, others)
    # The bundled network has learnt from pixels whether a finger lies on lips, and keeps that.
    net.touching = touching_pairs(job.labels)
    watched = ValidationHands(job.hands.watch, job.labels, recipe.spec())
    stop = threading.Event()

    def note(event: progress.Event) -> None:
        if isinstance(event, progress.Started):
            note_session(run, job.plan, event)
        elif isinstance(event, progress.Step):
            advance(event.step, event.steps)
            clock.tell(Step(event.step, event.steps, event.epoch, event.loss, event.eta_s))
        elif isinstance(event, progress.Evaluated):
            clock.tell(
                Evaluated(event.step, event.validation_loss, event.validation_accuracy, event.hands)
            )

    # Between two steps, so that a checkpoint is written first.
    with stop_requests(stop.set, watch_stdin=False):
        try:
            net = train(
                net,
                source,
                recipe,
                run,
                note,
                _teacher(job),
                Session(World(), watched, stop.is_set),
            )
        except RunStopped as stopped:
            raise CancelRequest from stopped
    fit_new_outputs(net, known, source, recipe, others)
    return net.cpu()


def _teacher(job: _Job) -> Teacher:
    teacher = job.weights.teacher_for(job.labels)
    assert teacher is not None
    return replace(teacher, is_start=True)


def _training_run(job: _Job, run: Path) -> TrainingRun:
    """What the card says of the run."""
    noted = read_progress(run / METRICS_NAME)
    sessions: Sequence[dict[str, object]] = (read_run(run) or {}).get("sessions", [{}])
    recipe = job.recipe
    return TrainingRun(
        recipe={"learns": "all layers", **recipe.to_json(), "start": job.plan.start},
        pictures_seen=recipe.steps * recipe.batch_size,
        batch_size=recipe.batch_size,
        device=str(sessions[-1].get("device_name", "")),
        precision=str(sessions[-1].get("precision", "")),
        epochs=noted.epochs,
        losses=noted.losses,
    )
