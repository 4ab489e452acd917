"""Writing H.264 that every player and OpenCV can read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np

from gesture_app.core.types import BgrImage

CRF = 26
"""x264's constant quality: small enough for the repository, no visible blocks on skin."""


def write_video(
    path: Path, frames: Iterable[BgrImage], fps: int, size: tuple[int, int], crf: int = CRF
) -> None:
    """Encode uint8 BGR frames of ``size`` (width, height) as H.264 in MP4.

    One encoder thread and no timestamps of today: the same frames give the same bytes.
    """
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        options = {"crf": str(crf), "preset": "slow", "tune": "film", "threads": "1"}
        stream = out.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for bgr in frames:
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(bgr), format="bgr24")
            out.mux(stream.encode(picture))
        out.mux(stream.encode())
