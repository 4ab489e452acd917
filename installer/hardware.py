"""Which ONNX Runtime and which PyTorch suit this machine."""

from __future__ import annotations

import platform
import shutil
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass

PYTORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
_NVIDIA_TIMEOUT_S = 10
_INDEX_TIMEOUT_S = 4


@dataclass(frozen=True)
class Hardware:
    """What the choice of packages depends on.

    Attributes:
        system: ``platform.system()``: Linux, Windows or Darwin.
        machine: processor, for example x86_64.
        nvidia: an NVIDIA GPU answers through its driver.
        reason: how that is known, one sentence without a full stop.
    """

    system: str
    machine: str
    nvidia: bool
    reason: str

    @property
    def onnxruntime_extra(self) -> str:
        """``gpu`` or ``cpu``: the extra of pyproject.toml with the fitting ONNX Runtime."""
        published = self.system in ("Linux", "Windows") and self.machine in ("x86_64", "AMD64")
        return "gpu" if self.nvidia and published else "cpu"

    @property
    def registry_torch_brings_cuda(self) -> bool:
        """Package registries serve the CUDA build of PyTorch for Linux and nothing else."""
        return self.system == "Linux"


def detect_hardware() -> Hardware:
    """Ask the NVIDIA driver whether a GPU is there."""
    nvidia, reason = _ask_nvidia()
    return Hardware(platform.system(), platform.machine(), nvidia, reason)


def _ask_nvidia() -> tuple[bool, str]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return False, "no NVIDIA driver found"
    try:
        done = subprocess.run(
            [program, "-L"],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_NVIDIA_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, f"nvidia-smi does not work ({type(error).__name__})"
    names = [line for line in done.stdout.splitlines() if line.startswith("GPU ")]
    if done.returncode != 0 or not names:
        return False, "nvidia-smi finds no GPU"
    return True, names[0].split(" (UUID")[0]


def cpu_index_answers(url: str = PYTORCH_CPU_INDEX) -> bool:
    """Whether PyTorch's index of CPU builds can be reached from here, found out quickly."""
    try:
        with urllib.request.urlopen(f"{url}/torch/", timeout=_INDEX_TIMEOUT_S):  # noqa: S310
            return True
    except (OSError, ValueError) as error:
        # Only pip knows its own certificates: let it try where ours are what fails.
        return "CERTIFICATE_VERIFY_FAILED" in str(error)
