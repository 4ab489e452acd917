"""From torch to the file that ships: one ONNX graph and its manifest, checked against each other.

Weights are stored as 8-bit integers with one scale per output channel and turned back into
floats by the graph itself (``Cast`` and ``Mul`` on constants, which ONNX Runtime computes once
while loading). That quarters the file and leaves speed and arithmetic those of fp32; it is not the
8-bit *computation* of a quantised model.
"""

from __future__ import annotations

import hashlib
import tempfile
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest, dump_manifest
from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput, PreprocessSpec
from gesture_app.core.types import FloatArray
from gesture_app.store.atomic import write_atomically
from gesture_app.vision.classifier import softmax

OPSET = 18
SMALLEST_PACKED = 4096
"""Tensors with fewer values stay fp32: nothing to gain."""

MAX_PROBABILITY_CHANGE = 0.05
"""Largest mean change of a label's probability, over the parity samples, between the network and
its exported file. 8-bit weights change single probabilities; their mean stays well below this."""

MIN_AGREEMENT = 0.99
"""Share of parity samples on which both must name the same label."""


@dataclass(frozen=True, slots=True)
class Parity:
    """How well an exported file agrees with the network it came from.

    Attributes:
        agreement: share of samples with the same best label.
        mean_change: mean over samples of the largest change of a probability.
        samples: how many were compared.
    """

    agreement: float
    mean_change: float
    samples: int

    @property
    def passed(self) -> bool:
        return self.agreement >= MIN_AGREEMENT and self.mean_change <= MAX_PROBABILITY_CHANGE


def to_onnx(net: nn.Module, spec: PreprocessSpec) -> onnx.ModelProto:
    """The network as an ONNX graph: ``crops`` and ``landmarks`` → ``logits``, any batch size."""
    net.eval()
    example = (
        torch.zeros(2, 3, spec.input_size, spec.input_size),
        torch.zeros(2, LANDMARK_FEATURES),
    )
    batch = torch.export.Dim("batch", min=1, max=64)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The exporter uses parts of torch that torch itself deprecates; nothing to act on here.
        warnings.simplefilter("ignore")
        path = Path(folder) / "model.onnx"
        torch.onnx.export(
            net,
            example,
            path,
            input_names=["crops", "landmarks"],
            output_names=["logits"],
            dynamic_shapes=({0: batch}, {0: batch}),
            opset_version=OPSET,
            external_data=False,
            verbose=False,
        )
        model = onnx.load(path)
    _forget_origin(model)
    onnx.checker.check_model(model)
    return model


def _forget_origin(model: onnx.ModelProto) -> None:
    """Drop the exporter's notes: they hold stack traces with paths of the machine it ran on."""
    graph = model.graph
    for part in (
        *(model, graph),
        *(*graph.node, *graph.value_info, *graph.initializer),
        *(*graph.input, *graph.output),
    ):
        del part.metadata_props[:]
        part.doc_string = ""


def pack_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy whose large weights are stored as int8 with one scale per output channel."""
    packed = onnx.ModelProto()
    packed.CopyFrom(model)
    graph = packed.graph
    initializers, unpacking = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < SMALLEST_PACKED:
            initializers.append(tensor)
            continue
        quantised, scale = _quantise(values)
        name = tensor.name
        initializers.append(numpy_helper.from_array(quantised, f"{name}.int8"))
        initializers.append(numpy_helper.from_array(scale, f"{name}.scale"))
        unpacking.append(
            helper.make_node("Cast", [f"{name}.int8"], [f"{name}.float"], to=TensorProto.FLOAT)
        )
        unpacking.append(helper.make_node("Mul", [f"{name}.float", f"{name}.scale"], [name]))
    nodes = [*unpacking, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(initializers)
    graph.node.extend(nodes)
    # Shapes of unpacked weights are inferred; stale notes on them would contradict.
    del graph.value_info[:]
    onnx.checker.check_model(packed)
    return packed


def _quantise(values: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """Symmetric int8 per first axis; scale broadcasts against the values."""
    axes = tuple(range(1, values.ndim))
    scale = np.abs(values).max(axis=axes, keepdims=True).astype(np.float32) / np.float32(127)
    scale = np.where(scale == 0, np.float32(1), scale).astype(np.float32)
    return np.clip(np.round(values / scale), -127, 127).astype(np.int8), scale


def write_manifest(folder: Path, manifest: ModelManifest) -> None:
    """Replace the manifest of a model folder, whole or not at all."""
    write_atomically(folder / MANIFEST_NAME, dump_manifest(manifest).encode())


def write_model(folder: Path, model: onnx.ModelProto, manifest: ModelManifest) -> ModelManifest:
    """Write the network, then the manifest that names its hash (the commit point).

    Returns:
        The manifest as written, with the file's sha256.
    """
    data = model.SerializeToString()
    written = replace(manifest, sha256=hashlib.sha256(data).hexdigest())
    write_atomically(folder / manifest.model_file, data)
    write_manifest(folder, written)
    return written


@torch.no_grad()
def network_probabilities(net: nn.Module, batch: NetworkInput) -> FloatArray:
    """Probabilities (N, labels) of the torch network in evaluation mode."""
    net.eval()
    logits = net(torch.from_numpy(batch.crops), torch.from_numpy(batch.landmarks))
    return softmax(logits.float().numpy())


def compare(expected: FloatArray, got: FloatArray) -> Parity:
    """Compare two sets of probabilities (N, labels) of the same samples."""
    agreement = float((expected.argmax(1) == got.argmax(1)).mean())
    change = float(np.abs(expected - got).max(axis=1).mean())
    return Parity(agreement, change, len(expected))
