"""How the pipeline is doing: frame rate, latency, drops, and the back end with its reason."""

from __future__ import annotations

import time

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gesture_app.engine.runner import RunStatistics
from gesture_app.ui.icons import icon
from gesture_app.ui.messages import to_sentence, translated
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import SqueezableLabel, make_heading, make_label, make_tool
from gesture_app.vision.backends.base import BackendChoice, Preparation, Step

_NOTHING = "–"


class Figure(QWidget):
    """A number with its name above it."""

    def __init__(self, minimum_width: int) -> None:
        super().__init__()
        self._name = make_label("caption")
        self._value = make_heading(1.1, _NOTHING)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self._name)
        layout.addWidget(self._value)
        self.setMinimumWidth(minimum_width)

    def set_name(self, name: str, description: str) -> None:
        self._name.setText(name)
        self.setToolTip(description)
        self._describe()

    def set_value(self, value: str) -> None:
        if value != self._value.text():
            self._value.setText(value)
            self._describe()

    def value(self) -> str:
        return self._value.text()

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._name.text()}: {self._value.text()}")


class StatusStrip(QFrame):
    """One line of figures; the back end's button opens the details."""

    def __init__(self, appearance: Appearance, model_name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._appearance = appearance
        self._model_name = model_name
        self._backend: BackendChoice | None = None
        self._statistics = RunStatistics()
        self._details: QFrame | None = None
        self._rate, self._latency, self._dropped = Figure(84), Figure(150), Figure(70)
        self._backend_name = make_heading(1.1, _NOTHING)
        self._reason = SqueezableLabel("caption")
        self._button = make_tool("flat")
        self._button.clicked.connect(self.open_details)
        self._lay_out()
        self.retranslate()
        self.tint()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._reason)
        words.addWidget(self._backend_name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 10, 9)
        layout.setSpacing(18)
        for figure in (self._rate, self._latency, self._dropped):
            layout.addWidget(figure)
            layout.addWidget(self._divider())
        layout.addLayout(words, 1)
        layout.addWidget(self._button)

    @staticmethod
    def _divider() -> QFrame:
        line = QFrame()
        line.setFixedWidth(1)
        line.setObjectName("divider")
        return line

    def show_model(self, name: str) -> None:
        """The model that recognises, for the details."""
        self._model_name = name

    def show_backend(self, backend: BackendChoice) -> None:
        self._backend = backend
        self._show_backend()

    def show_statistics(self, statistics: RunStatistics) -> None:
        self._statistics = statistics
        if statistics.backend is not None and statistics.backend != self._backend:
            self.show_backend(statistics.backend)
        elif self._backend is not None and self._backend.preparing is not None:
            self._show_reason(self._backend)  # for how long it has been going on
        if statistics.frames == 0:
            for figure in (self._rate, self._latency, self._dropped):
                figure.set_value(_NOTHING)
            return
        self._rate.set_value(f"{statistics.fps:.0f} fps")
        self._latency.set_value(
            f"{statistics.latency_p50_ms:.0f} / {statistics.latency_p95_ms:.0f} ms"
        )
        self._dropped.set_value(str(statistics.dropped))

    def retranslate(self) -> None:
        self._rate.set_name(
            self.tr("Frame rate"), self.tr("Frames recognised per second, over the last 2 seconds")
        )
        self._latency.set_name(
            self.tr("Latency p50 / p95"),
            self.tr(
                "From the camera's picture to the result: half of the frames are faster than "
                "the first figure, 95 of 100 faster than the second"
            ),
        )
        self._dropped.set_name(
            self.tr("Dropped"), self.tr("Frames that came in while an older one was recognised")
        )
        self._button.setText(self.tr("Details"))
        self._button.setAccessibleName(self.tr("Details of the back end"))
        self._button.setAccessibleDescription(
            self.tr("Why this back end was chosen and which ones cannot run here")
        )
        self._show_backend()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self._button.setIcon(icon("chip", tokens.muted))
        for line in self.findChildren(QFrame, "divider"):
            line.setStyleSheet(f"background: {tokens.line}; border: none;")

    def open_details(self) -> None:
        """A small window above the strip; any click outside and Escape close it."""
        details = BackendDetails(self._backend, self._model_name, self._statistics, self)
        self._details = details
        corner = self.mapToGlobal(QPoint(self.width(), 0))
        details.adjustSize()
        details.move(corner.x() - details.width(), corner.y() - details.height() - 8)
        details.show()
        details.setFocus()

    def details(self) -> QFrame | None:
        return self._details

    def _show_backend(self) -> None:
        if self._backend is None:
            self._backend_name.setText(_NOTHING)
            self._reason.setText(self.tr("Back end"))
            return
        active = self._backend.active
        reason = translated(active.reason)
        self._backend_name.setText(active.name)
        self._show_reason(self._backend)
        passed_over = [
            f"{probe.name}: {translated(probe.reason)}" for probe in self._backend.passed_over
        ]
        lines = [f"{active.name}: {reason}"]
        if passed_over:
            lines += ["", self.tr("Not used:"), *passed_over]
        for widget in (self._backend_name, self._reason, self._button):
            widget.setToolTip("\n".join(lines))
        self._backend_name.setAccessibleName(
            self.tr("Back end: %1").replace("%1", f"{active.name}, {reason}")
        )

    def _show_reason(self, backend: BackendChoice) -> None:
        """Above the back end's name: what is being prepared, else why this one is used."""
        if backend.preparing is None:
            text = self.tr("Back end: %1").replace("%1", translated(backend.active.reason))
        else:
            seconds = (time.perf_counter_ns() - backend.preparing.since_ns) // 1_000_000_000
            text = self._in_preparation(backend.preparing).replace("%2", str(seconds))
        if text != self._reason.text():
            self._reason.setText(text)

    def _in_preparation(self, preparation: Preparation) -> str:
        texts = {
            Step.BUILD: self.tr("A faster engine is being built: %1, for %2 s"),
            Step.LOAD: self.tr("A faster engine is being loaded: %1, for %2 s"),
            Step.CHECK: self.tr("A faster engine is being checked: %1, for %2 s"),
        }
        return texts[preparation.step].replace("%1", preparation.name)


class BackendDetails(QFrame):
    """Everything about the back end: the one in use, those passed over, and where time goes."""

    def __init__(
        self,
        backend: BackendChoice | None,
        model_name: str,
        statistics: RunStatistics,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(4)
        self._layout = layout
        if backend is None:
            self._add(self.tr("No back end is running"), "")
        else:
            self._add(backend.active.name, to_sentence(translated(backend.active.reason)))
            if backend.preparing is not None:
                self._add(
                    self.tr("In preparation: %1").replace("%1", backend.preparing.name),
                    self.tr("It takes over by itself as soon as it has proved itself."),
                )
            for probe in backend.passed_over:
                self._add(
                    self.tr("Not used: %1").replace("%1", probe.name),
                    to_sentence(translated(probe.reason)),
                )
        self._add(self.tr("Model"), model_name)
        stages = self.tr("hands %1 ms, gesture %2 ms, events %3 ms")
        for place, figure in enumerate(
            (statistics.detect_ms, statistics.classify_ms, statistics.track_ms), start=1
        ):
            stages = stages.replace(f"%{place}", f"{figure:.1f}")
        self._add(self.tr("Mean time per frame"), stages)
        self.setAccessibleName(self.tr("Details of the back end"))
        self.setAccessibleDescription(
            "\n".join(label.text() for label in self.findChildren(QLabel) if label.text())
        )

    def _add(self, title: str, text: str) -> None:
        body = make_label("muted", wraps=True, text=text)
        body.setMinimumWidth(360)
        if self._layout.count():
            self._layout.addSpacing(8)
        self._layout.addWidget(make_heading(text=title))
        self._layout.addWidget(body)
