"""``gesture-train features``: what the network says of samples, computed while they are recorded,
so that teaching afterwards finds it done."""

from __future__ import annotations

import time
from collections.abc import Callable

from gesture_app.store.models import load_model
from gesture_app.store.samples import SampleInfo, SampleStore
from gesture_app.store.training_events import StageName
from training.teach.places import Places
from training.teach.replay import load_replay
from training.teach.reporting import StageClock
from training.teach.sample_features import SampleFeatures

POLL_S = 0.3
"""Between two looks at the store."""


def compute_features(store: SampleStore, places: Places, clock: StageClock) -> int:
    """Bring the cache up to date once; returns how many samples there are.

    Raises:
        AppError: the model cannot be loaded, or the cache not be written.
    """
    samples = store.samples()
    _opened(places, store, clock)(samples)
    return len(samples)


def follow(store: SampleStore, places: Places, clock: StageClock) -> None:
    """Keep the cache up to date until a `CancelRequest` ends it.

    Raises:
        AppError: the model cannot be loaded, or the cache not be written.
    """
    bring_up_to_date = _opened(places, store, clock)
    done: set[str] = set()
    while True:
        new = tuple(sample for sample in store.samples() if sample.digest not in done)
        if new:
            bring_up_to_date(new)
            done.update(sample.digest for sample in new)
        time.sleep(POLL_S)


def _opened(
    places: Places, store: SampleStore, clock: StageClock
) -> Callable[[tuple[SampleInfo, ...]], None]:
    base = load_model(places.bundled)
    space = load_replay(base.folder).space
    features = SampleFeatures(base, space, places.features)

    def bring_up_to_date(samples: tuple[SampleInfo, ...]) -> None:
        with clock.stage(StageName.FEATURES, len(samples)) as advance:
            features.bring_up_to_date(store, samples, advance)

    return bring_up_to_date
