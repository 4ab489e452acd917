"""What a model card holds: the schema of ``card.json`` as frozen dataclasses.

`CardSource` is what a run knows of itself; `Card` adds what is computed from the files beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from training.card.figures import Figures
from training.evaluation_file import Evaluation

CARD_SCHEMA = 2


@dataclass(frozen=True, slots=True)
class LossPoint:
    """One point of the loss curve.

    Attributes:
        loss: on training batches. ``validation_loss``: on the validation side, where it was
            computed at this step.
    """

    step: int
    loss: float
    validation_loss: float | None = None


@dataclass(frozen=True, slots=True)
class AmpSpeedUp:
    """Training in mixed precision against fp32, measured one after the other on one device."""

    device: str
    precision: str
    images_per_second: float
    fp32_images_per_second: float

    def __post_init__(self) -> None:
        if min(self.images_per_second, self.fp32_images_per_second) <= 0:
            raise ValueError("images per second must be positive")


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """How the network was trained.

    Attributes:
        recipe: every value that the run used.
        pictures_seen: pictures that went through the network, repetitions counted.
        epochs: None where batches are drawn by class and source, without passes over the data.
        device: what it ran on, with its name.
        precision: of the computation: fp32, fp16 or bf16.
        losses: oldest first; empty where the run kept none.
        amp: None where it was not run.
    """

    recipe: Mapping[str, Any]
    pictures_seen: int
    batch_size: int
    device: str
    precision: str
    epochs: float | None = None
    losses: tuple[LossPoint, ...] = ()
    amp: AmpSpeedUp | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set and what it was used for.

    Attributes:
        role: ``training``, ``pretraining``, ``validation`` …
        people: how many, None where that is not known.
        sha256: over its pictures, see `training.card.data_sets.hash_samples`, or of its manifest.
        licence: SPDX identifier, or in words.
        origin: where it comes from.
    """

    name: str
    role: str
    pictures: int
    people: int | None
    licence: str
    origin: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """How the threshold was chosen.

    Attributes:
        false_positive_rate: share of the non-gesture pictures that may pass.
        on_this_evaluation: True if it was chosen on the very answers that the card reports, which
            flatters; it is then checked too.
        chosen_on: in words, where it was not.
    """

    false_positive_rate: float
    on_this_evaluation: bool
    chosen_on: str = "other pictures than these"


@dataclass(frozen=True, slots=True)
class Parity:
    """How far an exported file agrees with the network that it came from.

    Attributes:
        agreement: share of samples with the same best label.
        mean_change: mean over samples of the largest change of a probability.
        accuracy: of the file on validation hands, ``trained_accuracy`` of the trained network;
            None where no hands were held out.
    """

    precision: str
    agreement: float
    mean_change: float
    samples: int
    accuracy: float | None = None
    trained_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Throughput:
    """One measured speed of the network by itself.

    Attributes:
        backend: named as in the app, e.g. ``ONNX Runtime CPU``.
        machine: processor or GPU with its threads or driver.
    """

    backend: str
    precision: str
    batch: int
    images_per_second: float
    p50_ms: float
    machine: str


@dataclass(frozen=True, slots=True)
class PruningStep:
    """The network at one stage of pruning.

    Attributes:
        stage: e.g. ``unpruned``, ``pruned``, ``retrained``.
        flops: multiply-adds counted twice, one picture at the network's input size.
        recall: None where it was not measured at this stage.
        measured_on: the data and the false-positive rate of that recall.
    """

    stage: str
    flops: int
    parameters: int
    recall: float | None = None
    measured_on: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceCurve:
    """Another classifier on the same pictures, for comparison; stated, not computed from answers.

    Attributes:
        points: (false-positive rate, recall), in [0, 1].
    """

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class CardSource:
    """Everything that a run knows of itself. What is empty is shown as not measured or not run.

    Attributes:
        created: date of the card, ``YYYY-MM-DD``.
        evaluation: answers of the very network file that the card lies beside.
        evaluation_note: whose pictures they are and how they were counted, in sentences.
        split: how training and validation were kept apart, in sentences.
        limits: measured or known weaknesses, one sentence each.
        attributes: whatever else its maker wants to state, name → value.
    """

    created: str
    training: TrainingRun
    data_sets: tuple[DataSet, ...]
    split: str
    evaluation: Evaluation
    evaluation_note: str
    intended_use: str
    limits: tuple[str, ...] = ()
    threshold_rule: ThresholdRule | None = None
    parity: tuple[Parity, ...] = ()
    throughput: tuple[Throughput, ...] = ()
    pruning: tuple[PruningStep, ...] = ()
    references: tuple[ReferenceCurve, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of the model as it was when the card was made.

    Attributes:
        precision: that a network computes in; empty for other files.
    """

    name: str
    precision: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the manifest said when the card was made.

    Attributes:
        manifest_sha256: of the manifest as a whole.
        files: the network in each precision, the one that CPUs run by default first, and what
            else the model has beside it.
    """

    name: str
    licence: str
    attribution: str
    labels: tuple[str, ...]
    input_size: int
    threshold: float
    temperature: float
    files: tuple[ModelFile, ...]
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class StoredEvaluation:
    """Figures, and the file that they follow from."""

    file: str
    sha256: str
    data: str
    note: str
    threshold_rule: ThresholdRule | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Card:
    """The content of ``card.json``.

    Attributes:
        made_with: package → version.
        others as in `CardSource`.
    """

    schema: int
    created: str
    made_with: Mapping[str, str]
    model: ModelFacts
    training: TrainingRun
    data_sets: tuple[DataSet, ...]
    split: str
    evaluation: StoredEvaluation
    intended_use: str
    limits: tuple[str, ...]
    parity: tuple[Parity, ...]
    throughput: tuple[Throughput, ...]
    pruning: tuple[PruningStep, ...]
    references: tuple[ReferenceCurve, ...]
    attributes: Mapping[str, str]
