"""What a run leaves behind, read for its card: losses, hashes of data sets, attributes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.card.content import LossPoint, Parity
from training.datasets import Sample
from training.parity import Score, Verdict

MAX_LOSS_POINTS = 500


@dataclass(frozen=True, slots=True)
class RunProgress:
    """What a run's ``metrics.jsonl`` says of it.

    Attributes:
        losses: by step, at most 500 points.
        epochs: pictures seen per hand of the training side; None where that is not told.
        precision: of the last step; None likewise.
    """

    losses: tuple[LossPoint, ...]
    epochs: float | None
    precision: str | None


def read_progress(metrics: Path) -> RunProgress:
    """Read losses, epochs and precision of a run.

    Lines are JSON objects; those with ``step`` and ``loss`` count, and a ``validation_loss`` joins
    the training loss of its step. A step that stands twice, as after a resume, counts as it was
    written last. A missing file gives no points.
    """
    if not metrics.is_file():
        return RunProgress((), None, None)
    last: dict[str, Any] = {}
    losses: dict[int, float] = {}
    checked: dict[int, float] = {}
    for line in metrics.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        if "step" in value and "loss" in value:
            losses[int(value["step"])] = float(value["loss"])
            last = value
        if "step" in value and "validation_loss" in value:
            checked[int(value["step"])] = float(value["validation_loss"])
    every = max(-(-len(losses) // MAX_LOSS_POINTS), 1)
    kept = [
        step for index, step in enumerate(sorted(losses)) if index % every == 0 or step in checked
    ]
    points = (LossPoint(step, round(losses[step], 5), _rounded(checked.get(step))) for step in kept)
    return RunProgress(tuple(points), _rounded(last.get("epoch")), last.get("precision"))


def parity_rows(verdicts: Iterable[Verdict]) -> tuple[Parity, ...]:
    """What the card says of the parity gate's verdicts."""
    return tuple(
        Parity(
            precision=verdict.precision,
            agreement=verdict.agreement.same_label,
            mean_change=verdict.agreement.mean_change,
            samples=verdict.agreement.samples,
            accuracy=_accuracy(verdict.score),
            trained_accuracy=_accuracy(verdict.reference),
        )
        for verdict in verdicts
    )


def hash_samples(samples: Iterable[Sample], root: Path) -> str:
    """One sha256 for a data set: over the sorted lines ``sha256 of the file, path below root``."""
    lines = sorted(
        f"{hashlib.sha256(sample.path.read_bytes()).hexdigest()}  "
        f"{sample.path.relative_to(root).as_posix()}\n"
        for sample in samples
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def parse_attributes(pairs: Sequence[str]) -> dict[str, str]:
    """``key=value`` texts of the command line as a mapping.

    Raises:
        ValueError: one has no ``=``, or no key, or a key stands twice.
    """
    attributes: dict[str, str] = {}
    for pair in pairs:
        key, separator, value = pair.partition("=")
        if not separator or not key.strip():
            raise ValueError(f"an attribute is written KEY=VALUE, not {pair!r}")
        if key.strip() in attributes:
            raise ValueError(f"the attribute {key.strip()!r} is given twice")
        attributes[key.strip()] = value.strip()
    return attributes


def _accuracy(score: Score | None) -> float | None:
    return None if score is None else _rounded(score.accuracy)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
