"""Which samples a step sees: a pure function of seed and step, so that a resumed run goes on
exactly where the killed one would have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from gesture_app.core.context import HandContext
from gesture_app.core.preprocess import (
    NetworkInput,
    Square,
    crop_square,
    landmark_features,
    normalise_crops,
    square_around,
)
from gesture_app.core.types import NO_GESTURE
from training.augment import (
    align,
    can_become_negative,
    degrade,
    draw_angle,
    jitter_landmarks,
    jitter_square,
    mirror,
    mirror_landmarks,
    paste,
    replace_border,
    tilt_landmarks,
    turn,
    turn_landmarks,
)
from training.cache import CachedHands
from training.config import Recipe
from training.datasets import TOUCHING

WEBCAM = "webcam"
RENDERED = "rendered"
PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Batch:
    """Network input and int64 (N,) indices into the labels."""

    inputs: NetworkInput
    targets: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Row:
    """One trainable hand: which cache, which row, what it shows."""

    cache: int
    row: int
    label: str
    kind: str


class BatchSource:
    """Draws balanced, augmented batches from caches.

    Every gesture is equally likely; within a gesture, the kinds of source (webcam scenes, rendered
    pictures, photo crops) by the recipe's shares; within webcam scenes, every person equally.
    """

    def __init__(
        self, caches: Sequence[CachedHands], labels: Sequence[str], recipe: Recipe
    ) -> None:
        self._caches = caches
        self._labels = list(labels)
        self._recipe = recipe
        self._pools = _pools(caches, set(labels))
        self._gestures = sorted({label for label, _ in self._pools} - {NO_GESTURE})
        self._scenes = (
            [cache for cache in caches if not cache.samples[0].tight]
            if recipe.pasted_share > 0
            else []
        )
        self._turnable = [g for g in self._gestures if can_become_negative(g)]

    @property
    def hands(self) -> int:
        """How many different hands are drawn from."""
        return sum(len(rows) for people in self._pools.values() for rows in people)

    def batch(self, step: int, size: int) -> Batch:
        """The batch of ``step``, crops ``size`` pixels wide."""
        rng = np.random.default_rng([self._recipe.seed, step])
        spec = self._recipe.spec(size)
        crops, features, targets = [], [], []
        for _ in range(self._recipe.batch_size):
            target, row, as_negative = self._choose(rng)
            view = self._before_something(rng, target, row)
            square, view = self._vary(rng, view, row.label, as_negative)
            crops.append(degrade(crop_square(view.bgr, square, size), rng))
            features.append(landmark_features(view.landmarks, square))
            targets.append(self._labels.index(target))
        inputs = NetworkInput(normalise_crops(crops, spec), np.stack(features))
        return Batch(inputs, np.array(targets, np.int64))

    def landmark_batch(
        self, step: int, count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Landmark features (count, 63) and targets, varied as in `batch` but without pictures."""
        rng = np.random.default_rng([self._recipe.seed, step, count])
        chosen = [self._choose(rng) for _ in range(count)]
        landmarks = np.stack([self._caches[r.cache].landmarks[r.row] for _, r, _ in chosen])
        flipped = rng.random(count) < 0.5
        landmarks[flipped] = mirror_landmarks(landmarks[flipped])
        angles = [draw_angle(rng, row.label, negative) for _, row, negative in chosen]
        landmarks = jitter_landmarks(tilt_landmarks(landmarks, rng), rng)
        landmarks = turn_landmarks(landmarks, angles)
        features = [
            landmark_features(
                hand, jitter_square(square_around(hand, self._recipe.crop_margin), rng)
            )
            for hand in landmarks
        ]
        targets = [self._labels.index(target) for target, _, _ in chosen]
        return np.stack(features), np.array(targets, np.int64)

    def _choose(self, rng: Generator) -> tuple[str, _Row, bool]:
        """What to show: target label, the hand, and whether to turn it into a negative."""
        dice = rng.random()
        as_negative = False
        if dice < self._recipe.negative_share:
            label = NO_GESTURE
        elif dice < self._recipe.negative_share + self._recipe.turned_share:
            label, as_negative = str(rng.choice(self._turnable)), True
        else:
            label = str(rng.choice(self._gestures))
        if not as_negative and self._scenes and (touching := self._touching(rng, label)):
            return label, _pick(rng, self._pools[touching, PHOTO]), False
        return NO_GESTURE if as_negative else label, self._draw(rng, label), as_negative

    def _touching(self, rng: Generator, label: str) -> str | None:
        """A gesture that is ``label`` once it does not touch the face, half of the time."""
        found = next((t for t, other in TOUCHING.items() if other == label), None)
        return found if (found, PHOTO) in self._pools and rng.random() < 0.5 else None

    def _before_something(self, rng: Generator, target: str, row: _Row) -> HandContext:
        """The hand as it is, with another border, or in front of something else."""
        view = self._view(row)
        moved = row.label in TOUCHING and target != row.label
        if self._scenes and row.kind == PHOTO:
            if row.label in TOUCHING and not moved:
                # Pasted as often as the moved ones, so that being pasted gives nothing away.
                if rng.random() < 0.5:
                    other = self._view(_pick(rng, self._pools[row.label, PHOTO]))
                    return paste(view, align(other, view))
            elif moved or rng.random() < self._recipe.pasted_share:
                return paste(view, self._scene(rng))
        if rng.random() < 0.6:
            view = replace_border(view, self._background(rng))
        return view

    def _vary(
        self, rng: Generator, view: HandContext, label: str, as_negative: bool
    ) -> tuple[Square, HandContext]:
        """Mirror, turn, shift and scale; the square is where the app's crop is cut."""
        if rng.random() < 0.5:
            view = mirror(view)
        view = replace(view, landmarks=jitter_landmarks(view.landmarks, rng))
        view = turn(view, draw_angle(rng, label, as_negative))
        around = square_around(view.landmarks, self._recipe.crop_margin)
        return jitter_square(around, rng), view

    def _draw(self, rng: Generator, label: str) -> _Row:
        recipe = self._recipe
        webcam = recipe.webcam_negative_share if label == NO_GESTURE else recipe.webcam_share
        shares = {WEBCAM: webcam, RENDERED: recipe.rendered_share}
        dice = rng.random()
        for kind, share in shares.items():
            if (label, kind) in self._pools and (dice := dice - share) < 0:
                return _pick(rng, self._pools[label, kind])
        kind = PHOTO if (label, PHOTO) in self._pools else self._any_kind(label)
        return _pick(rng, self._pools[label, kind])

    def _any_kind(self, label: str) -> str:
        return next(kind for known, kind in self._pools if known == label)

    def _view(self, row: _Row) -> HandContext:
        cache = self._caches[row.cache]
        return HandContext(
            np.asarray(cache.contexts[row.row]),
            cache.landmarks[row.row],
            cache.picture_boxes[row.row],
        )

    def _scene(self, rng: Generator) -> NDArray[np.uint8]:
        """A real or rendered scene, the right way up, as it is behind a hand in front of a camera;
        hands in it are hands that a network has to leave alone."""
        cache = self._scenes[int(rng.integers(len(self._scenes)))]
        scene = np.asarray(cache.contexts[int(rng.integers(len(cache.contexts)))])
        return scene[:, ::-1] if rng.random() < 0.5 else scene

    def _background(self, rng: Generator) -> NDArray[np.uint8]:
        """Another context, upside down so that its hand does not look like one more gesture."""
        cache = self._caches[int(rng.integers(len(self._caches)))]
        return np.asarray(cache.contexts[int(rng.integers(len(cache.contexts)))])[::-1]


def _pick(rng: Generator, pool: Sequence[Sequence[_Row]]) -> _Row:
    """A person, then a picture of that person."""
    rows = pool[int(rng.integers(len(pool)))]
    return rows[int(rng.integers(len(rows)))]


def _pools(
    caches: Sequence[CachedHands], labels: set[str]
) -> dict[tuple[str, str], list[list[_Row]]]:
    """(label, kind) → rows grouped by person."""
    grouped: dict[tuple[str, str], dict[str, list[_Row]]] = {}
    for index, cache in enumerate(caches):
        for row, sample in enumerate(cache.samples):
            target = sample.target
            if target is None or target not in labels:
                continue
            kind = source_kind(sample.source)
            people = grouped.setdefault((target, kind), {})
            people.setdefault(sample.person or "", []).append(_Row(index, row, target, kind))
    return {key: list(people.values()) for key, people in sorted(grouped.items())}


def source_kind(source: str) -> str:
    """Which of the recipe's shares a data set falls under."""
    if source.startswith(WEBCAM):
        return WEBCAM
    return RENDERED if source.startswith(RENDERED) else PHOTO
