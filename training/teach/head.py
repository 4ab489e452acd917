"""The last step of a taught model: what the base network says, corrected and extended.

Multinomial logistic regression on the network's features, with the base's logits as an offset. Only
the rows of labels that a person has recorded are fitted: built-in gestures keep their logits to the
last bit, so that they can lose only what a new gesture takes from them. Convex, and fitted in
seconds on a processor by L-BFGS (Liu and Nocedal 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gesture_app.core.types import NO_GESTURE, FloatArray
from training.teach.feature_set import FeatureSet
from training.teach.space import landmark_part

START_LOGIT = -3.0
"""Of a new gesture before anything is learnt, beside logits whose exponentials sum to one: a hand
that is far from all that was recorded is hardly ever it."""

RIDGE = 0.02
"""L2 penalty on a new gesture's weights, divided by the number of rows."""

CORRECTION_RIDGE = 1.0
"""The same for labels that the base knows already: they are corrected, not learnt anew."""

BUILT_IN_WEIGHT = 3.0
"""Of built-in gestures' hands, against the pull of a person's own: a new gesture must not take from
them what they could keep."""

TOO_ALIKE = 0.5
"""Cosine, by landmarks, from which a hand of the negatives that ship is taken for the new gesture
itself and left out. Among them are hands of sign language, and a person may teach just such a one:
with five letters by two people, 95 % of other letters lay below it for eight of the ten, and the
median of the same letter by others above it for eight of the ten."""

CLEARANCE = 5.5
CLEAR_SHARE = 0.998
MOST_STEP_BACK = 3.0
"""So far below the others a new gesture's logit has to lie for this share of the hands that ship.
If it does not, its bias steps back, but no farther than that: a gesture whose pose is close to
others gets a stricter bound, one that stands alone keeps a wide one. `RIDGE` and these were chosen
on five letters by two people and on the webcam people of docs/teaching.md: they decide between
other people's letters taken for a new gesture, built-in ones lost, and the same gesture recognised
when others make it."""

MOST_STEPS = 100
_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Head:
    """Logits of the base and features → logits of the taught model.

    Attributes:
        labels: of the taught model; those of the base first, in their order.
        base_labels: of the base, in the order of its logits.
        weight: float32 (K, labels), what to add per coordinate (`training.teach.space`).
        bias: float32 (labels,).
        places: float32 (base labels, labels), 1 where a base label stands in the taught model.
    """

    labels: tuple[str, ...]
    base_labels: tuple[str, ...]
    weight: FloatArray
    bias: FloatArray
    places: FloatArray


@dataclass(frozen=True, slots=True)
class Problem:
    """What is minimised. ``fitted`` are the columns of the head that may change.

    Attributes:
        rows: float32 (N, K), coordinates.
        offset: float32 (N, labels), logits before any correction, divided by the temperature.
        targets: column of each row's label.
        weights: of the rows, sum 1.
        ridge: L2 penalty of each fitted column.
    """

    rows: FloatArray
    offset: FloatArray
    targets: NDArray[np.intp]
    weights: FloatArray
    fitted: NDArray[np.intp]
    ridge: FloatArray


def fit_head(
    own: FeatureSet, replay: FeatureSet, base_labels: Sequence[str], labels: Sequence[str]
) -> Head:
    """A head for ``labels``: the base's, then the person's own.

    Args:
        own: a person's samples, some of base labels perhaps.
        replay: hands that come with the base, for what it must not forget.
    """
    places = np.eye(len(base_labels), len(labels), dtype=np.float32)
    others = replay.part(unlike(own, replay))
    everything = own.joined(others)
    columns = {label: column for column, label in enumerate(labels)}
    targets = np.array([columns[target] for target in everything.targets], np.intp)
    fitted = np.array(sorted({columns[target] for target in own.targets}), np.intp)
    is_new = fitted >= len(base_labels)
    problem = Problem(
        rows=everything.features,
        offset=_offset(everything.logits, places, len(base_labels)),
        targets=targets,
        weights=_weights(targets, len(own), columns.get(NO_GESTURE, -1)),
        fitted=fitted,
        ridge=(np.where(is_new, RIDGE, CORRECTION_RIDGE) / len(targets)).astype(np.float32),
    )
    weight = np.zeros((everything.features.shape[1], len(labels)), np.float32)
    bias = np.zeros(len(labels), np.float32)
    bias[len(base_labels) :] = START_LOGIT
    weight[:, fitted], correction = minimise(problem)
    bias[fitted] += correction
    head = Head(tuple(labels), tuple(base_labels), weight, bias, places)
    return replace(head, bias=bias - _steps_back(head, others))


def apply_head(head: Head, logits: FloatArray, coordinates: FloatArray) -> FloatArray:
    """Logits (N, labels) of the taught model.

    Args:
        logits: float32 (N, base labels), the base's.
        coordinates: float32 (N, K), its features in the space that the head was fitted in.
    """
    return np.asarray(logits @ head.places + coordinates @ head.weight + head.bias, np.float32)


def minimise(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Weights (K, fitted) and bias (fitted,) that minimise the cross-entropy with its penalty."""
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    size = problem.rows.shape[1], len(problem.fitted)
    kept = np.setdiff1d(np.arange(problem.offset.shape[1]), problem.fitted)
    # Of the columns that stay, only their common mass matters.
    rest = _log_sum_exp(problem.offset[:, kept])
    offset = problem.offset[:, problem.fitted]
    is_target = (problem.targets[:, None] == problem.fitted).astype(np.float32)

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weight = flat[: -size[1]].reshape(size).astype(np.float32)
        logits = offset + problem.rows @ weight + flat[-size[1] :].astype(np.float32)
        total = np.logaddexp(_log_sum_exp(logits), rest)
        own = is_target.any(1)
        of_target = np.where(own, (logits * is_target).sum(1), rest)
        # A label that is not fitted keeps its share of the common mass, which is a constant.
        loss = float(problem.weights @ (total - of_target))
        slope = (np.exp(logits - total[:, None]) - is_target) * problem.weights[:, None]
        penalty = weight * problem.ridge
        gradient = problem.rows.T @ slope + penalty
        loss += 0.5 * float((weight * penalty).sum())
        return loss, np.concatenate([gradient.ravel(), slope.sum(0)]).astype(np.float64)

    start = np.zeros(size[0] * size[1] + size[1])
    # The products are so slim that several threads only wait for each other: 0.8 s against 1.3.
    with threadpool_limits(1, "blas"):
        found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    flat = found.x.astype(np.float32)
    return flat[: -size[1]].reshape(size), flat[-size[1] :]


def _steps_back(head: Head, others: FeatureSet) -> FloatArray:
    """By how much each label's bias has to fall for `CLEARANCE`, (labels,); 0 for base labels."""
    known = len(head.base_labels)
    steps = np.zeros(len(head.labels), np.float32)
    if not len(others):
        return steps
    logits = apply_head(head, others.logits, others.features)
    leads = logits[:, known:] - logits[:, :known].max(axis=1, keepdims=True)
    if leads.shape[1]:
        steps[known:] = np.quantile(leads, CLEAR_SHARE, axis=0) + CLEARANCE
    return np.clip(steps, 0, MOST_STEP_BACK)


def unlike(own: FeatureSet, replay: FeatureSet) -> NDArray[np.intp]:
    """Rows of ``replay`` without the negatives that look like a gesture of the person's."""
    gesture = np.array([target != NO_GESTURE for target in own.targets], np.bool_) & own.plain
    negative = np.array([target == NO_GESTURE for target in replay.targets], np.bool_)
    known = _unit(landmark_part(own.features[gesture]))
    kept = ~negative
    if not len(known):
        return np.arange(len(replay))
    for start in range(0, len(replay), _BLOCK):
        rows = slice(start, start + _BLOCK)
        alike = (_unit(landmark_part(replay.features[rows])) @ known.T).max(1)
        kept[rows] |= alike < TOO_ALIKE
    return np.flatnonzero(kept)


def _offset(logits: FloatArray, places: FloatArray, known: int) -> FloatArray:
    """Logits (N, labels) before any correction: the base's, and `START_LOGIT` for new labels."""
    offset = logits @ places
    offset[:, known:] = START_LOGIT
    return np.asarray(offset, np.float32)


def _weights(targets: NDArray[np.intp], own: int, nothing: int) -> FloatArray:
    """By the root of a label's number of rows: between counting each row and each label alike."""
    counts = np.bincount(targets)
    weights = 1 / np.sqrt(counts[targets])
    replayed = np.arange(len(targets)) >= own
    weights[replayed & (targets != nothing)] *= BUILT_IN_WEIGHT
    return np.asarray(weights / weights.sum(), np.float32)


def _log_sum_exp(logits: FloatArray) -> FloatArray:
    highest = logits.max(axis=1)
    return np.asarray(highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1)), np.float32)


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6))
