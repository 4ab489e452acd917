"""Skin, hair and eye colours over the whole human range."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.render.scene import Rgb, Skin

SKIN_SRGB = (
    (238, 205, 188),
    (226, 182, 156),
    (205, 152, 120),
    (168, 117, 87),
    (120, 80, 58),
    (72, 49, 39),
)
"""Backs of hands from the lightest to the darkest, 8 bit sRGB; chosen by eye between published
Fitzpatrick-type swatches."""

PALM_SRGB = (214, 160, 138)
"""Palms differ far less than backs: every palm is drawn towards this."""

HAIR_SRGB = (
    (22, 18, 16),
    (48, 34, 26),
    (84, 58, 38),
    (140, 104, 66),
    (190, 156, 110),
    (150, 148, 146),
)
IRIS_SRGB = ((58, 36, 22), (86, 56, 32), (104, 96, 56), (92, 120, 136), (110, 132, 106))


def linear(srgb: ArrayLike) -> Rgb:
    """8 bit sRGB → linear RGB in [0, 1] (IEC 61966-2-1)."""
    value = np.asarray(srgb, float) / 255
    out = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return float(out[0]), float(out[1]), float(out[2])


def _along(table: Sequence[Sequence[float]], share: float) -> NDArray[np.float64]:
    at = np.clip(share, 0, 1) * (len(table) - 1)
    low = min(int(at), len(table) - 2)
    low_color, high_color = np.asarray(table[low], float), np.asarray(table[low + 1], float)
    mixed: NDArray[np.float64] = low_color + (high_color - low_color) * (at - low)
    return mixed


def skin_of(depth: float, warmth: float, *, blotch: float, bump: float, shine: float) -> Skin:
    """Skin of a given depth (0 lightest, 1 darkest) and warmth (-1 rosy to 1 golden)."""
    back = _along(SKIN_SRGB, depth) * (1.0, 1.0 + 0.02 * warmth, 1.0 - 0.06 * warmth)
    palm = back + (np.asarray(PALM_SRGB) - back) * (0.25 + 0.45 * depth)
    lip = back * (0.86, 0.62, 0.62) + (12, 0, 4)
    nail = palm * 0.55 + np.asarray((232, 188, 176)) * 0.45
    b, p, li, n = (linear(np.clip(color, 0, 255)) for color in (back, palm, lip, nail))
    return Skin(b, p, li, n, blotch, bump, shine)


def hair_color(choice: float) -> Rgb:
    """From black over brown and blond to grey as ``choice`` goes from 0 to 1."""
    return linear(_along(HAIR_SRGB, choice))


def iris_color(choice: float) -> Rgb:
    return linear(_along(IRIS_SRGB, choice))
