"""A manifest is data from outside: read back as written, refused when anything is off."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import ModelFile, dump_manifest, parse_manifest
from gesture_app.core.types import NO_GESTURE
from tests.fakes import make_manifest


def test_what_was_dumped_is_parsed_to_an_equal_value() -> None:
    manifest = replace(make_manifest(), metrics={"recall": 0.86}, attribution="모두")
    assert parse_manifest(dump_manifest(manifest)) == manifest
    assert manifest.labels[manifest.no_gesture_index] == NO_GESTURE


def test_a_label_may_have_capitals() -> None:
    manifest = replace(make_manifest(), labels=("My_Wave-2", "B", NO_GESTURE))
    assert parse_manifest(dump_manifest(manifest)) == manifest


def test_variants_are_read_back_as_written() -> None:
    variants = {"int8": ModelFile("int8.onnx", "0" * 64), "fp16": ModelFile("half.onnx", "1" * 64)}
    manifest = replace(make_manifest(), variants=variants, temperature=1.3)
    assert parse_manifest(dump_manifest(manifest)) == manifest


def test_names_of_taught_gestures_are_read_back_and_models_without_any_are_written_as_before() -> (
    None
):
    plain = make_manifest()
    named = replace(plain, names={plain.labels[0]: "손 흔들기"})
    assert parse_manifest(dump_manifest(named)) == named
    assert "names" not in json.loads(dump_manifest(plain))


@pytest.mark.parametrize(
    "names", [[], {"unknown": "x"}, {"like": ""}, {"like": "a\nb"}, {"like": "<b>x</b>"}]
)
def test_names_that_are_none_are_refused(names: Any) -> None:
    value = json.loads(dump_manifest(make_manifest()))
    with pytest.raises(ModelError):
        parse_manifest(json.dumps({**value, "names": names}))


def test_a_manifest_of_schema_1_is_read_as_uncalibrated_and_without_variants() -> None:
    value = json.loads(dump_manifest(make_manifest()))
    del value["temperature"], value["variants"]
    manifest = parse_manifest(json.dumps({**value, "schema": 1}))
    assert manifest.temperature == 1.0
    assert manifest.variants == {}


@pytest.mark.parametrize(
    "field",
    [
        "schema",
        "name",
        "model_file",
        "sha256",
        "labels",
        "threshold",
        "preprocess",
        "licence",
        "attribution",
        "temperature",
        "variants",
    ],
)
def test_a_missing_field_is_refused(field: str) -> None:
    value = json.loads(dump_manifest(make_manifest()))
    del value[field]
    with pytest.raises(ModelError, match=field):
        parse_manifest(json.dumps(value))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("schema", 3),
        ("schema", True),
        ("temperature", 0),
        ("temperature", "1"),
        ("variants", []),
        ("variants", {"fp8": {"file": "a.onnx", "sha256": "0" * 64}}),
        ("variants", {"fp16": {"file": "../a.onnx", "sha256": "0" * 64}}),
        ("variants", {"fp16": {"file": "a.onnx", "sha256": "0"}}),
        ("variants", {"fp16": "a.onnx"}),
        ("name", ""),
        ("name", '<img src="//elsewhere/picture.png">'),
        ("model_file", "../outside.onnx"),
        ("model_file", "/etc/passwd.onnx"),
        ("model_file", "a\\b.onnx"),
        ("model_file", "network.pkl"),
        ("sha256", "0" * 63),
        ("sha256", "G" * 64),
        ("labels", [NO_GESTURE]),
        ("labels", ["like", "dislike"]),
        ("labels", ["like", "like", NO_GESTURE]),
        ("labels", ["like", "Like", NO_GESTURE]),
        ("labels", ["like", "x" * 41, NO_GESTURE]),
        ("labels", ["like", "<b>", NO_GESTURE]),
        ("labels", "like"),
        ("threshold", 1.5),
        ("threshold", "0.3"),
        ("threshold", True),
        ("threshold", float("nan")),
        ("threshold", 10**400),
        ("metrics", []),
        ("metrics", {"recall": None}),
        ("preprocess.color_order", "BGR"),
        ("preprocess.input_size", 112.0),
        ("preprocess.input_size", 100_000),
        ("preprocess.crop_margin", 0.2),
        ("preprocess.mean", [0.5, 0.5]),
        ("preprocess.std", [0.0, 0.2, 0.2]),
    ],
)
def test_a_wrong_value_is_refused(path: str, wrong: Any) -> None:
    value = json.loads(dump_manifest(make_manifest()))
    *parents, name = path.split(".")
    target = value
    for parent in parents:
        target = target[parent]
    target[name] = wrong
    with pytest.raises(ModelError) as caught:
        parse_manifest(json.dumps(value))
    assert caught.value.next_step


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"schema": 1}'])
def test_what_is_no_manifest_at_all_is_refused(text: str) -> None:
    with pytest.raises(ModelError):
        parse_manifest(text)
