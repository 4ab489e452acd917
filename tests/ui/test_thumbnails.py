"""Pictures of samples: decoded off the GUI thread, kept in a bounded cache."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtTest import QSignalSpy
from PyQt6.QtWidgets import QApplication

from gesture_app.core.context import CONTEXT_SIZE
from gesture_app.core.errors import SampleError
from gesture_app.store.samples import HandSample, SampleStore
from gesture_app.ui.thumbnails import SIDE, Thumbnails
from tests.fakes import PATIENCE_S
from tests.hand_samples import real_samples, record
from tests.ui.stage import settle, wait_until

ONE_PICTURE = SIDE * SIDE * 4


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


@pytest.fixture
def thumbnails(app: QApplication, store: SampleStore) -> Iterator[Thumbnails]:
    made = Thumbnails(store)
    yield made
    made.close()


class SlowReader:
    """A `SampleReader` that answers when it may."""

    def __init__(self, store: SampleStore) -> None:
        self.asked, self.may_go_on = threading.Event(), threading.Event()
        self.read_ids: list[str] = []
        self.threads: set[str] = set()
        self._store = store

    def read(self, sample_id: str) -> HandSample:
        self.read_ids.append(sample_id)
        self.threads.add(threading.current_thread().name)
        self.asked.set()
        assert self.may_go_on.wait(PATIENCE_S)
        return self._store.read(sample_id)


def load(thumbnails: Thumbnails, *sample_ids: str) -> None:
    """Ask for pictures one after the other and wait until each is there, or is known to be none."""
    for one in sample_ids:
        told = QSignalSpy(thumbnails.ready)
        if thumbnails.pixmap(one) is None:
            wait_until(lambda told=told, one=one: [one] in list(told))


def test_a_picture_comes_soon_after_it_was_asked_for(
    thumbnails: Thumbnails, store: SampleStore
) -> None:
    ids = record(store, "wave", 2)
    assert thumbnails.pixmap(ids[1]) is None
    load(thumbnails, ids[1])
    pixmap = thumbnails.pixmap(ids[1])
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (SIDE, SIDE)
    red, green, blue, _ = pixmap.toImage().pixelColor(SIDE // 2, SIDE // 2).getRgb()
    middle = real_samples()[1].context.bgr[CONTEXT_SIZE // 2, CONTEXT_SIZE // 2].astype(int)
    # As saved, but for what JPEG loses.
    assert np.abs(middle - (blue, green, red)).max() < 16


def test_a_damaged_sample_has_a_reason_instead_of_a_picture(
    thumbnails: Thumbnails, store: SampleStore
) -> None:
    (one,) = record(store, "wave", 1)
    content = store.picture_path(one).read_bytes()
    store.picture_path(one).write_bytes(b"no picture")
    load(thumbnails, one)
    assert thumbnails.pixmap(one) is None
    assert isinstance(thumbnails.failure(one), SampleError)
    store.picture_path(one).write_bytes(content)
    thumbnails.retry()
    load(thumbnails, one)
    assert thumbnails.failure(one) is None
    assert thumbnails.pixmap(one) is not None


def test_the_cache_is_bounded_and_keeps_what_was_used_last(
    app: QApplication, store: SampleStore
) -> None:
    thumbnails = Thumbnails(store, cache_bytes=3 * ONE_PICTURE)
    a, b, c, d = record(store, "wave", 4)
    load(thumbnails, a, b, c)
    assert thumbnails.pixmap(a) is not None
    load(thumbnails, d)
    assert thumbnails.cached_bytes == 3 * ONE_PICTURE
    assert [thumbnails.pixmap(one) is None for one in (a, c, d)] == [False, False, False]
    assert thumbnails.pixmap(b) is None
    thumbnails.close()


def test_what_scrolled_away_is_not_decoded(app: QApplication, store: SampleStore) -> None:
    ids = record(store, "wave", 6)
    reader = SlowReader(store)
    thumbnails = Thumbnails(reader)
    thumbnails.pixmap(ids[0])
    assert reader.asked.wait(PATIENCE_S)
    for one in ids[1:]:
        thumbnails.pixmap(one)
    thumbnails.retain({ids[4], ids[5]})
    reader.may_go_on.set()
    load(thumbnails, ids[4], ids[5])
    assert reader.read_ids == [ids[0], ids[4], ids[5]]
    assert thumbnails.dropped == 3
    assert reader.threads == {"thumbnails"}
    thumbnails.close()


def test_a_picture_that_is_under_way_is_not_asked_for_twice(
    app: QApplication, store: SampleStore
) -> None:
    (one,) = record(store, "wave", 1)
    reader = SlowReader(store)
    thumbnails = Thumbnails(reader)
    for _ in range(5):
        thumbnails.pixmap(one)
    assert reader.asked.wait(PATIENCE_S)
    thumbnails.pixmap(one)
    reader.may_go_on.set()
    load(thumbnails, one)
    assert reader.read_ids == [one]
    thumbnails.close()


def test_closed_it_serves_nothing_more(thumbnails: Thumbnails, store: SampleStore) -> None:
    (one,) = record(store, "wave", 1)
    thumbnails.close()
    assert thumbnails.pixmap(one) is None
    settle()
    assert thumbnails.pixmap(one) is None
