"""Pictures that stand in a data set more than once, exactly or nearly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from training.data.manifest import HandRow

NEAR_BITS = 8
"""Two hands are near duplicates if their 64-bit hashes differ in at most this many bits.

Measured: 90 % of hands scaled to 0.6, saved again as JPEG of quality 50 and cut with a jitter of
2 % differ from themselves by at most 8 bits. Between different people it is reached by no pair of
1,071 webcam hands, and by 65 pairs of 4,000 HaGRID hands (8 million pairs)."""

_CHUNK = 512


def exact_duplicates(rows: Sequence[HandRow]) -> list[list[int]]:
    """Groups of rows that show the same hand of the same file content, each in order."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.found:
            groups[row.sha256, row.hand].append(index)
    return [group for group in groups.values() if len(group) > 1]


def near_pairs(
    rows: Sequence[HandRow], first: Sequence[int], second: Sequence[int] | None = None
) -> Iterator[NDArray[np.int64]]:
    """Pairs of near duplicates, int64 (N, 2) row indices at a time.

    Between ``first`` and ``second``; or within ``first``, each pair once. Compares all with all:
    14,000 hands take about a second, 100,000 a minute.
    """
    within = second is None
    left, right = _hashes(rows, first), _hashes(rows, first if second is None else second)
    left_rows = np.asarray(first, np.int64)
    right_rows = left_rows if second is None else np.asarray(second, np.int64)
    for start in range(0, len(left), _CHUNK):
        bits = np.bitwise_count(left[start : start + _CHUNK, None] ^ right[None])
        a, b = np.nonzero(bits <= NEAR_BITS)
        a += start
        if within:
            once = a < b
            a, b = a[once], b[once]
        yield np.stack([left_rows[a], right_rows[b]], axis=1)


def near_to(rows: Sequence[HandRow], asked: Sequence[int], others: Sequence[int]) -> list[int]:
    """Those of ``asked`` that have a near duplicate among ``others``."""
    found = [pairs[:, 0] for pairs in near_pairs(rows, asked, others)]
    return sorted(int(row) for row in np.unique(np.concatenate(found))) if found else []


def _hashes(rows: Sequence[HandRow], chosen: Sequence[int]) -> NDArray[np.uint64]:
    return np.array([int(rows[index].phash or "0", 16) for index in chosen], np.uint64)
