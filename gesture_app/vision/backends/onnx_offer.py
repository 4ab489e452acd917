"""What the installed ONNX Runtime offers, and whether it was installed as it should be."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata

from gesture_app.core.errors import BackendError
from gesture_app.vision.backends.base import Precision, ProbeResult

PACKAGES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")
"""Packages that install the same module ``onnxruntime``, each with other providers."""


def installed_packages() -> dict[str, str]:
    """Those of `PACKAGES` that are installed, with their versions."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def check_one_package(installed: Iterable[str]) -> None:
    """Refuse a mixture: the packages overwrite each other's files, so any error may follow.

    Raises:
        BackendError: not exactly one of `PACKAGES` is installed.
    """
    names = sorted(installed)
    if not names:
        raise BackendError(
            "No inference back end can run",
            "the package onnxruntime is not installed",
            "Run `python3 installer/bootstrap.py`, or `pip install onnxruntime`.",
        )
    if len(names) > 1:
        raise BackendError(
            "ONNX Runtime is installed more than once",
            f"the packages {' and '.join(names)} overwrite each other's files",
            f"Run `pip uninstall -y {' '.join(names)}`, then `python3 installer/bootstrap.py`.",
        )


def named(name: str, precision: Precision) -> str:
    """A back end's name with its precision, which fp32 goes without."""
    return name if precision is Precision.FP32 else f"{name} {precision.upper()}"


def probe_provider(name: str, provider: str, otherwise: str) -> ProbeResult:
    """Whether the installed ONNX Runtime was built with ``provider``.

    Args:
        name: of the back end, shown to people.
        otherwise: what is needed where it was not, for example ``needs onnxruntime-gpu``.
    """
    try:
        import onnxruntime as ort

        offered = ort.get_available_providers()
        version = ort.__version__
    except (ImportError, OSError, AttributeError) as error:
        return ProbeResult(name, False, f"onnxruntime cannot be imported ({error})")
    package = next(iter(installed_packages()), "onnxruntime")
    if provider in offered:
        return ProbeResult(name, True, f"offered by {package} {version}")
    return ProbeResult(name, False, f"not part of {package} {version}; {otherwise}")
