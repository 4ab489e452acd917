"""Small pictures of samples, decoded off the GUI thread and kept in a bounded cache."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Collection
from typing import Protocol

import cv2
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPixmap

from gesture_app.core.context import CONTEXT_MARGIN, CONTEXT_SIZE, HandContext
from gesture_app.core.errors import AppError
from gesture_app.store.sample_file import HandSample

MARGIN = 1.65
SIDE = round(CONTEXT_SIZE * MARGIN / CONTEXT_MARGIN)
"""Pixels: what a margin of `MARGIN` leaves of a context, so that nothing is scaled to be kept."""
CACHE_BYTES = 48 * 1024 * 1024
MOST_WAITING = 4096
"""More than any screen shows at once; beyond it the oldest request is dropped."""

_CLOSE_TIMEOUT_S = 1.0

_log = logging.getLogger(__name__)


class SampleReader(Protocol):
    """Where samples come from."""

    def read(self, sample_id: str) -> HandSample:
        """Raises: AppError: it is damaged or gone."""


class Thumbnails(QObject):
    """Pictures by sample id. All methods are for the GUI thread and return at once.

    Args:
        reader: asked on a thread named ``thumbnails``, which the first request starts.
        cache_bytes: what the decoded pictures may take; the least recently used go first.
    """

    ready = pyqtSignal(str)
    """The sample's picture is there now, or it turned out that there will be none."""

    _decoded = pyqtSignal()

    def __init__(
        self, reader: SampleReader, cache_bytes: int = CACHE_BYTES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._most_cached = max(cache_bytes // (SIDE * SIDE * 4), 1)
        self._cache: OrderedDict[str, QPixmap] = OrderedDict()
        self._failures: dict[str, AppError] = {}
        self._changed = threading.Condition()
        # Guarded by `_changed`:
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._done: deque[tuple[str, QImage | AppError]] = deque()
        self._in_flight: set[str] = set()
        self._closed = False
        self._dropped = 0
        self._thread: threading.Thread | None = None
        # (The stubs lack the second argument.)
        queued = Qt.ConnectionType.QueuedConnection
        self._decoded.connect(self._deliver, queued)  # type: ignore[call-arg]

    @property
    def cached_bytes(self) -> int:
        return len(self._cache) * SIDE * SIDE * 4

    @property
    def dropped(self) -> int:
        """How many requests were dropped before they were served."""
        with self._changed:
            return self._dropped

    def pixmap(self, sample_id: str) -> QPixmap | None:
        """`SIDE` x `SIDE` pixels around the hand; None while it is decoded, or if it cannot be."""
        found = self._cache.get(sample_id)
        if found is not None:
            self._cache.move_to_end(sample_id)
        elif sample_id not in self._failures:
            self._request(sample_id)
        return found

    def failure(self, sample_id: str) -> AppError | None:
        """Why a sample has no picture; None if none was asked for yet, or if it has one."""
        return self._failures.get(sample_id)

    def retain(self, sample_ids: Collection[str]) -> None:
        """Drop the requests for all others: they have scrolled away."""
        kept = set(sample_ids)
        with self._changed:
            gone = [one for one in self._waiting if one not in kept]
            for one in gone:
                del self._waiting[one]
            self._dropped += len(gone)

    def retry(self) -> None:
        """Ask again for what had no picture: the samples have changed."""
        self._failures.clear()

    def close(self) -> None:
        """End the thread; later requests are not served."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_CLOSE_TIMEOUT_S)

    def _request(self, sample_id: str) -> None:
        with self._changed:
            if self._closed or sample_id in self._in_flight or sample_id in self._waiting:
                return
            self._waiting[sample_id] = None
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
                self._dropped += 1
            self._changed.notify_all()
        if self._thread is None:
            # A daemon: a network folder that never answers must not keep the program from ending.
            self._thread = threading.Thread(target=self._work, name="thumbnails", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._waiting)
                if self._closed:
                    return
                sample_id, _ = self._waiting.popitem(last=False)
                self._in_flight.add(sample_id)
            result = self._decode(sample_id)
            with self._changed:
                self._done.append((sample_id, result))
                alone = len(self._done) == 1
            if alone:
                self._decoded.emit()

    def _decode(self, sample_id: str) -> QImage | AppError:
        try:
            return thumbnail_image(self._reader.read(sample_id).context)
        except AppError as error:
            _log.warning("No picture of a sample: %s", error)
            return error

    def _deliver(self) -> None:
        with self._changed:
            done = list(self._done)
            self._done.clear()
            self._in_flight.difference_update(sample_id for sample_id, _ in done)
        for sample_id, result in done:
            if isinstance(result, QImage):
                self._cache[sample_id] = QPixmap.fromImage(result)
                self._cache.move_to_end(sample_id)
                if len(self._cache) > self._most_cached:
                    self._cache.popitem(last=False)
            else:
                self._failures[sample_id] = result
            self.ready.emit(sample_id)


def thumbnail_image(context: HandContext) -> QImage:
    """The middle of a context, `SIDE` x `SIDE` pixels, Format_RGB32."""
    return context_image(context, (CONTEXT_SIZE - SIDE) // 2)


def context_image(context: HandContext, trimmed: int = 0) -> QImage:
    """A context as a picture without ``trimmed`` pixels on each side, Format_RGB32."""
    inner = slice(trimmed, CONTEXT_SIZE - trimmed)
    pixels = cv2.cvtColor(context.bgr[inner, inner], cv2.COLOR_BGR2BGRA)
    side = pixels.shape[0]
    # The copy owns its pixels; the array goes with this function.
    return QImage(pixels.data, side, side, pixels.strides[0], QImage.Format.Format_RGB32).copy()
