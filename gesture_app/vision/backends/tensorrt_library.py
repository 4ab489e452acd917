"""NVIDIA TensorRT's own libraries: whether the version that ONNX Runtime wants is here."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import sys
from importlib import metadata
from pathlib import Path

TENSORRT_MAJOR = 10
"""Which one the provider of onnxruntime-gpu 1.31 is linked against (``libnvinfer.so.10``)."""

_PACKAGES = ("tensorrt-cu13", "tensorrt-cu12", "tensorrt")
_LIBRARIES = ("nvinfer", "nvinfer_plugin", "nvonnxparser")


def preload_tensorrt() -> str:
    """Load TensorRT, from the system or from where pip puts it, so that ONNX Runtime finds it.

    Returns:
        Its version, for example ``10.16.1``.

    Raises:
        OSError: why it cannot be loaded, in words.
    """
    try:
        loaded = [_load(name) for name in _LIBRARIES]
    except OSError as error:
        raise OSError(_why_missing(error)) from error
    # From TensorRT 10 on: major * 10000 + minor * 100 + patch.
    number = int(loaded[0].getInferLibVersion())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _load(name: str) -> ctypes.CDLL:
    file = (
        f"{name}_{TENSORRT_MAJOR}.dll"
        if sys.platform == "win32"
        else f"lib{name}.so.{TENSORRT_MAJOR}"
    )
    with contextlib.suppress(ImportError, ValueError):
        spec = importlib.util.find_spec("tensorrt_libs")
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(folder) / file
            if path.is_file():
                return ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
    return ctypes.CDLL(file, mode=ctypes.RTLD_GLOBAL)


def _why_missing(error: OSError) -> str:
    for package in _PACKAGES:
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
        if version.partition(".")[0] != str(TENSORRT_MAJOR):
            return f"{package} {version} is installed, ONNX Runtime needs TensorRT {TENSORRT_MAJOR}"
    return f"TensorRT {TENSORRT_MAJOR} is not installed ({error})"
