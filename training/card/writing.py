"""Making a card: facts of the files, figures of the answers; ``card.json`` and ``card.html``."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import msgspec

from gesture_app import __version__
from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest, parse_manifest
from gesture_app.store.archive_contents import (
    CARD_NAME,
    CARD_PAGE_NAME,
    EVALUATION_NAME,
    GOLDEN_NAME,
    WEIGHTS_NAME,
)
from gesture_app.store.atomic import write_atomically
from training.card.computing import compute_figures
from training.card.content import (
    CARD_SCHEMA,
    Card,
    CardSource,
    ModelFacts,
    ModelFile,
    Parity,
    StoredEvaluation,
)
from training.card.page import render_page
from training.evaluation_file import Evaluation, load_evaluation, save_evaluation

MAX_CARD_BYTES = 8 * 1024 * 1024
COMPANIONS = (GOLDEN_NAME, WEIGHTS_NAME)
"""Files that a model may have besides its networks; a card covers those that are there."""

PACKAGES = ("torch", "onnxruntime", "mediapipe", "numpy", "scipy", "matplotlib")
"""Whose versions a card names: what trained, ran, measured and drew."""

_Value = TypeVar("_Value")


def write_card(folder: Path, source: CardSource, *, page: bool = True) -> Card:
    """Write ``evaluation.jsonl``, ``card.json`` and ``card.html`` beside a finished model.

    The manifest has to be final: the card is made for its threshold, temperature and files.

    Args:
        page: False where there is no time for drawing it; ``gesture-train card show`` makes one.

    Raises:
        ValueError: the answers are another model's.
        OSError: a file cannot be read or written.
    """
    text = (folder / MANIFEST_NAME).read_bytes()
    manifest = parse_manifest(text.decode())
    check_origin(source.evaluation, manifest)
    save_evaluation(source.evaluation, folder / EVALUATION_NAME)
    figures = compute_figures(
        source.evaluation.answers, source.evaluation.header.labels, manifest.threshold
    )
    card = Card(
        schema=CARD_SCHEMA,
        created=source.created,
        made_with=package_versions(),
        model=_model_facts(folder, manifest, hashlib.sha256(text).hexdigest()),
        training=source.training,
        data_sets=source.data_sets,
        split=source.split,
        evaluation=StoredEvaluation(
            file=EVALUATION_NAME,
            sha256=file_sha256(folder / EVALUATION_NAME),
            data=source.evaluation.header.data,
            note=source.evaluation_note,
            threshold_rule=source.threshold_rule,
            figures=figures,
        ),
        intended_use=source.intended_use,
        limits=source.limits,
        parity=source.parity,
        throughput=source.throughput,
        pruning=source.pruning,
        references=source.references,
        attributes=source.attributes,
    )
    save_card(folder, card, page=page)
    return card


def renew_card(folder: Path, parity: Sequence[Parity]) -> None:
    """Fit the card to a model that got further files of the same network; no card, nothing to do.

    Args:
        parity: of all files that it has now.

    Raises:
        ValueError: the card is not one, or the network that was evaluated is another now.
        OSError: a file cannot be read or written.
    """
    if not (folder / CARD_NAME).is_file():
        return
    card, _ = load_card(folder)
    text = (folder / MANIFEST_NAME).read_bytes()
    manifest = parse_manifest(text.decode())
    check_origin(load_evaluation(folder / EVALUATION_NAME), manifest)
    facts = _model_facts(folder, manifest, hashlib.sha256(text).hexdigest())
    save_card(folder, replace(card, model=facts, parity=tuple(parity)))


def save_card(folder: Path, card: Card, *, page: bool = True) -> None:
    """Write ``card.json``, and if asked the page made from it."""
    content = dump_card(card)
    write_atomically(folder / CARD_NAME, content)
    if page:
        write_atomically(folder / CARD_PAGE_NAME, render_page(card, content).encode())


def dump_card(card: Card) -> bytes:
    """The card as JSON text; the same card gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"


def load_card(folder: Path) -> tuple[Card, bytes]:
    """Read and check ``card.json``; the card and the bytes that it stands in.

    Raises:
        ValueError: it is not a card of this schema.
        OSError: it cannot be read.
    """
    path = folder / CARD_NAME
    if path.stat().st_size > MAX_CARD_BYTES:
        raise ValueError(f"{CARD_NAME} is larger than {MAX_CARD_BYTES} bytes")
    content = path.read_bytes()
    found = _decoded(content, dict).get("schema")
    if found != CARD_SCHEMA:
        raise ValueError(f"{CARD_NAME}: schema {found!r} is not known here, {CARD_SCHEMA} is")
    return _decoded(content, Card), content


def check_origin(evaluation: Evaluation, manifest: ModelManifest) -> None:
    """Answers belong to a manifest if the same network gave them, with the same temperature.

    Raises:
        ValueError: they do not.
    """
    header = evaluation.header
    known = {manifest.sha256, *(variant.sha256 for variant in manifest.variants.values())}
    if header.model_sha256 not in known:
        raise ValueError(
            f"the evaluation is of another network (sha256 {header.model_sha256[:12]}…) than "
            f"{manifest.model_file} ({manifest.sha256[:12]}…)"
        )
    if header.labels != manifest.labels:
        raise ValueError("the evaluation has other labels than the manifest")
    if header.temperature != manifest.temperature:
        raise ValueError(
            f"the evaluation was run at temperature {header.temperature}, the manifest says "
            f"{manifest.temperature}"
        )


def package_versions() -> dict[str, str]:
    """This toolkit, Python and the installed ones of `PACKAGES`, name → version."""
    versions = {"gesture-studio": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # e.g. onnxruntime where onnxruntime-gpu is installed
    return versions


def file_sha256(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _model_facts(folder: Path, manifest: ModelManifest, manifest_sha256: str) -> ModelFacts:
    names = {manifest.model_file: "fp32"}
    for precision, variant in manifest.variants.items():
        names[variant.file] = precision
    names |= {name: "" for name in COMPANIONS if (folder / name).is_file()}
    return ModelFacts(
        name=manifest.name,
        licence=manifest.licence,
        attribution=manifest.attribution,
        labels=manifest.labels,
        input_size=manifest.preprocess.input_size,
        threshold=manifest.threshold,
        temperature=manifest.temperature,
        files=tuple(
            ModelFile(name, precision, (folder / name).stat().st_size, file_sha256(folder / name))
            for name, precision in names.items()
        ),
        manifest_sha256=manifest_sha256,
    )


def _decoded(content: bytes, kind: type[_Value]) -> _Value:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"{CARD_NAME}: {error}") from error
