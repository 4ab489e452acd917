"""Which weights a run starts from, and which network teaches it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from training.config import Recipe
from training.errors import TrainingError
from training.losses import Teacher
from training.model import GestureNet
from training.resnet import load_pretrained
from training.trained_network import load_network, network_file, with_labels


@dataclass(frozen=True, slots=True)
class FirstWeights:
    """Files that a run begins with.

    Attributes:
        pretrained_folder: what the recipe's ``pretrained`` is relative to.
        start: a trained network to start from instead, or None.
        teacher: a trained network to learn from, or None.
    """

    pretrained_folder: Path
    start: Path | None
    teacher: Path | None

    def describe(self, recipe: Recipe) -> str:
        """What the run starts from, in words, with its hash.

        Raises:
            TrainingError: the file is missing.
        """
        if self.start is not None:
            return f"a trained network, sha256 {_hash(self.start)}"
        if not recipe.pretrained:
            return f"random weights, seed {recipe.seed}"
        if not (path := self.pretrained_folder / recipe.pretrained).is_file():
            raise TrainingError(
                "The pretrained weights are missing",
                f"There is no file {path}",
                "Say with --shared in which folder the recipe's pretrained file lies, start from a "
                'trained network with --start, or set pretrained = "" to start from nothing.',
            )
        return f"pretrained weights, sha256 {recipe.pretrained_sha256}"

    def network(self, recipe: Recipe, labels: Sequence[str]) -> GestureNet:
        """The network to train, with its first weights.

        Raises:
            NetworkFileError: ``start`` is no trained network.
            TrainingError: it is of another kind than the recipe's.
            ValueError: the pretrained file is another one than the recipe's, or does not fit.
        """
        torch.manual_seed(recipe.seed)
        if self.start is not None:
            begun = load_network(self.start)
            if (begun.depth, begun.v1) != (recipe.depth, recipe.v1):
                raise TrainingError(
                    f"The run cannot start from {self.start}",
                    f"That is a ResNet-{begun.depth} with {'v1' if begun.v1 else 'v1.5'} strides; "
                    f"the recipe asks for a ResNet-{recipe.depth} with {recipe.strides}",
                    "Set depth and strides in the recipe to those of the network.",
                )
            return with_labels(begun, labels)
        net = GestureNet(len(labels), recipe.depth, v1=recipe.v1)
        if recipe.pretrained:
            path = self.pretrained_folder / recipe.pretrained
            load_pretrained(net.backbone, path, recipe.pretrained_sha256)
        return net

    def teacher_hash(self) -> str | None:
        """The teacher's sha256, or None."""
        return None if self.teacher is None else _hash(self.teacher)

    def teacher_for(self, labels: Sequence[str]) -> Teacher | None:
        """The teacher, or None.

        Raises:
            NetworkFileError: it is no trained network.
            TrainingError: it knows labels that are not among ``labels``.
        """
        if self.teacher is None:
            return None
        teacher = load_network(self.teacher)
        if strange := set(teacher.labels) - set(labels):
            raise TrainingError(
                f"{self.teacher} cannot be the teacher",
                f"It knows {', '.join(sorted(strange))}, which the data has not",
                "Take a teacher that was trained on the same labels or on fewer.",
            )
        return Teacher(teacher.net, tuple(map(list(labels).index, teacher.labels)))


def _hash(path: Path) -> str:
    """The sha256 of a network file; `TrainingError` if there is none."""
    file = network_file(path)
    if not file.is_file():
        raise TrainingError(
            f"There is no trained network in {path}",
            f"{file} is missing",
            "Name a run that finished, or a model with its weights.",
        )
    return hashlib.sha256(file.read_bytes()).hexdigest()
