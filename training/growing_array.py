"""A ``.npy`` file that rows are appended to, so that an array may be larger than memory.

NumPy pads the header of a ``.npy`` file so that the first axis can grow in place (see
``numpy.lib.format.GROWTH_AXIS_MAX_DIGITS``); what is written here is an ordinary ``.npy`` file.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray


class GrowingArray:
    """Rows of one shape and dtype, appended to a file.

    Args:
        path: the file; replaced unless ``count`` rows of it are to be kept.
        dtype: of the array.
        row_shape: shape of one row.
        count: how many rows of an earlier file to keep; what follows them is cut off.

    Raises:
        ValueError: the file has fewer rows than ``count``.
    """

    def __init__(
        self, path: Path, dtype: type[np.generic], row_shape: tuple[int, ...], count: int = 0
    ) -> None:
        self._dtype = np.dtype(dtype)
        self._row_shape = row_shape
        self._count = count
        row_bytes = int(np.prod(row_shape)) * self._dtype.itemsize
        size = len(self._header()) + count * row_bytes
        if count and (not path.is_file() or path.stat().st_size < size):
            raise ValueError(f"{path} has fewer than {count} rows")
        self._file = path.open("r+b" if count else "w+b")
        self._file.truncate(size)
        self.flush()

    def append(self, row: NDArray[Any]) -> int:
        """Append one row; returns its number."""
        if row.shape != self._row_shape:
            raise ValueError(f"a row has the shape {row.shape}, not {self._row_shape}")
        self._file.write(np.ascontiguousarray(row, self._dtype).tobytes())
        self._count += 1
        return self._count - 1

    def flush(self) -> None:
        """Bring all rows to the disk, and a header that counts them."""
        self._file.seek(0)
        self._file.write(self._header())
        self._file.seek(0, os.SEEK_END)
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file. Rows since the last `flush` may be lost."""
        self._file.close()

    def _header(self) -> bytes:
        header = io.BytesIO()
        shape = (self._count, *self._row_shape)
        npy.write_array_header_1_0(
            header,
            {"descr": npy.dtype_to_descr(self._dtype), "fortran_order": False, "shape": shape},
        )
        return header.getvalue()
