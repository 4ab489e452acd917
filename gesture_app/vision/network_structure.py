"""The inside of an ONNX file from outside: only what a gesture network can consist of.

Read with the format's own library; nothing is run here. Figures in a file are compared with the
bytes that are there before anyone believes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sized
from typing import TYPE_CHECKING

from gesture_app.core.errors import RefusalError
from gesture_app.core.preprocess import LANDMARK_FEATURES

if TYPE_CHECKING:
    import onnx

OPSETS = range(13, 25)
"""13 is the first with quantisation per channel; 24 the last that ONNX Runtime 1.24 knows."""

MAX_NODES = 10_000
MAX_TENSORS = 10_000
MAX_FEATURES = 16_384

STANDARD = ("", "ai.onnx")
_OPERATORS = """
    Add AveragePool BatchNormalization Cast Clip Concat Constant Conv ConvInteger DequantizeLinear
    Div DynamicQuantizeLinear Elu Erf Exp Flatten Gather Gelu Gemm GlobalAveragePool GlobalMaxPool
    HardSigmoid HardSwish Identity LayerNormalization LeakyRelu Log LogSoftmax MatMul MatMulInteger
    Max MaxPool Min Mish Mul Neg Pad Pow PRelu QuantizeLinear Reciprocal ReduceL2 ReduceMax
    ReduceLogSumExp ReduceMean ReduceSum Relu Reshape Shape Sigmoid Slice Softmax Split Sqrt
    Squeeze Sub Sum Tanh
    Transpose Unsqueeze
"""
OPERATORS = frozenset(_OPERATORS.split())
"""What ResNets and their relatives are made of. No loops, branches or sub-graphs, no random
numbers, nothing that makes large tensors of small ones (ConstantOfShape, Expand, Resize, Tile)."""


def check_structure(content: bytes, input_size: int, labels: int) -> None:
    """Check an ONNX file.

    Args:
        input_size: side of the crops in pixels.
        labels: number of labels.

    Raises:
        RefusalError: it is no ONNX file, or not one of a gesture network.
    """
    model = _parse(content)
    _check_model(model)
    _check_nodes(model.graph)
    _check_tensors(model.graph)
    _check_inputs(model.graph, input_size)
    _check_outputs(model.graph, labels)
    _check_rules(model)


def _parse(content: bytes) -> onnx.ModelProto:
    import onnx
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load_model_from_string(content)
    except DecodeError as error:
        raise RefusalError("it is not an ONNX network, or it is cut off") from error
    if not model.HasField("graph"):
        raise RefusalError("it holds no network")
    return model


def _check_model(model: onnx.ModelProto) -> None:
    if model.functions:
        raise RefusalError("it defines operators of its own")
    if model.training_info:
        raise RefusalError("it holds instructions for training")
    opsets = [opset.version for opset in model.opset_import if opset.domain in STANDARD]
    if len(opsets) != 1 or opsets[0] not in OPSETS:
        raise RefusalError(f"its operator set is {opsets}, not within {OPSETS[0]} and {OPSETS[-1]}")


def _check_nodes(graph: onnx.GraphProto) -> None:
    if len(graph.node) > MAX_NODES:
        raise RefusalError(f"it has more than {MAX_NODES} nodes")
    for node in graph.node:
        if node.domain not in STANDARD:
            raise RefusalError(f"it uses operators of the domain {node.domain[:60]!r}")
        if node.op_type not in OPERATORS:
            raise RefusalError(f"it uses the operator {node.op_type[:60]!r}, which is not allowed")
        for attribute in node.attribute:
            if attribute.HasField("g") or attribute.graphs:
                raise RefusalError("it holds a network within the network")


def _check_tensors(graph: onnx.GraphProto) -> None:
    if graph.sparse_initializer:
        raise RefusalError("it holds sparse tensors")
    if len(graph.initializer) > MAX_TENSORS:
        raise RefusalError(f"it has more than {MAX_TENSORS} tensors")
    for tensor in _tensors(graph):
        _check_tensor(tensor)


def _tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("sparse_tensor") or attribute.sparse_tensors:
                raise RefusalError("it holds sparse tensors")
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors


def _check_tensor(tensor: onnx.TensorProto) -> None:
    """Its dimensions and its bytes agree, and the bytes are in this file."""
    import onnx

    if tensor.data_location == onnx.TensorProto.EXTERNAL or tensor.external_data:
        raise RefusalError("its weights lie in another file")
    if any(size < 0 for size in tensor.dims):
        raise RefusalError("a tensor has a negative size")
    try:
        kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
    except KeyError as error:
        raise RefusalError(f"a tensor is of a type that is not known ({error})") from error
    values = math.prod(tensor.dims)
    if tensor.HasField("raw_data"):
        given = len(tensor.raw_data) // kind.itemsize
    else:
        given = max(len(field) for field in _value_fields(tensor))
    if values != given:
        raise RefusalError(f"a tensor says it has {values} values and has {given}")


def _value_fields(tensor: onnx.TensorProto) -> tuple[Sized, ...]:
    return (
        tensor.float_data,
        tensor.int32_data,
        tensor.int64_data,
        tensor.double_data,
        tensor.uint64_data,
        tensor.string_data,
    )


def _check_inputs(graph: onnx.GraphProto, input_size: int) -> None:
    expected = {"crops": (3, input_size, input_size), "landmarks": (LANDMARK_FEATURES,)}
    inputs = {value.name: value for value in graph.input}
    if inputs.keys() != expected.keys() or len(graph.input) != len(expected):
        found = ", ".join(sorted(inputs))[:100]
        raise RefusalError(f"its inputs are {found!r} instead of crops and landmarks")
    for name, shape in expected.items():
        _check_shape(inputs[name], shape)


def _check_outputs(graph: onnx.GraphProto, labels: int) -> None:
    outputs = {value.name: value for value in graph.output}
    if "logits" not in outputs or not outputs.keys() <= {"logits", "features"}:
        found = ", ".join(sorted(outputs))[:100]
        raise RefusalError(f"its outputs are {found!r} instead of logits and perhaps features")
    _check_shape(outputs["logits"], (labels,))
    if "features" in outputs:
        width = _shape(outputs["features"])[-1:]
        if not width or not 1 <= width[0] <= MAX_FEATURES:
            raise RefusalError(f"its features are not within 1 and {MAX_FEATURES}")
        _check_shape(outputs["features"], width)


def _check_shape(value: onnx.ValueInfoProto, expected: tuple[int, ...]) -> None:
    """float32, a free first dimension for the batch, and then ``expected``."""
    import onnx

    if value.type.tensor_type.elem_type != onnx.TensorProto.FLOAT:
        raise RefusalError(f"{value.name} is not float32")
    shape = _shape(value)
    if not shape or shape[0] != 0:
        raise RefusalError(f"{value.name} does not take any number of hands")
    if shape[1:] != expected:
        raise RefusalError(f"{value.name} has shape {shape[1:]} where {expected} was expected")


def _shape(value: onnx.ValueInfoProto) -> tuple[int, ...]:
    """Its dimensions; 0 for a free one."""
    return tuple(size.dim_value for size in value.type.tensor_type.shape.dim)


def _check_rules(model: onnx.ModelProto) -> None:
    """ONNX's own rules: names that exist, types that fit, no cycles."""
    import onnx

    try:
        onnx.checker.check_model(model)
    except (onnx.checker.ValidationError, ValueError) as error:
        reason = str(error).strip().splitlines()[0][:200]
        raise RefusalError(f"it breaks the rules of ONNX ({reason})") from error
