"""Rendered stills as a data set: pictures of people who never lived, with exact labels.

Reads what ``gesture-train render stills`` wrote. Needs neither the renderer nor its extra.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from training.datasets import Sample

SOURCE = "rendered"


def scan_rendered(root: Path) -> list[Sample]:
    """The stills of a run, sorted by path; ``person`` is the body that was drawn.

    The label is that of the run, `NO_GESTURE` for hands that make none. Only one hand of a still
    is raised; the idle arm hangs, and its hand mostly lies below the picture. So the largest hand
    that a detector finds, the one that `training.cache` keeps, is the labelled one: in 990 of 1,000
    stills. In 3 it was another one, in 7 none was found.

    Raises:
        FileNotFoundError: there is no whole run in ``root``.
        ValueError: its label file is not one, or names a picture outside of ``root``.
    """
    file = root / "labels.jsonl"
    if not file.is_file():
        raise FileNotFoundError(f"no rendered stills at {root}")
    lines = file.read_text(encoding="utf-8").splitlines()
    samples = [_sample(root, f"{file}:{number}", line) for number, line in enumerate(lines, 1)]
    return sorted(samples, key=lambda sample: sample.path)


def _sample(root: Path, where: str, line: str) -> Sample:
    try:
        record = json.loads(line)
        name, label, shape = str(record["file"]), str(record["label"]), record["drawn"]["shape"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{where}: no line of a label file ({error!r})") from error
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{where}: {name} lies outside of {root}")
    return Sample(path, label, body_id(shape), SOURCE, tight=False)


def body_id(shape: Any) -> str:
    """A name for a build, the same in every run that draws it: stills with one body are one person
    to whoever splits a data set."""
    drawn = json.dumps(shape, sort_keys=True, separators=(",", ":"))
    return "body-" + hashlib.sha256(drawn.encode()).hexdigest()[:12]
