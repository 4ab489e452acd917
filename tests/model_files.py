"""Model folders and model files for tests: sound ones, and the parts to spoil them with."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from gesture_app.core.errors import RefusalError
from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest, dump_manifest
from gesture_app.store.archive_check import CARD_PAGE_START
from gesture_app.store.archive_contents import CONTENTS_NAME, Contents, FileRecord
from gesture_app.store.judgement import dump_judgement
from gesture_app.store.library import InstalledModel, ModelLibrary
from tests.fakes import make_manifest
from tests.judgements import make_judgement
from tests.networks import biased_network

NETWORK = "fake.onnx"


def no_check(paths: Sequence[Path], manifest: ModelManifest) -> None:
    """For tests that are not about networks."""


def never_reached(paths: Sequence[Path], manifest: ModelManifest) -> None:
    """For tests of what has to be refused before any network is looked at."""
    raise AssertionError("a network of a refused model was looked at")


def model_files(name: str = "Fake model", network: bytes | None = None) -> dict[str, bytes]:
    """Every kind of file that a sound model can have, name → content."""
    content = biased_network([1.0, 2.0, 3.0]) if network is None else network
    manifest = replace(make_manifest(), name=name, sha256=sha256(content).hexdigest())
    text = dump_manifest(manifest).encode()
    card = {"schema": 2, "model": {"name": name, "manifest_sha256": sha256(text).hexdigest()}}
    return {
        MANIFEST_NAME: text,
        NETWORK: content,
        "card.json": json.dumps(card).encode(),
        "card.html": CARD_PAGE_START + b"<title>Fake</title></head><body></body></html>\n",
        "judgement.json": dump_judgement(make_judgement()),
        "evaluation.jsonl": b'{"data": "none"}\n{"picture": "a.jpg"}\n',
        "replay.safetensors": save({"features": np.zeros((1, 3), np.float32)}),
        "golden.safetensors": save({"logits": np.zeros((1, 3), np.float32)}),
        "weights.safetensors": save({"weight": np.zeros((2, 3), np.float32)}),
    }


def changed(content: bytes, **fields: Any) -> bytes:
    """A JSON object with other values in some fields."""
    return json.dumps(json.loads(content) | fields).encode()


def contents_of(files: Mapping[str, bytes]) -> bytes:
    """The ``contents.json`` that fits these files."""
    records = {n: FileRecord(len(c), sha256(c).hexdigest()) for n, c in files.items()}
    return Contents(records).to_bytes()


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files and their ``contents.json``, as an archive holds them."""
    return {CONTENTS_NAME: contents_of(files), **files}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def write_zip(path: Path, members: Mapping[str, bytes], packed: bool = False) -> Path:
    """A zip file with exactly these members; ``contents.json`` is not added."""
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return path


def safetensors(header: bytes, data: bytes = b"", length: int | None = None) -> bytes:
    """A safetensors file by hand.

    Args:
        length: what it says of its header's length, if not the truth.
    """
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def assert_refused(library: ModelLibrary, path: Path, reason: str) -> None:
    """A file is refused for this reason (a regular expression), and nothing of it stays."""
    with pytest.raises(RefusalError) as caught:
        library.add_file(path)
    assert re.search(reason, caught.value.why), caught.value.why
    assert caught.value.next_step
    assert [entry.name for entry in library.root.iterdir()] == [".lock"]
    outside = {entry.name for entry in library.root.parent.iterdir()}
    assert outside <= {"bundled", "library", "model.gesture"}


def add_model(
    library: ModelLibrary, tmp_path: Path, name: str, bias: float = 0.0
) -> InstalledModel:
    """A model of this name; other biases make other networks."""
    network = biased_network([bias, 1.0, 2.0])
    folder = write_folder(tmp_path / f"{name}-{bias}", model_files(name, network))
    return library.add_folder(folder)


def damage(model: InstalledModel, name: str = NETWORK) -> None:
    """Another byte in the middle; the size stays."""
    path = model.folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def ids(library: ModelLibrary) -> list[str]:
    return [model.id for model in library.models()]
