"""Hands from MediaPipe Tasks' HandLandmarker, with second looks when it finds none."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

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
from gesture_app.vision.hands import MAX_HANDS, with_others, without_doubles

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


FRAMES_PER_SEARCH = 3
"""With one hand in view, only every third frame is searched for another one. MediaPipe by itself
searches in each, which costs more than following the hand does; see docs/speed.md."""

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
        alone: True for MediaPipe as it comes, the yardstick of the benchmark: it searches each
            frame for as long as it has fewer than two hands, and takes no second looks.

    Raises:
        ModelError: the model bundle cannot be loaded.
    """

    def __init__(self, model: bytes, *, video: bool, alone: bool = False) -> None:
        mode = RunningMode.VIDEO if video and alone else RunningMode.IMAGE
        self._search = _load(model, mode, MAX_HANDS, CONFIDENCE)
        self._followers = (
            tuple(
                _load(model, RunningMode.VIDEO, hands, CONFIDENCE)
                for hands in range(1, MAX_HANDS + 1)
            )
            if video and not alone
            else ()
        )
        """The n-th follows n + 1 hands, and does not search for more while it has them."""
        self._second = (
            None if alone else _load(model, RunningMode.IMAGE, MAX_HANDS, SECOND_LOOK_CONFIDENCE)
        )
        self._beside = ThreadPoolExecutor(1, "hand-search")
        self._video = video
        self._rgb: BgrImage | None = None
        self._clock_ms = -1
        self._followed = 0
        self._frames_since_search = 0
        self._empty_frames = 0
        self._turn = 0

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        image = self._to_mediapipe(frame.bgr)
        # MediaPipe demands a strictly increasing clock and stops working after a step back.
        self._clock_ms = max(self._clock_ms + 1, int(frame.media_ms))
        if self._followers:
            hands = self._follow(image)
        else:
            hands = _found(self._search, image, self._clock_ms if self._video else None)
        if not hands and self._second is not None:
            hands = self._look_again(frame.bgr)
        self._empty_frames = 0 if hands else self._empty_frames + 1
        return hands

    def close(self) -> None:
        self._beside.shutdown()
        # Without this the landmarker's destructor raises while the interpreter shuts down.
        for landmarker in (self._search, *self._followers, self._second):
            if landmarker is not None:
                landmarker.close()

    def _follow(self, image: mp.Image) -> tuple[Hand, ...]:
        """The hands that are followed, and at times a search of the whole picture for more."""
        followed, searching = self._followed, None
        self._frames_since_search += 1
        if 0 < followed < MAX_HANDS and self._frames_since_search >= FRAMES_PER_SEARCH:
            # Beside the following: MediaPipe keeps one processor busy and lets Python go on.
            searching = self._beside.submit(_found, self._search, image)
            self._frames_since_search = 0
        hands: tuple[Hand, ...] = ()
        if followed:
            hands = _found(self._followers[followed - 1], image, self._clock_ms)
        if searching is not None:
            hands = with_others(hands, searching.result())
        elif len(hands) < max(followed, 1):
            hands = with_others(hands, _found(self._search, image))
            self._frames_since_search = 0
        self._followed = len(hands)
        return hands

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
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
        return _found(self._second, image, offset=(offset_x, offset_y))

    def _to_mediapipe(self, bgr: BgrImage) -> mp.Image:
        """The one conversion of a whole frame; MediaPipe copies it, so the buffer is used again."""
        if self._rgb is None or self._rgb.shape != bgr.shape:
            self._rgb = np.empty_like(bgr)
        cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB, dst=self._rgb)
        return mp.Image(image_format=mp.ImageFormat.SRGB, data=self._rgb)


def _load(model: bytes, mode: RunningMode, hands: int, confidence: float) -> HandLandmarker:
    options = HandLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=model),
        running_mode=mode,
        num_hands=hands,
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


def _found(
    landmarker: HandLandmarker,
    image: mp.Image,
    clock_ms: int | None = None,
    offset: tuple[float, float] = (0.0, 0.0),
) -> tuple[Hand, ...]:
    """Hands in pixels of the picture, whose origin lies at ``offset`` in ``image``.

    Args:
        clock_ms: for a landmarker in VIDEO mode, greater than at its last call.
    """
    if clock_ms is None:
        result = landmarker.detect(image)
    else:
        result = landmarker.detect_for_video(image, clock_ms)
    return _to_hands(result, image.width, image.height, offset)


def _to_hands(
    result: HandLandmarkerResult, width: int, height: int, offset: tuple[float, float]
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
