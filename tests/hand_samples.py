"""Samples of real hands for tests: the pictures that compiled engines are checked with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import cv2
import numpy as np

import training
from gesture_app.core.context import cut_context
from gesture_app.core.types import Handedness
from gesture_app.store.samples import HandSample, SampleStore

_HANDS = Path(training.__file__).parent / "golden_hands"
TAKEN_S = 1_750_000_000.0
"""When the first of them was taken; the others follow, one a second."""


@cache
def real_samples() -> tuple[HandSample, ...]:
    """Some thirty hands, each once."""
    hands = json.loads((_HANDS / "hands.json").read_text("utf-8"))["hands"]
    return tuple(_sample(number, **hand) for number, hand in enumerate(hands))


def _sample(number: int, picture: str, landmarks: list[list[float]]) -> HandSample:
    bgr = cv2.imread(str(_HANDS / picture), cv2.IMREAD_COLOR)
    assert bgr is not None
    points = np.asarray(landmarks, np.float32)
    return HandSample(
        cut_context(np.asarray(bgr, np.uint8), points),
        Handedness.LEFT if number % 2 else Handedness.RIGHT,
        taken_s=TAKEN_S + number,
        sharpness=100.0 + number,
        brightness=90.5,
        hand_share=0.4,
        origin=picture,
    )


def record(
    store: SampleStore, label: str, count: int, recording: str | None = None
) -> tuple[str, ...]:
    """Record the first so many, over and over if need be; returns their ids."""
    writer = store.begin(label, "test", recording)
    hands = real_samples()
    ids = tuple(writer.add(hands[number % len(hands)]).id for number in range(count))
    writer.close()
    return ids
