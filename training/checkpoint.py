"""Checkpoints: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch

CHECKPOINT_NAME = "checkpoint.pt"


def save_checkpoint(folder: Path, state: dict[str, Any]) -> None:
    """Write beside, fsync, replace: a kill at any moment leaves the old or the new file."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{CHECKPOINT_NAME}.part"
    with beside.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / CHECKPOINT_NAME)


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """The last checkpoint, tensors and plain values only, or None."""
    path = folder / CHECKPOINT_NAME
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state
