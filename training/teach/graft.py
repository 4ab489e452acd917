"""A head onto a network: the same ONNX file, of any precision, with another last step.

Everything up to the features stays as it is, bit by bit, so that a taught model in INT8 or fp16 is
as near to its fp32 file as the base's are, and nothing has to be exported, quantised or compared
again but the last step.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

from gesture_app.core.errors import ModelError
from training.teach.head import Head
from training.teach.space import FeatureSpace

LOGITS, FEATURES = "logits", "features"
_BASE_LOGITS, _CORRECTION = "taught.base_logits", "taught.correction"


def graft(network: bytes, head: Head, space: FeatureSpace) -> bytes:
    """An ONNX file that answers with the head's labels.

    Args:
        network: ONNX file of the base with outputs ``logits`` and ``features``, both float32.
        space: that the head was fitted in; projecting into it becomes part of the weights.

    Raises:
        ModelError: it has no such outputs.
    """
    model = onnx.load_model_from_string(network)
    graph = model.graph
    outputs = {output.name: output for output in graph.output}
    if not {LOGITS, FEATURES} <= set(outputs):
        raise ModelError(
            "The base model cannot be taught",
            "its network gives no features",
            "Export it again from its training run.",
        )
    for node in graph.node:
        for names in (node.input, node.output):
            for index, name in enumerate(names):
                if name == LOGITS:
                    names[index] = _BASE_LOGITS
    weight = (space.basis @ head.weight).astype(np.float32)
    bias = (head.bias - space.mean @ weight).astype(np.float32)
    graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(values), f"taught.{name}")
        for name, values in (
            ("weight", weight),
            ("bias", bias),
            ("places", head.places),
        )
    )
    graph.node.extend(
        [
            helper.make_node("Gemm", [FEATURES, "taught.weight", "taught.bias"], [_CORRECTION]),
            helper.make_node("Gemm", [_BASE_LOGITS, "taught.places", _CORRECTION], [LOGITS]),
        ]
    )
    outputs[LOGITS].type.tensor_type.shape.dim[1].dim_value = len(head.labels)
    del graph.value_info[:]  # notes on the old shapes would contradict
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
