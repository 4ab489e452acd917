"""Where a hand can be: before the lips for "mute", or anywhere the arm carries it with ease."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.render.arm import reachable
from training.render.hand_model import pose_hand
from training.render.person import Person, Posture
from training.render.rotation import Array

BEFORE_LIPS = 0.17
"""Decimetres between the lips and the middle of the finger."""

EASY_STRAIN = 1.3
TRIES = 7


def wrist_before_lips(person: Person, posture: Posture) -> Posture:
    """``posture`` with the wrist moved so that the index finger lies on the lips."""
    index = pose_hand(person.hand, posture.hand).joints["index"]
    on_finger = index[1] * 0.55 + index[2] * 0.45
    goal = person.lips(posture) + np.array([0.0, 0.0, BEFORE_LIPS])
    return replace(posture, wrist=goal - posture.hand_axes @ on_finger)


def easy_wrist(
    person: Person, posture: Posture, rng: np.random.Generator, low: Array, high: Array
) -> Posture:
    """``posture`` with the wrist at the first random place in a box that strains little.

    Args:
        low, high: corners of the box, (3,) decimetres in body axes.
    """
    best, least = posture, np.inf
    for _ in range(TRIES):
        tried = replace(posture, wrist=rng.uniform(low, high))
        if not reachable(person.body, person.reach_task(tried)):
            continue
        strain = person.carry(tried).strain
        if strain < least:
            best, least = tried, strain
        if least < EASY_STRAIN:
            break
    return best
