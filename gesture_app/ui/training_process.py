"""`gesture-train` as a process beside the window: what it says becomes signals.

It runs with low priority, so that recognition goes on meanwhile; a person cancels it through its
standard input, which works the same on every system.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.store.training_events import (
    MAX_LINE_BYTES,
    Cancelled,
    Done,
    Evaluated,
    Event,
    Failed,
    Stage,
    Step,
    Taken,
    parse_line,
)

GRACE_MS = 4000
"""A process that has not ended so long after it was asked to is ended."""

KILL_MS = 3000
"""More than a system takes to clear away a process that was ended."""

NICENESS = 5
"""Of 19: what takes long is given the time that recognition leaves, and a share beside it. What a
person waits for for seconds is not, nor features while recording, which training would wait for
(figures in docs/teaching.md)."""

_CANCEL_LINE = b"cancel\n"
_MAX_STDERR_LINE = 2000

_log = logging.getLogger(__name__)


class TrainingProcess(QObject):
    """One run of `gesture-train` at a time. Lives on the GUI thread and never waits there, except
    in `close`.

    Each run ends with exactly one of `done`, `failed` and `cancelled`, after its process is gone.

    Args:
        command: program and first arguments that start `gesture-train`.
        work: what it does, for its errors; in the catalogue of messages.
    """

    stage = pyqtSignal(Stage)
    step = pyqtSignal(Step)
    evaluated = pyqtSignal(Evaluated)
    taken = pyqtSignal(Taken)
    done = pyqtSignal(Done)
    failed = pyqtSignal(AppError)
    cancelled = pyqtSignal()

    def __init__(
        self, command: Sequence[str], parent: QObject | None = None, *, work: str = "Training"
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._work = work
        self._process: QProcess | None = None
        self._line = b""
        self._last_words = ""
        self._end: Done | Failed | Cancelled | None = None
        self._cancelling = False
        self._broken = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(GRACE_MS)
        self._patience.timeout.connect(self._insist)

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def cancelling(self) -> bool:
        """It was asked to end, and has not yet."""
        return self._cancelling

    def start(self, arguments: Sequence[str], *, awaited: bool = False) -> None:
        """Start a run, for example ``("teach", ROOT, "--quick", "--install", "--json")``.

        Nothing happens if one is under way.

        Args:
            awaited: it takes seconds, and a person waits for it: no low priority.
        """
        if self._process is not None:
            return
        self._line, self._last_words, self._end = b"", "", None
        self._cancelling, self._broken = False, ""
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._keep_words)
        if not awaited:
            process.started.connect(self._step_back)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._note_error)
        self._process = process
        process.start(self._command[0], [*self._command[1:], *arguments])

    def cancel(self) -> None:
        """Ask it to end at once; a signal tells when it has."""
        if self._process is None or self._cancelling:
            return
        self._cancelling = True
        self._process.write(_CANCEL_LINE)
        self._process.closeWriteChannel()
        self._patience.start()

    def close(self, timeout_s: float) -> None:
        """Cancel, wait so long, and end what is still there. Nothing is told any more."""
        process = self._process
        if process is None:
            return
        self.blockSignals(True)
        self.cancel()
        self._patience.stop()
        if not process.waitForFinished(round(timeout_s * 1000)):
            process.kill()
            process.waitForFinished(KILL_MS)
        self._forget()
        self.blockSignals(False)

    def _step_back(self) -> None:
        """Give it a low priority; threads that it starts later inherit it."""
        if self._process is None:
            return
        try:
            _lower_priority(self._process.processId())
        except OSError as error:
            _log.info("Training keeps the priority of the app (%s)", error)

    def _read(self) -> None:
        if self._process is None or self._broken:
            return
        *lines, rest = (self._line + self._process.readAllStandardOutput().data()).split(b"\n")
        self._line = rest
        for line in lines:
            if line.strip():
                self._hear(line)
        if len(rest) > MAX_LINE_BYTES:
            self._broken = "it says what is not understood here"
            self._process.kill()

    def _hear(self, line: bytes) -> None:
        try:
            event = parse_line(line)
        except ValueError as error:
            # A line that makes no sense costs itself only; the end of the run is told anyway.
            _log.warning("Training said what is not understood (%s): %.200r", error, line)
            return
        if event is not None:
            self._tell(event)

    def _tell(self, event: Event) -> None:
        if isinstance(event, Done | Failed | Cancelled):
            self._end = event
        elif isinstance(event, Stage):
            self.stage.emit(event)
        elif isinstance(event, Step):
            self.step.emit(event)
        elif isinstance(event, Taken):
            self.taken.emit(event)
        else:
            self.evaluated.emit(event)

    def _keep_words(self) -> None:
        """Standard error goes to the log; its last line may say why a process failed."""
        if self._process is None:
            return
        text = self._process.readAllStandardError().data().decode("utf-8", "replace")
        for line in filter(None, (part.strip() for part in text.splitlines())):
            self._last_words = line[:_MAX_STDERR_LINE]
            _log.info("gesture-train: %s", self._last_words)

    def _insist(self) -> None:
        """It was asked and did not end."""
        if self._process is None:
            return
        _log.warning("Training did not end when asked to and is ended")
        self._process.kill()

    def _note_error(self, error: QProcess.ProcessError) -> None:
        if error is not QProcess.ProcessError.FailedToStart or self._process is None:
            return  # whatever else goes wrong, `finished` follows
        reason = self._process.errorString()
        self._forget()
        self.failed.emit(
            AppError(
                f"{self._work} cannot be started",
                f"{self._command[0]} does not run ({reason})",
                "Install the app again with `python3 installer/bootstrap.py`.",
            )
        )

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._keep_words()
        end, cancelling, broken = self._end, self._cancelling, self._broken
        crashed = status is QProcess.ExitStatus.CrashExit
        self._forget()
        if isinstance(end, Done):
            self.done.emit(end)
        elif isinstance(end, Failed):
            self.failed.emit(AppError(end.what, end.why, end.next_step))
        elif isinstance(end, Cancelled) or cancelling:
            self.cancelled.emit()
        else:
            self.failed.emit(_died(self._work, broken or self._reason(code, crashed)))

    def _reason(self, code: int, crashed: bool) -> str:
        if self._last_words:
            return f"it ended early ({self._last_words})"
        if crashed:
            return "its process was ended, as a system does that runs out of memory"
        return f"its process ended with exit code {code}"

    def _forget(self) -> None:
        self._patience.stop()
        process, self._process = self._process, None
        self._cancelling = False
        if process is not None:
            process.deleteLater()


def _lower_priority(pid: int) -> None:
    """Raises: OSError: it may not be changed, or the process is gone."""
    if sys.platform != "win32":
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
        return
    import psutil

    try:
        psutil.Process(pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    except psutil.Error as error:
        raise OSError(str(error)) from error


def _died(work: str, reason: str) -> AppError:
    return AppError(
        f"{work} has stopped before its end",
        reason,
        "Start it again: what was done so far is kept. If it comes back, look into the log.",
    )


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    # Each line is wanted when it is written, and in UTF-8 whatever the system's code page is.
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTHONUTF8", "1")
    return environment
