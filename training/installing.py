"""Putting an exported model into its folder, if the parity gate lets it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import MANIFEST_NAME, ModelFile, ModelManifest, dump_manifest
from gesture_app.store.atomic import write_atomically
from gesture_app.vision.golden import GOLDEN_NAME, Golden, dump_golden
from training.parity import Score, Validation, Verdict, judge

DEFAULT_PRECISION = "fp32"
"""What CPUs run unless the app finds out that another file is faster there."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What the trained network answers; exported files are measured against it.

    Attributes:
        validation: hands to count right answers on, None if there are none to spare.
        score: the trained network's on them.
    """

    golden: Golden
    validation: Validation | None = None
    score: Score | None = None


def install(
    folder: Path, networks: Mapping[str, bytes], manifest: ModelManifest, trained: Trained
) -> tuple[ModelManifest, tuple[Verdict, ...]]:
    """Judge every file, then write them all, or none.

    Args:
        networks: precision → ONNX file, `DEFAULT_PRECISION` among them.
        manifest: its file, hash and variants are filled in here.

    Returns:
        The manifest as written, and what the gate found out.

    Raises:
        ModelError: a file disagrees with the trained network; the folder is as it was.
        OSError: the folder cannot be written.
    """
    verdicts = tuple(
        judge(network, precision, trained.golden, trained.validation, trained.score)
        for precision, network in networks.items()
    )
    if wrong := [f"{v.precision}: {v.complaint}" for v in verdicts if v.complaint]:
        raise ModelError(
            "The exported model is not installed",
            "; ".join(wrong),
            "Leave the precision out with --precision, or look for what changed since training: "
            "preprocessing, labels, or the export.",
        )
    return write_model(folder, networks, manifest, trained.golden), verdicts


def write_model(
    folder: Path, networks: Mapping[str, bytes], manifest: ModelManifest, golden: Golden
) -> ModelManifest:
    """Write networks and golden set, then the manifest that names their hashes (the commit point).

    Networks of an earlier export that the new manifest does not name are removed.

    Returns:
        The manifest as written.
    """
    files = {
        precision: ModelFile(_file_name(manifest, precision), hashlib.sha256(content).hexdigest())
        for precision, content in networks.items()
    }
    written = replace(manifest, sha256=files[DEFAULT_PRECISION].sha256, variants=files)
    for precision, content in networks.items():
        write_atomically(folder / files[precision].file, content)
    write_atomically(folder / GOLDEN_NAME, dump_golden(golden))
    write_manifest(folder, written)
    for left in set(folder.glob("*.onnx")) - {folder / file.file for file in files.values()}:
        left.unlink()
    return written


def write_manifest(folder: Path, manifest: ModelManifest) -> None:
    """Replace the manifest of a model folder, whole or not at all."""
    write_atomically(folder / MANIFEST_NAME, dump_manifest(manifest).encode())


def _file_name(manifest: ModelManifest, precision: str) -> str:
    """``gestures.onnx``, ``gestures.int8.onnx`` …"""
    if precision == DEFAULT_PRECISION:
        return manifest.model_file
    return f"{Path(manifest.model_file).stem}.{precision}.onnx"
