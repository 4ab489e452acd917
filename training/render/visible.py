"""Which triangles one set of clothes leaves to be seen, so that hidden ones cost no drawing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from training.render.body_template import Part
from training.render.paint import ARM, neckline
from training.render.scene import Clothes

Triangles = NDArray[np.int32]

HEM = 0.15
"""Width in decimetres (and arm coordinate) of skin kept under the cloth's edge."""


def visible_triangles(
    triangles: Mapping[Part, Triangles], paint: NDArray[np.float32], clothes: Clothes
) -> dict[Part, Triangles]:
    """``triangles`` without cloth beyond its edges and skin well beneath it.

    The shaders still cut the exact edges, pixel by pixel.
    """
    inside, arm = neckline(paint, clothes.collar), paint[:, ARM]
    cloth_cut = (inside > 0) | (arm > clothes.sleeve)
    covered = (inside < -HEM) & (paint[:, 1] < 5.55) & (arm < clothes.sleeve - HEM)
    hidden = {Part.CLOTH: cloth_cut, Part.SKIN: covered}
    return {
        part: corners[~hidden[part][corners].all(axis=1)] if part in hidden else corners
        for part, corners in triangles.items()
    }


def casting_triangles(
    visible: Mapping[Part, Triangles], paint: NDArray[np.float32], clothes: Clothes
) -> Triangles:
    """(T, 3) of what throws shadows: cloth wholly inside its edges, skin and eyes. Hair follows the
    skin so closely that its shadow would only show as noise."""
    kept = (paint[:, ARM] < clothes.sleeve) & (neckline(paint, clothes.collar) < 0)
    cloth = visible[Part.CLOTH]
    whole = cloth[kept[cloth].all(axis=1)]
    return np.concatenate([whole, visible[Part.SKIN], visible[Part.EYES]])
