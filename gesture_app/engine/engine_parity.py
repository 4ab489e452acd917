"""Whether an engine answers like the model that it was made of."""

from __future__ import annotations

from contextlib import closing

import numpy as np

from gesture_app.core.errors import ModelError
from gesture_app.core.preprocess import LANDMARK_FEATURES, NetworkInput
from gesture_app.engine.engine_gate import LoadRival, ParityCheck
from gesture_app.store.models import LoadedModel
from gesture_app.vision.backends.base import InferenceBackend, Precision
from gesture_app.vision.classifier import softmax
from gesture_app.vision.golden import BOUNDS, GOLDEN_NAME, Bound, check, load_golden

_MADE_UP_HANDS = 8
_SEED = 6


def parity_check(model: LoadedModel) -> ParityCheck:
    """Compares by the model's golden set, or, where it has none, by another engine.

    Models without a golden set are those made before there was one. Made-up inputs then show an
    engine that computes nonsense; an engine that is a little wrong they may miss.
    """

    def compare(candidate: InferenceBackend, precision: Precision, load_rival: LoadRival) -> str:
        bound = BOUNDS[precision]
        if not (model.folder / GOLDEN_NAME).exists():
            with closing(load_rival()) as rival:
                return _compare_engines(candidate, rival, _made_up(model), bound)
        try:
            return check(candidate, load_golden(model.folder), bound).complaint
        except ModelError as error:
            return error.why

    return compare


def one_made_up_hand(model: LoadedModel) -> NetworkInput:
    """An input to measure times with."""
    batch = _made_up(model)
    return NetworkInput(batch.crops[:1], batch.landmarks[:1])


def _made_up(model: LoadedModel) -> NetworkInput:
    """Noise in the range of normalised pixels, the same each time."""
    noise = np.random.default_rng(_SEED)
    size = model.manifest.preprocess.input_size
    return NetworkInput(
        noise.normal(size=(_MADE_UP_HANDS, 3, size, size)).astype(np.float32),
        noise.normal(size=(_MADE_UP_HANDS, LANDMARK_FEATURES)).astype(np.float32),
    )


def _compare_engines(
    candidate: InferenceBackend, rival: InferenceBackend, batch: NetworkInput, bound: Bound
) -> str:
    expected, got = rival.run(batch), candidate.run(batch)
    if got.shape != expected.shape or not np.isfinite(got).all():
        return f"its answers have shape {got.shape}, {rival.name} answers {expected.shape}"
    changes = np.abs(softmax(expected) - softmax(got)).max(axis=1)
    if changes.mean() > bound.mean_change or changes.max() > bound.worst_change:
        return (
            f"probabilities differ by {changes.mean():.3f} on average and {changes.max():.3f} "
            f"at worst, more than {bound.mean_change:g} and {bound.worst_change:g}"
        )
    return ""
