"""What the installer finds out about the machine: graphics card, package index, libraries."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from installer import system_libraries
from installer.hardware import Hardware, NvidiaGpu, cpu_index_answers, detect_hardware
from installer.messages import SetupError
from installer.system_libraries import (
    Library,
    line_to_type,
    missing_libraries,
    needed_libraries,
    provide_libraries,
)

NO_GPU = Hardware("Linux", "x86_64", None, "no NVIDIA driver found")
CARD = NvidiaGpu("NVIDIA GeForce RTX 4060", (8, 9), 580)
NOWHERE = Library("libnowhere-to-be-found.so.7", "libnowhere7", "nowhere")

posix = pytest.mark.skipif(os.name == "nt", reason="plays programs with shell scripts")


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


# --- Which packages suit the machine ---------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("script", "gpu"),
    [
        ("echo 'NVIDIA GeForce RTX 4060, 8.9, 580.95.05'", CARD),
        ("echo 'NVIDIA H100 80GB HBM3, 9.0, 581.80'; echo 'NVIDIA T4, 7.5, 581.80'", "NVIDIA H100"),
        ("echo 'no driver' >&2; exit 9", None),
        ("echo 'No devices were found'", None),
        ("true", None),
    ],
    ids=["works", "two", "fails", "finds nothing", "says nothing"],
)
def test_a_gpu_counts_only_if_its_driver_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, gpu: NvidiaGpu | str | None
) -> None:
    write_program(tmp_path / "nvidia-smi", script)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = detect_hardware()
    if isinstance(gpu, str):
        assert found.gpu is not None
        assert found.gpu.name.startswith(gpu)
    else:
        assert found.gpu == gpu
    assert found.reason


def test_without_nvidia_smi_there_is_no_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert detect_hardware().gpu is None


def with_gpu(name: str, capability: tuple[int, int], driver: int = 580) -> Hardware:
    return replace(NO_GPU, gpu=NvidiaGpu(name, capability, driver), found=name)


@pytest.mark.parametrize(
    ("machine", "extra", "words"),
    [
        (with_gpu("NVIDIA GeForce RTX 4060", (8, 9)), "rtx", "RTX 4060"),
        (with_gpu("NVIDIA RTX 6000 Ada Generation", (8, 9)), "rtx", "RTX 6000"),
        (with_gpu("NVIDIA GeForce RTX 2080", (7, 5)), "gpu", "RTX 2080"),
        (with_gpu("NVIDIA H100 80GB HBM3", (9, 0)), "gpu", "H100"),
        (with_gpu("NVIDIA GeForce GTX 1080", (6, 1)), "cpu", "does not support any more"),
        (with_gpu("NVIDIA GeForce RTX 4060", (8, 9), 535), "cpu", "580 or newer is needed"),
        (NO_GPU, "cpu", "no NVIDIA driver"),
    ],
)
def test_the_onnxruntime_that_fits_the_gpu_is_chosen_with_a_reason(
    machine: Hardware, extra: str, words: str
) -> None:
    assert machine.onnxruntime_extra == extra
    assert words in machine.reason


@pytest.mark.parametrize(
    ("system", "processor", "extra"),
    [("Windows", "AMD64", "rtx"), ("Linux", "aarch64", "cpu"), ("Darwin", "arm64", "cpu")],
)
def test_packages_for_gpus_are_chosen_only_where_they_are_published(
    system: str, processor: str, extra: str
) -> None:
    machine = replace(NO_GPU, system=system, machine=processor, gpu=CARD)
    assert machine.onnxruntime_extra == extra


@pytest.fixture
def local_index(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "torch").mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever, name="index")
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_index_answers_or_it_does_not(local_index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    assert cpu_index_answers(local_index)
    assert not cpu_index_answers(f"{local_index}/nothing/here")
    assert not cpu_index_answers("http://127.0.0.1:9")


# --- System libraries ------------------------------------------------------------------------


def test_a_library_is_missing_if_the_loader_cannot_load_it() -> None:
    assert missing_libraries([NOWHERE]) == [NOWHERE]


def test_a_window_needs_more_than_a_terminal() -> None:
    terminal = set(needed_libraries({}, tests=False))
    x11 = set(needed_libraries({"DISPLAY": ":0"}, tests=False))
    wayland = set(needed_libraries({"WAYLAND_DISPLAY": "wayland-0"}, tests=False))
    assert terminal < x11
    assert terminal < wayland
    assert terminal < set(needed_libraries({}, tests=True))


@pytest.mark.parametrize(
    ("tool", "line"),
    [
        ("apt-get", "sudo apt-get install -y --no-install-recommends libnowhere7"),
        ("dnf", "sudo dnf install 'libnowhere-to-be-found.so.7()(64bit)'"),
        ("zypper", "sudo zypper install 'libnowhere-to-be-found.so.7()(64bit)'"),
        ("pacman", "sudo pacman -S --needed nowhere"),
        ("none", "contain libnowhere-to-be-found.so.7"),
    ],
)
def test_each_distribution_gets_its_own_line_to_type(tool: str, line: str) -> None:
    assert line in line_to_type([NOWHERE], which=lambda name: name if name == tool else None)


def _as_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user_id: int) -> Path:
    """A PATH of our own, and the identity that the installer sees. Returns the log of apt-get."""
    log = tmp_path / "log"
    write_program(tmp_path / "bin" / "apt-get", f'echo "$@" >> {log}')
    (tmp_path / "bin" / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: user_id)
    return log


@posix
def test_without_the_right_to_install_the_exact_line_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = _as_user(tmp_path, monkeypatch, 1000)
    with pytest.raises(SetupError, match=r"Type: sudo apt-get install .* libnowhere7"):
        provide_libraries([NOWHERE])
    assert not log.exists()


@posix
def test_root_installs_and_what_is_missing_even_then_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = _as_user(tmp_path, monkeypatch, 0)
    with pytest.raises(SetupError, match=r"still missing: libnowhere-to-be-found\.so\.7"):
        provide_libraries([NOWHERE])
    lines = log.read_text().splitlines()
    assert [line.split()[2] for line in lines] == ["update", "install"]
    assert lines[1].endswith("libnowhere7")


@posix
def test_a_sudo_that_asks_for_no_password_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = _as_user(tmp_path, monkeypatch, 1000)
    write_program(tmp_path / "bin" / "sudo", '[ "$2" = true ] || { shift; "$@"; }')
    with pytest.raises(SetupError, match="still missing"):
        provide_libraries([NOWHERE])
    assert "install" in log.read_text()
