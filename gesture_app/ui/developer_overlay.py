"""Figures over the picture for whoever reports that something is slow; F12 shows and hides it."""

from __future__ import annotations

import time

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QHideEvent, QShowEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gesture_app.core.types import FrameResult
from gesture_app.engine.statistics import RunStatistics, Spread
from gesture_app.ui.latency_meter import LatencyMeter
from gesture_app.ui.widgets import make_label

KEY = "F12"
_REFRESH_MS = 500
"""Slow enough to read, and no work worth mentioning."""

_NOTHING = "–"
_STYLE = """
#developer { background: rgba(11, 13, 17, 215); border-radius: 9px; }
#developer QLabel { color: #f5f7fb; background: transparent; }
"""


class DeveloperOverlay(QFrame):
    """Latencies, rates and the back end in a corner of the picture. Hidden at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("developer")
        self.setStyleSheet(_STYLE)
        # Whatever lies under it stays within reach of the mouse.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._meter = LatencyMeter()
        self._statistics = RunStatistics()
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(12, 10, 12, 10)
        self._layout.setHorizontalSpacing(16)
        self._layout.setVerticalSpacing(2)
        self._labels: list[tuple[QLabel, QLabel]] = []
        self.hide()

    def toggle(self) -> None:
        self.setVisible(self.isHidden())

    def note_painted(self, result: FrameResult) -> None:
        """A result is on the screen now."""
        self._meter.add(result, time.perf_counter_ns())

    def show_statistics(self, statistics: RunStatistics) -> None:
        self._statistics = statistics

    def clear(self) -> None:
        """Another source: nothing of the last one is counted."""
        self._meter.clear()
        self._statistics = RunStatistics()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Latency and rates"))
        self.refresh()

    def refresh(self) -> None:
        """Show the figures as they are now."""
        rows = self._rows()
        while len(self._labels) < len(rows):
            line = len(self._labels)
            name, value = make_label("caption"), make_label("figure")
            self._layout.addWidget(name, line, 0)
            self._layout.addWidget(value, line, 1, Qt.AlignmentFlag.AlignRight)
            self._labels.append((name, value))
        for (name, value), (title, text) in zip(self._labels, rows, strict=True):
            name.setText(title)
            value.setText(text)
            value.setAccessibleName(f"{title}: {text}")
        self.setAccessibleDescription("\n".join(f"{title}: {text}" for title, text in rows))
        self.adjustSize()

    def _rows(self) -> list[tuple[str, str]]:
        now, found = self._statistics, self._meter.latencies()
        begun, seen, named, painted = (
            (None,) * 4 if found is None else (found.begun, found.seen, found.named, found.painted)
        )
        stages = self.tr("hands %1, gesture %2, events %3 ms")
        for place, figure in enumerate((now.detect_ms, now.classify_ms, now.track_ms), start=1):
            stages = stages.replace(f"%{place}", f"{figure:.1f}")
        rate = self.tr("%1 per second, %2 dropped of %3")
        for place, text in enumerate((f"{now.fps:.1f}", str(now.dropped), str(now.captured)), 1):
            rate = rate.replace(f"%{place}", text)
        return [
            (self.tr("Since the camera's picture"), self.tr("p50 / p95 ms")),
            (self.tr("recognition begins"), _figures(begun)),
            (self.tr("hands seen"), _figures(seen)),
            (self.tr("gesture named"), _figures(named)),
            (self.tr("painted"), _figures(painted)),
            (self.tr("Frames"), rate),
            (self.tr("Mean time per frame"), stages),
            (self.tr("Back end"), _NOTHING if now.backend is None else now.backend.active.name),
        ]


def _figures(spread: Spread | None) -> str:
    return _NOTHING if spread is None else f"{spread.p50:.1f} / {spread.p95:.1f}"
