"""Whether all layers can be trained here, found out without loading PyTorch into the app."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass

from gesture_app.vision.backends.base import ProbeResult

_TIMEOUT_S = 5.0
_MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class TrainingHardware:
    """What full training would run on.

    Attributes:
        torch: PyTorch, without which there is no full training.
        gpu: a graphics card that this PyTorch can use; full training works without one, slowly.
    """

    torch: ProbeResult
    gpu: ProbeResult


def probe_training_hardware() -> TrainingHardware:
    """Look for PyTorch and ask NVIDIA's driver for a card. May take seconds; not for the GUI."""
    torch = _probe_torch()
    return TrainingHardware(torch, _probe_gpu(torch))


def _probe_torch() -> ProbeResult:
    if importlib.util.find_spec("torch") is None:
        return ProbeResult("PyTorch", False, "it is not installed")
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return ProbeResult("PyTorch", True, "its version is not known")
    return ProbeResult("PyTorch", True, f"version {version}")


def _probe_gpu(torch: ProbeResult) -> ProbeResult:
    name = "NVIDIA GPU"
    if sys.platform == "darwin":
        return ProbeResult(name, False, "there is none in a Mac")
    program = shutil.which("nvidia-smi")
    if program is None:
        return ProbeResult(name, False, "no NVIDIA driver found")
    command = [program, "--query-gpu=name", "--format=csv,noheader"]
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return ProbeResult(name, False, f"nvidia-smi does not work ({type(error).__name__})")
    names = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    if done.returncode != 0 or not names:
        return ProbeResult(name, False, "nvidia-smi finds no GPU")
    card = names[0][:_MAX_NAME]
    if "+cpu" in torch.reason:
        # The name of the build stands in its version; this one has no code for any card.
        return ProbeResult(card, False, "the installed PyTorch is the build without CUDA")
    return ProbeResult(card, True, "its driver answers")
