"""What a model file says of itself: labels, preprocessing, threshold, hash.

The manifest is the only source of these; a model without a valid one is refused. It is data from
outside and therefore checked field by field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gesture_app.core.errors import ModelError
from gesture_app.core.preprocess import PreprocessSpec
from gesture_app.core.types import NO_GESTURE

MANIFEST_SCHEMA = 2
"""1: no temperature and no variants; still read."""
MANIFEST_NAME = "manifest.json"
COLOR_ORDER = "RGB"
MAX_LABEL_LENGTH = 40
MAX_NAME_LENGTH = 200
"""Of what people call a gesture."""
_LABEL = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_\-]{{0,{MAX_LABEL_LENGTH - 1}}}")
_MARKUP = re.compile(r"<.*>", re.DOTALL)
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,79}\.onnx")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_LABELS = 1000
PRECISIONS = ("fp32", "fp16", "int8")
"""What a variant of a network may compute in."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A network's file beside its manifest.

    Attributes:
        file: plain ``.onnx`` file name, no folders.
        sha256: of its content, 64 lower-case hex digits.
    """

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """A validated manifest.

    Attributes:
        name: shown to people.
        model_file: file name beside the manifest, no folders: the variant that CPUs run.
        sha256: of the model file, 64 lower-case hex digits.
        labels: in the order of the network's outputs; contains `NO_GESTURE` once.
        threshold: smallest margin (best gesture's probability minus `NO_GESTURE`'s) that is
            accepted as a gesture.
        preprocess: how to cut and normalise a hand for this model.
        metrics: figures of the evaluation, name → number, for display only.
        licence: SPDX identifier of the weights.
        attribution: whose data the weights were trained on.
        temperature: what logits are divided by before the softmax, so that probabilities are as
            often right as they say (Guo et al. 2017, "On Calibration of Modern Neural Networks").
        variants: precision (see `PRECISIONS`) → file of the same network computing in it.
        names: label → what people call it, of the gestures that somebody taught.
    """

    name: str
    model_file: str
    sha256: str
    labels: tuple[str, ...]
    threshold: float
    preprocess: PreprocessSpec
    metrics: Mapping[str, float]
    licence: str
    attribution: str
    temperature: float = 1.0
    variants: Mapping[str, ModelFile] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def no_gesture_index(self) -> int:
        return self.labels.index(NO_GESTURE)


def is_label(text: str) -> bool:
    """Whether a gesture may have this label. Two of one model must not differ in case only."""
    return _matches(_LABEL, text)


def may_be_markup(text: str) -> bool:
    """Whether a window could take a name for HTML and load what it refers to, as Qt's tool tips do
    with pictures in shared folders."""
    return _MARKUP.search(text) is not None


def parse_manifest(text: str) -> ModelManifest:
    """Read and check a manifest.

    Raises:
        ModelError: it is not JSON, or a field is missing, of the wrong type or out of range.
    """
    try:
        value = json.loads(text)
        return _from_json(value)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ModelError(
            "The model's manifest cannot be used",
            f"{type(error).__name__}: {error}",
            "Install the model again, or choose another one.",
        ) from error


def dump_manifest(manifest: ModelManifest) -> str:
    """The manifest as JSON text that `parse_manifest` reads back to an equal value."""
    spec = manifest.preprocess
    value = {
        "schema": MANIFEST_SCHEMA,
        "name": manifest.name,
        "model_file": manifest.model_file,
        "sha256": manifest.sha256,
        "labels": list(manifest.labels),
        "threshold": manifest.threshold,
        "temperature": manifest.temperature,
        "preprocess": {
            "color_order": COLOR_ORDER,
            "input_size": spec.input_size,
            "crop_margin": spec.crop_margin,
            "mean": list(spec.mean),
            "std": list(spec.std),
        },
        "metrics": dict(manifest.metrics),
        "licence": manifest.licence,
        "attribution": manifest.attribution,
        "variants": {
            precision: {"file": variant.file, "sha256": variant.sha256}
            for precision, variant in manifest.variants.items()
        },
    }
    if manifest.names:  # models that nobody taught anything stay as they were
        value["names"] = dict(manifest.names)
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _from_json(value: Any) -> ModelManifest:
    _require(isinstance(value, dict), "the top level is not an object")
    schema = value["schema"]
    _require(
        type(schema) is int and 1 <= schema <= MANIFEST_SCHEMA, f"schema {schema!r} is unknown"
    )
    if schema == 1:
        value = {**value, "temperature": 1.0, "variants": {}}
    network = _model_file(value["model_file"], value["sha256"])
    metrics = value.get("metrics", {})
    _require(isinstance(metrics, dict), "metrics is not an object")
    labels = _labels(value["labels"])
    return ModelManifest(
        name=_shown(value["name"]),
        model_file=network.file,
        sha256=network.sha256,
        labels=labels,
        threshold=_number(value["threshold"], -1.0, 1.0),
        preprocess=_preprocess(value["preprocess"]),
        metrics={_text(k): _number(v, -1e12, 1e12) for k, v in metrics.items()},
        licence=_text(value["licence"]),
        attribution=_text(value["attribution"]),
        temperature=_number(value["temperature"], 0.05, 20.0),
        variants=_variants(value["variants"]),
        names=_names(value.get("names", {}), labels),
    )


def _model_file(file: Any, sha256: Any) -> ModelFile:
    _require(_matches(_FILE_NAME, file), "model_file is not a plain .onnx file name")
    _require(_matches(_SHA256, sha256), "sha256 is not 64 hex digits")
    return ModelFile(file, sha256)


def _variants(value: Any) -> dict[str, ModelFile]:
    _require(isinstance(value, dict), "variants is not an object")
    _require(value.keys() <= set(PRECISIONS), "variants names an unknown precision")
    return {key: _model_file(entry["file"], entry["sha256"]) for key, entry in value.items()}


def _labels(value: Any) -> tuple[str, ...]:
    _require(isinstance(value, list) and 2 <= len(value) <= _MAX_LABELS, "labels is not a list")
    _require(all(_matches(_LABEL, label) for label in value), "a label has characters not allowed")
    _require(len(set(value)) == len(value), "a label stands twice")
    folded = {label.casefold() for label in value}  # they name folders, also where case is lost
    _require(len(folded) == len(value), "two labels differ in case only")
    _require(NO_GESTURE in value, f"{NO_GESTURE} is missing from the labels")
    return tuple(value)


def _names(value: Any, labels: tuple[str, ...]) -> dict[str, str]:
    _require(isinstance(value, dict), "names is not an object")
    _require(value.keys() <= set(labels), "names has a label that is none of the model's")
    return {label: _name(name) for label, name in value.items()}


def _name(value: Any) -> str:
    """One line of what can be printed."""
    _require(len(_shown(value)) <= MAX_NAME_LENGTH, "a name is too long")
    _require(value.isprintable(), "a name is not one line")
    return str(value)


def _shown(value: Any) -> str:
    _require(not may_be_markup(_text(value)), f"{value!r} may be markup")
    return str(value)


def _preprocess(value: Any) -> PreprocessSpec:
    _require(isinstance(value, dict), "preprocess is not an object")
    _require(value["color_order"] == COLOR_ORDER, "color_order is not RGB")
    size = value["input_size"]
    _require(type(size) is int and 32 <= size <= 512, "input_size is not within 32 and 512")
    return PreprocessSpec(
        input_size=size,
        crop_margin=_number(value["crop_margin"], 1.0, 4.0),
        mean=_channels(value["mean"], 0.0),
        std=_channels(value["std"], 1e-3),
    )


def _channels(value: Any, low: float) -> tuple[float, float, float]:
    _require(isinstance(value, list) and len(value) == 3, "mean or std does not have 3 numbers")
    r, g, b = (_number(v, low, 1.0) for v in value)
    return r, g, b


def _number(value: Any, low: float, high: float) -> float:
    _require(type(value) in (int, float), f"{value!r} is not a number")
    # False for NaN too; math.isfinite would overflow on huge whole numbers.
    _require(low <= value <= high, f"{value!r} is not within {low} and {high}")
    return float(value)


def _text(value: Any) -> str:
    _require(isinstance(value, str) and 0 < len(value) <= 4000, f"{value!r} is not a text")
    return str(value)


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(otherwise)
