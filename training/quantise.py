"""INT8: weights *and* activations as 8-bit integers, with scales fixed beforehand (static QDQ).

Activations are unsigned, since most of them come out of a ReLU; their ranges are the smallest and
largest values seen on training crops that went through the app's preprocessing. Weights are signed,
with a symmetric scale per output channel, and use 7 of the 8 bits: processors with AVX2 but without
VNNI add pairs of products in 16 bits, which overflow with 8 (ONNX Runtime's documentation,
"Quantize ONNX Models", on ``reduce_range``). What each choice does to accuracy and speed is in
docs/exporting.md.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray

QUANTISED_OPERATORS = ("Conv", "Relu", "Add", "MaxPool")
"""The ResNet up to its last feature map, over 99.9 % of the work. Pooling, the landmark layers and
the heads stay fp32: they cost next to nothing and decide about small differences."""


class CalibrationHands(CalibrationDataReader):  # type: ignore[misc]
    """Hands one by one, as the library asks for them."""

    def __init__(self, hands: NetworkInput) -> None:
        self._rows = iter(range(len(hands.crops)))
        self._hands = hands

    def get_next(self) -> dict[str, FloatArray] | None:
        row = next(self._rows, None)
        if row is None:
            return None
        rows = slice(row, row + 1)
        return {"crops": self._hands.crops[rows], "landmarks": self._hands.landmarks[rows]}


def quantise(model: onnx.ModelProto, calibration: NetworkInput) -> onnx.ModelProto:
    """A copy of an fp32 network that computes its ResNet in INT8; inputs and outputs stay fp32.

    Args:
        calibration: training hands; a hundred are enough for ranges.
    """
    with tempfile.TemporaryDirectory() as folder, _quiet():
        plain, prepared = Path(folder, "plain.onnx"), Path(folder, "prepared.onnx")
        quantised = Path(folder, "quantised.onnx")
        onnx.save(model, plain)
        # ONNX's own inference of shapes is enough; the symbolic one stumbles over ReduceLogSumExp.
        quant_pre_process(plain, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            quantised,
            CalibrationHands(calibration),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(QUANTISED_OPERATORS),
            nodes_to_quantize=_picture_nodes(onnx.load(prepared)),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
        result = onnx.load(quantised)
    onnx.checker.check_model(result)
    return result


def _picture_nodes(model: onnx.ModelProto) -> list[str]:
    """Nodes that the crops reach through nothing but operators that are quantised."""
    reached, names = {"crops"}, []
    for node in model.graph.node:  # in the order of computation
        if node.op_type in QUANTISED_OPERATORS and reached.intersection(node.input):
            reached.update(node.output)
            names.append(node.name)
    return names


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the library's advice on preparations that have just been made."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
