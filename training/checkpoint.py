"""What a run keeps: the checkpoint that it goes on from, and the best networks so far.

Files are whole or not at all: a kill at any moment leaves the old one or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor

from gesture_app.store.atomic import sync_folder, write_atomically

CHECKPOINT_NAME = "checkpoint.pt"
BEST_FOLDER = "best"
BEST_INDEX = "index.json"
SCHEMA = 1


def save_checkpoint(folder: Path, state: dict[str, Any]) -> Path:
    """Write beside, fsync, replace. The name beside is fixed, so that kills leave one at most."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CHECKPOINT_NAME
    beside = folder / f"{CHECKPOINT_NAME}.part"
    with beside.open("wb") as file:
        torch.save({"schema": SCHEMA, **state}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(folder)
    return path


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """The last checkpoint, tensors and plain values only, or None.

    Raises:
        ValueError: it is not a checkpoint of this version.
    """
    path = folder / CHECKPOINT_NAME
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    if state.pop("schema", None) != SCHEMA:
        raise ValueError(f"{path} was written by another version; start a new run folder")
    return state


@dataclass(frozen=True, slots=True)
class BestNetwork:
    """One of the best networks of a run.

    Attributes:
        file: name in the folder of the best.
        score: smaller is better.
    """

    step: int
    file: str
    score: float


def keep_if_among_best(
    run: Path, step: int, score: float, weights: Mapping[str, Tensor], count: int
) -> Path | None:
    """Keep ``weights`` if their score is among the ``count`` smallest; drop the one that falls out.

    Returns:
        Where they were written, or None. Written again for the same step, they replace their
        former self, as when a run is killed before the next checkpoint and resumed.
    """
    folder = run / BEST_FOLDER
    before = [best for best in best_networks(run) if best.step != step]
    new = BestNetwork(step, f"step-{step:08d}.safetensors", score)
    kept = sorted([*before, new], key=lambda best: (best.score, best.step))[:count]
    if new not in kept:
        return None
    content = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}
    write_atomically(folder / new.file, safetensors.torch.save(content))
    index = {"schema": SCHEMA, "best": [asdict(best) for best in kept]}
    write_atomically(folder / BEST_INDEX, json.dumps(index, indent=2).encode())
    for dropped in set(before) - set(kept):
        (folder / dropped.file).unlink(missing_ok=True)
    return folder / new.file


def best_networks(run: Path) -> list[BestNetwork]:
    """The best networks of a run, best first."""
    path = run / BEST_FOLDER / BEST_INDEX
    if not path.is_file():
        return []
    return [BestNetwork(**best) for best in json.loads(path.read_text(encoding="utf-8"))["best"]]


def load_best(run: Path) -> dict[str, Tensor] | None:
    """Weights of the best network of a run, if any were kept."""
    best = best_networks(run)
    if not best:
        return None
    weights: dict[str, Tensor] = safetensors.torch.load_file(run / BEST_FOLDER / best[0].file)
    return weights
