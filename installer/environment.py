"""The virtual environment: made once, filled by pip, and left alone while nothing changed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.hardware import PYTORCH_CPU_INDEX, Hardware, cpu_index_answers
from installer.messages import SetupError, say
from installer.system_libraries import install_debian_packages

STAMP_SCHEMA = 1
ONNXRUNTIME_PACKAGES = {"cpu": "onnxruntime", "gpu": "onnxruntime-gpu", "rtx": "onnxruntime"}
ALL_ONNXRUNTIMES = {
    *ONNXRUNTIME_PACKAGES.values(),
    "onnxruntime-directml",
    "onnxruntime-openvino",
}
"""Packages that put their files into one folder, so removing any of them breaks the others."""

TEST_EXTRAS = ("dev", "render", "train")
_OFFLINE = "Connect to the internet (or check pip's proxy and registry) and start again."


@dataclass(frozen=True)
class Environment:
    """Paths of one checkout and its virtual environment.

    Attributes:
        root: the checkout, where pyproject.toml lies.
        folder: the virtual environment.
    """

    root: Path
    folder: Path

    @property
    def stamp(self) -> Path:
        return self.folder / "gesture-studio-setup.json"

    @property
    def python(self) -> Path:
        return self.program("python")

    def program(self, name: str) -> Path:
        if os.name == "nt":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name


def fingerprint(environment: Environment, hardware: Hardware) -> dict[str, object]:
    """All that decides what has to be installed, apart from the extras. Plain JSON values."""
    project = tomllib.loads((environment.root / "pyproject.toml").read_text("utf-8"))["project"]
    digest = hashlib.sha256(json.dumps(project, sort_keys=True).encode()).hexdigest()
    return {
        "schema": STAMP_SCHEMA,
        "project": digest,
        "python": f"{platform.python_implementation()} {_minor(sys.version_info)}",
        # Environments do not survive being moved: paths are written into their scripts.
        "root": str(environment.root),
        "onnxruntime": hardware.onnxruntime_extra,
    }


def is_ready(environment: Environment, wanted: dict[str, object], extras: Sequence[str]) -> bool:
    """Whether the environment was completed for ``wanted`` with at least ``extras``."""
    if not environment.python.exists():
        return False
    try:
        stamp = json.loads(environment.stamp.read_text("utf-8"))
        installed = stamp.pop("extras")
        return bool(stamp == wanted) and set(extras) <= set(installed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def prepare(
    environment: Environment, hardware: Hardware, wanted: dict[str, object], extras: Sequence[str]
) -> None:
    """Make and fill the environment. Does only what is left to do, so it can always be repeated.

    Raises:
        SetupError: a step failed.
    """
    environment.stamp.unlink(missing_ok=True)
    _make_venv(environment)
    installed = _installed(environment)
    flavour = hardware.onnxruntime_extra
    _remove_other_onnxruntime(environment, installed, flavour)
    if "train" in extras and "torch" not in installed:
        _install_torch(environment, hardware)
    chosen = [flavour, *extras]
    say(f"Installing packages ({', '.join(chosen)}); the first time takes some minutes")
    if not _pip(environment, "install", "--editable", f"{environment.root}[{','.join(chosen)}]"):
        raise SetupError("The packages could not be installed (see pip's lines above)", _OFFLINE)
    environment.stamp.write_text(json.dumps({**wanted, "extras": sorted(extras)}), "utf-8")


def _make_venv(environment: Environment) -> None:
    if _is_usable(environment):
        return
    if importlib.util.find_spec("ensurepip") is None:
        # Debian keeps it in a package of its own.
        install_debian_packages([f"python{_minor(sys.version_info)}-venv"])
    say(f"Creating the virtual environment {environment.folder}")
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", "--clear", str(environment.folder)]
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=2).returncode != 0:
        raise SetupError(
            f"The virtual environment {environment.folder} could not be made",
            f"Remove that folder, see that {base} has its venv module, and start again.",
        )


def _is_usable(environment: Environment) -> bool:
    """Whether there is one with pip, with our version of Python, made at this place."""
    code = "import pip, sys; print('%d.%d' % sys.version_info[:2], sys.prefix, sep='\\n')"
    answer = _ask(environment, code)
    return answer == [_minor(sys.version_info), str(environment.folder)]


def _installed(environment: Environment) -> set[str]:
    code = (
        "from importlib.metadata import distributions as d\n"
        "for name in {x.metadata['Name'] for x in d()}: print(name.lower().replace('_', '-'))"
    )
    return set(_ask(environment, code))


def _remove_other_onnxruntime(environment: Environment, installed: set[str], flavour: str) -> None:
    present = installed & ALL_ONNXRUNTIMES
    if not present - {ONNXRUNTIME_PACKAGES[flavour]}:
        return
    say(f"Removing {' and '.join(sorted(present))}: {ONNXRUNTIME_PACKAGES[flavour]} fits here")
    if not _pip(environment, "uninstall", "--yes", *sorted(present)):
        raise SetupError(
            "The ONNX Runtime that does not fit this machine could not be removed",
            f"Remove the folder {environment.folder} and start again.",
        )


def _install_torch(environment: Environment, hardware: Hardware) -> None:
    """PyTorch for training and its tests, never CUDA's gigabytes where no NVIDIA GPU is."""
    torch = _torch_requirement(environment.root)
    if not hardware.registry_torch_brings_cuda or hardware.gpu is not None:
        return  # the registry's build is the right one and comes with the other packages
    if _pip(environment, "install", "--quiet", "--no-index", "--no-deps", torch, loud=False):
        say(f"Installed {torch} from the files that pip is configured to look in")
        return
    if cpu_index_answers():
        say(f"Installing {torch} from PyTorch's index of CPU builds")
        if _pip(environment, "install", "--index-url", PYTORCH_CPU_INDEX, torch):
            return
    say(
        f"{PYTORCH_CPU_INDEX} cannot be reached: {torch} comes from the configured registry. "
        "On Linux that is usually the CUDA build, several gigabytes, though no GPU needs it here."
    )


def _torch_requirement(root: Path) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    train: list[str] = project["optional-dependencies"]["train"]
    return next(line for line in train if line.startswith("torch=="))


def _pip(environment: Environment, *arguments: str, loud: bool = True) -> bool:
    """Run pip, which honours the user's own configuration, proxies and registries."""
    command = [str(environment.python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    settings = {**os.environ, "PIP_USER": "0"}  # a configured --user cannot work in here
    done = subprocess.run(
        [*command, *arguments],
        check=False,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=2 if loud else subprocess.DEVNULL,
        stderr=None if loud else subprocess.DEVNULL,
    )
    return done.returncode == 0


def _ask(environment: Environment, code: str) -> list[str]:
    """The lines that ``code`` prints in the environment's Python; none if it does not run."""
    try:
        done = subprocess.run(
            [str(environment.python), "-c", code],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


def _minor(version: Sequence[object]) -> str:
    return f"{version[0]}.{version[1]}"
