"""Temperature, thresholds, intervals and rejection scores, on arrays with a known answer."""

from __future__ import annotations

import numpy as np
import pytest

from training.calibration import fit_temperature, negative_log_likelihood, threshold_at_rate
from training.rejection import Outputs, compare_rejection, rejection_scores
from training.statistics import (
    calibration_bins,
    expected_calibration_error,
    interval_over_groups,
    wilson_interval,
)

NO_GESTURE = 3


def sampled(count: int, temperature: float) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and labels drawn from their softmax at ``temperature``."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (count, 5))
    noise = rng.gumbel(size=logits.shape)
    return logits.astype(np.float32), (logits / temperature + noise).argmax(axis=1)


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 2.5])
def test_the_fitted_temperature_is_the_one_that_made_the_labels(true_temperature: float) -> None:
    logits, targets = sampled(20_000, true_temperature)
    assert fit_temperature(logits, targets) == pytest.approx(true_temperature, rel=0.05)


def test_the_fitted_temperature_makes_probabilities_mean_what_they_say() -> None:
    logits, targets = sampled(20_000, 2.5)

    def error(temperature: float) -> float:
        scaled = np.exp(logits / temperature)
        probabilities = scaled / scaled.sum(axis=1, keepdims=True)
        right = probabilities.argmax(axis=1) == targets
        return expected_calibration_error(calibration_bins(probabilities.max(axis=1), right))

    fitted = fit_temperature(logits, targets)
    assert error(fitted) < 0.02 < error(1.0)
    assert negative_log_likelihood(logits, targets, fitted) < negative_log_likelihood(
        logits, targets, 1.0
    )


def test_a_temperature_needs_samples() -> None:
    with pytest.raises(ValueError, match="no samples"):
        fit_temperature(np.zeros((0, 3), np.float32), [])


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.05, 0.3, 1.0])
def test_at_most_the_stated_share_of_negatives_passes(rate: float) -> None:
    scores = np.random.default_rng(1).uniform(-1, 1, 500)
    passing = (scores >= threshold_at_rate(scores, rate)).mean()
    assert rate - 0.01 <= passing <= rate


def test_bins_and_error_are_those_counted_by_hand() -> None:
    bins = calibration_bins([0.91, 0.99, 0.55, 1.0], [True, False, True, True], bins=10)
    assert [(b.low, b.pictures, b.accuracy) for b in bins] == [
        (0.5, 1, 1.0),
        (0.9, 3, pytest.approx(2 / 3)),
    ]
    mean = (0.91 + 0.99 + 1.0) / 3
    assert expected_calibration_error(bins) == pytest.approx((0.45 + 3 * (mean - 2 / 3)) / 4)


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: 81 of 263.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_few_people_who_differ_give_a_wider_interval_than_their_pictures() -> None:
    low, high = interval_over_groups([100, 50, 100, 60, 95], [100] * 5)
    assert low < 0.72
    assert high > 0.9
    assert high - low > np.diff(wilson_interval(405, 500))[0] * 2
    assert interval_over_groups([100, 50], [100, 100]) == interval_over_groups(
        [100, 50], [100, 100]
    )


def test_scores_are_ranked_by_how_well_they_reject() -> None:
    """Unknown hands far away in feature space, but with logits that look sure of a gesture."""
    rng = np.random.default_rng(2)
    centres = 4 * np.eye(3, 8)

    def gestures(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        targets = rng.integers(0, 3, count)
        features = centres[targets] + rng.normal(0, 0.5, (count, 8))
        logits = np.concatenate([features[:, :3], np.zeros((count, 1))], axis=1)
        return logits, features, targets

    def outputs(*parts: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Outputs:
        logits, features, targets = (np.concatenate(p) for p in zip(*parts, strict=True))
        return Outputs(logits.astype(np.float32), features.astype(np.float32), targets)

    logits, features, _ = gestures(300)
    features[:, 5] += 6  # in a direction that no logit looks at
    unknown = (logits, features, np.full(300, NO_GESTURE))
    fitted, judged = outputs(gestures(600)), outputs(gestures(300), unknown)

    scores = rejection_scores(fitted, judged, NO_GESTURE)
    rows = compare_rejection(scores, judged, NO_GESTURE, (0.01, 0.05))
    assert {row.score for row in rows} == set(scores)
    at_five = {row.score: row for row in rows if row.rate == 0.05}
    assert all(row.false_positives <= row.rate for row in rows)
    for blind in ("margin", "max softmax", "energy", "energy margin"):
        assert at_five[blind].auroc == pytest.approx(0.5, abs=0.07)
        assert at_five[blind].recall < 0.2
    for seeing in ("Mahalanobis", "nearest neighbours"):
        assert at_five[seeing].auroc > 0.99
        assert at_five[seeing].recall > 0.95


def test_a_network_that_knows_no_gesture_rejects_by_its_margin() -> None:
    logits = np.array([[5, 0, 0, 0], [0, 5, 0, 1], [0, 0, 2, 5], [1, 0, 0, 6]], np.float32)
    judged = Outputs(logits, logits, np.array([0, 1, NO_GESTURE, NO_GESTURE]))
    scores = rejection_scores(judged, judged, NO_GESTURE)
    (row,) = compare_rejection({"margin": scores["margin"]}, judged, NO_GESTURE, (0.0,))
    assert (row.recall, row.false_positives, row.auroc) == (1.0, 0.0, 1.0)
