"""Exported files: what they compute in, what they hold, and that nothing is written half."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import PRECISIONS
from gesture_app.store.archive_contents import WEIGHTS_NAME
from gesture_app.store.models import load_model, read_manifest, read_network
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.golden import GOLDEN_NAME, golden_input, load_golden
from tests.slim_networks import exported_model, slim_network
from training.__main__ import main
from training.golden import run_torch
from training.installing import Trained, install
from training.throughput import Candidate, measure


@pytest.fixture(scope="module")
def model() -> Iterator[Path]:
    with exported_model() as folder:
        yield folder


def network(model: Path, precision: str) -> onnx.ModelProto:
    content = read_network(load_model(model), precision)
    assert content is not None
    return onnx.load_model_from_string(content)


def operators(graph: onnx.GraphProto) -> list[str]:
    return [node.op_type for node in graph.node]


@pytest.mark.parametrize("precision", PRECISIONS)
def test_every_precision_answers_any_number_of_hands_in_float32(
    model: Path, precision: str
) -> None:
    session = ort.InferenceSession(
        network(model, precision).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    golden = load_golden(model)
    batch = golden_input(golden.hands[:3], golden.spec)
    for count in (1, 3):
        logits, features = session.run(
            ["logits", "features"],
            {"crops": batch.crops[:count], "landmarks": batch.landmarks[:count]},
        )
        assert logits.shape == (count, len(golden.labels))
        assert logits.dtype == features.dtype == np.float32
        assert features.shape == (count, slim_network().joint_head.in_features)


def test_the_int8_file_computes_the_picture_in_integers_and_the_rest_in_floats(
    model: Path,
) -> None:
    graph = network(model, "int8").graph
    made_by = {name: node.op_type for node in graph.node for name in node.output}
    inputs = {
        kind: {made_by.get(node.input[0]) for node in graph.node if node.op_type == kind}
        for kind in ("Conv", "Gemm")
    }
    assert inputs["Conv"] == {"DequantizeLinear"}
    assert "DequantizeLinear" not in inputs["Gemm"]
    weights = [t for t in graph.initializer if t.data_type == onnx.TensorProto.INT8]
    assert max(np.abs(onnx.numpy_helper.to_array(t).astype(int)).max() for t in weights) <= 64


def test_the_fp16_file_computes_in_halves(model: Path) -> None:
    graph = onnx.shape_inference.infer_shapes(network(model, "fp16")).graph
    kinds = {value.name: value.type.tensor_type.elem_type for value in graph.value_info}
    outputs = [node.output[0] for node in graph.node if node.op_type == "Conv"]
    assert {kinds[name] for name in outputs} == {onnx.TensorProto.FLOAT16}


def test_packed_files_are_a_quarter_of_the_weights_and_unpack_to_all_of_them(model: Path) -> None:
    count = sum(p.numel() for p in slim_network().parameters())
    for precision in ("fp32", "fp16"):
        assert len(network(model, precision).SerializeToString()) < 1.5 * count
        assert {"Cast", "Mul"} <= set(operators(network(model, precision).graph))


def test_files_hold_no_traces_of_the_machine_they_were_made_on(model: Path) -> None:
    for path in model.glob("*.onnx"):
        content = path.read_bytes()
        assert b"model.py" not in content
        assert str(Path.cwd()).encode() not in content


def test_the_manifest_names_each_file_with_its_hash_and_fp32_as_the_one_to_run(
    model: Path,
) -> None:
    manifest = read_manifest(model)
    assert set(manifest.variants) == set(PRECISIONS)
    assert manifest.sha256 == manifest.variants["fp32"].sha256
    for variant in manifest.variants.values():
        found = hashlib.sha256((model / variant.file).read_bytes()).hexdigest()
        assert found == variant.sha256


def test_an_earlier_export_leaves_no_files_behind(model: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(model, tmp_path / "model")
    loaded, golden = load_model(folder), load_golden(folder)
    install(folder, {"fp32": loaded.onnx}, loaded.manifest, Trained(golden))
    assert {path.name for path in folder.iterdir()} == {
        "gestures.onnx",
        "manifest.json",
        GOLDEN_NAME,
        WEIGHTS_NAME,
    }
    assert load_model(folder).onnx == loaded.onnx


def test_a_refused_export_changes_nothing(model: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(model, tmp_path / "model")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    loaded, golden = load_model(folder), load_golden(folder)
    other = replace(golden, logits=golden.logits[:, ::-1].copy())
    with pytest.raises(ModelError, match="fp32: probabilities differ"):
        install(folder, {"fp32": loaded.onnx}, loaded.manifest, Trained(other))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_trained_network_answers_the_golden_set_as_stored(model: Path) -> None:
    golden = load_golden(model)
    batch = golden_input(golden.hands, golden.spec)
    np.testing.assert_allclose(run_torch(slim_network(), batch), golden.logits, atol=1e-4)


def test_the_parity_command_tells_of_each_file(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["parity", str(model), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["parity"]
    assert [row["precision"] for row in rows] == list(PRECISIONS)
    assert not any(row["complaint"] for row in rows)


def test_a_model_without_golden_set_cannot_be_compared(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(model, tmp_path / "model")
    (folder / GOLDEN_NAME).unlink()
    assert main(["parity", str(folder)]) == 1
    assert "golden set cannot be used" in capsys.readouterr().err


def test_the_throughput_command_measures_what_is_there_and_says_what_is_not(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["throughput", str(model), "--rounds", "2", "--batch", "1", "2", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    measured = {(row["precision"], row["batch"]) for row in report["rows"]}
    assert {("fp32", 1), ("fp32", 2), ("int8", 1), ("int8", 2)} <= measured
    assert all(row["images_per_second"] > 0 for row in report["rows"])
    assert all(one["reason"] for one in report["not_run"])


def test_the_first_candidate_is_the_measure_of_the_others(model: Path) -> None:
    with closing(OnnxCpu().load(load_model(model).onnx)) as backend:
        rows = measure([Candidate(backend, "fp32", "this one")] * 2, 32, rounds=3, batches=(1,))
    assert rows[0].ratio == 1
    assert rows[1].ratio == pytest.approx(rows[0].p50_ms / rows[1].p50_ms)
