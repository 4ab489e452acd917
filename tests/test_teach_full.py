"""Teaching all layers, with real torch, on a network that is small enough."""

from __future__ import annotations

import copy
import hashlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from gesture_app.core.errors import ModelError
from gesture_app.core.extras import installing_command
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.archive_contents import REPLAY_PICTURES_NAME
from gesture_app.store.judgement import load_judgement
from gesture_app.store.library import ModelLibrary
from gesture_app.store.models import load_model
from gesture_app.store.sample_layout import FULL_RUNS
from gesture_app.store.samples import SampleStore
from gesture_app.store.training_events import Done, Evaluated, Event, StageName, Step
from gesture_app.store.training_job import TeachingMode
from gesture_app.vision.network_check import check_networks
from tests.hand_samples import real_samples
from tests.made_up_hands import LABELS, RECIPE, made_up_hands, write_recipe
from tests.slim_networks import exported_model, slim_network
from training.batches import BatchSource
from training.card.verifying import Verdict, verify_card
from training.checkpoint import CHECKPOINT_NAME
from training.distributed import World
from training.errors import TrainingError
from training.learner import Learner
from training.losses import Lesson, teacher_loss, total_loss
from training.precision import Precision
from training.release_replay import write_replay
from training.release_replay_pictures import write_replay_pictures
from training.teach.cancelling import CancelRequest
from training.teach.full_outputs import OtherFeatures, fit_new_outputs
from training.teach.full_run import opened_run
from training.teach.places import Places
from training.teach.reporting import StageClock
from training.teach.teaching import TeachJob, teach
from training.trained_network import TrainedNetwork, with_labels

STEPS = 4
OWN = "three_any"
"""A name that training gives a meaning of its own in the data sets of the bundled model."""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Threads only wait for each other on networks as small as these."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """A bundled model with what it ships for teaching, and an empty library."""
    root = tmp_path_factory.mktemp("places")
    recipe = write_recipe(
        root / "teach.toml",
        RECIPE,
        steps=STEPS,
        landmark_steps=0,
        checkpoint_every=2,
        evaluate_every=STEPS,
        turned_share=0.0,
        distillation=1.0,
    )
    with exported_model() as bundled:
        hands = made_up_hands(("ann", "mid"), 24)
        write_replay(load_model(bundled), {"webcam_test": hands}, lambda: None)
        write_replay_pictures(bundled, LABELS, hands, made_up_hands(("eve",), seed=1))
        library = ModelLibrary(root / "library", bundled, check_networks)
        yield Places(bundled, root / "features", library, root / "hand.task", recipe)


@pytest.fixture
def gesture_set(tmp_path: Path) -> Path:
    """Two recordings of a gesture, and two of nothing."""
    store, hands = SampleStore(tmp_path / "set"), iter(real_samples())
    recordings = ((OWN, 8), (OWN, 6), (NO_GESTURE, 5), (NO_GESTURE, 4))
    for number, (label, count) in enumerate(recordings):
        writer = store.begin(label, "test", f"recording-{number}")
        for hand in islice(hands, count):
            writer.add(hand)
        writer.close()
    return store.root


def teach_fully(root: Path, places: Places, heard: list[Event], stop_at: int = 0) -> Done:
    def tell(event: Event) -> None:
        heard.append(event)
        if isinstance(event, Step) and event.step == stop_at:
            signal.raise_signal(signal.SIGTERM)

    return teach(TeachJob(root, TeachingMode.FULL, root / "model"), places, StageClock(tell))


def test_a_cancelled_run_goes_on_and_ends_with_a_judged_model(
    gesture_set: Path, places: Places
) -> None:
    heard: list[Event] = []
    with pytest.raises(CancelRequest):
        teach_fully(gesture_set, places, heard, stop_at=1)  # heard by the next step
    assert not (gesture_set / "model").exists()
    assert [path.name for path in (gesture_set / FULL_RUNS).glob(f"*/{CHECKPOINT_NAME}")]

    heard.clear()
    done = teach_fully(gesture_set, places, heard)
    assert [event.step for event in heard if isinstance(event, Step)] == [3, 4]
    assert [event.step for event in heard if isinstance(event, Evaluated)] == [STEPS]
    assert set(done.seconds) >= {StageName.TRAIN, StageName.JUDGE, StageName.WRITE}
    assert not (gesture_set / FULL_RUNS).exists()

    folder = gesture_set / "model"
    model, judgement = load_model(folder), load_judgement(folder)
    assert model.manifest.labels == (*LABELS, OWN)
    assert model.manifest.names == {OWN: OWN}
    # Rounded to eight bits, a network this young may answer too differently to be kept.
    assert set(model.manifest.variants) >= {"fp32", "fp16"}
    assert judgement is not None
    assert (judgement.mode, judgement.split) == (TeachingMode.FULL, "sessions")
    own = judgement.gestures[0]
    # The smaller recording is held out, the other one learnt from.
    assert (own.label, own.support, own.split) == (OWN, 6, "sessions")
    assert not any(finding.verdict is Verdict.ALTERED for finding in verify_card(folder))


def test_without_pytorch_the_command_that_brings_it_is_named(
    gesture_set: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(TrainingError) as caught:
        teach_fully(gesture_set, places, [])
    assert installing_command("train") in caught.value.next_step


def test_a_run_is_found_again_by_its_plan_only(tmp_path: Path) -> None:
    with opened_run(tmp_path, {"steps": 1}) as first:
        (first / CHECKPOINT_NAME).touch()
    with opened_run(tmp_path, {"steps": 1}) as again:
        assert (again / CHECKPOINT_NAME).exists()
        with pytest.raises(TrainingError, match="another program"), opened_run(tmp_path, {}):
            pytest.fail("both are at it")
    with opened_run(tmp_path, {"steps": 2}) as other:
        assert not any(other.iterdir())
    assert not first.exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(TrainingError, match="cannot be written"),
        opened_run(tmp_path / "file", {}),
    ):
        pytest.fail("there is no such folder")


def test_what_the_network_began_as_is_heard_by_every_head_on_labels_it_never_learnt() -> None:
    recipe = replace(RECIPE, distillation=1.0)
    heads = [torch.tensor([[2.0, 0.0, 1.0]], requires_grad=True) for _ in range(3)]
    asked, targets = torch.tensor([[0.0, 2.0]]), torch.tensor([2])
    silent = teacher_loss(heads[2], Lesson(asked, (0, 1)), targets, recipe)
    assert float(silent.detach()) == 0
    began_as = Lesson(torch.stack([asked] * 3), (0, 1), is_start=True)
    alone = total_loss(heads, None, targets, recipe)
    (total_loss(heads, began_as, targets, recipe) - alone).backward()  # type: ignore[no-untyped-call]
    for head in heads:
        assert head.grad is not None
        assert head.grad[0, 0] > 0 > head.grad[0, 1]


def test_batch_statistics_stay_where_the_recipe_says_so() -> None:
    net = copy.deepcopy(slim_network())
    before = {name: buffer.clone() for name, buffer in net.named_buffers()}
    recipe = replace(RECIPE, frozen_statistics=True)
    learner = Learner(net, recipe, World(), Precision("fp32", ""), None)
    learner.learn(0, BatchSource([made_up_hands()], LABELS, recipe).batch(0, 32))
    assert all(torch.equal(buffer, before[name]) for name, buffer in net.named_buffers())


def test_new_outputs_know_the_new_gesture_before_any_step_and_leave_the_others_alone() -> None:
    labels = (*LABELS, "own wave")
    trained = TrainedNetwork(copy.deepcopy(slim_network()), LABELS, 18, True, {})
    net, hands = with_labels(trained, labels), made_up_hands()
    samples = tuple(
        replace(sample, label="own wave" if sample.label == "one" else sample.label)
        for sample in hands.samples
    )
    source = BatchSource([replace(hands, samples=samples)], labels, RECIPE)
    before = net.joint_head.weight[: len(LABELS)].clone()
    width = net.joint_head.in_features
    others = OtherFeatures(np.zeros((2, width), np.float32), np.array([0, 2], np.intp))
    fit_new_outputs(net, len(LABELS), source, RECIPE, others)
    assert torch.equal(net.joint_head.weight[: len(LABELS)], before)
    batch = source.batch(0, RECIPE.input_size)
    with torch.no_grad():
        crops, landmarks = map(torch.from_numpy, (batch.inputs.crops, batch.inputs.landmarks))
        named = net(crops, landmarks).argmax(1).numpy()
    new = batch.targets == len(LABELS)
    assert new.any()
    assert ((named == len(LABELS)) == new).all()


def test_the_shipped_pictures_show_every_gesture_and_judge_by_others_than_they_teach() -> None:
    from gesture_app.store.paths import assets_dir
    from training.teach.replay_pictures import load_replay_pictures

    folder = assets_dir() / "models" / "default"
    pictures = load_replay_pictures(folder)
    labels = set(load_model(folder).manifest.labels)
    sides = (pictures.learn, pictures.judge)
    for hands in sides:
        assert {sample.label for sample in hands.samples} == labels
        assert np.isfinite(hands.landmarks).all()
    learnt, judged = (
        {
            hashlib.sha256(hands.contexts[row].tobytes()).digest()
            for row in range(len(hands.samples))
        }
        for hands in sides
    )
    assert not learnt & judged
    assert (folder / REPLAY_PICTURES_NAME).stat().st_size < 3 * 1024 * 1024


@pytest.mark.parametrize("damage", ["cut", "picture", "missing"])
def test_damaged_pictures_are_refused(places: Places, tmp_path: Path, damage: str) -> None:
    from training.teach.replay_pictures import load_replay_pictures

    content = bytearray((places.bundled / REPLAY_PICTURES_NAME).read_bytes())
    if damage == "cut":
        del content[-100:]
    elif damage == "picture":
        start = content.rindex(b"\xff\xd8\xff")
        content[start : start + 3] = b"\0\0\0"
    if damage != "missing":
        (tmp_path / REPLAY_PICTURES_NAME).write_bytes(content)
    with pytest.raises(ModelError, match="All layers"):
        load_replay_pictures(tmp_path)
