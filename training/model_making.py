"""From a trained network to a model folder, and from a model folder to one with an INT8 file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import PRECISIONS, ModelManifest
from gesture_app.core.preprocess import PreprocessSpec
from gesture_app.core.types import FloatArray
from gesture_app.store.archive_contents import WEIGHTS_NAME
from gesture_app.store.models import LoadedModel, read_network
from gesture_app.vision.backends.base import Precision
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import softmax
from gesture_app.vision.golden import load_golden
from training.calibration import fit_temperature, threshold_at_rate
from training.export import ExportPlan, export_networks
from training.golden import make_golden, run_torch
from training.installing import Trained, install
from training.network_inputs import spread
from training.parity import (
    Score,
    Validation,
    Verdict,
    best_gestures,
    run_batches,
    score,
    validation_hands,
)
from training.quantise import quantise
from training.resnet import IMAGENET_MEAN, IMAGENET_STD
from training.trained_network import TrainedNetwork, save_network
from training.training_data import TrainingData

MODEL_FILE = "gestures.onnx"
CALIBRATION_HANDS = 128
"""Training hands from which INT8 takes the ranges of its activations."""

UNTESTED_THRESHOLD = 0.5
"""Of a model that no validation hands were left for."""


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What to make of a network.

    Attributes:
        name, licence, attribution: see `ModelManifest`.
        plan: which files.
        false_positive_rate: share of the validation hands without gesture that may pass; the
            threshold follows from it.
    """

    name: str
    licence: str
    attribution: str
    plan: ExportPlan
    false_positive_rate: float


def make_model(
    folder: Path, trained: TrainedNetwork, data: TrainingData, job: ExportJob
) -> tuple[ModelManifest, tuple[Verdict, ...]]:
    """Export a trained network into ``folder``, if every file agrees with it; its weights go along,
    so that others can start from it.

    Temperature and threshold are set on the validation hands, where there are any.

    Raises:
        ModelError: a file disagrees with the network; the folder is as it was.
    """
    recipe = trained.recipe
    spec = PreprocessSpec(recipe["input_size"], recipe["crop_margin"], IMAGENET_MEAN, IMAGENET_STD)
    manifest = ModelManifest(
        name=job.name,
        model_file=MODEL_FILE,
        sha256="0" * 64,
        labels=trained.labels,
        threshold=UNTESTED_THRESHOLD,
        preprocess=spec,
        metrics={},
        licence=job.licence,
        attribution=job.attribution,
    )
    networks = export_networks(
        trained.net, spec, spread(data.train, spec, CALIBRATION_HANDS), job.plan
    )
    validation = validation_side(data, trained.labels, spec)
    measured = Trained(make_golden(trained.net, manifest))
    if validation is not None:
        logits = run_torch(trained.net, validation.batch)
        manifest = _calibrated(manifest, logits, validation, job.false_positive_rate)
        measured = replace(measured, validation=validation, score=score(logits, validation))
    written, verdicts = install(folder, networks, manifest, measured)
    save_network(folder / WEIGHTS_NAME, trained.net, trained.labels, trained.recipe, half=True)
    return written, verdicts


def quantise_model(model: LoadedModel, data: TrainingData) -> tuple[Verdict, ...]:
    """Add an INT8 file, made of the fp32 one, to a model that has a golden set.

    Raises:
        ModelError: the model has no fp32 file or no golden set, or the result disagrees with it;
            the folder is as it was.
    """
    manifest, golden = model.manifest, load_golden(model.folder)
    plain = read_network(model, Precision.FP32)
    if plain is None:
        raise ModelError(
            f"The model {manifest.name} cannot be quantised",
            "it has no fp32 file",
            "Export it again from its training run.",
        )
    hands = spread(data.train, manifest.preprocess, CALIBRATION_HANDS)
    quantised = quantise(onnx.load_model_from_string(plain), hands)
    networks = {precision: read_network(model, precision) for precision in PRECISIONS}
    networks[Precision.INT8] = bytes(quantised.SerializeToString())
    kept = {precision: file for precision, file in networks.items() if file is not None}
    validation = validation_side(data, manifest.labels, manifest.preprocess)
    measured = Trained(golden, validation, _score_of(plain, validation))
    _, verdicts = install(model.folder, kept, manifest, measured)
    return verdicts


def validation_side(
    data: TrainingData, labels: Sequence[str], spec: PreprocessSpec
) -> Validation | None:
    """The hands that were held out, None if there are none."""
    known = set(labels)
    if not any(sample.target in known for cache in data.validation for sample in cache.samples):
        return None
    return validation_hands(data.validation, labels, spec)


def _score_of(network: bytes, validation: Validation | None) -> Score | None:
    if validation is None:
        return None
    with closing(OnnxCpu().load(network)) as backend:
        return score(run_batches(backend, validation.batch), validation)


def _calibrated(
    manifest: ModelManifest, logits: FloatArray, validation: Validation, rate: float
) -> ModelManifest:
    """Temperature and threshold by the trained network's answers to the validation hands."""
    temperature = fit_temperature(logits, validation.targets)
    nothing = manifest.no_gesture_index
    _, margins = best_gestures(softmax(logits / np.float32(temperature)), nothing)
    threshold = threshold_at_rate(margins[validation.targets == nothing], rate)
    return replace(manifest, temperature=temperature, threshold=threshold)
