"""A training run from its start to its judgement, whichever page is shown."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum, auto

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.store.judgement import Judgement, load_judgement
from gesture_app.store.library import InstalledModel
from gesture_app.store.training_events import Done, Evaluated, Stage, StageName, Step
from gesture_app.store.training_job import (
    TeachingMode,
    TrainingJob,
    forget_job,
    load_job,
    save_job,
)
from gesture_app.ui.background import Background
from gesture_app.ui.services import TeachingServices
from gesture_app.ui.training_process import TrainingProcess

_MOST_POINTS = 2000
"""Of a curve; beyond it every other one goes, which no screen shows anyway."""


class TrainingPhase(Enum):
    """How training stands."""

    IDLE = auto()
    INTERRUPTED = auto()
    """An earlier run did not come to its end."""
    RUNNING = auto()
    STOPPING = auto()
    DONE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """A model that was made and waits for a decision.

    Attributes:
        judgement: None where none was written.
        seconds: from the start of the process to the model.
    """

    model: InstalledModel
    judgement: Judgement | None
    seconds: float


@dataclass(frozen=True, slots=True)
class TrainingState:
    """Phase, and what belongs to it: job while there is one, result or error at the end."""

    phase: TrainingPhase = TrainingPhase.IDLE
    job: TrainingJob | None = None
    result: TrainingResult | None = None
    error: AppError | None = None


class Curve:
    """Points that were reported, oldest first, thinned out when they are many."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []

    def add(self, x: float, y: float) -> None:
        self.points.append((x, y))
        if len(self.points) > _MOST_POINTS:
            del self.points[1:-1:2]


class TrainingRun(QObject):
    """Starts `gesture-train teach`, follows it, and takes its result from the library.

    While it runs, a job file says so; one that is found at the start of the app is an
    interrupted run.
    """

    changed = pyqtSignal()
    """`state` is another one."""
    progressed = pyqtSignal()
    """`stage`, `step` or a curve is further."""

    def __init__(
        self, services: TeachingServices, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._root = services.store.root
        self._background = background
        self._process = TrainingProcess(services.training_command, self)
        self.state = TrainingState()
        self._reset()
        self._process.stage.connect(self._take_stage)
        self._process.step.connect(self._take_step)
        self._process.evaluated.connect(self._take_evaluated)
        self._process.done.connect(self._finish)
        self._process.failed.connect(self._fail)
        self._process.cancelled.connect(self._take_cancelled)

    @property
    def busy(self) -> bool:
        """A run is under way."""
        return self.state.phase in (TrainingPhase.RUNNING, TrainingPhase.STOPPING)

    def look_for_interrupted(self) -> None:
        """Find out whether an earlier run did not come to its end."""
        root = self._root
        self._background.run(lambda: load_job(root), self._take_job)

    def start(self, mode: TeachingMode, name: str) -> None:
        """Args: name: of the model that will be made."""
        if not self.busy:
            self._begin(TrainingJob(mode, name, time.time()))

    def go_on(self) -> None:
        """Go on with the run that was interrupted or failed."""
        if not self.busy and self.state.job is not None:
            self._begin(self.state.job)

    def cancel(self) -> None:
        """Stop at once. What was done so far stays, so that `go_on` need not do it again."""
        if self.state.phase is TrainingPhase.RUNNING:
            self._set(TrainingPhase.STOPPING, self.state.job)
            self._process.cancel()
            if not self._process.running:
                self._take_cancelled()

    def discard(self) -> None:
        """Leave an interrupted or failed run, or a result, behind."""
        if not self.busy:
            self._forget_job()
            self._set(TrainingPhase.IDLE)

    def shut_down(self, timeout_s: float) -> None:
        """The window closes: stop what runs. Its job stays, to be offered next time."""
        self._process.close(timeout_s)

    def _begin(self, job: TrainingJob) -> None:
        self._reset()
        self._set(TrainingPhase.RUNNING, job)
        root = self._root
        self._background.run(lambda: save_job(root, job), lambda _: self._launch(job), self._fail)

    def _launch(self, job: TrainingJob) -> None:
        if self.state.phase is not TrainingPhase.RUNNING:
            return  # cancelled before it began
        self._process.start(
            ["teach", str(self._root), f"--{job.mode}", "--install", "--name", job.name, "--json"],
            awaited=job.mode is TeachingMode.QUICK,
        )

    def _reset(self) -> None:
        self.stage: Stage | None = None
        self.step: Step | None = None
        self.evaluated: Evaluated | None = None
        self.seen_stages: tuple[StageName, ...] = ()
        self.losses, self.accuracies = Curve(), Curve()
        self._started = time.monotonic()

    def _take_job(self, job: TrainingJob | None) -> None:
        if job is not None and self.state.phase is TrainingPhase.IDLE:
            self._set(TrainingPhase.INTERRUPTED, job)

    def _take_stage(self, stage: Stage) -> None:
        self.stage = stage
        if stage.stage not in self.seen_stages:
            self.seen_stages += (stage.stage,)
        self.progressed.emit()

    def _take_step(self, step: Step) -> None:
        self.step = step
        self.losses.add(step.step, step.loss)
        self.progressed.emit()

    def _take_evaluated(self, evaluated: Evaluated) -> None:
        self.evaluated = evaluated
        self.accuracies.add(evaluated.step, evaluated.validation_accuracy)
        self.progressed.emit()

    def _finish(self, done: Done) -> None:
        seconds = done.seconds.get("total", time.monotonic() - self._started)
        key = done.id
        if key is None:
            self._fail(
                AppError(
                    "The new model is not in the library",
                    "training ended without taking it in",
                    "Train again.",
                )
            )
            return

        def read() -> TrainingResult:
            model = self._services.library.find(key)
            result = TrainingResult(model, load_judgement(model.folder), seconds)
            forget_job(self._root)
            return result

        self._background.run(read, self._show_result, self._fail)

    def _show_result(self, result: TrainingResult) -> None:
        self._set(TrainingPhase.DONE, result=result)

    def _fail(self, error: AppError) -> None:
        self._set(TrainingPhase.FAILED, self.state.job, error=error)

    def _take_cancelled(self) -> None:
        self._set(TrainingPhase.INTERRUPTED, self.state.job)

    def _forget_job(self) -> None:
        root = self._root
        self._background.run(lambda: forget_job(root), lambda _: None)

    def _set(
        self,
        phase: TrainingPhase,
        job: TrainingJob | None = None,
        result: TrainingResult | None = None,
        error: AppError | None = None,
    ) -> None:
        self.state = TrainingState(phase, job, result, error)
        self.changed.emit()
