"""Where a hand can be: on the lips for "mute", near the face, or anywhere with ease."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.render.arm import reachable
from training.render.hand_model import pose_hand
from training.render.person import Person, Posture
from training.render.rotation import Array

BEFORE_LIPS = 0.17
"""Decimetres between the lips and the middle of the finger."""

FACE_LOW, FACE_HIGH = np.array([0.4, -0.2, 0.3]), np.array([1.3, 1.2, 1.0])
"""Box for the index finger's tip in decimetres from the lips: over cheek, eye and temple or beside
them, and never on the mouth, which is 0.3 wide to each side."""

OTHER_SIDE = 0.2
"""Share of hands that reach over to the other half of the face."""

HANGING_DROP = 0.9
"""Decimetres by which the box is lower for a hand that hangs: with the fingers down, a wrist at the
height of the chest lifts the elbow up to the ear."""

EASY_STRAIN = 1.3
TRIES = 7


def wrist_before_lips(person: Person, posture: Posture) -> Posture:
    """``posture`` with the wrist moved so that the index finger lies on the lips."""
    index = pose_hand(person.hand, posture.hand).joints["index"]
    on_finger = index[1] * 0.55 + index[2] * 0.45
    goal = person.lips(posture) + np.array([0.0, 0.0, BEFORE_LIPS])
    return replace(posture, wrist=goal - posture.hand_axes @ on_finger)


def wrist_near_face(person: Person, posture: Posture, rng: np.random.Generator) -> Posture:
    """``posture`` with the tip of the index finger before or beside the face, off the lips."""
    tip = pose_hand(person.hand, posture.hand).joints["index"][3]
    away = rng.uniform(FACE_LOW, FACE_HIGH)
    if rng.random() < OTHER_SIDE:
        away[0] = -away[0]
    goal = person.lips(posture) + away
    return replace(posture, wrist=goal - posture.hand_axes @ tip)


def easy_wrist(
    person: Person, posture: Posture, rng: np.random.Generator, low: Array, high: Array
) -> Posture:
    """``posture`` with the wrist at the first random place in a box that strains little.

    Args:
        low, high: corners of the box, (3,) decimetres in body axes.
    """
    drop = np.array([0.0, HANGING_DROP * max(-float(posture.hand_axes[1, 1]), 0.0), 0.0])
    best, least = posture, np.inf
    for _ in range(TRIES):
        tried = replace(posture, wrist=rng.uniform(low, high) - drop)
        if not reachable(person.body, person.reach_task(tried)):
            continue
        strain = person.carry(tried).strain
        if strain < least:
            best, least = tried, strain
        if least < EASY_STRAIN:
            break
    return best
