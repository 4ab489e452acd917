"""A trained network as one file: safetensors, with what it takes to build and use the network.

Pruned networks too: the shapes of the layers are those of the weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import nn

from gesture_app.core.errors import AppError
from gesture_app.store.archive_contents import WEIGHTS_NAME
from gesture_app.store.atomic import write_atomically
from training.datasets import touching_pairs
from training.model import GestureNet
from training.prune import shape_like
from training.resnet import BLOCKS

NETWORK_NAME = "network.safetensors"
SCHEMA = 1
HEADS = ("pixel_head", "landmark_head", "joint_head")


class NetworkFileError(AppError):
    """A file does not hold a trained network."""


@dataclass(frozen=True, slots=True)
class TrainedNetwork:
    """A network and what its outputs mean.

    Attributes:
        labels: of the outputs, in their order.
        depth: of the ResNet.
        v1: its strides, see `training.resnet.ResNet`.
        recipe: that it was trained by, as in `Recipe.to_json`.
    """

    net: GestureNet
    labels: tuple[str, ...]
    depth: int
    v1: bool
    recipe: Mapping[str, Any]


def save_network(
    path: Path,
    net: GestureNet,
    labels: Sequence[str],
    recipe: Mapping[str, Any],
    *,
    half: bool = False,
) -> None:
    """Write a network, whole or not at all.

    Args:
        recipe: that it was trained by, as in `Recipe.to_json`.
        half: store floats in fp16: half the size, for a network that others start from.

    Raises:
        OSError: nothing was changed.
    """
    about = {
        "schema": SCHEMA,
        "labels": list(labels),
        "depth": recipe["depth"],
        "v1": recipe["strides"] == "v1",
        "recipe": dict(recipe),
    }
    weights = {name: t.detach().cpu().contiguous() for name, t in net.state_dict().items()}
    if half:
        weights = {name: t.half() if t.is_floating_point() else t for name, t in weights.items()}
    write_atomically(path, safetensors.torch.save(weights, {"network": json.dumps(about)}))


def network_file(path: Path) -> Path:
    """The network file itself, or that of a run folder or of a model folder."""
    if not path.is_dir():
        return path
    of_model = path / WEIGHTS_NAME
    return of_model if of_model.is_file() else path / NETWORK_NAME


def load_network(path: Path) -> TrainedNetwork:
    """Read a network file, or that of a run folder or of a model folder.

    Raises:
        NetworkFileError: it is missing or does not hold a network of this version.
    """
    file = network_file(path)
    try:
        with safetensors.safe_open(file, "pt") as opened:
            about = json.loads((opened.metadata() or {})["network"])
        stored = safetensors.torch.load_file(file)
        weights = {name: t.float() if t.dtype == torch.half else t for name, t in stored.items()}
        labels, depth, v1, recipe = _checked(about)
        net = shape_like(GestureNet(len(labels), depth, v1=v1), weights)
        net.load_state_dict(weights)
        # Without pasted hands the pixel head has not learned to tell them apart.
        net.touching = touching_pairs(labels) if recipe.get("pasted_share") else ()
    except (OSError, ValueError, KeyError, RuntimeError, safetensors.SafetensorError) as error:
        raise NetworkFileError(
            f"{file} cannot be used as a trained network",
            f"{type(error).__name__}: {error}",
            f"Give a run folder that finished, its {NETWORK_NAME}, or a model with its weights.",
        ) from error
    return TrainedNetwork(net.eval(), labels, depth, v1, recipe)


def with_labels(trained: TrainedNetwork, labels: Sequence[str]) -> GestureNet:
    """The network with outputs for ``labels``: those that it knew as they were, new ones untrained.

    The network of ``trained`` is changed.
    """
    known = {label: row for row, label in enumerate(trained.labels)}
    for name in HEADS:
        old: nn.Linear = getattr(trained.net, name)
        head = nn.Linear(old.in_features, len(labels))
        with torch.no_grad():
            for row, label in enumerate(labels):
                if label in known:
                    head.weight[row] = old.weight[known[label]]
                    head.bias[row] = old.bias[known[label]]
        setattr(trained.net, name, head)
    trained.net.touching = ()
    return trained.net


def _checked(about: Any) -> tuple[tuple[str, ...], int, bool, dict[str, Any]]:
    if not isinstance(about, dict) or about.get("schema") != SCHEMA:
        raise ValueError("it was written by another version")
    labels, depth, v1, recipe = (about[key] for key in ("labels", "depth", "v1", "recipe"))
    texts = isinstance(labels, list) and all(isinstance(label, str) for label in labels)
    if not texts or not labels or len(set(labels)) != len(labels):
        raise ValueError("its labels are not a list of different names")
    if depth not in BLOCKS or not isinstance(v1, bool) or not isinstance(recipe, dict):
        raise ValueError("its description is damaged")
    return tuple(labels), depth, v1, recipe
