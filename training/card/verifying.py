"""Does a model still fit its card? Hashes are compared, figures and page made again.

What is found is what was changed without changing everything else to fit. There is no key: nothing
here can tell an honest card from one whose maker wrote all files, answers included, to suit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest
from gesture_app.store.archive_contents import CARD_NAME, CARD_PAGE_NAME
from gesture_app.store.models import read_manifest
from training.card.computing import compute_figures
from training.card.content import Card
from training.card.page import render_page
from training.card.writing import (
    check_origin,
    file_sha256,
    load_card,
    package_versions,
)
from training.evaluate import Answer, threshold_at
from training.evaluation_file import Evaluation, load_evaluation

ROUNDING = 2e-5
"""Stored probabilities have five decimals, and so do margins."""

DRAWN_WITH = ("gesture-studio", "matplotlib")
"""Pages can only be compared where these are the versions that made them."""


class Verdict(StrEnum):
    ALTERED = "altered"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, or could not be checked.

    Attributes:
        file: where it stands.
        text: what is stated and what was found instead, one sentence without a full stop.
    """

    verdict: Verdict
    file: str
    text: str


def verify_card(folder: Path) -> list[Finding]:
    """Everything in a model folder that does not fit its card; empty if all does."""
    try:
        card, content = load_card(folder)
        manifest = read_manifest(folder)
    except (OSError, ValueError, ModelError) as error:
        return [Finding(Verdict.ALTERED, CARD_NAME, f"cannot be read: {error}")]
    return [
        *_check_manifest(folder, card, manifest),
        *_check_files(folder, card),
        *_check_evaluation(folder, card, manifest),
        *_check_page(folder, card, content),
    ]


def _check_manifest(folder: Path, card: Card, manifest: ModelManifest) -> Iterator[Finding]:
    stated = card.model
    networks = {manifest.model_file: manifest.sha256}
    networks |= {v.file: v.sha256 for v in manifest.variants.values()}
    pairs = {
        "name": (manifest.name, stated.name),
        "licence": (manifest.licence, stated.licence),
        "attribution": (manifest.attribution, stated.attribution),
        "labels": (manifest.labels, stated.labels),
        "input size": (manifest.preprocess.input_size, stated.input_size),
        "threshold": (manifest.threshold, stated.threshold),
        "temperature": (manifest.temperature, stated.temperature),
        "networks": (networks, {f.name: f.sha256 for f in stated.files if f.precision}),
    }
    differs = False
    for name, (found, said) in pairs.items():
        if found != said:
            differs = True
            yield _altered(MANIFEST_NAME, f"{name} is {found}, the card says {said}")
    if not differs and file_sha256(folder / MANIFEST_NAME) != stated.manifest_sha256:
        yield _altered(MANIFEST_NAME, "was changed after the card was made")


def _check_files(folder: Path, card: Card) -> Iterator[Finding]:
    hashes = {file.name: file.sha256 for file in card.model.files}
    for name, stated in {**hashes, card.evaluation.file: card.evaluation.sha256}.items():
        if Path(name).name != name:
            yield _altered(CARD_NAME, f"names a file outside the model's folder: {name!r}")
            continue
        try:
            found = file_sha256(folder / name)
        except OSError as error:
            yield _altered(name, f"cannot be read ({error.strerror})")
            continue
        if found != stated:
            yield _altered(name, f"sha256 is {found[:12]}…, the card says {stated[:12]}…")


def _check_evaluation(folder: Path, card: Card, manifest: ModelManifest) -> Iterator[Finding]:
    name = Path(card.evaluation.file).name
    try:
        evaluation = load_evaluation(folder / name)
    except (OSError, ValueError) as error:
        yield _altered(name, f"cannot be read: {error}")
        return
    try:
        check_origin(evaluation, manifest)
    except ValueError as error:
        yield _altered(name, str(error))
    yield from _check_answers(name, evaluation)
    stated = card.evaluation.figures
    computed = compute_figures(evaluation.answers, evaluation.header.labels, card.model.threshold)
    for where, said, found in differences(
        msgspec.to_builtins(stated), msgspec.to_builtins(computed)
    ):
        text = f"evaluation.figures.{where} is stated as {said}, the answers give {found}"
        yield _altered(CARD_NAME, text)
    rule = card.evaluation.threshold_rule
    if rule is not None and rule.on_this_evaluation:
        chosen = threshold_at(evaluation.answers, rule.false_positive_rate)
        if chosen != card.model.threshold:
            yield _altered(
                CARD_NAME,
                f"the threshold is {card.model.threshold}, the rule that it was chosen by gives "
                f"{chosen}",
            )
    yield from _check_metrics(manifest, evaluation.header.data, card)


def _check_answers(name: str, evaluation: Evaluation) -> Iterator[Finding]:
    """Gesture and margin follow from the probabilities."""
    wrong = [a.path for a in evaluation.answers if not _fits(a, evaluation.header.labels)]
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        yield _altered(name, f"the answer for {wrong[0]}{more} does not fit its probabilities")


def _fits(answer: Answer, labels: tuple[str, ...]) -> bool:
    if not answer.probabilities:
        return (answer.hands, answer.gesture, answer.margin) == (0, "no_gesture", -1.0)
    by_label = dict(zip(labels, answer.probabilities, strict=True))
    rejected = by_label.pop("no_gesture", None)
    if rejected is None or answer.gesture not in by_label:
        return False
    best = by_label[answer.gesture]
    return (
        best >= max(by_label.values()) - ROUNDING
        and abs(best - rejected - answer.margin) <= ROUNDING
    )


def _check_metrics(manifest: ModelManifest, data: str, card: Card) -> Iterator[Finding]:
    """Figures in the manifest, which the app shows, are those of the card."""
    figures = card.evaluation.figures
    known = {
        f"{data} recall": figures.recall.value,
        f"{data} false positives": figures.false_positives.value,
    }
    for name, value in known.items():
        stated = manifest.metrics.get(name, value)
        if abs(stated - value) > ROUNDING:
            yield _altered(MANIFEST_NAME, f"metrics: {name} is {stated}, the answers give {value}")


def _check_page(folder: Path, card: Card, content: bytes) -> Iterator[Finding]:
    try:
        page = (folder / CARD_PAGE_NAME).read_bytes().decode(errors="replace")
    except FileNotFoundError:
        # Taught models have none: a page says nothing that its card does not, and takes seconds.
        text = "there is none; `gesture-train card show MODEL --html PAGE` makes one"
        yield Finding(Verdict.UNCHECKED, CARD_PAGE_NAME, text)
        return
    except OSError as error:
        yield _altered(CARD_PAGE_NAME, f"cannot be read ({error.strerror})")
        return
    if _named_hash(page) != hashlib.sha256(content).hexdigest():
        yield _altered(CARD_NAME, f"is not the one that {CARD_PAGE_NAME} was made from")
        return
    if page == render_page(card, content):
        return
    here = package_versions()
    others = [
        f"{name} {card.made_with.get(name, 'unknown')} (here {here.get(name, 'none')})"
        for name in DRAWN_WITH
        if card.made_with.get(name) != here.get(name)
    ]
    if others:
        text = f"was made with {', '.join(others)} and cannot be compared word by word"
        yield Finding(Verdict.UNCHECKED, CARD_PAGE_NAME, text)
    else:
        yield _altered(CARD_PAGE_NAME, f"is not what {CARD_NAME} gives")


def _named_hash(page: str) -> str:
    found = re.search(r'<meta name="card-sha256" content="([0-9a-f]{64})">', page)
    return found[1] if found else ""


def differences(stated: Any, found: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Places where two trees of plain values differ: (path, stated, found)."""
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in sorted(stated.keys() | found.keys()):
            yield from differences(stated.get(key), found.get(key), f"{where}.{key}".lstrip("."))
    elif isinstance(stated, list | tuple) and isinstance(found, list | tuple):
        for index, (one, other) in enumerate(zip_longest(stated, found)):
            yield from differences(one, other, f"{where}[{index}]")
    elif isinstance(stated, float) and isinstance(found, float):
        if abs(stated - found) > ROUNDING:
            yield where, stated, found
    elif stated != found:
        yield where, stated, found


def _altered(file: str, text: str) -> Finding:
    return Finding(Verdict.ALTERED, file, text)
