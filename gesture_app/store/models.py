"""Models on disk: a folder with a manifest and the ONNX network that it describes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import MANIFEST_NAME, ModelFile, ModelManifest, parse_manifest

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
    network = ModelFile(manifest.model_file, manifest.sha256)
    return LoadedModel(folder, manifest, _read_checked(folder, manifest, network))


def read_network(model: LoadedModel, precision: str) -> bytes | None:
    """The model's network that computes in ``precision``; None if it has no such file.

    A model file that is not among the manifest's variants counts as fp32.

    Raises:
        ModelError: the file is missing, too large or altered.
    """
    manifest = model.manifest
    variant = manifest.variants.get(precision)
    if variant is None:
        return model.onnx if precision == default_precision(manifest) else None
    if variant.sha256 == manifest.sha256:
        return model.onnx
    return _read_checked(model.folder, manifest, variant)


def read_manifest(folder: Path) -> ModelManifest:
    """What a model says of itself, without reading the network.

    Raises:
        ModelError: the manifest is missing, too large or not valid.
    """
    content = _read(folder / MANIFEST_NAME, MAX_MANIFEST_BYTES)
    return parse_manifest(content.decode("utf-8", errors="replace"))


def default_precision(manifest: ModelManifest) -> str:
    """What the manifest's ``model_file`` computes in, one of `PRECISIONS`."""
    for precision, variant in manifest.variants.items():
        if variant.sha256 == manifest.sha256:
            return precision
    return "fp32"


def _read_checked(folder: Path, manifest: ModelManifest, network: ModelFile) -> bytes:
    """The bytes of a network whose hash is the manifest's.

    Raises:
        ModelError: it is missing, too large or altered.
    """
    onnx = _read(folder / network.file, MAX_MODEL_BYTES)
    found = hashlib.sha256(onnx).hexdigest()
    if found != network.sha256:
        raise ModelError(
            f"The model {manifest.name} is not used",
            f"{network.file} was altered or damaged "
            f"(sha256 {found[:12]}… instead of {network.sha256[:12]}…)",
            "Install the model again, or choose another one.",
        )
    return onnx


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
