"""Pictures of hands that stay JPEG in memory until a batch asks for them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from gesture_app.core.context import CONTEXT_SIZE
from gesture_app.core.types import BgrImage


class EncodedContexts:
    """Rows as `training.cache.ContextRows` has them.

    A twentieth of the memory of decoded ones, and no copy of anybody's pictures on the disk: what
    is deleted while a run goes on is gone when the run ends.

    Args:
        files: contents of JPEG files, CONTEXT_SIZE pixels wide and high.
    """

    def __init__(self, files: Sequence[bytes]) -> None:
        self._files = tuple(files)

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, row: int, /) -> BgrImage:
        """uint8 (CONTEXT_SIZE, CONTEXT_SIZE, 3). Raises: ValueError: the file is no such JPEG."""
        try:
            bgr = cv2.imdecode(np.frombuffer(self._files[row], np.uint8), cv2.IMREAD_COLOR)
        except cv2.error as error:
            raise ValueError(f"picture {row} cannot be decoded") from error
        if bgr is None or bgr.shape != (CONTEXT_SIZE, CONTEXT_SIZE, 3):
            raise ValueError(f"picture {row} is no JPEG of {CONTEXT_SIZE} pixels")
        return np.asarray(bgr, np.uint8)
