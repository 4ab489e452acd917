"""The release's network: a teacher from pretrained weights, pruned, and trained again.

The teacher is a run of its own, in the folder ``teacher`` of the release's run.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from gesture_app.store.atomic import write_atomically
from training.batches import BatchSource
from training.card.content import PruningStep
from training.checkpoint import load_checkpoint
from training.config import Recipe
from training.datasets import touching_pairs
from training.flops import count_flops
from training.golden import run_torch
from training.loop import train
from training.losses import Teacher
from training.model import GestureNet
from training.parity import FALSE_POSITIVE_RATE, score, validation_hands
from training.progress import training_report
from training.prune import prune, shape_like
from training.resnet import load_pretrained
from training.trained_network import NETWORK_NAME, TrainedNetwork, load_network, save_network
from training.training_data import TrainingData

PRUNING_NAME = "pruning.json"


@dataclass(frozen=True, slots=True)
class NetworkJob:
    """One network to train.

    Attributes:
        run: its folder.
        pretrained: file of the ImageNet weights; not used where there is a teacher.
        as_json: report progress as JSON Lines.
    """

    recipe: Recipe
    data: TrainingData
    run: Path
    pretrained: Path
    as_json: bool


@dataclass(frozen=True, slots=True)
class Networks:
    """What training gave.

    Attributes:
        pruning: empty without a teacher.
    """

    final: TrainedNetwork
    teacher: TrainedNetwork | None
    pruning: tuple[PruningStep, ...]


def trained_network(job: NetworkJob, teacher: TrainedNetwork | None) -> TrainedNetwork:
    """Train the job's network, go on training it, or load it where that was done.

    Args:
        teacher: what to prune and to learn from; without, training starts from ImageNet weights.
    """
    file = job.run / NETWORK_NAME
    if not file.exists():
        job.run.mkdir(parents=True, exist_ok=True)
        recipe, labels = job.recipe, job.data.labels
        net = _first_network(job, teacher)
        source = BatchSource(job.data.train, labels, recipe)
        lessons = None
        if teacher is not None:
            lessons = Teacher(teacher.net, tuple(map(labels.index, teacher.labels)))
        with training_report(job.as_json) as report:
            net = train(net, source, recipe, job.run, report, lessons)
        kept = [label for label in labels if label not in recipe.left_out]
        net.keep_labels([labels.index(label) for label in kept])
        save_network(file, net, kept, recipe.to_json())
    return load_network(file)


def _first_network(job: NetworkJob, teacher: TrainedNetwork | None) -> GestureNet:
    """The network as its training begins, or in the shape of the checkpoint that goes on."""
    recipe = job.recipe
    torch.manual_seed(recipe.seed)
    net = GestureNet(len(job.data.labels), recipe.depth, v1=recipe.v1)
    net.touching = touching_pairs(job.data.labels) if recipe.pasted_share > 0 else ()
    if (state := load_checkpoint(job.run)) is not None:
        return shape_like(net, state["net"])
    if teacher is None:
        load_pretrained(net.backbone, job.pretrained, recipe.pretrained_sha256)
        return net
    smaller = copy.deepcopy(teacher.net)
    if recipe.flops_kept < 1:
        prune(smaller, recipe.spec(), recipe.flops_kept)
    net.replace_backbone(smaller.backbone)
    return net


def pruning_steps(
    job: NetworkJob, teacher: TrainedNetwork, final: TrainedNetwork
) -> tuple[PruningStep, ...]:
    """The network before pruning, after it, and trained again; measured once and kept.

    The pruned, untrained network has the teacher's own heads, so that it can be judged at all.
    """
    path = job.run / PRUNING_NAME
    if path.exists():
        return tuple(PruningStep(**row) for row in json.loads(path.read_text("utf-8")))
    cut = copy.deepcopy(teacher.net)
    prune(cut, job.recipe.spec(), job.recipe.flops_kept)
    stages = (
        ("unpruned", teacher.net, teacher.labels),
        ("pruned", cut, teacher.labels),
        ("retrained", final.net, final.labels),
    )
    steps = tuple(_step(job, *stage) for stage in stages)
    write_atomically(path, json.dumps([asdict(step) for step in steps], indent=2).encode())
    return steps


def _step(job: NetworkJob, stage: str, net: GestureNet, labels: Sequence[str]) -> PruningStep:
    spec = job.recipe.spec()
    hands = validation_hands(job.data.validation, labels, spec)
    return PruningStep(
        stage=stage,
        flops=count_flops(net, spec),
        parameters=sum(parameter.numel() for parameter in net.parameters()),
        recall=round(score(run_torch(net, hands.batch), hands).recall, 4),
        measured_on=f"hands found in the validation set; {FALSE_POSITIVE_RATE:.0%} of others pass",
    )
