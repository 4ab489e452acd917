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


OLDEST_DRIVER = 580
"""The first of NVIDIA's drivers with CUDA 13, which both packages for its GPUs are built with."""

OLDEST_FOR_CUDA = (7, 5)
OLDEST_FOR_RTX = (8, 0)
"""Compute capabilities: CUDA 13 ends with Turing, TensorRT for RTX with Ampere."""


@dataclass(frozen=True)
class NvidiaGpu:
    """What the driver says of the first GPU.

    Attributes:
        capability: compute capability, for example (8, 9).
        driver: first number of the driver's version.
    """

    name: str
    capability: tuple[int, int]
    driver: int


@dataclass(frozen=True)
class Hardware:
    """What the choice of packages depends on.

    Attributes:
        system: ``platform.system()``: Linux, Windows or Darwin.
        machine: processor, for example x86_64.
        gpu: an NVIDIA GPU that answers through its driver.
        found: what is known of it, or why there is none; one sentence without a full stop.
    """

    system: str
    machine: str
    gpu: NvidiaGpu | None
    found: str

    @property
    def onnxruntime_extra(self) -> str:
        """``rtx``, ``gpu`` or ``cpu``: the extra of pyproject.toml with the fitting ONNX Runtime.

        GeForce and RTX cards get the small package of TensorRT for RTX, which is made for them;
        other GPUs, those of data centres among them, the large one with CUDA.
        """
        if self.gpu is None or self._unfit():
            return "cpu"
        made_for_rtx = "RTX" in self.gpu.name or "GeForce" in self.gpu.name
        return "rtx" if made_for_rtx and self.gpu.capability >= OLDEST_FOR_RTX else "gpu"

    @property
    def reason(self) -> str:
        """Why `onnxruntime_extra` is what it is, one sentence without a full stop."""
        unfit = self._unfit() if self.gpu is not None else ""
        return f"{self.found}, {unfit}" if unfit else self.found

    @property
    def registry_torch_brings_cuda(self) -> bool:
        """Package registries serve the CUDA build of PyTorch for Linux and nothing else."""
        return self.system == "Linux"

    def _unfit(self) -> str:
        """Why the GPU that is there cannot be used; empty if it can."""
        assert self.gpu is not None
        if self.system not in ("Linux", "Windows") or self.machine not in ("x86_64", "AMD64"):
            return f"for which no package is published on {self.system} {self.machine}"
        if self.gpu.driver < OLDEST_DRIVER:
            return f"whose driver {self.gpu.driver} is too old: {OLDEST_DRIVER} or newer is needed"
        if self.gpu.capability < OLDEST_FOR_CUDA:
            return "which CUDA 13 does not support any more"
        return ""


def detect_hardware() -> Hardware:
    """Ask the NVIDIA driver whether a GPU is there."""
    gpu, found = _ask_nvidia()
    return Hardware(platform.system(), platform.machine(), gpu, found)


def _ask_nvidia() -> tuple[NvidiaGpu | None, str]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return None, "no NVIDIA driver found"
    try:
        done = subprocess.run(
            [program, "--query-gpu=name,compute_cap,driver_version", "--format=csv,noheader"],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_NVIDIA_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, f"nvidia-smi does not work ({type(error).__name__})"
    if done.returncode != 0:
        return None, "nvidia-smi finds no GPU"
    try:
        name, capability, driver = done.stdout.splitlines()[0].rsplit(", ", 2)
        major, minor = capability.split(".")
        gpu = NvidiaGpu(name, (int(major), int(minor)), int(driver.split(".")[0]))
    except (IndexError, ValueError):
        return None, "nvidia-smi finds no GPU"
    return gpu, f"{name}, driver {driver}"


def cpu_index_answers(url: str = PYTORCH_CPU_INDEX) -> bool:
    """Whether PyTorch's index of CPU builds can be reached from here, found out quickly."""
    try:
        with urllib.request.urlopen(f"{url}/torch/", timeout=_INDEX_TIMEOUT_S):  # noqa: S310
            return True
    except (OSError, ValueError) as error:
        # Only pip knows its own certificates: let it try where ours are what fails.
        return "CERTIFICATE_VERIFY_FAILED" in str(error)
