"""``gesture-train teach``: a gesture set → a model that knows its gestures too.

Samples → features → what is learnt and how good it is → a checked model folder. What takes long is
cached by content, so that a run that was killed goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gesture_app.core.manifest import ModelManifest
from gesture_app.store.models import LoadedModel, load_model
from gesture_app.store.sample_layout import MODEL_FOLDER
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_events import Done, StageName
from gesture_app.store.training_job import TeachingMode
from gesture_app.vision.network_check import check_networks
from training.teach.full_run import check_pytorch, forget_runs
from training.teach.judging import Material
from training.teach.learnt import Learnt
from training.teach.model_folder import TaughtModel, empty_folder, finishing, write_taught_model
from training.teach.places import Places
from training.teach.quick import learn_quickly
from training.teach.replay import load_replay
from training.teach.reporting import StageClock, counting
from training.teach.sample_features import SampleFeatures
from training.teach.taught_card import write_taught_card
from training.teach.training_set import TrainingSet, read_training_set

_NAMED_GESTURES = 4
"""More do not fit into a model's name."""


@dataclass(frozen=True, slots=True)
class TeachJob:
    """What to make of a gesture set.

    Attributes:
        root: the set's folder.
        out: folder of the finished model; None to take it into the library instead.
        name: of the model; made from the gestures if it is empty.
    """

    root: Path
    mode: TeachingMode
    out: Path | None
    name: str = ""


def teach(job: TeachJob, places: Places, clock: StageClock) -> Done:
    """Teach a set to the bundled model.

    Raises:
        AppError: there is too little to learn from, something cannot be read or written, or the
            result does not pass its checks. The model that is in use is untouched.
    """
    if job.mode is TeachingMode.FULL:
        check_pytorch()
    base, store = load_model(places.bundled), SampleStore(job.root)
    replay = load_replay(base.folder)
    training_set = read_training_set(job.root, store, base.manifest.labels)
    with clock.stage(StageName.FEATURES, len(training_set.samples)) as advance:
        features = SampleFeatures(base, replay.space, places.features)
        own = features.bring_up_to_date(store, training_set.samples, advance)
    material = Material(own, replay.learn, replay.judge, training_set.fingerprints)
    if job.mode is TeachingMode.QUICK:
        learnt = learn_quickly(base, material, replay.space, training_set, clock)
    else:
        from training.teach.full import learn_fully  # brings PyTorch in

        learnt = learn_fully(
            base, material, replay.space, training_set, store, places.full_recipe, clock
        )
    networks = len(learnt.networks)
    with clock.stage(StageName.WRITE, networks + 2) as advance:
        note = counting(advance, networks + 2)
        with (empty_folder if job.out is None else finishing)(_target(job)) as folder:
            model = TaughtModel(
                learnt.networks,
                _manifest(job, base, training_set, learnt),
                learnt.golden,
                learnt.judgement,
            )
            manifest, verdicts = write_taught_model(folder, model, note)
            write_taught_card(folder, base, learnt, verdicts)
            note()
            model_id = None
            if job.out is None:
                installed = places.library.add_folder(folder)
                target, model_id = installed.folder, installed.id
            else:
                check_networks(sorted(folder.glob("*.onnx")), manifest)
                target = job.out
    if job.mode is TeachingMode.FULL:
        forget_runs(job.root)
    counts = {"samples": len(training_set.samples), "gestures": len(training_set.names)}
    return Done(job.mode, str(target), model_id, clock.seconds, counts)


def _target(job: TeachJob) -> Path:
    return job.out or job.root / MODEL_FOLDER


def _manifest(
    job: TeachJob, base: LoadedModel, training_set: TrainingSet, learnt: Learnt
) -> ModelManifest:
    """As the base's: preprocessing, temperature and threshold stay, under which it was judged."""
    pictures, judged = len(training_set.samples), learnt.judgement
    return replace(
        base.manifest,
        name=job.name or _name(base, training_set),
        labels=learnt.labels,
        names=dict(training_set.names),
        metrics={
            "built-in gestures right before": judged.built_in_before.share,
            "built-in gestures right": judged.built_in_after.share,
        },
        attribution=f"{base.manifest.attribution} Taught further with {pictures} pictures by "
        "whoever made this model.",
    )


def _name(base: LoadedModel, training_set: TrainingSet) -> str:
    """``Gesture Studio + wave, spiderman``."""
    names = list(training_set.names.values())
    told = ", ".join(names[:_NAMED_GESTURES])
    if len(names) > _NAMED_GESTURES:
        told += f" and {len(names) - _NAMED_GESTURES} more"
    return f"{base.manifest.name} + {told}" if names else f"{base.manifest.name}, taught"
