"""How good an exported model is on hands that were held out, where there are no whole pictures.

The hands were found before; those that the detector misses are not among them, so recall is a
little better here than in the app.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np

from gesture_app.core.manifest import ModelManifest
from gesture_app.core.types import NO_GESTURE, FloatArray
from gesture_app.store.models import LoadedModel
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import softmax, to_prediction
from training.cache import CachedHands
from training.conditions import measure_context
from training.datasets import OTHER_HAND, Sample
from training.evaluate import Answer
from training.evaluation_file import Evaluation, header_of
from training.network_inputs import inputs_of

BATCH = 32


def evaluate_hands(model: LoadedModel, caches: Sequence[CachedHands], data: str) -> Evaluation:
    """Answers of a model's default file to cached hands, by the names of ``data``.

    Hands that show something else than a label of the model, `NO_GESTURE` or `OTHER_HAND` are left
    out.

    Raises:
        BackendError: ONNX Runtime refuses the network.
    """
    answers: list[Answer] = []
    with closing(OnnxCpu().load(model.onnx)) as backend:
        for cache in caches:
            rows = [row for row, s in enumerate(cache.samples) if _is_scored(s, model.manifest)]
            for start in range(0, len(rows), BATCH):
                part = rows[start : start + BATCH]
                logits = backend.run(inputs_of(cache, part, model.manifest.preprocess))
                answers.extend(_answers(cache, part, logits, model.manifest))
    return Evaluation(header_of(model.manifest, data), tuple(answers))


def _is_scored(sample: Sample, manifest: ModelManifest) -> bool:
    return sample.label in (*manifest.labels, NO_GESTURE, OTHER_HAND)


def _answers(
    cache: CachedHands, rows: Sequence[int], logits: FloatArray, manifest: ModelManifest
) -> Iterator[Answer]:
    probabilities = softmax(logits / np.float32(manifest.temperature))
    for row, values in zip(rows, probabilities, strict=True):
        sample, prediction = cache.samples[row], to_prediction(values, manifest)
        yield Answer(
            path=f"{sample.label}/{sample.path.name}",
            label=sample.label,
            person=sample.person or "",
            gesture=prediction.best_gesture,
            margin=round(prediction.margin, 5),
            hands=1,
            lookalike=sample.is_lookalike,
            probabilities=tuple(round(float(value), 5) for value in values),
            conditions=measure_context(
                np.asarray(cache.contexts[row], np.uint8), cache.landmarks[row]
            ),
        )
