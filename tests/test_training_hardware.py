"""Whether all layers can be trained here: found out from what is installed, without loading it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gesture_app.engine.training_hardware import probe_training_hardware

CARD = "NVIDIA GeForce RTX 4070"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stands in for nvidia-smi with a script")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that programs are looked for in."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def put_nvidia_smi(folder: Path, body: str) -> None:
    path = folder / "nvidia-smi"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def install_torch(monkeypatch: pytest.MonkeyPatch, version: str | None) -> None:
    """As if this PyTorch was installed, or none."""
    real = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> object:
        return (version and object()) or None if name == "torch" else real(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    monkeypatch.setattr(importlib.metadata, "version", lambda _name: version)


def test_without_pytorch_full_training_is_not_possible(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_torch(monkeypatch, None)
    hardware = probe_training_hardware()
    assert (hardware.torch.available, hardware.torch.reason) == (False, "it is not installed")


def test_a_card_is_named_by_its_driver(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_torch(monkeypatch, "2.13.0")
    put_nvidia_smi(programs, f"echo '{CARD}'")
    hardware = probe_training_hardware()
    assert hardware.torch.reason == "version 2.13.0"
    assert (hardware.gpu.name, hardware.gpu.available) == (CARD, True)


def test_a_card_is_of_no_use_to_a_pytorch_without_cuda(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_torch(monkeypatch, "2.13.0+cpu")
    put_nvidia_smi(programs, f"echo '{CARD}'")
    gpu = probe_training_hardware().gpu
    assert (gpu.name, gpu.available) == (CARD, False)
    assert "without CUDA" in gpu.reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "no NVIDIA driver found"),
        ("exit 9", "nvidia-smi finds no GPU"),
        ("true", "nvidia-smi finds no GPU"),
    ],
)
def test_why_there_is_no_card_is_said(
    programs: Path, monkeypatch: pytest.MonkeyPatch, body: str | None, reason: str
) -> None:
    install_torch(monkeypatch, "2.13.0")
    if body is not None:
        put_nvidia_smi(programs, body)
    gpu = probe_training_hardware().gpu
    assert (gpu.available, gpu.reason) == (False, reason)


def test_pytorch_is_not_loaded_to_find_out() -> None:
    code = (
        "import sys; from gesture_app.engine.training_hardware import probe_training_hardware\n"
        "probe_training_hardware(); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
