"""The stored evaluation: every picture's answer, so that every figure can be computed again.

JSON Lines: a header that says which model answered, then one line a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from gesture_app.core.manifest import ModelManifest
from gesture_app.store.atomic import write_atomically
from training.evaluate import Answer

EVALUATION_SCHEMA = 2
MAX_BYTES = 64 * 1024 * 1024

_Line = TypeVar("_Line")


@dataclass(frozen=True, slots=True)
class EvaluationHeader:
    """Which model answered on which data.

    Attributes:
        data: name of the data set, whose pictures the answers' paths are relative to.
        model_sha256: of the network file that ran.
        labels: order of the answers' probabilities.
        temperature: that the probabilities were computed with.
    """

    data: str
    model_sha256: str
    labels: tuple[str, ...]
    temperature: float = 1.0
    schema: int = EVALUATION_SCHEMA


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Answers of one model on one data set."""

    header: EvaluationHeader
    answers: tuple[Answer, ...]


def header_of(manifest: ModelManifest, data: str) -> EvaluationHeader:
    """The header of answers by the manifest's own model file on the data set ``data``."""
    return EvaluationHeader(data, manifest.sha256, manifest.labels, manifest.temperature)


def save_evaluation(evaluation: Evaluation, path: Path) -> None:
    """Write header and answers, whole or not at all."""
    lines = [msgspec.json.encode(line) for line in (evaluation.header, *evaluation.answers)]
    write_atomically(path, b"\n".join(lines) + b"\n")


def load_evaluation(path: Path) -> Evaluation:
    """Read what `save_evaluation` wrote.

    Raises:
        ValueError: a line is not what the schema wants.
        OSError: the file cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path.name} is larger than {MAX_BYTES} bytes")
    first, *rest = path.read_bytes().splitlines() or [b""]
    header = _decode(first, EvaluationHeader, f"{path.name}, line 1")
    if header.schema != EVALUATION_SCHEMA:
        raise ValueError(f"{path.name}: schema {header.schema} is not known here")
    answers = []
    for number, line in enumerate(rest, 2):
        where = f"{path.name}, line {number}"
        answer = _decode(line, Answer, where)
        if len(answer.probabilities) not in (0, len(header.labels)):
            raise ValueError(f"{where}: {len(answer.probabilities)} probabilities")
        answers.append(answer)
    return Evaluation(header, tuple(answers))


def _decode(line: bytes, kind: type[_Line], where: str) -> _Line:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"{where}: {error}") from error
