"""Small ONNX networks with a gesture model's inputs and output, and model folders around them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from gesture_app.core.manifest import MANIFEST_NAME, dump_manifest
from tests.fakes import LABELS, make_manifest

SIZE = 32
"""Side of the input, as in `make_manifest`."""


def biased_network(
    logits: Sequence[float], *, size: int = SIZE, inputs: str = "landmarks"
) -> bytes:
    """A network that answers ``logits``, plus the mean of the red channel on the first of them.

    Args:
        inputs: name of its second input; any but ``landmarks`` makes it unfit.
    """
    count = len(logits)
    red_on_first = np.zeros((3, count), np.float32)
    red_on_first[0, 0] = 1.0
    constants = {
        "bias": np.asarray(logits, np.float32),
        "by_channel": red_on_first,
        "by_landmark": np.zeros((63, count), np.float32),
    }
    nodes = [
        helper.make_node("ReduceMean", ["crops"], ["means"], axes=[2, 3], keepdims=0),
        helper.make_node("MatMul", ["means", "by_channel"], ["a"]),
        helper.make_node("MatMul", [inputs, "by_landmark"], ["b"]),
        helper.make_node("Add", ["a", "b"], ["c"]),
        helper.make_node("Add", ["c", "bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "gestures",
        [
            helper.make_tensor_value_info("crops", TensorProto.FLOAT, ["N", 3, size, size]),
            helper.make_tensor_value_info(inputs, TensorProto.FLOAT, ["N", 63]),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", count])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def write_model(folder: Path, network: bytes | None = None, sha256: str | None = None) -> Path:
    """A model folder; its network takes every hand for the first label unless another is given.

    Args:
        sha256: another than that of the network.
    """
    content = biased_network([6.0, *[0.0] * (len(LABELS) - 1)]) if network is None else network
    manifest = replace(make_manifest(), sha256=sha256 or hashlib.sha256(content).hexdigest())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / manifest.model_file).write_bytes(content)
    (folder / MANIFEST_NAME).write_text(dump_manifest(manifest), "utf-8")
    return folder
