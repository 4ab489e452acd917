"""From torch to what ships: one ONNX file for each precision.

fp32 and fp16 files can be *packed*: large weights are stored as 8-bit integers with one scale per
output channel, and the graph itself turns them back into floats (``Cast`` and ``Mul`` on constants,
which ONNX Runtime computes once while loading). That quarters the file and leaves speed and
arithmetic those of floats; the network that computes in 8 bits is made in `training.quantise`.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput, PreprocessSpec
from gesture_app.core.types import FloatArray
from training.model import GestureNet

OPSET = 18
SMALLEST_PACKED = 4096
"""Tensors with fewer values are not packed: nothing to gain."""

_FLOATS = (TensorProto.FLOAT, TensorProto.FLOAT16)


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Which files to make of a network.

    Attributes:
        precisions: of ``fp32``, ``fp16`` and ``int8``.
        packed: store the weights of fp32 and fp16 in 8 bits.
    """

    precisions: tuple[str, ...] = ("fp32", "fp16", "int8")
    packed: bool = True


def export_networks(
    net: GestureNet, spec: PreprocessSpec, calibration: NetworkInput, plan: ExportPlan
) -> dict[str, bytes]:
    """Precision → ONNX file with inputs ``crops`` and ``landmarks``, outputs ``logits`` and
    ``features``, all of them float32.

    Args:
        calibration: training hands, from which INT8 takes the ranges of its activations.
    """
    from training.quantise import quantise

    plain = to_onnx(net, spec)
    files = {}
    for precision in plan.precisions:
        if precision == "int8":
            model = quantise(plain, calibration)
        else:
            model = to_fp16(plain) if precision == "fp16" else plain
            model = pack_weights(model) if plan.packed else model
        files[precision] = bytes(model.SerializeToString())
    return files


class _Outputs(nn.Module):
    """Both outputs of the network, as its forward pass."""

    def __init__(self, net: GestureNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crops: Tensor, landmarks: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.answer(crops, landmarks)


def to_onnx(net: GestureNet, spec: PreprocessSpec) -> onnx.ModelProto:
    """The network in evaluation mode as an fp32 ONNX graph for any batch size."""
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
            _Outputs(net).eval(),
            example,
            path,
            input_names=["crops", "landmarks"],
            output_names=["logits", "features"],
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


def to_fp16(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of an fp32 network that computes in fp16; inputs and outputs stay fp32."""
    from onnxruntime.transformers.float16 import convert_float_to_float16
    from onnxruntime.transformers.onnx_model import OnnxModel

    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    with warnings.catch_warnings():
        # Weights below fp16's smallest step become that step; the parity gate sees what it does.
        warnings.simplefilter("ignore")
        half: onnx.ModelProto = convert_float_to_float16(copy, keep_io_types=True)
    OnnxModel.graph_topological_sort(half.graph)  # its casts of the inputs come last
    onnx.checker.check_model(half)
    return half


def pack_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy whose large weights are stored as int8 with one scale per output channel."""
    packed = onnx.ModelProto()
    packed.CopyFrom(model)
    graph = packed.graph
    initializers: list[onnx.TensorProto] = []
    unpacking: list[onnx.NodeProto] = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type not in _FLOATS or values.size < SMALLEST_PACKED:
            initializers.append(tensor)
            continue
        rounded, scale = _round(values.astype(np.float32))
        initializers.append(numpy_helper.from_array(rounded, f"{tensor.name}.int8"))
        initializers.append(numpy_helper.from_array(scale, f"{tensor.name}.scale"))
        unpacking += _unpacking(tensor.name, tensor.data_type)
    nodes = [*unpacking, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(initializers)
    graph.node.extend(nodes)
    # Shapes of unpacked weights are inferred; stale notes on them would contradict.
    del graph.value_info[:]
    onnx.checker.check_model(packed)
    return packed


def _unpacking(name: str, kind: int) -> Sequence[onnx.NodeProto]:
    """Nodes that make ``name`` of its integers; always by an fp32 scale, which fp16 may lack."""
    cast = helper.make_node("Cast", [f"{name}.int8"], [f"{name}.whole"], to=TensorProto.FLOAT)
    if kind == TensorProto.FLOAT:
        return cast, helper.make_node("Mul", [f"{name}.whole", f"{name}.scale"], [name])
    scaled = helper.make_node("Mul", [f"{name}.whole", f"{name}.scale"], [f"{name}.float"])
    return cast, scaled, helper.make_node("Cast", [f"{name}.float"], [name], to=kind)


def _round(values: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """Symmetric int8 per first axis; scale broadcasts against the values."""
    axes = tuple(range(1, values.ndim))
    scale = np.abs(values).max(axis=axes, keepdims=True).astype(np.float32) / np.float32(127)
    scale = np.where(scale == 0, np.float32(1), scale).astype(np.float32)
    return np.clip(np.round(values / scale), -127, 127).astype(np.int8), scale
