"""Recording without touching anything: three, two, one, some seconds, and again."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

COUNT = 3
_SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class CountdownPlan:
    """What a series does.

    Attributes:
        seconds: how long each turn records.
        turns: how many; 0 goes on until it is stopped.
    """

    seconds: int = 5
    turns: int = 3


class Countdown(QObject):
    """Counts. Each turn: `counted` 3, 2, 1, then `begun`, and ``plan.seconds`` later `paused`;
    after the last one, or when it is stopped, `finished`."""

    counted = pyqtSignal(int)
    begun = pyqtSignal()
    paused = pyqtSignal()
    finished = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = CountdownPlan()
        self._left = 0
        self._turn = 0
        self._recording = False
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND_MS)
        self._clock.timeout.connect(self.tick)

    @property
    def running(self) -> bool:
        return self._turn > 0

    @property
    def turn(self) -> int:
        """The number of the turn that is counted in or runs, from 1; 0 without a series."""
        return self._turn

    def start(self, plan: CountdownPlan) -> None:
        self.stop()
        self._plan = plan
        self._clock.start()
        self._count_down()

    def stop(self) -> None:
        """End the series wherever it is."""
        if not self.running:
            return
        self._clock.stop()
        self._turn = 0
        self._end_turn()
        self.finished.emit()

    def tick(self) -> None:
        """A second has passed."""
        self._left -= 1
        if self._left > 0:
            if not self._recording:
                self.counted.emit(self._left)
        elif not self._recording:
            self._recording = True
            self._left = self._plan.seconds
            self.begun.emit()
        elif self._turn == self._plan.turns:
            self.stop()
        else:
            self._end_turn()
            self._count_down()

    def _end_turn(self) -> None:
        if self._recording:
            self._recording = False
            self.paused.emit()

    def _count_down(self) -> None:
        self._turn += 1
        self._left = COUNT
        self.counted.emit(self._left)
