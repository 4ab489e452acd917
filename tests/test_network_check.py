"""Networks from outside: only those that can be a gesture network are ever run by the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from gesture_app.core.errors import RefusalError
from gesture_app.core.manifest import ModelManifest
from gesture_app.store.library import CheckNetworks, ModelLibrary
from gesture_app.store.models import load_model
from gesture_app.store.paths import assets_dir
from gesture_app.vision import network_check
from gesture_app.vision.network_check import check_networks
from gesture_app.vision.network_structure import check_structure
from tests.fakes import LABELS, make_manifest
from tests.model_files import assert_refused, listed, model_files, write_folder, write_zip
from tests.networks import SIZE, biased_network

Change = Callable[[onnx.ModelProto], object]


def network(change: Change | None = None) -> bytes:
    """A sound network, or one with a change."""
    model = onnx.load_model_from_string(biased_network([1.0, 2.0, 3.0]))
    if change is not None:
        change(model)
    return bytes(model.SerializeToString())


def check_in_this_process(paths: Sequence[Path], manifest: ModelManifest) -> None:
    """The part of the check that runs nothing; without a process it is quick."""
    for path in paths:
        check_structure(path.read_bytes(), manifest.preprocess.input_size, len(manifest.labels))


def assert_network_refused(
    tmp_path: Path, content: bytes, reason: str, check: CheckNetworks = check_in_this_process
) -> None:
    """A model file with this network is refused, and nothing of it stays."""
    bundled = write_folder(tmp_path / "bundled", model_files())
    library = ModelLibrary(tmp_path / "library", bundled, check)
    path = write_zip(tmp_path / "model.gesture", listed(model_files(network=content)))
    assert_refused(library, path, reason)


def test_sound_networks_pass_and_the_one_that_is_none_is_named(tmp_path: Path) -> None:
    first, second = tmp_path / "first.onnx", tmp_path / "second.onnx"
    first.write_bytes(network())
    second.write_bytes(network())
    check_networks([first, second], make_manifest())
    second.write_bytes(biased_network([1.0, 2.0]))
    with pytest.raises(RefusalError, match=r"^The model is refused: second\.onnx: logits has"):
        check_networks([first, second], make_manifest())


def test_the_bundled_model_passes() -> None:
    model = load_model(assets_dir() / "models" / "default")
    check_structure(model.onnx, model.manifest.preprocess.input_size, len(model.manifest.labels))


def _resize_input(size: object) -> Change:
    def change(model: onnx.ModelProto) -> None:
        model.graph.input[0].CopyFrom(
            helper.make_tensor_value_info("crops", TensorProto.FLOAT, ["N", 3, size, size])
        )

    return change


def _rename_everywhere(old: str, new: str) -> Change:
    def change(model: onnx.ModelProto) -> None:
        for value in (*model.graph.input, *model.graph.output):
            value.name = new if value.name == old else value.name
        for node in model.graph.node:
            for names in (node.input, node.output):
                names[:] = [new if name == old else name for name in names]

    return change


def _weigh_externally(model: onnx.ModelProto) -> None:
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../../etc/passwd")


def _hide_external_weights_in_a_constant(model: onnx.ModelProto) -> None:
    tensor = TensorProto(name="t", dims=[1], data_type=TensorProto.FLOAT)
    tensor.data_location = TensorProto.EXTERNAL
    model.graph.node.insert(0, helper.make_node("Constant", [], ["hidden"], value=tensor))


def _nest(model: onnx.ModelProto) -> None:
    inner = helper.make_graph([], "inner", [], [])
    model.graph.node[0].attribute.append(helper.make_attribute("body", inner))


def _add_output(name: str, width: int) -> Change:
    def change(model: onnx.ModelProto) -> None:
        model.graph.node.append(helper.make_node("Identity", ["means"], [name]))
        model.graph.output.append(
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", width])
        )

    return change


def _set_dims(*dims: int) -> Change:
    def change(model: onnx.ModelProto) -> None:
        model.graph.initializer[0].dims[:] = dims

    return change


def _fix_batch(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1


def _declare_float16(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.elem_type = TensorProto.FLOAT16


def _break_wiring(model: onnx.ModelProto) -> None:
    model.graph.node[-1].input[0] = "nowhere"


def _define_operator(model: onnx.ModelProto) -> None:
    node = helper.make_node("Relu", ["x"], ["y"])
    opset = [helper.make_opsetid("", 17)]
    model.functions.append(helper.make_function("mine", "Mine", ["x"], ["y"], [node], opset))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_rename_everywhere("crops", "images"), "inputs are 'images, landmarks' instead of"),
        (_rename_everywhere("landmarks", "points"), "inputs are 'crops, points' instead of"),
        (_rename_everywhere("logits", "scores"), "outputs are 'scores' instead of logits"),
        (_add_output("secrets", 3), "outputs are 'logits, secrets' instead of logits"),
        (_add_output("features", 10**6), "features are not within 1 and 16384"),
        (_resize_input(64), r"crops has shape \(3, 64, 64\) where \(3, 32, 32\) was expected"),
        (_resize_input(10**9), r"crops has shape \(3, 1000000000"),
        (_resize_input("side"), r"crops has shape \(3, 0, 0\)"),
        (_fix_batch, "crops does not take any number of hands"),
        (_declare_float16, "crops is not float32"),
        (lambda m: m.graph.node[0].__setattr__("op_type", "Loop"), "the operator 'Loop', which"),
        (lambda m: m.graph.node[0].__setattr__("domain", "com.evil"), "of the domain 'com.evil'"),
        (lambda m: m.opset_import[0].__setattr__("version", 999), r"operator set is \[999\]"),
        (lambda m: m.ClearField("opset_import"), r"operator set is \[\]"),
        (lambda m: m.ClearField("graph"), "it holds no network"),
        (lambda m: m.training_info.add(), "instructions for training"),
        (lambda m: m.graph.sparse_initializer.add(), "sparse tensors"),
        (_define_operator, "operators of its own"),
        (_nest, "a network within the network"),
        (_weigh_externally, "its weights lie in another file"),
        (_hide_external_weights_in_a_constant, "its weights lie in another file"),
        (_set_dims(2**40, 2**40), "a tensor says it has .* values and has"),
        (_set_dims(-3), "a tensor has a negative size"),
        (_break_wiring, "it breaks the rules of ONNX"),
    ],
)
def test_a_network_that_no_gesture_model_has(tmp_path: Path, change: Change, reason: str) -> None:
    assert_network_refused(tmp_path, network(change), reason)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80\x04K\x01.", network()[:-40], b"PK\x03\x04" + bytes(100), b"\x0a" * 1000],
    ids=["empty", "pickle", "cut off", "zip", "noise"],
)
def test_what_is_no_network_at_all(tmp_path: Path, content: bytes) -> None:
    assert_network_refused(
        tmp_path, content, "it is not an ONNX network, or it is cut off|no network"
    )


def test_more_or_fewer_outputs_than_labels(tmp_path: Path) -> None:
    reason = rf"logits has shape \(4,\) where \({len(LABELS)},\) was expected"
    assert_network_refused(tmp_path, biased_network([1.0, 2.0, 3.0, 4.0]), reason)


def _answer_nothing_finite(model: onnx.ModelProto) -> None:
    for tensor in model.graph.initializer:
        if tensor.name == "bias":
            tensor.CopyFrom(numpy_helper.from_array(np.full(3, np.nan, np.float32), "bias"))


def _take_up_all_memory(model: onnx.ModelProto) -> None:
    """Pads each crop to a million pixels square before its mean is taken."""
    pads = np.asarray([0, 0, 0, 0, 0, 0, 10**6, 10**6], np.int64)
    model.graph.initializer.append(numpy_helper.from_array(pads, "pads"))
    model.graph.node.insert(0, helper.make_node("Pad", ["crops", "pads"], ["padded"]))
    model.graph.node[1].input[0] = "padded"


def _answer_in_another_shape(model: onnx.ModelProto) -> None:
    """Says (N, 3), and answers (1, 3 N)."""
    shape = np.asarray([1, -1], np.int64)
    model.graph.initializer.append(numpy_helper.from_array(shape, "shape"))
    model.graph.node[-1].output[0] = "sum"
    model.graph.node.append(helper.make_node("Reshape", ["sum", "shape"], ["logits"]))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_answer_nothing_finite, "^.*it answers with values that are no numbers"),
        (_take_up_all_memory, "ONNX Runtime cannot run it|went beyond its limits"),
        (_answer_in_another_shape, r"it answers with shape \(1, 6\) where \(2, 3\) was expected"),
    ],
)
def test_a_network_that_misbehaves_when_it_runs(
    tmp_path: Path, change: Change, reason: str
) -> None:
    assert_network_refused(tmp_path, network(change), reason, check_networks)


def test_a_trial_that_crashes_refuses_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_check, "_PROGRAM", "gesture_app.no_such_program")
    assert_network_refused(
        tmp_path, network(), "crashed, or went beyond its limits", check_networks
    )


def test_a_trial_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_check, "PATIENCE_S", 0.0)
    assert_network_refused(tmp_path, network(), "is not done within 0 s", check_networks)


def test_features_beside_the_answer_are_allowed() -> None:
    check_structure(network(_add_output("features", 3)), SIZE, len(LABELS))
