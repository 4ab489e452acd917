"""The model's credential: what it was trained on, how, and how good it is on whom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gesture_app.core.manifest import ModelManifest
from gesture_app.store.atomic import write_atomically
from training.config import Recipe
from training.evaluate import Answer, curve, merged, operating_point, recall_by, recall_interval
from training.export import Parity

CARD_NAME = "card.json"
CARD_SCHEMA = 1
CURVE_RATES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)


def write_card(
    folder: Path,
    manifest: ModelManifest,
    recipe: Recipe,
    answers: Sequence[Answer],
    parity: Parity,
) -> None:
    """Write ``card.json`` beside the model. Every figure follows from ``answers``."""
    threshold = manifest.threshold
    point = operating_point(answers, threshold)
    low, high = recall_interval(answers, threshold)
    card: dict[str, Any] = {
        "schema": CARD_SCHEMA,
        "name": manifest.name,
        "sha256": manifest.sha256,
        "licence": manifest.licence,
        "attribution": manifest.attribution,
        "training": recipe.to_json(),
        "epochs": "none: balanced draws, steps x batch_size pictures",
        "pictures_seen": recipe.steps * recipe.batch_size,
        "precision": "fp32 computation; weights stored as int8 with a scale per channel",
        "parity_with_training": {
            "agreement": parity.agreement,
            "mean_probability_change": parity.mean_change,
            "samples": parity.samples,
        },
        "evaluation": {
            "data": "webcam_measure: 12 people that training never saw; palm, stop and "
            "stop_inverted counted as one; palm_or_stop and three_any left out; the threshold "
            "was set on the same set at its false-positive rate",
            "gesture_pictures": sum(a.shows_gesture for a in answers),
            "other_pictures": sum(not a.shows_gesture and not a.lookalike for a in answers),
            "hands_missed": _missed(answers),
            "threshold": threshold,
            "recall": _rounded(point.recall),
            "recall_95_percent_interval_by_person": [_rounded(low), _rounded(high)],
            "false_positives": _rounded(point.false_positives),
            "lookalike_letters_taken_for_gestures": _rounded(point.lookalikes),
            "curve": [_point(p) for p in curve(answers, CURVE_RATES)],
            "recall_by_gesture": _table(answers, threshold, lambda a: merged(a.label)),
            "recall_by_person": _table(answers, threshold, lambda a: a.person),
        },
        "intended_use": "Naming deliberate hand gestures in front of a webcam. Not for safety, "
        "medical or identification purposes.",
        "limits": "mute and rock are not in the evaluation data; dislike was seen of one person "
        "only. Dark or back-lit rooms make the hand detector miss hands.",
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / CARD_NAME, text.encode())


def _missed(answers: Sequence[Answer]) -> float:
    gestures = [a for a in answers if a.shows_gesture]
    return _rounded(sum(a.hands == 0 for a in gestures) / max(len(gestures), 1))


def _point(point: Any) -> dict[str, float]:
    return {
        "threshold": point.threshold,
        "recall": _rounded(point.recall),
        "false_positives": _rounded(point.false_positives),
        "lookalikes": _rounded(point.lookalikes),
    }


def _table(answers: Sequence[Answer], threshold: float, key: Any) -> dict[str, dict[str, float]]:
    return {
        name: {"recall": _rounded(share), "pictures": count}
        for name, (share, count) in recall_by(answers, threshold, key).items()
    }


def _rounded(value: float) -> float:
    return round(value, 4)
