"""The bundled model from end to end: pictures → hands → teacher → pruned network → files → card.

Each stage leaves files in the run folder and is skipped when they are there, so that a run that
was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gesture_app.core.manifest import ModelManifest
from gesture_app.store.models import LoadedModel, load_model
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from gesture_app.vision.classifier import GestureClassifier
from gesture_app.vision.mediapipe_hands import MediaPipeHands
from training.cache import load_cache
from training.card.content import PruningStep, ThresholdRule, Throughput
from training.card.gathering import parity_rows
from training.card.writing import write_card
from training.config import Recipe
from training.datasets import Sample
from training.evaluate import answer_pictures, operating_point, threshold_at
from training.evaluation_file import Evaluation, header_of, load_evaluation, save_evaluation
from training.export import ExportPlan
from training.installing import write_manifest
from training.model_making import ExportJob, make_model
from training.parity import Verdict
from training.progress import counting_bar
from training.release_card import describe_pretraining, describe_set, release_source
from training.release_data import UNSEEN, HandCaches, render_pictures, scan
from training.release_network import NetworkJob, Networks, pruning_steps, trained_network
from training.release_replay import write_replay
from training.release_replay_pictures import write_replay_pictures
from training.release_speed import throughput_of
from training.rendered_set import SOURCE as RENDERED
from training.trained_network import TrainedNetwork
from training.training_data import TrainingData, gather

LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = (
    "Trained on HaGRID (hukenovs/hagrid, Kapitanov et al., CC BY-SA 4.0) and on webcam pictures of "
    "five people from repositories under MIT and Apache-2.0; pretrained ResNet-50 by He et al. "
    "(MIT). See NOTICE."
)
VALIDATION_SET = "webcam_measure"
FALSE_POSITIVE_RATE = 0.05
"""The threshold is set where at most this share of the validation people's non-gesture pictures
passes."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where things are.

    Attributes:
        teacher: recipe of the network that is pruned and learned from, None to train without.
        shared: folder with ``data`` and ``weights``.
        run: where everything is written.
        hand_model: bytes of MediaPipe's hand landmarker.
        as_json: report training progress as JSON Lines.
        attributes: for the card, beyond what it holds anyway.
    """

    recipe: Recipe
    teacher: Recipe | None
    shared: Path
    run: Path
    hand_model: bytes
    as_json: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def caches(self) -> HandCaches:
        return HandCaches(self.shared, self.run / "cache", self.hand_model)

    @property
    def model(self) -> Path:
        return self.run / "model"


def make_release(job: Job) -> ModelManifest:
    """All stages; returns the manifest of the finished model in ``run/model``.

    Raises:
        ValueError: a file does not fit.
        AppError: data is missing, or an exported file disagrees with the trained network.
    """
    render_pictures(job.caches, job.recipe)
    data = gather(job.recipe.sets, [VALIDATION_SET], job.caches.find)
    networks = train_networks(job, data)
    verdicts = export(job, networks.final, data)
    throughput = throughput_of(job.run, load_model(job.model), networks, data)
    leave_replay(job)
    return finish(job, evaluated(job), verdicts, networks.pruning, throughput)


def train_networks(job: Job, data: TrainingData) -> Networks:
    """Train the teacher, if there is one, and the network that ships."""
    own = _network_job(job, job.recipe, data, job.run)
    if job.teacher is None:
        return Networks(trained_network(own, None), None, ())
    teacher_data = gather(job.teacher.sets, [VALIDATION_SET], job.caches.find)
    teacher = trained_network(
        _network_job(job, job.teacher, teacher_data, job.run / "teacher"), None
    )
    final = trained_network(own, teacher)
    return Networks(final, teacher, pruning_steps(own, teacher, final))


def _network_job(job: Job, recipe: Recipe, data: TrainingData, run: Path) -> NetworkJob:
    return NetworkJob(recipe, data, run, job.shared / recipe.pretrained, job.as_json)


def export(job: Job, final: TrainedNetwork, data: TrainingData) -> tuple[Verdict, ...]:
    """Write ``run/model``, if the parity gate finds that it still is the network it came from."""
    plan = ExportJob(job.recipe.name, LICENCE, ATTRIBUTION, ExportPlan(), FALSE_POSITIVE_RATE)
    _, verdicts = make_model(job.model, final, data, plan)
    return verdicts


def leave_replay(job: Job) -> None:
    """Write the hands that teaching needs beside the network: of the training sets alone, since
    what ships is made from them; pictures only of rendered ones."""
    caches = {name: load_cache(job.caches.find(name)) for name in job.recipe.sets}
    hands = sum(len(cache.samples) for cache in caches.values())
    base = load_model(job.model)
    with counting_bar("hands for teaching", hands) as advance:
        write_replay(base, caches, advance)
    if RENDERED in caches:
        unseen = load_cache(job.caches.find(UNSEEN))
        write_replay_pictures(base.folder, base.manifest.labels, caches[RENDERED], unseen)


def evaluated(job: Job) -> Evaluation:
    """Run the exported model on the validation people, the app's own way."""
    path = job.run / "evaluation.jsonl"
    model = load_model(job.model)
    stored = load_evaluation(path) if path.exists() else None
    # Another network or temperature since then makes the stored answers void.
    if stored is None or stored.header != header_of(model.manifest, VALIDATION_SET):
        samples = scan(job.caches.root(VALIDATION_SET), VALIDATION_SET)
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


def finish(
    job: Job,
    evaluation: Evaluation,
    verdicts: Sequence[Verdict],
    pruning: Sequence[PruningStep],
    throughput: Sequence[Throughput],
) -> ModelManifest:
    """Set the threshold by whole pictures, write the manifest, then the card made for it."""
    manifest, answers = load_model(job.model).manifest, evaluation.answers
    point = operating_point(answers, threshold_at(answers, FALSE_POSITIVE_RATE))
    metrics = {
        f"{VALIDATION_SET} recall": round(point.recall, 4),
        f"{VALIDATION_SET} false positives": round(point.false_positives, 4),
    }
    final = replace(manifest, threshold=point.threshold, metrics=metrics)
    write_manifest(job.model, final)
    roles = dict.fromkeys(job.recipe.sets, "training") | {VALIDATION_SET: "validation"}
    roots = {name: job.caches.root(name) for name in roles}
    sets = [describe_set(roots[n], role, scan(roots[n], n)) for n, role in roles.items()]
    source = release_source(
        job.recipe,
        job.run,
        evaluation,
        [describe_pretraining(job.teacher or job.recipe), *sets],
        ThresholdRule(FALSE_POSITIVE_RATE, on_this_evaluation=True),
        job.attributes,
        job.teacher,
    )
    parity = parity_rows(verdicts)
    write_card(
        job.model,
        replace(source, parity=parity, pruning=tuple(pruning), throughput=tuple(throughput)),
    )
    return final
