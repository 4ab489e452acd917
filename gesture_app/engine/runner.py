"""The threads around the pipeline: capture → slot → inference → listener."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import ParamSpec, Protocol

from gesture_app.core.errors import AppError
from gesture_app.core.types import Frame, FrameResult, GestureEvent
from gesture_app.engine.allowance import ProcessorAllowance
from gesture_app.engine.model_switch import ModelSwitch
from gesture_app.engine.slot import FrameSlot, Signal
from gesture_app.engine.statistics import RunStatistics, StatisticsKeeper
from gesture_app.vision.backends.base import BackendChoice
from gesture_app.vision.sources import FrameSource, SourceInfo

__all__ = ["PipelineRunner", "RunStatistics", "RunnerListener"]

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")


class RunnerListener(Protocol):
    """Told what happens, on the runner's threads. Must return quickly and never raise."""

    def on_started(self, source: SourceInfo, backend: BackendChoice) -> None:
        """Source and pipeline are ready and frames will come."""

    def on_result(self, result: FrameResult, statistics: RunStatistics) -> None:
        """A frame was recognised; its events are in the result."""

    def on_events(self, events: tuple[GestureEvent, ...]) -> None:
        """Events outside any frame: gestures ended by a pause, a failure or the end."""

    def on_notice(self, notice: AppError) -> None:
        """Something went wrong that the run survives, for example a camera that was unplugged.

        The runner does not call this itself: source and pipeline are handed it as ``notify``.
        """

    def on_finished(self, statistics: RunStatistics, error: AppError | None) -> None:
        """Called once, last: the source ended, `stop` was called, or ``error`` ended the run."""


class Recogniser(Protocol):
    """What a runner runs, one frame after the other: `GesturePipeline`."""

    @property
    def backend(self) -> BackendChoice:
        """What it runs on, for whoever shows it."""

    def step(self, frame: Frame) -> FrameResult:
        """Recognise one frame. Raises: AppError: it cannot go on."""

    def end_gestures(self, t_ms: float) -> tuple[GestureEvent, ...]:
        """End whatever is held."""

    def close(self) -> None:
        """Release what it uses."""


class PipelineRunner:
    """Runs a pipeline on a source in two named threads until the source ends or `stop`.

    The capture thread opens, reads and closes the source; the inference thread opens, uses and
    closes the pipeline, and is the last to end. A run happens once; for another one make a new
    runner.

    Args:
        open_source: called on the capture thread, since opening a camera can take seconds.
        open_pipeline: called on the inference thread, which owns detector and network.
        listener: told what happens.
        allowance: how much of the processors may be used; all of them without one.
        switch: brings the pipeline other models; closed with the run.
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        open_pipeline: Callable[[], Recogniser],
        listener: RunnerListener,
        allowance: ProcessorAllowance | None = None,
        switch: ModelSwitch | None = None,
    ) -> None:
        self.switch = switch
        self._open_source = open_source
        self._open_pipeline = open_pipeline
        self._listener = listener
        self._allowance = allowance or ProcessorAllowance(1.0)
        self._slot = FrameSlot()
        self._keeper = StatisticsKeeper()
        self._lock = threading.Lock()
        self._source: FrameSource | None = None
        self._error: AppError | None = None
        self._stopping = False
        self._source_decided = threading.Event()
        """The source is open, or never will be."""
        self._pipeline_decided = threading.Event()
        """The pipeline is open and the listener was told, or it never will be."""
        self._resumed_ns = 0
        self._capture = threading.Thread(target=self._run_capture, name="capture")
        self._inference = threading.Thread(target=self._run_inference, name="inference")

    def start(self) -> None:
        """Start both threads and return at once."""
        self._capture.start()
        self._inference.start()

    def set_paused(self, paused: bool) -> None:
        """Pause or go on. Pausing ends held gestures; live frames are thrown away meanwhile."""
        if not paused:
            self._resumed_ns = time.perf_counter_ns()
        self._slot.set_paused(paused)

    def set_share(self, share: float) -> None:
        """How much of all processors may be used from now on, in (0, 1]."""
        self._allowance.set_share(share)

    def stop(self, timeout_s: float = 1.0) -> bool:
        """Ask both threads to end and wait for them.

        Returns:
            False if a thread is still busy after ``timeout_s`` (it ends by itself later).
        """
        self._wind_down()
        return self.wait(timeout_s)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the run has finished by itself; False if it has not in time."""
        if self._inference.ident is None:
            return True
        if threading.current_thread() in (self._inference, self._capture):
            return False  # a listener that stops the run cannot wait for itself
        self._inference.join(timeout_s)
        return not self._inference.is_alive()

    def _wind_down(self) -> None:
        """Wake both threads, so that they end soon. Returns at once, may be called twice."""
        with self._lock:
            self._stopping = True
            source = self._source
        self._slot.stop()
        if source is not None:
            source.interrupt()

    def _run_capture(self) -> None:
        try:
            source = self._open_source()
            try:
                self._pump(source)
            finally:
                source.close()
        except Exception as error:
            self._record(error)
        finally:
            self._source_decided.set()
            self._slot.finish()

    def _pump(self, source: FrameSource) -> None:
        """Read the source into the slot once the pipeline is ready."""
        with self._lock:
            self._source = source
            if self._stopping:
                source.interrupt()
        self._source_decided.set()
        self._pipeline_decided.wait()
        live = source.info.live
        while (frame := source.read()) is not None:
            if not self._slot.put(frame, live=live):
                return

    def _run_inference(self) -> None:
        try:
            pipeline = self._open_pipeline()
            try:
                self._recognise(pipeline)
            finally:
                pipeline.close()
        except Exception as error:
            self._record(error)
        finally:
            self._wind_down()
            self._pipeline_decided.set()
            if self.switch is not None:
                self.switch.close()
            self._capture.join()
            statistics = self._keeper.snapshot(*self._slot.counts())
            self._tell(self._listener.on_finished, statistics, self._error)

    def _recognise(self, pipeline: Recogniser) -> None:
        """Take frames until there are no more. Whatever ends it, held gestures end with it."""
        self._source_decided.wait()
        if self._source is None:
            return
        self._tell(self._listener.on_started, self._source.info, pipeline.backend)
        self._pipeline_decided.set()
        media_ms = 0.0
        try:
            while (taken := self._slot.take()) is not Signal.ENDED:
                if isinstance(taken, Frame):
                    media_ms = taken.media_ms
                    self._step(pipeline, taken)
                    self._rest()
                else:
                    self._keeper.interrupt_rate()
                    self._end_gestures(pipeline, media_ms)
        finally:
            self._end_gestures(pipeline, media_ms)

    def _step(self, pipeline: Recogniser, frame: Frame) -> None:
        # A frame of a file that stood still during a pause is not late because of that.
        captured_ns = max(frame.captured_ns, self._resumed_ns)
        taken_ns = time.perf_counter_ns()
        result = pipeline.step(frame)
        times = replace(result.times, waited_ms=(taken_ns - captured_ns) / 1e6)
        result = replace(result, times=times)
        self._keeper.add(captured_ns, time.perf_counter_ns(), times)
        statistics = self._keeper.snapshot(*self._slot.counts())
        statistics = replace(statistics, backend=pipeline.backend)
        self._tell(self._listener.on_result, result, statistics)

    def _rest(self) -> None:
        seconds = self._allowance.rest_s()
        if seconds:
            self._slot.rest(seconds)

    def _end_gestures(self, pipeline: Recogniser, t_ms: float) -> None:
        events = pipeline.end_gestures(t_ms)
        if events:
            self._tell(self._listener.on_events, events)

    def _record(self, error: Exception) -> None:
        """Keep the error that ends the run; the first one is its cause, others are logged."""
        if not isinstance(error, AppError):
            _log.error("A bug ended the run", exc_info=error)
            error = _as_app_error(error)
        with self._lock:
            if self._error is None:
                self._error = error
                return
        _log.error("After that: %s", error)

    def _tell(self, method: Callable[_P, None], *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Call the listener; if it raises, that is logged and the run goes on."""
        try:
            method(*args, **kwargs)
        except Exception:
            _log.exception("The listener failed in %s", getattr(method, "__name__", method))


def _as_app_error(error: Exception) -> AppError:
    """A bug, said in words; its traceback is in the log."""
    return AppError(
        "Recognition has stopped because of a bug in this app",
        f"{type(error).__name__}: {error}",
        f"Start it again; if it comes back, report it with the log ({_log_place()}).",
    )


def _log_place() -> str:
    """The file that this module's log records go to, if there is one."""
    logger: logging.Logger | None = _log
    while logger is not None:
        for handler in logger.handlers:
            if isinstance(handler, logging.FileHandler):
                return handler.baseFilename
        logger = logger.parent if logger.propagate else None
    return "on standard error"
