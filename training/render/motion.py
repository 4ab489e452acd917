"""How a hand gets from one beat to the next: minimum jerk, with the tremor of the living."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.render.hand_model import HandPose
from training.render.person import Posture
from training.render.pose_table import mix_hands
from training.render.rotation import about_x, about_y, about_z, blend


def minimum_jerk(share: float) -> float:
    """Position on the way at time ``share`` in [0, 1] (Flash & Hogan 1985)."""
    return share**3 * (10 - 15 * share + 6 * share**2)


class Sway:
    """A few slow sines with random phases: smooth, endless, never quite repeating.

    Args:
        channels: how many independent values.
        periods_s: shortest and longest period in seconds.
    """

    def __init__(
        self, rng: np.random.Generator, channels: int, periods_s: tuple[float, float]
    ) -> None:
        self._rates = 2 * np.pi / rng.uniform(*periods_s, (channels, 4))
        self._phases = rng.uniform(0, 2 * np.pi, (channels, 4))
        self._sizes = rng.uniform(0.3, 1.0, (channels, 4)) / 2

    def at(self, seconds: float) -> NDArray[np.float64]:
        """(channels,) in about [-1, 1]."""
        waves = self._sizes * np.sin(self._rates * seconds + self._phases)
        return np.asarray(waves.sum(axis=1))


def between_postures(start: Posture, end: Posture, share: float) -> Posture:
    """The posture at time ``share`` of a movement; fingers lead a little, the path bows out."""
    way = minimum_jerk(share)
    fingers = minimum_jerk(min(share * 1.15, 1.0))
    wrist = start.wrist + (end.wrist - start.wrist) * way
    travel = float(np.linalg.norm(end.wrist - start.wrist))
    wrist = wrist + np.array([0.06, 0.0, 0.12]) * travel * np.sin(np.pi * way)
    swivel = None
    if start.swivel is not None and end.swivel is not None:
        swivel = start.swivel + (end.swivel - start.swivel) * way
    return Posture(
        mix_hands(start.hand, end.hand, fingers),
        wrist,
        blend(start.hand_axes, end.hand_axes, way),
        swivel=swivel,
    )


def with_idle_motion(
    posture: Posture, sway: NDArray[np.float64], expression: dict[str, float]
) -> Posture:
    """Add breathing, head movement and a hand that is never quite still.

    Args:
        sway: (12,) in about [-1, 1].
    """
    turn = about_x(1.8 * sway[3]) @ about_y(2.2 * sway[4]) @ about_z(2.0 * sway[5])
    return Posture(
        _trembling(posture.hand, sway[9:12]),
        posture.wrist + np.array([0.05, 0.06, 0.05]) * sway[:3],
        turn @ posture.hand_axes,
        head=(2.0 * float(sway[6]), 4.0 * float(sway[7]), 2.0 * float(sway[8])),
        lean=(0.8 * float(sway[6]), 0.6 * float(sway[7])),
        swivel=posture.swivel,
        expression=expression,
    )


def _trembling(hand: HandPose, sway: Sequence[float] | NDArray[np.float64]) -> HandPose:
    moved = {}
    for number, (finger, pose) in enumerate(hand.fingers.items()):
        shift = 1.2 * float(sway[number % len(sway)])
        moved[finger] = type(pose)(pose.mcp + shift, pose.pip + shift, pose.dip, pose.spread)
    return HandPose(moved, hand.thumb)
