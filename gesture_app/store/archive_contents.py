"""Of which files a model consists, and the identity that follows from them.

``contents.json`` lists every other file with its size and sha256. It is written in one fixed way,
so that its own sha256 identifies the model: the same files give the same identity everywhere, and
none of them can change without it changing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesture_app.core.errors import ModelError, RefusalError
from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest
from gesture_app.store.archive_names import check_name
from gesture_app.store.judgement import JUDGEMENT_NAME, MAX_JUDGEMENT_BYTES
from gesture_app.store.models import MAX_MANIFEST_BYTES, MAX_MODEL_BYTES
from gesture_app.store.strict_json import parse_object

CONTENTS_NAME = "contents.json"
CONTENTS_SCHEMA = 1
CARD_NAME = "card.json"
CARD_PAGE_NAME = "card.html"
WEIGHTS_NAME = "weights.safetensors"
EVALUATION_NAME = "evaluation.jsonl"
GOLDEN_NAME = "golden.safetensors"
REPLAY_NAME = "replay.safetensors"
"""What the network makes of hands that show its gestures: with it, a model that is taught others
does not forget these."""
REPLAY_PICTURES_NAME = "replay_pictures.safetensors"
"""Rendered pictures of them, for the same where all layers are trained."""

_MEGABYTE = 1024 * 1024
_LIMITS: Mapping[str, int] = {
    CONTENTS_NAME: 64 * 1024,
    MANIFEST_NAME: MAX_MANIFEST_BYTES,
    CARD_NAME: 8 * _MEGABYTE,
    CARD_PAGE_NAME: 16 * _MEGABYTE,
    EVALUATION_NAME: 64 * _MEGABYTE,
    GOLDEN_NAME: 16 * _MEGABYTE,
    JUDGEMENT_NAME: MAX_JUDGEMENT_BYTES,
    REPLAY_NAME: 32 * _MEGABYTE,
    REPLAY_PICTURES_NAME: 16 * _MEGABYTE,
    WEIGHTS_NAME: MAX_MODEL_BYTES,
}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = _MEGABYTE


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file's size in bytes and its sha256, 64 lower-case hex digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a model, `CONTENTS_NAME` itself left out.

    Attributes:
        files: name → record; holds `MANIFEST_NAME`.
    """

    files: Mapping[str, FileRecord]

    @property
    def id(self) -> str:
        """The model's identity, 64 lower-case hex digits."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @property
    def size(self) -> int:
        """Of all files together, in bytes."""
        return sum(record.size for record in self.files.values())

    def to_bytes(self) -> bytes:
        """The one way in which these contents are written."""
        files = {
            name: {"bytes": record.size, "sha256": record.sha256}
            for name, record in self.files.items()
        }
        value = {"schema": CONTENTS_SCHEMA, "files": files}
        return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode("ascii")


def parse_contents(content: bytes) -> Contents:
    """Read ``contents.json``.

    Raises:
        RefusalError: it is not as `Contents.to_bytes` writes it, or names what no model holds.
    """
    value = parse_object(content, CONTENTS_NAME)
    if value.get("schema") != CONTENTS_SCHEMA:
        raise RefusalError(f"{CONTENTS_NAME} has a schema that is not known here")
    files = value.get("files")
    if not isinstance(files, dict) or MANIFEST_NAME not in files:
        raise RefusalError(f"{CONTENTS_NAME} does not list {MANIFEST_NAME}")
    contents = Contents({name: _record(name, record) for name, record in files.items()})
    if contents.to_bytes() != content:
        raise RefusalError(f"{CONTENTS_NAME} is not written as this app writes it")
    return contents


def files_of_model(folder: Path, manifest: ModelManifest) -> list[Path]:
    """What of a folder belongs to its model: the files that the manifest names, and those with a
    fixed name. Others (checkpoints, logs) do not."""
    fixed = [folder / name for name in _LIMITS if name != CONTENTS_NAME]
    networks = [folder / name for name in network_files(manifest)]
    return [path for path in fixed if path.is_file()] + networks


def describe(folder: Path, manifest: ModelManifest) -> Contents:
    """Read all files of a folder's model.

    Raises:
        RefusalError: one is too large.
        OSError: one cannot be read.
    """
    files = {}
    for path in files_of_model(folder, manifest):
        size, limit = path.stat().st_size, size_limit(path.name)
        if limit is None or size > limit:
            raise RefusalError(f"{path.name} is {size} bytes, more than the {limit} allowed")
        files[path.name] = record_of(path)
    return Contents(files)


def network_files(manifest: ModelManifest) -> dict[str, str]:
    """File name → sha256 of every network that a manifest names.

    Raises:
        RefusalError: it gives one file two hashes.
    """
    files = {manifest.model_file: manifest.sha256}
    for variant in manifest.variants.values():
        if files.setdefault(variant.file, variant.sha256) != variant.sha256:
            raise RefusalError(f"{MANIFEST_NAME} gives {variant.file} two hashes")
    return files


def record_of(path: Path) -> FileRecord:
    """Raises: OSError."""
    sha256, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
            size += len(chunk)
    return FileRecord(size, sha256.hexdigest())


def read_contents(folder: Path) -> Contents:
    """The contents of an installed model, without reading its files.

    Raises:
        ModelError: they cannot be read, or the folder is not named by their identity.
    """
    path = folder / CONTENTS_NAME
    try:
        with path.open("rb") as file:
            content = file.read(_LIMITS[CONTENTS_NAME])
    except OSError as error:
        raise _damaged(f"{path} cannot be read ({error.strerror})") from error
    contents = parse_contents(content)
    if contents.id != folder.name:
        raise _damaged(f"{path} was altered")
    return contents


def check_sizes(folder: Path, contents: Contents) -> None:
    """A quick look at an installed model: every file is there, with its size.

    Raises:
        ModelError: one is not.
    """
    for name, record in contents.files.items():
        path = folder / name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise _damaged(f"{path} cannot be read ({error.strerror})") from error
        if size != record.size:
            raise _damaged(f"{path} was altered")


def check_hashes(folder: Path, contents: Contents) -> None:
    """Read every file of an installed model.

    Raises:
        ModelError: one is missing or altered.
    """
    check_sizes(folder, contents)
    for name, record in contents.files.items():
        path = folder / name
        try:
            found = record_of(path)
        except OSError as error:
            raise _damaged(f"{path} cannot be read ({error.strerror})") from error
        if found != record:
            raise _damaged(f"{path} was altered")


def size_limit(name: str) -> int | None:
    """Most bytes that a file of this name may have; None if no file of a model has it."""
    if name.endswith(".onnx"):
        return MAX_MODEL_BYTES
    return _LIMITS.get(name)


def _record(name: str, value: Any) -> FileRecord:
    check_name(name)
    limit = size_limit(name)
    if limit is None or name == CONTENTS_NAME:
        raise RefusalError(f"{CONTENTS_NAME} lists a file that belongs to no model")
    if not isinstance(value, dict) or set(value) != {"bytes", "sha256"}:
        raise RefusalError(f"{CONTENTS_NAME} does not give size and sha256 of every file")
    size, sha256 = value["bytes"], value["sha256"]
    if type(size) is not int or not 0 <= size <= limit:
        raise RefusalError(f"{CONTENTS_NAME} gives a size that no file of a model has")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise RefusalError(f"{CONTENTS_NAME} gives a sha256 that is none")
    return FileRecord(size, sha256)


def _damaged(reason: str) -> ModelError:
    return ModelError(
        "The model cannot be loaded", reason, "Install the model again, or choose another one."
    )
