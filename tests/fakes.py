"""Stand-ins for the app's interfaces, and small values to feed them.

Each fake implements one `Protocol`: `FakeSource` → `FrameSource`, `FakeDetector` →
`HandDetector`, `FakeBackend` → `InferenceBackend`, `RecordingListener` → `RunnerListener`.
None of them sleeps; those that wait do so on events and conditions with `PATIENCE_S`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gesture_app.core.errors import AppError
from gesture_app.core.manifest import ModelManifest
from gesture_app.core.preprocess import NetworkInput, PreprocessSpec
from gesture_app.core.tracker import TrackerRules
from gesture_app.core.types import (
    NO_GESTURE,
    BgrImage,
    EventKind,
    FloatArray,
    Frame,
    FrameResult,
    GestureEvent,
    Hand,
    Handedness,
)
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.engine.recognition import ReadyModel
from gesture_app.engine.runner import RunStatistics
from gesture_app.vision.backends.base import BackendChoice, ProbeResult
from gesture_app.vision.classifier import GestureClassifier
from gesture_app.vision.sources import SourceInfo

PATIENCE_S = 20.0
"""How long a test waits for what must happen; only a failing test waits that long."""

LABELS = ("like", "dislike", NO_GESTURE)

FAKE_BACKEND = BackendChoice(ProbeResult("Fake", True, "it is built into the tests"), ())


def make_picture(width: int = 64, height: int = 48, shade: int = 128) -> BgrImage:
    """A plain grey picture, uint8 (height, width, 3)."""
    return np.full((height, width, 3), shade, np.uint8)


def make_frame(index: int = 0, media_ms: float | None = None, bgr: BgrImage | None = None) -> Frame:
    """A frame that arrives now; frames are 40 ms apart unless told otherwise."""
    return Frame(
        index,
        index * 40.0 if media_ms is None else media_ms,
        time.perf_counter_ns(),
        make_picture() if bgr is None else bgr,
    )


def make_frames(count: int) -> list[Frame]:
    return [make_frame(index) for index in range(count)]


def make_hand(
    center: tuple[float, float] = (32.0, 24.0),
    size: float = 20.0,
    handedness: Handedness = Handedness.RIGHT,
) -> Hand:
    """A hand whose 21 landmarks lie on a grid around ``center``."""
    steps = np.linspace(-size / 2, size / 2, 21, dtype=np.float32)
    landmarks = np.stack([center[0] + steps, center[1] + steps[::-1], steps * 0], axis=1)
    return Hand(landmarks.astype(np.float32), handedness, 0.9)


def make_manifest(labels: tuple[str, ...] = LABELS, threshold: float = 0.3) -> ModelManifest:
    return ModelManifest(
        name="Fake model",
        model_file="fake.onnx",
        sha256="0" * 64,
        labels=labels,
        threshold=threshold,
        preprocess=PreprocessSpec(32, 1.4, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        metrics={},
        licence="Apache-2.0",
        attribution="nobody",
    )


def make_rules(labels: tuple[str, ...] = LABELS) -> TrackerRules:
    return TrackerRules(labels, labels.index(NO_GESTURE), start_margin=0.3, end_margin=0.1)


class FakeSource:
    """Delivers given frames, then ends, fails or stays silent.

    Args:
        frames: what `read` returns, in order; may be endless, and may itself wait or raise.
        error: raised by `read` after the last frame.
        silent_end: after the last frame, wait until `interrupt`, like a camera without pictures.
    """

    def __init__(
        self,
        frames: Iterable[Frame] = (),
        *,
        live: bool = False,
        error: Exception | None = None,
        silent_end: bool = False,
        name: str = "Fake source",
    ) -> None:
        self.info = SourceInfo(name, live, 64, 48, 25.0, None)
        self.interrupted = threading.Event()
        self.closed_on: list[str] = []
        """Names of the threads that called `close`."""
        self._frames: Iterator[Frame] = iter(frames)
        self._error = error
        self._silent_end = silent_end

    def read(self) -> Frame | None:
        if self.interrupted.is_set():
            return None
        frame = next(self._frames, None)
        if frame is not None:
            return frame
        if self._error is not None:
            raise self._error
        if self._silent_end:
            assert self.interrupted.wait(PATIENCE_S), "nobody interrupted the source"
        return None

    def interrupt(self) -> None:
        self.interrupted.set()

    def close(self) -> None:
        self.closed_on.append(threading.current_thread().name)


class FakeDetector:
    """Finds the hands that a function of the frame names; by default one hand in every frame."""

    def __init__(self, find: Callable[[Frame], tuple[Hand, ...]] | None = None) -> None:
        self._find = find or (lambda _frame: (make_hand(),))
        self.frames: list[Frame] = []
        self.closed_on: list[str] = []

    def detect(self, frame: Frame) -> tuple[Hand, ...]:
        self.frames.append(frame)
        return self._find(frame)

    def close(self) -> None:
        self.closed_on.append(threading.current_thread().name)


class FakeBackend:
    """A network that is sure of one label; set ``answer`` to change its mind.

    Args:
        labels: in the order of the logits.
        answer: the label it is sure of.
        error: raised by `run` instead of an answer, once set.
    """

    name = "Fake"

    def __init__(
        self,
        labels: tuple[str, ...] = LABELS,
        answer: str = LABELS[0],
        error: Exception | None = None,
    ) -> None:
        self.labels = labels
        self.answer = answer
        self.error = error
        self.batches: list[NetworkInput] = []
        self.closed_on: list[str] = []

    def run(self, batch: NetworkInput) -> FloatArray:
        self.batches.append(batch)
        if self.error is not None:
            raise self.error
        logits = np.zeros((len(batch.crops), len(self.labels)), np.float32)
        logits[:, self.labels.index(self.answer)] = 10.0
        return logits

    def close(self) -> None:
        self.closed_on.append(threading.current_thread().name)


def make_pipeline(
    detector: FakeDetector | None = None,
    backend: FakeBackend | None = None,
    *,
    reuse_still: bool = False,
) -> GesturePipeline:
    """The real pipeline around a fake detector and a fake network.

    Fake hands do not move by default, so the network is asked in every frame unless
    ``reuse_still`` is given.
    """
    model = make_ready_model(backend or FakeBackend())
    return GesturePipeline(detector or FakeDetector(), model, reuse_still=reuse_still)


def make_ready_model(backend: FakeBackend, folder: Path = Path("fake")) -> ReadyModel:
    return ReadyModel(
        folder,
        GestureClassifier(backend, make_manifest(backend.labels)),
        make_rules(backend.labels),
        lambda: FAKE_BACKEND,
    )


@dataclass
class RecordingListener:
    """Keeps all that it is told; `wait_until` waits for a condition on what was kept.

    ``calls`` holds the names of the methods in the order in which they were called.
    """

    calls: list[str] = field(default_factory=list)
    started: list[tuple[SourceInfo, BackendChoice]] = field(default_factory=list)
    results: list[FrameResult] = field(default_factory=list)
    statistics: list[RunStatistics] = field(default_factory=list)
    events: list[GestureEvent] = field(default_factory=list)
    """All events in order, those inside results and those outside."""
    notices: list[AppError] = field(default_factory=list)
    finished: list[tuple[RunStatistics, AppError | None]] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        with self._told("on_started"):
            self.started.append((source, backend))

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        with self._told("on_result"):
            self.results.append(result)
            self.statistics.append(statistics)
            self.events += result.events

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        with self._told("on_events"):
            self.events += events

    def on_notice(self, notice: AppError) -> None:
        with self._told("on_notice"):
            self.notices.append(notice)

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        with self._told("on_finished"):
            self.finished.append((statistics, error))

    def wait_until(self, condition: Callable[[RecordingListener], bool]) -> None:
        """Wait until ``condition(self)`` holds; fails the test if it never does."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), PATIENCE_S), self.calls

    def kinds(self) -> list[EventKind]:
        """Kinds of all events except holds."""
        return [event.kind for event in self.events if event.kind is not EventKind.HOLD]

    @contextmanager
    def _told(self, call: str) -> Iterator[None]:
        with self._changed:
            self.calls.append(call)
            self.threads.add(threading.current_thread().name)
            yield
            self._changed.notify_all()
