"""Loading from the engine cache: build and seal what is missing, then open what was sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from gesture_app.core.errors import BackendError
from gesture_app.store.engine_cache import EngineCache, EngineKey
from gesture_app.vision.backends.base import InferenceBackend

_TIMINGS = "*.timing"
LARGEST_BATCH = 32
"""Engines are made for 1 to this many hands, and tuned for 1."""


def shape_ranges(size: int) -> tuple[str, str, str]:
    """Smallest, best and largest input shapes, as TensorRT's providers of ONNX Runtime read them.

    Given these, one engine serves all batches; without them it would be built anew, in the middle
    of live use, whenever a batch is larger than those before.

    Args:
        size: side of the crops in pixels.
    """

    def shapes(count: int) -> str:
        return f"crops:{count}x3x{size}x{size},landmarks:{count}x63"

    return shapes(1), shapes(1), shapes(LARGEST_BATCH)


def load_through_cache(
    cache: EngineCache,
    key: EngineKey,
    open_engine: Callable[[Path], InferenceBackend],
    timings: EngineKey | None = None,
) -> InferenceBackend:
    """A back end from an intact engine in the cache, which is built first if there is none.

    Args:
        open_engine: opens the network with a folder of engine files, which the runtime reads or,
            where it is empty, fills until the back end is closed.
        timings: where the compiler's timing cache is kept, which spares later builds, also of
            other models, measuring the same kernels again.

    Raises:
        BackendError: the engine cannot be built or loaded.
    """
    try:
        if not cache.holds(key):
            _build(cache, key, open_engine, timings)
        with cache.opened(key) as engine:
            if engine is not None:
                return open_engine(engine)
    except OSError as error:
        raise BackendError(
            f"{key.runtime} cannot load the model",
            f"its cache cannot be written ({error.strerror or error})",
            "Make the folder writable.",
        ) from error
    raise BackendError(
        f"{key.runtime} cannot load the model",
        "its runtime left no engine behind",
        "Run `gesture-app doctor` to see every back end and why it is (not) available.",
    )


def _build(
    cache: EngineCache,
    key: EngineKey,
    open_engine: Callable[[Path], InferenceBackend],
    timings: EngineKey | None,
) -> None:
    with cache.building(key) as workshop:
        if timings is not None:
            with cache.opened(timings) as earlier:
                for path in earlier.glob(_TIMINGS) if earlier else ():
                    shutil.copy(path, workshop)
        # Closed before it is sealed: some files are written at the end of a session.
        open_engine(workshop).close()
        if timings is not None and any(workshop.glob(_TIMINGS)):
            with cache.building(timings) as kept:
                for path in list(workshop.glob(_TIMINGS)):
                    path.rename(kept / path.name)
