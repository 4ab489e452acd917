"""Mixed precision: which number format a device computes in, and why.

CUDA: bf16 where the card has it, else fp16 with gradients scaled against underflow (Micikevicius
et al. 2017, "Mixed Precision Training"). CPUs: bf16 pays with AVX512-BF16 or AMX and is slower
than fp32 elsewhere, so a short measurement decides. Weights, batch statistics and the optimiser
stay in fp32 everywhere.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

WORTH_IT = 1.1
"""bf16 must be at least this much faster on a CPU to be chosen: less is noise."""

_TYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}


@dataclass(frozen=True, slots=True)
class Precision:
    """A number format.

    Attributes:
        name: fp32, fp16 or bf16.
        reason: why it was chosen; goes into the log, the progress and the run's file.
    """

    name: str
    reason: str

    def autocast(self, device: torch.device) -> AbstractContextManager[object]:
        """The context in which the network computes."""
        return torch.autocast(device.type, _TYPES[self.name], enabled=self.name != "fp32")

    def scaler(self, device: torch.device) -> torch.amp.GradScaler:
        """Scales gradients in fp16, whose range is small; passes them on in the others."""
        return torch.amp.GradScaler(device.type, enabled=self.name == "fp16")


def choose_precision(wanted: str, device: torch.device) -> Precision:
    """Take the recipe's precision, or with "auto" the one that is fastest on this device.

    Raises:
        ValueError: the device cannot compute in the recipe's precision.
    """
    cuda = device.type == "cuda"
    bf16 = not cuda or torch.cuda.is_bf16_supported(including_emulation=False)
    if wanted == "fp16" and not cuda:
        raise ValueError('precision "fp16" needs CUDA; on a CPU use "bf16", "fp32" or "auto"')
    if wanted == "bf16" and not bf16:
        raise ValueError('this GPU has no bf16; use "fp16", "fp32" or "auto"')
    if wanted != "auto":
        return Precision(wanted, "as the recipe says")
    if cuda:
        return (
            Precision("bf16", "the GPU has it")
            if bf16
            else Precision("fp16", "the GPU has no bf16")
        )
    return precision_of_cpu(_step_time("fp32"), _step_time("bf16"))


def precision_of_cpu(fp32_s: float, bf16_s: float) -> Precision:
    """What two measured times of the same work say."""
    ratio = fp32_s / bf16_s
    name = "bf16" if ratio >= WORTH_IT else "fp32"
    return Precision(name, f"on this CPU bf16 computes {ratio:.2f} times as fast as fp32")


def _step_time(name: str, repeats: int = 5) -> float:
    """Seconds of the fastest of some forward and backward passes of a typical ResNet block."""
    precision, device = Precision(name, ""), torch.device("cpu")
    with torch.random.fork_rng(devices=[]):
        block = nn.Sequential(
            nn.Conv2d(64, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU()
        ).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        x = torch.randn(8, 64, 24, 24).to(memory_format=torch.channels_last)
    times = []
    for _ in range(repeats + 1):  # the first one warms up
        started = time.perf_counter()
        with precision.autocast(device):
            y: Tensor = block(x)
        y.float().square().mean().backward()  # type: ignore[no-untyped-call]
        times.append(time.perf_counter() - started)
    return min(times[1:])
