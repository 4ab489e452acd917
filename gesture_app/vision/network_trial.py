"""The process that reads and runs networks from outside: see `network_check`.

    python -m gesture_app.vision.network_trial INPUT_SIZE LABELS NETWORK.onnx …

Prints ``{"reason": null}``, or why one of them is refused.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gesture_app.core.errors import RefusalError
from gesture_app.core.preprocess import LANDMARK_FEATURES
from gesture_app.core.types import FloatArray
from gesture_app.store.models import MAX_MODEL_BYTES
from gesture_app.vision.network_structure import check_structure

MEMORY_BYTES = 4 * 1024**3
"""Address space, libraries included; enforced where the system can (Linux)."""

PROCESSOR_S = 100
BATCHES = (1, 2)


def main(argv: Sequence[str]) -> int:
    """Look at the networks and try them; the exit code is 0 whenever there is an answer."""
    input_size, labels, paths = int(argv[0]), int(argv[1]), map(Path, argv[2:])
    _limit_resources()
    reasons = (_reason_against(path, input_size, labels) for path in paths)
    print(json.dumps({"reason": next(filter(None, reasons), None)}))
    return 0


def _reason_against(path: Path, input_size: int, labels: int) -> str | None:
    try:
        content = _read(path)
        check_structure(content, input_size, labels)
        _run(content, input_size, labels)
    except RefusalError as error:
        return f"{path.name}: {error.why}"
    except MemoryError:
        return f"{path.name}: it needs too much memory"
    return None


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows; the parent's patience is the limit there
        return
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_S),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS refuses some of them, and a stricter limit of the user's own stays.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, resource.getrlimit(what)[1]))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MAX_MODEL_BYTES + 1)
    if len(content) > MAX_MODEL_BYTES:
        raise RefusalError(f"it is larger than the {MAX_MODEL_BYTES} bytes allowed")
    return content


def _run(content: bytes, input_size: int, labels: int) -> None:
    """One and two hands, pixels and landmarks of noise, through ONNX Runtime on the CPU."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    noise = np.random.default_rng(0)
    try:
        session = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        for count in BATCHES:
            crops = noise.standard_normal((count, 3, input_size, input_size), np.float32)
            landmarks = noise.standard_normal((count, LANDMARK_FEATURES), np.float32)
            (logits,) = session.run(["logits"], {"crops": crops, "landmarks": landmarks})
            _check_answer(np.asarray(logits), (count, labels))
    except RefusalError:
        raise
    except Exception as error:  # ONNX Runtime's exceptions share no base but Exception
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise RefusalError(f"ONNX Runtime cannot run it ({lines[0][:200]})") from error


def _check_answer(logits: FloatArray, expected: tuple[int, int]) -> None:
    if logits.shape != expected:
        raise RefusalError(f"it answers with shape {logits.shape} where {expected} was expected")
    if not np.isfinite(logits).all():
        raise RefusalError("it answers with values that are no numbers")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
