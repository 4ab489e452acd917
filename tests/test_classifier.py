"""From logits to an accepted label."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gesture_app.core.errors import ModelError
from gesture_app.core.types import NO_GESTURE
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import GestureClassifier, softmax, to_prediction
from tests.fakes import LABELS, make_hand, make_manifest, make_picture
from tests.networks import biased_network


def probabilities(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_a_gesture_whose_lead_over_no_gesture_reaches_the_threshold_is_accepted() -> None:
    prediction = to_prediction(probabilities(0.75, 0.0, 0.25), make_manifest(threshold=0.5))
    assert (prediction.gesture, prediction.best_gesture) == ("like", "like")
    assert prediction.prob == pytest.approx(0.75)
    assert prediction.margin == pytest.approx(0.5)


def test_a_gesture_below_the_threshold_is_no_gesture_with_its_own_probability() -> None:
    prediction = to_prediction(probabilities(0.6, 0.0, 0.4), make_manifest(threshold=0.3))
    assert (prediction.gesture, prediction.best_gesture) == (NO_GESTURE, "like")
    assert prediction.prob == pytest.approx(0.4)


def test_no_gesture_is_never_the_best_gesture() -> None:
    prediction = to_prediction(probabilities(0.01, 0.0, 0.99), make_manifest(threshold=-1.0))
    assert prediction.best_gesture == "like"


def test_softmax_survives_huge_logits() -> None:
    rows = softmax(np.array([[1e4, 0.0, -1e4], [0.0, 0.0, 0.0]], np.float32))
    np.testing.assert_allclose(rows, [[1, 0, 0], [1 / 3] * 3], atol=1e-6)


def test_each_hand_gets_the_prediction_of_its_own_crop() -> None:
    # The network adds the crop's red to "like"; the left half of the picture is red.
    picture = make_picture(200, 100, shade=0)
    picture[:, :100, 2] = 255
    classifier = GestureClassifier(OnnxCpu().load(biased_network([0, 0.5, 0])), make_manifest())
    hands = (make_hand((150, 50)), make_hand((50, 50)))
    black, red = classifier.classify(picture, hands)
    classifier.close()
    assert (black.best_gesture, red.best_gesture) == ("dislike", "like")


def test_without_hands_there_is_nothing_to_predict() -> None:
    classifier = GestureClassifier(OnnxCpu().load(biased_network([0, 0, 0])), make_manifest())
    assert classifier.classify(make_picture(), ()) == ()
    classifier.close()


def test_a_network_with_more_outputs_than_labels_does_not_fit_its_manifest() -> None:
    network = biased_network([0.0] * (len(LABELS) + 1))
    classifier = GestureClassifier(OnnxCpu().load(network), make_manifest())
    with pytest.raises(ModelError, match="does not fit its manifest"):
        classifier.classify(make_picture(), (make_hand(),))
    classifier.close()


def test_the_manifests_temperature_softens_the_probabilities() -> None:
    network = biased_network([5.0, 0.0, 0.0])
    sharp, soft = (
        GestureClassifier(OnnxCpu().load(network), replace(make_manifest(), temperature=value))
        for value in (1.0, 4.0)
    )
    picture, hands = make_picture(shade=0), (make_hand(),)
    certain, doubtful = (c.classify(picture, hands)[0].probabilities for c in (sharp, soft))
    sharp.close()
    soft.close()
    leads = [np.log(row[0] / row[1]) for row in (certain, doubtful)]
    assert leads[0] == pytest.approx(4 * leads[1], rel=1e-4)
    assert leads[1] > 0


def test_a_switched_off_gesture_is_no_gesture_and_its_probability_goes_there() -> None:
    found = to_prediction(probabilities(0.7, 0.2, 0.1), make_manifest(), frozenset({"like"}))
    assert (found.gesture, found.best_gesture) == (NO_GESTURE, "dislike")
    np.testing.assert_allclose(found.probabilities, [0.0, 0.2, 0.8], atol=1e-6)
    assert found.prob == pytest.approx(0.8)


def test_with_everything_switched_off_even_a_threshold_of_minus_one_accepts_nothing() -> None:
    off = frozenset({"like", "dislike", NO_GESTURE, "unheard_of"})
    found = to_prediction(probabilities(0.7, 0.2, 0.1), make_manifest(threshold=-1.0), off)
    assert found.gesture == NO_GESTURE
    assert found.prob == pytest.approx(1.0)
