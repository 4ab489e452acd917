"""A hand detector that remembers what it found, to measure several models on the same pictures."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from gesture_app.core.types import Frame, Hand, Handedness
from gesture_app.store.atomic import write_atomically
from gesture_app.vision.hands import HandDetector


class RememberingDetector:
    """Asks another detector once for each picture, also over several runs of the program.

    Args:
        path: JSON file of what was found; begun anew if it cannot be read.
    """

    def __init__(self, detector: HandDetector, path: Path) -> None:
        self._detector = detector
        self._path = path
        self._found: dict[str, list[dict[str, Any]]] = {}
        if path.is_file():
            self._found = json.loads(path.read_text("utf-8"))

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        key = hashlib.sha256(frame.bgr.tobytes()).hexdigest()
        if key not in self._found:
            self._found[key] = [_to_json(hand) for hand in self._detector.detect(frame)]
        return tuple(_from_json(hand) for hand in self._found[key])

    def close(self) -> None:
        self._detector.close()
        write_atomically(self._path, json.dumps(self._found).encode())


def _to_json(hand: Hand) -> dict[str, Any]:
    return {
        "landmarks": hand.landmarks.astype(float).round(3).tolist(),
        "handedness": hand.handedness.value,
        "score": hand.score,
    }


def _from_json(value: dict[str, Any]) -> Hand:
    landmarks = np.asarray(value["landmarks"], np.float32)
    return Hand(landmarks, Handedness(value["handedness"]), value["score"])
