"""Features of samples: computed once, kept by content, computed again where they are damaged."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from gesture_app.core.errors import AppError, BackendError
from gesture_app.core.manifest import ModelFile
from gesture_app.store.models import load_model
from gesture_app.store.paths import assets_dir
from gesture_app.store.samples import SampleStore
from gesture_app.vision.feature_network import FeatureNetwork
from tests.hand_samples import record
from tests.networks import biased_network
from training.teach.feature_set import FeatureSet
from training.teach.replay import load_replay
from training.teach.sample_features import BATCH_ROWS, VARIATIONS, SampleFeatures
from training.teach.variants import PLAIN_ROWS

ROWS = PLAIN_ROWS + VARIATIONS
BASE = assets_dir() / "models" / "default"


def stored(rows: NDArray[np.float16]) -> bytes:
    file = BytesIO()
    np.save(file, rows)
    return file.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    store = SampleStore(tmp_path / "set")
    record(store, "wave", count=3)
    return store


def features(tmp_path: Path) -> SampleFeatures:
    return SampleFeatures(load_model(BASE), load_replay(BASE).space, tmp_path / "features")


def _say_nothing(_done: int, _total: int) -> None:
    pass


def computed(tmp_path: Path, store: SampleStore) -> FeatureSet:
    return features(tmp_path).bring_up_to_date(store, store.samples(), _say_nothing)


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "features").rglob("*.npy"))


def test_each_sample_has_its_rows_of_which_one_is_plain(tmp_path: Path, store: SampleStore) -> None:
    found = computed(tmp_path, store)
    assert len(found) == 3 * ROWS
    assert int(found.plain.sum()) == 3
    assert set(found.targets) == {"wave"}
    assert len(set(found.groups)) == 1
    assert set(found.ids) == {sample.id for sample in store.samples()}


def test_a_second_run_finds_everything_done_and_the_same(
    tmp_path: Path, store: SampleStore
) -> None:
    first = computed(tmp_path, store)
    times = [path.stat().st_mtime_ns for path in kept(tmp_path)]
    again = computed(tmp_path, store)
    assert [path.stat().st_mtime_ns for path in kept(tmp_path)] == times
    np.testing.assert_array_equal(again.features, first.features)
    np.testing.assert_array_equal(again.logits, first.logits)


def test_a_sample_that_moves_to_another_gesture_is_not_computed_again(
    tmp_path: Path, store: SampleStore
) -> None:
    computed(tmp_path, store)
    names = [path.name for path in kept(tmp_path)]
    store.move([store.samples()[0].id], "salute")
    assert set(computed(tmp_path, store).targets) == {"wave", "salute"}
    assert [path.name for path in kept(tmp_path)] == names


@pytest.mark.parametrize(
    "content", [b"", b"nothing", b"\x93NUMPY\x01\x00", stored(np.zeros((ROWS, 3), np.float16))]
)
def test_a_damaged_file_is_computed_again(
    tmp_path: Path, store: SampleStore, content: bytes
) -> None:
    first = computed(tmp_path, store)
    kept(tmp_path)[1].write_bytes(content)
    np.testing.assert_array_equal(computed(tmp_path, store).features, first.features)


def test_what_was_done_before_a_stop_is_kept(tmp_path: Path) -> None:
    store = SampleStore(tmp_path / "set")
    record(store, "wave", count=2 * BATCH_ROWS // ROWS)

    def stop_after_the_first_batch(done: int, _total: int) -> None:
        if done == BATCH_ROWS // ROWS:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        features(tmp_path).bring_up_to_date(store, store.samples(), stop_after_the_first_batch)
    assert len(kept(tmp_path)) == BATCH_ROWS // ROWS


def test_a_cache_that_cannot_be_written_is_said_in_words(
    tmp_path: Path, store: SampleStore
) -> None:
    (tmp_path / "features").write_text("a file where the folder should be")
    with pytest.raises(AppError, match="cannot be kept"):
        computed(tmp_path, store)


def test_a_network_without_features_is_refused() -> None:
    with pytest.raises(BackendError, match="gives no features"):
        FeatureNetwork(biased_network([1.0, 0.0]))


def test_only_a_network_in_fp32_gives_features() -> None:
    base = load_model(BASE)
    quantised = ModelFile(base.manifest.model_file, base.manifest.sha256)
    manifest = replace(base.manifest, variants={"int8": quantised})
    with pytest.raises(BackendError, match="no fp32 network"):
        FeatureNetwork.of(replace(base, manifest=manifest))


def test_a_set_without_samples_has_features_that_others_can_be_joined_to(tmp_path: Path) -> None:
    nothing = computed(tmp_path, SampleStore(tmp_path / "empty"))
    others = load_replay(BASE).judge
    assert len(nothing) == 0
    assert len(nothing.joined(others)) == len(others)
