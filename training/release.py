"""The bundled model from end to end: data → cache → training → export → parity → evaluation → card.

Each stage leaves files in the run folder and is skipped when they are there, so that a run that
was stopped goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import torch

from gesture_app.core.manifest import ModelManifest
from gesture_app.store.models import LoadedModel, load_model
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import GestureClassifier
from gesture_app.vision.mediapipe_hands import MediaPipeHands
from training.batches import BatchSource
from training.cache import CachedHands, build_cache, load_cache
from training.card.content import Parity as ParityRow
from training.card.content import ThresholdRule
from training.card.writing import write_card
from training.config import Recipe
from training.datasets import LABELS, Sample, scan_hagrid_crops, scan_webcam
from training.evaluate import answer_pictures, operating_point, threshold_at
from training.evaluation_file import (
    Evaluation,
    header_of,
    load_evaluation,
    save_evaluation,
)
from training.export import ExportPlan, export_networks
from training.golden import make_golden, run_torch
from training.installing import Trained, install, write_manifest
from training.loop import train
from training.model import GestureNet
from training.network_inputs import spread
from training.parity import Verdict, score, validation_hands
from training.progress import counting_bar, training_report
from training.release_card import describe_pretraining, describe_set, release_source
from training.resnet import load_pretrained

LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = (
    "Trained on HaGRID (hukenovs/hagrid, Kapitanov et al., CC BY-SA 4.0) and on webcam pictures of "
    "five people from repositories under MIT and Apache-2.0; pretrained ResNet-50 by He et al. "
    "(MIT). See NOTICE."
)
MODEL_FILE = "gestures.onnx"
VALIDATION_SET = "webcam_measure"
CALIBRATION_HANDS = 128
"""Training hands from which INT8 takes the ranges of its activations."""

FALSE_POSITIVE_RATE = 0.09
"""The threshold is set where at most this share of the validation people's non-gesture pictures
passes: a little under the 10 % that the product promises."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where things are.

    Attributes:
        shared: folder with ``data`` and ``weights``.
        run: where everything is written.
        hand_model: bytes of MediaPipe's hand landmarker.
        as_json: report training progress as JSON Lines.
        attributes: for the card, beyond what it holds anyway.
    """

    recipe: Recipe
    shared: Path
    run: Path
    hand_model: bytes
    as_json: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def make_release(job: Job) -> ModelManifest:
    """All stages; returns the manifest of the finished model in ``run/model``.

    Raises:
        ValueError: a file does not fit, or the exported network disagrees with the trained one.
    """
    caches = [cached(job, name) for name in job.recipe.sets]
    net = trained(job, caches)
    export(job, net, caches)
    return finish(job, evaluated(job))


def scan(shared: Path, name: str) -> list[Sample]:
    """Samples of the data set ``name`` below ``shared/data``."""
    root = shared / "data" / name
    return scan_hagrid_crops(root) if name.startswith("hagrid") else scan_webcam(root)


def cached(job: Job, name: str) -> CachedHands:
    """Find the hands of a data set, once."""
    folder = job.run / "cache" / name
    if not (folder / "index.jsonl").exists():
        samples = scan(job.shared, name)
        detector = MediaPipeHands(job.hand_model, video=False)
        try:
            with counting_bar(f"finding hands in {name}", len(samples)) as advance:
                counts = build_cache(samples, detector, folder, advance)
        finally:
            detector.close()
        (folder / "counts.json").write_text(json.dumps(dict(sorted(counts.items())), indent=2))
    return load_cache(folder)


def trained(job: Job, caches: Sequence[CachedHands]) -> GestureNet:
    """Train, or load what was trained."""
    recipe = job.recipe
    job.run.mkdir(parents=True, exist_ok=True)
    (job.run / "recipe.json").write_text(json.dumps(recipe.to_json(), indent=2))
    torch.manual_seed(recipe.seed)
    net = GestureNet(len(LABELS))
    load_pretrained(net.backbone, job.shared / recipe.pretrained, recipe.pretrained_sha256)
    source = BatchSource(caches, LABELS, recipe)
    with training_report(job.as_json) as report:
        return train(net, source, recipe, job.run, report)


def export(job: Job, net: GestureNet, caches: Sequence[CachedHands]) -> None:
    """Write ``run/model``, if the parity gate finds that it still is the network it came from."""
    spec = job.recipe.spec()
    manifest = ModelManifest(
        name=job.recipe.name,
        model_file=MODEL_FILE,
        sha256="0" * 64,
        labels=LABELS,
        threshold=0.0,
        preprocess=spec,
        metrics={},
        licence=LICENCE,
        attribution=ATTRIBUTION,
    )
    networks = export_networks(net, spec, spread(caches, spec, CALIBRATION_HANDS), ExportPlan())
    validation = validation_hands([cached(job, VALIDATION_SET)], LABELS, spec)
    trained = Trained(
        make_golden(net, manifest), validation, score(run_torch(net, validation.batch), validation)
    )
    _, verdicts = install(job.run / "model", networks, manifest, trained)
    rows = [asdict(parity_row(verdict)) for verdict in verdicts]
    (job.run / "parity.json").write_text(json.dumps(rows, indent=2))


def parity_row(verdict: Verdict) -> ParityRow:
    """What the card says of the gate's verdict."""
    found = verdict.agreement
    return ParityRow(verdict.precision, found.same_label, found.mean_change, found.samples)


def evaluated(job: Job) -> Evaluation:
    """Run the exported model on the validation people, the app's own way."""
    path = job.run / "evaluation.jsonl"
    model = load_model(job.run / "model")
    stored = load_evaluation(path) if path.exists() else None
    # Another network or temperature since then makes the stored answers void.
    if stored is None or stored.header != header_of(model.manifest, VALIDATION_SET):
        samples = scan(job.shared, VALIDATION_SET)
        stored = evaluate_model(job.hand_model, model, VALIDATION_SET, samples)
        save_evaluation(stored, path)
    return stored


def evaluate_model(
    hand_model: bytes, model: LoadedModel, data: str, samples: Sequence[Sample]
) -> Evaluation:
    """Answers of an exported model on the data set named ``data``, hand detector included."""
    detector = MediaPipeHands(hand_model, video=False)
    classifier = GestureClassifier(OnnxCpu().load(model.onnx), model.manifest)
    try:
        with counting_bar("evaluating", len(samples)) as advance:
            answers = answer_pictures(samples, detector, classifier, advance)
    finally:
        classifier.close()
        detector.close()
    return Evaluation(header_of(model.manifest, data), tuple(answers))


def finish(job: Job, evaluation: Evaluation) -> ModelManifest:
    """Set the threshold, write the final manifest, then the card that is made for it."""
    folder = job.run / "model"
    manifest = load_model(folder).manifest
    answers = evaluation.answers
    point = operating_point(answers, threshold_at(answers, FALSE_POSITIVE_RATE))
    metrics = {
        f"{VALIDATION_SET} recall": round(point.recall, 4),
        f"{VALIDATION_SET} false positives": round(point.false_positives, 4),
    }
    final = replace(manifest, threshold=point.threshold, metrics=metrics)
    write_manifest(folder, final)
    parity = [ParityRow(**row) for row in json.loads((job.run / "parity.json").read_text())]
    roles = dict.fromkeys(job.recipe.sets, "training") | {VALIDATION_SET: "validation"}
    data = job.shared / "data"
    sets = [describe_set(data / name, role, scan(job.shared, name)) for name, role in roles.items()]
    source = release_source(
        job.recipe,
        job.run,
        evaluation,
        [describe_pretraining(job.recipe), *sets],
        ThresholdRule(FALSE_POSITIVE_RATE, on_this_evaluation=True),
        job.attributes,
    )
    write_card(folder, replace(source, parity=tuple(parity)))
    return final
