"""A gesture network so narrow that exporting it takes seconds; same modules, fewer channels."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor, nn

from gesture_app.core.context import CONTEXT_MARGIN, CONTEXT_SIZE
from gesture_app.core.preprocess import crop_square, square_around
from gesture_app.vision.golden import decode, golden_input
from tests.made_up_hands import LABELS, RECIPE
from training.cache import CachedHands
from training.datasets import Sample
from training.export import ExportPlan
from training.golden import read_hands
from training.model import GestureNet
from training.model_making import ExportJob, make_model
from training.prune import shape_like
from training.trained_network import TrainedNetwork
from training.training_data import TrainingData

_SLIMMER = 4
SURENESS = 0.4
"""Standard deviation of the joint head's logits. What is lost by quantising grows with it."""

_LANDMARK_LAYERS = ("landmarks.", "landmark_head.")


@contextmanager
def one_thread() -> Iterator[None]:
    """More only wait for each other in layers this small; on a busy machine, for minutes."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


@cache
def slim_network() -> GestureNet:
    """A ResNet-18 with a quarter of the channels; random, but with opinions about every pixel."""
    torch.manual_seed(0)
    whole = GestureNet(len(LABELS), depth=18)
    pixels = whole.backbone.features // _SLIMMER
    weights = {name: _slim(name, values, pixels) for name, values in whole.state_dict().items()}
    net = shape_like(whole, weights)
    net.load_state_dict(weights)
    with one_thread():
        _make_sure_of_itself(net)
    return net.eval()


@torch.no_grad()
def _make_sure_of_itself(net: GestureNet) -> None:
    """Batch statistics and a joint head that tell the golden hands apart.

    Untrained heads answer nearly the same to everything, and nothing could go wrong with that.
    """
    batch = golden_input(read_hands(), RECIPE.spec())
    crops, landmarks = torch.from_numpy(batch.crops), torch.from_numpy(batch.landmarks)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            module.momentum = 1.0
    net.train()
    net(crops, landmarks)
    net.eval()
    _, features = net.answer(crops, landmarks)
    logits = net.joint_head(features)
    spread, middle = logits.std(0), logits.mean(0)
    net.joint_head.weight.mul_(SURENESS / spread[:, None])
    net.joint_head.bias.copy_((net.joint_head.bias - middle) * SURENESS / spread)


def _slim(name: str, values: Tensor, pixels: int) -> Tensor:
    if values.dim() == 0 or name.startswith(_LANDMARK_LAYERS):
        return values.clone()
    if name.endswith("_head.bias"):
        return values.clone()
    if name == "pixel_head.weight":
        return values[:, :pixels].clone()
    if name == "joint_head.weight":
        return torch.cat([values[:, :pixels], values[:, pixels * _SLIMMER :]], 1)
    outputs = values.shape[0] // _SLIMMER
    if values.dim() == 1:
        return values[:outputs].clone()
    inputs = values.shape[1] if values.shape[1] == 3 else values.shape[1] // _SLIMMER
    return values[:outputs, :inputs].clone()


@contextmanager
def exported_model() -> Iterator[Path]:
    """A model folder with every precision, made of `slim_network` by the very export and gate.

    Made once for all tests of a process, since it takes seconds.
    """
    with TemporaryDirectory() as folder:
        yield shutil.copytree(_exported(), Path(folder) / "model")


@cache
def _exported() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="exported-"))
    atexit.register(shutil.rmtree, folder)
    trained = TrainedNetwork(slim_network(), LABELS, 18, True, RECIPE.to_json())
    data = TrainingData((golden_cache(),), (), LABELS, ())
    job = ExportJob("Slim", "LicenseRef-Test", "made-up hands", ExportPlan(), 0.05)
    with one_thread():
        make_model(folder, trained, data, job)
    return folder


def golden_cache() -> CachedHands:
    """The golden hands as a data set; which gesture they show is not asked."""
    contexts, landmarks = [], []
    for hand in read_hands():
        square = square_around(hand.landmarks, CONTEXT_MARGIN)
        corner = (square.center_x - square.side / 2, square.center_y - square.side / 2, 0)
        contexts.append(crop_square(decode(hand.jpeg), square, CONTEXT_SIZE))
        landmarks.append((hand.landmarks - np.array(corner)) * (CONTEXT_SIZE / square.side))
    whole = np.tile(np.array([0, 0, CONTEXT_SIZE, CONTEXT_SIZE], np.float32), (len(contexts), 1))
    sample = Sample(Path("like/ann__like_1.jpg"), "like", "ann", "rendered_test", False)
    return CachedHands(
        np.stack(contexts), np.stack(landmarks).astype(np.float32), whole, (sample,) * len(contexts)
    )
