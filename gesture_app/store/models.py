"""Models on disk: a folder with a manifest and the ONNX network that it describes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest, parse_manifest

MAX_MODEL_BYTES = 512 * 1024 * 1024
MAX_MANIFEST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model whose file matches its manifest's hash.

    Attributes:
        onnx: the network's bytes, exactly those that were hashed.
    """

    folder: Path
    manifest: ModelManifest
    onnx: bytes


def load_model(folder: Path) -> LoadedModel:
    """Read a model folder and check it.

    Raises:
        ModelError: a file is missing, too large or altered, or the manifest is not valid.
    """
    manifest = read_manifest(folder)
    onnx = _read(folder / manifest.model_file, MAX_MODEL_BYTES)
    found = hashlib.sha256(onnx).hexdigest()
    if found != manifest.sha256:
        raise ModelError(
            f"The model {manifest.name} is not used",
            f"{manifest.model_file} was altered or damaged "
            f"(sha256 {found[:12]}… instead of {manifest.sha256[:12]}…)",
            "Install the model again, or choose another one.",
        )
    return LoadedModel(folder, manifest, onnx)


def read_manifest(folder: Path) -> ModelManifest:
    """What a model says of itself, without reading the network.

    Raises:
        ModelError: the manifest is missing, too large or not valid.
    """
    content = _read(folder / MANIFEST_NAME, MAX_MANIFEST_BYTES)
    return parse_manifest(content.decode("utf-8", errors="replace"))


def _read(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            reason = f"{path} is {size} bytes, more than the {limit} allowed"
        else:
            return path.read_bytes()
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror})"
    raise ModelError(
        "The model cannot be loaded", reason, "Install the model again, or choose another one."
    )
