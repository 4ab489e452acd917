"""Files in a model's archive that are not what they should be: each refused for its own reason."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from gesture_app.core.manifest import MANIFEST_NAME
from gesture_app.store.archive_check import CARD_PAGE_START
from gesture_app.store.archive_contents import CONTENTS_NAME
from gesture_app.store.library import ModelLibrary
from tests.model_files import (
    NETWORK,
    assert_refused,
    changed,
    listed,
    model_files,
    never_reached,
    safetensors,
    write_folder,
    write_zip,
)

Spoil = bytes | Callable[[bytes], bytes]
"""What takes the place of a sound content, or how it is made from that."""


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    bundled = write_folder(tmp_path / "bundled", model_files())
    return ModelLibrary(tmp_path / "library", bundled, never_reached)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test puts its model file."""
    return tmp_path / "model.gesture"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (b"{", "contents.json is not valid JSON"),
        (b"[]", "contents.json holds no JSON object"),
        (lambda content: changed(content, schema=2), "schema that is not known"),
        (lambda content: changed(content, files={}), "does not list manifest.json"),
        (lambda content: content + b"\n", "not written as this app writes it"),
        (lambda content: content.replace(b"card.html", b"card.pkl", 1), "may hold a pickle"),
        (lambda content: content.replace(b"card.html", b"note.html"), "belongs to no model"),
        (lambda content: content.replace(b'"bytes": ', b'"bytes": -'), "a size that no file"),
        (lambda content: content.replace(b'"sha256": "', b'"sha256": "g'), "a sha256 that is none"),
        (lambda content: content.replace(b'"bytes"', b'"size"'), "does not give size and sha256"),
    ],
)
def test_contents_that_are_not_what_they_should_be(
    library: ModelLibrary, path: Path, spoil: Spoil, reason: str
) -> None:
    members = listed(model_files())
    spoilt = spoil(members[CONTENTS_NAME]) if callable(spoil) else spoil
    write_zip(path, {**members, CONTENTS_NAME: spoilt})
    assert_refused(library, path, reason)


@pytest.mark.parametrize("missing", [CONTENTS_NAME, MANIFEST_NAME, NETWORK, "card.json"])
def test_a_file_that_is_missing(library: ModelLibrary, path: Path, missing: str) -> None:
    members = listed(model_files())
    del members[missing]
    write_zip(path, members)
    assert_refused(library, path, f"^{missing} is missing from it")


@pytest.mark.parametrize("name", [NETWORK, "weights.safetensors", "card.json"])
def test_a_file_that_was_exchanged(library: ModelLibrary, path: Path, name: str) -> None:
    write_zip(path, {**listed(model_files()), name: b"\x80\x04K\x01."})
    assert_refused(library, path, rf"^{name} is not the file that {CONTENTS_NAME} lists \(sha256\)")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (b'{"schema": 1', "manifest.json is not valid JSON"),
        (b"\xff\xfe{}", "manifest.json is not valid JSON"),
        (lambda manifest: b"\xef\xbb\xbf" + manifest, "manifest.json is not valid JSON"),
        (b'{"a":' * 100_000, "manifest.json is nested too deeply"),
        (b"[" * 100_000, "manifest.json is nested too deeply"),
        (b"null", "manifest.json holds no JSON object"),
        (lambda manifest: changed(manifest, threshold=float("nan")), "NaN is not a number"),
        (lambda manifest: changed(manifest, threshold=float("inf")), "Infinity is not a number"),
        (lambda manifest: b'{"schema": 1,' + manifest[1:], "a key stands twice"),
        (lambda manifest: changed(manifest, schema=99), r"manifest.json is not valid \(.*99"),
        (lambda manifest: changed(manifest, schema="1"), r"manifest.json is not valid \(.*'1'"),
        (lambda manifest: changed(manifest, labels=["a"]), "labels is not a list"),
        (lambda manifest: changed(manifest, model_file="../a.onnx"), "not a plain .onnx file name"),
        (lambda manifest: changed(manifest, model_file="other.onnx"), "^other.onnx is missing"),
        (lambda manifest: changed(manifest, sha256="0" * 64), "not the file that manifest.json"),
        (
            lambda manifest: changed(manifest, variants=_variant("int8", "int8.onnx")),
            "^int8.onnx is missing from it",
        ),
        (
            lambda manifest: changed(manifest, variants=_variant("fp32", NETWORK)),
            "manifest.json gives fake.onnx two hashes",
        ),
    ],
)
def test_a_manifest_that_is_not_what_it_should_be(
    library: ModelLibrary, path: Path, spoil: Spoil, reason: str
) -> None:
    files = model_files()
    spoilt = spoil(files[MANIFEST_NAME]) if callable(spoil) else spoil
    write_zip(path, listed({**files, MANIFEST_NAME: spoilt}))
    assert_refused(library, path, reason)


def test_a_network_that_the_manifest_does_not_name(library: ModelLibrary, path: Path) -> None:
    write_zip(path, listed({**model_files(), "surplus.onnx": b"network"}))
    assert_refused(library, path, "^surplus.onnx is not named by manifest.json")


_HEADER = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("card.json", b"{'schema': 1}", "card.json is not valid JSON"),
        ("card.json", b'{"schema": 99}', "card.json has a schema that is not known"),
        ("card.json", b'{"schema": true}', "card.json has a schema that is not known"),
        ("card.json", b'{"schema": 1, "sha256": "0"}', "card.json is the card of another model"),
        ("card.json", b'{"schema": 2, "model": []}', "card.json is the card of another model"),
        ("card.html", b"<script>alert(1)</script>", "does not begin with the policy"),
        ("card.html", b"\n" + CARD_PAGE_START, "does not begin with the policy"),
        (
            "card.html",
            CARD_PAGE_START + b"<meta HTTP-EQUIV=refresh content='0; url=http://evil'>",
            "card.html could lead its reader elsewhere",
        ),
        ("judgement.json", b"{", "judgement.json is not valid JSON"),
        ("judgement.json", b'{"schema": 9}', "judgement.json has a schema that is not known"),
        ("judgement.json", b'{"schema": 1}', "judgement.json is not valid"),
        ("evaluation.jsonl", b'{"a": 1}\n{"a": NaN}\n', "line 2 of evaluation.jsonl"),
        ("evaluation.jsonl", b"\x80\x04K\x01.", "line 1 of evaluation.jsonl"),
        ("replay.safetensors", pickle.dumps([1.0] * 99), "header longer than it can be"),
        ("replay_pictures.safetensors", b"\xff\xd8" * 99, "header longer than it can be"),
        ("weights.safetensors", b"", "header longer than it can be"),
        ("weights.safetensors", safetensors(b"{}", length=2**63), "header longer than it can be"),
        ("weights.safetensors", safetensors(b"{}", length=3), "header longer than it can be"),
        ("weights.safetensors", pickle.dumps([1.0] * 99), "header longer than it can be"),
        ("weights.safetensors", safetensors(b"{} x"), "header of weights.safetensors is not valid"),
        ("weights.safetensors", safetensors(b"[" * 99_999), "header .* is nested too deeply"),
        (
            "weights.safetensors",
            safetensors(json.dumps({"a": _HEADER}).encode(), bytes(20)),
            "not a valid safetensors file",
        ),
        (
            "weights.safetensors",
            safetensors(
                json.dumps({"a": {**_HEADER, "shape": [2**40, 2**40]}}).encode(), bytes(24)
            ),
            "not a valid safetensors file",
        ),
        (
            "weights.safetensors",
            safetensors(json.dumps({"a": _HEADER, "b": _HEADER}).encode(), bytes(24)),
            "not a valid safetensors file",
        ),
    ],
)
def test_a_file_that_is_not_what_its_name_says(
    library: ModelLibrary, path: Path, name: str, content: bytes, reason: str
) -> None:
    write_zip(path, listed({**model_files(), name: content}))
    assert_refused(library, path, reason)


def _variant(precision: str, file: str) -> dict[str, dict[str, str]]:
    return {precision: {"file": file, "sha256": "0" * 64}}
