"""Hands from MediaPipe Tasks' HandLandmarker, with second looks when it finds none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import (
    HandLandmarker,
    HandLandmarkerOptions,
    HandLandmarkerResult,
    RunningMode,
)

from gesture_app.core.errors import ModelError
from gesture_app.core.types import BgrImage, Frame, Hand, Handedness
from gesture_app.vision.hands import MAX_HANDS, without_doubles

CONFIDENCE = 0.5
"""MediaPipe's own default for detection, presence and tracking."""

SECOND_LOOK_CONFIDENCE = 0.3
"""Second looks are rare and their finds still have to convince the classifier, so they may be
less sure. Measured in docs/decisions.md, "Second looks"."""

PAD_FRACTION = 0.25
BRIGHTEN_GAIN, BRIGHTEN_OFFSET = 1.5, 20.0

EMPTY_FRAMES_PER_SECOND_LOOK = 4
"""With nobody in view, only every fourth frame of a stream pays for one second look."""


def _padded(bgr: BgrImage) -> tuple[BgrImage, float, float]:
    """``bgr`` with a replicated border on all sides, and the border's width and height."""
    height, width = bgr.shape[:2]
    pad_x, pad_y = round(width * PAD_FRACTION), round(height * PAD_FRACTION)
    out = cv2.copyMakeBorder(bgr, pad_y, pad_y, pad_x, pad_x, cv2.BORDER_REPLICATE)
    return out.astype(np.uint8, copy=False), float(pad_x), float(pad_y)


def _brightened(bgr: BgrImage) -> tuple[BgrImage, float, float]:
    out = cv2.convertScaleAbs(bgr, alpha=BRIGHTEN_GAIN, beta=BRIGHTEN_OFFSET)
    return out.astype(np.uint8, copy=False), 0.0, 0.0


SECOND_LOOKS: tuple[Callable[[BgrImage], tuple[BgrImage, float, float]], ...] = (
    _padded,
    _brightened,
)
"""The border is for hands that touch the edge of the picture, the brightening for dim and back-lit
rooms. Single pictures try them in order until one finds a hand, streams take turns. Each returns a
picture and the offset of its origin."""


class MediaPipeHands:
    """MediaPipe HandLandmarker, up to two hands, with second looks when it finds none.

    Args:
        model: bytes of ``hand_landmarker.task`` (passed as bytes since MediaPipe cannot open
            paths with non-ASCII characters on Windows).
        video: True for streams (hands are tracked from frame to frame), False for single
            pictures that have nothing to do with each other.
        second_looks: False for MediaPipe alone, the yardstick of the benchmark.

    Raises:
        ModelError: the model bundle cannot be loaded.
    """

    def __init__(self, model: bytes, *, video: bool, second_looks: bool = True) -> None:
        self._video = video
        self._first = _load(model, RunningMode.VIDEO if video else RunningMode.IMAGE, CONFIDENCE)
        self._second = (
            _load(model, RunningMode.IMAGE, SECOND_LOOK_CONFIDENCE) if second_looks else None
        )
        self._clock_ms = -1
        self._empty_frames = 0
        self._turn = 0

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        image = _to_mediapipe(frame.bgr)
        if self._video:
            # MediaPipe demands a strictly increasing clock and stops working after a step back.
            self._clock_ms = max(self._clock_ms + 1, int(frame.media_ms))
            result = self._first.detect_for_video(image, self._clock_ms)
        else:
            result = self._first.detect(image)
        hands = _to_hands(result, frame.bgr.shape[1], frame.bgr.shape[0])
        if not hands and self._second is not None:
            hands = self._look_again(frame.bgr)
        self._empty_frames = 0 if hands else self._empty_frames + 1
        return hands

    def close(self) -> None:
        # Without this the landmarker's destructor raises while the interpreter shuts down.
        self._first.close()
        if self._second is not None:
            self._second.close()

    def _look_again(self, bgr: BgrImage) -> tuple[Hand, ...]:
        if not self._video:
            found = (self._second_look(bgr, look) for look in range(len(SECOND_LOOKS)))
            return next((hands for hands in found if hands), ())
        # A hand that was there a frame ago is worth a look at once, an empty room now and then.
        if self._empty_frames % EMPTY_FRAMES_PER_SECOND_LOOK:
            return ()
        hands = self._second_look(bgr, self._turn)
        if not hands:
            self._turn = (self._turn + 1) % len(SECOND_LOOKS)
        return hands

    def _second_look(self, bgr: BgrImage, look: int) -> tuple[Hand, ...]:
        assert self._second is not None
        picture, offset_x, offset_y = SECOND_LOOKS[look](bgr)
        result = self._second.detect(_to_mediapipe(picture))
        return _to_hands(result, picture.shape[1], picture.shape[0], (offset_x, offset_y))


def _load(model: bytes, mode: RunningMode, confidence: float) -> HandLandmarker:
    options = HandLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=model),
        running_mode=mode,
        num_hands=MAX_HANDS,
        min_hand_detection_confidence=confidence,
        min_hand_presence_confidence=confidence,
        min_tracking_confidence=confidence,
    )
    try:
        return HandLandmarker.create_from_options(options)
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelError(
            "The hand detector cannot be loaded",
            str(error).splitlines()[0],
            "Run `gesture-app setup --again` to fetch its model anew.",
        ) from error


def _to_mediapipe(bgr: BgrImage) -> mp.Image:
    rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)


def _to_hands(
    result: HandLandmarkerResult,
    width: int,
    height: int,
    offset: tuple[float, float] = (0.0, 0.0),
) -> tuple[Hand, ...]:
    """MediaPipe's result → hands in pixels; ``offset`` is subtracted from x and y."""
    hands = []
    for points, categories in zip(result.hand_landmarks, result.handedness, strict=True):
        # MediaPipe's z is in units of the picture's width, like x.
        landmarks = np.array(
            [(p.x * width - offset[0], p.y * height - offset[1], p.z * width) for p in points],
            np.float32,
        )
        best = categories[0]
        hands.append(Hand(landmarks, Handedness(best.category_name), float(best.score)))
    return without_doubles(hands)
