"""What training does now, how long it still takes, and a button that stops it at once."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from gesture_app.store.training_events import Stage, StageName
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.curves_view import CurvesView
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.training_run import TrainingPhase, TrainingRun
from gesture_app.ui.widgets import make_button, make_heading, make_label

_WIDTH = 720
_SIGN_SIDE = 18
_STAGES = {
    TeachingMode.QUICK: (StageName.FEATURES, StageName.FIT, StageName.JUDGE, StageName.WRITE),
    TeachingMode.FULL: (StageName.FEATURES, StageName.TRAIN, StageName.JUDGE, StageName.WRITE),
}

_NAMES = {
    StageName.HANDS: QT_TRANSLATE_NOOP("TrainingStage", "Finding hands"),
    StageName.FEATURES: QT_TRANSLATE_NOOP("TrainingStage", "Looking at the pictures"),
    StageName.FIT: QT_TRANSLATE_NOOP("TrainingStage", "Learning"),
    StageName.JUDGE: QT_TRANSLATE_NOOP("TrainingStage", "Judging"),
    StageName.TRAIN: QT_TRANSLATE_NOOP("TrainingStage", "Training all layers"),
    StageName.WRITE: QT_TRANSLATE_NOOP("TrainingStage", "Writing the model"),
}


class ProgressView(QFrame):
    """Follows a `TrainingRun` while it is busy."""

    cancel_asked = pyqtSignal()

    def __init__(self, appearance: Appearance, run: TrainingRun) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMaximumWidth(_WIDTH)
        self._appearance = appearance
        self._run = run
        self._title = make_heading(1.35)
        self._note = make_label("muted", wraps=True)
        self._stages = _StageList(appearance)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._doing, self._left = make_label("heading"), make_label("muted")
        self.curves = CurvesView(appearance)
        self.cancel = make_button("secondary", "")
        self.cancel.clicked.connect(self.cancel_asked)
        self._lay_out()
        run.progressed.connect(self.show_progress)
        run.changed.connect(self.show_progress)
        self.retranslate()
        self.tint()

    def retranslate(self) -> None:
        self._note.setText(
            self.tr("Recognition goes on meanwhile. You can use the other pages of the app.")
        )
        self.bar.setAccessibleName(self.tr("Progress"))
        self.curves.retranslate()
        self._stages.retranslate()
        self.show_progress()

    def tint(self) -> None:
        self._stages.tint()
        self.curves.update()

    def show_progress(self) -> None:
        """Where the run is now."""
        state, stage, step = self._run.state, self._run.stage, self._run.step
        full = state.job is not None and state.job.mode is TeachingMode.FULL
        stopping = state.phase is TrainingPhase.STOPPING
        self._title.setText(self.tr("Stopping…") if stopping else self.tr("Learning your gestures"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.cancel.setEnabled(not stopping)
        stages = _STAGES[TeachingMode.FULL if full else TeachingMode.QUICK]
        now = None if stage is None else stage.stage
        self._stages.show_stages(stages, self._run.seen_stages, now)
        self._doing.setText(self.tr("Starting…") if stage is None else stage_name(stage.stage))
        eta = None if stage is None else stage.eta_s
        if step is not None and stage is not None and stage.stage is StageName.TRAIN:
            stage, eta = Stage(StageName.TRAIN, step.step, step.steps), step.eta_s
        self._show_bar(stage, eta)
        self.curves.setVisible(full)
        if step is not None:
            self.curves.show_curves(
                self._run.losses.points, self._run.accuracies.points, step.steps
            )

    def _show_bar(self, stage: Stage | None, eta_s: float | None) -> None:
        # One piece of work that is not done: a bar that moves says more than an empty one.
        known = stage is not None and (stage.total > 1 or stage.done > 0)
        self.bar.setRange(0, stage.total if stage is not None and known else 0)
        if stage is not None and known:
            self.bar.setValue(min(stage.done, stage.total))
        words = "" if eta_s is None else self._time_left(eta_s)
        self._left.setText(words)
        self.bar.setAccessibleDescription(f"{self._doing.text()} {words}".strip())

    def _time_left(self, seconds: float) -> str:
        if seconds < 1.5:
            return self.tr("a moment left")
        if seconds < 90:
            return self.tr("about %1 s left").replace("%1", f"{seconds:.0f}")
        if seconds < 5400:
            return self.tr("about %1 min left").replace("%1", f"{seconds / 60:.0f}")
        return self.tr("about %1 h left").replace("%1", f"{seconds / 3600:.1f}")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._doing)
        line.addStretch(1)
        line.addWidget(self._left)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(30, 26, 30, 22)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._note)
        layout.addSpacing(8)
        layout.addWidget(self._stages)
        layout.addSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.bar)
        layout.addWidget(self.curves, 1)
        layout.addSpacing(6)
        layout.addLayout(buttons)


class _StageList(QWidget):
    """The stages in a row: done, at it, to come."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._stages: tuple[StageName, ...] = ()
        self._seen: tuple[StageName, ...] = ()
        self._now: StageName | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(18)
        self._parts: list[tuple[QLabel, QLabel]] = []

    def show_stages(
        self,
        stages: tuple[StageName, ...],
        seen: tuple[StageName, ...],
        now: StageName | None,
    ) -> None:
        """Args: seen: those that have begun; ``now`` is at work, the others are done."""
        if (stages, seen, now) == (self._stages, self._seen, self._now):
            return
        self._stages, self._seen, self._now = stages, seen, now
        while len(self._parts) < len(stages):
            sign, name = QLabel(), make_label("muted")
            sign.setFixedSize(_SIGN_SIDE, _SIGN_SIDE)
            if self._parts:
                self._layout.takeAt(self._layout.count() - 1)
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(sign)
            pair.addWidget(name)
            self._layout.addLayout(pair)
            self._layout.addStretch(1)
            self._parts.append((sign, name))
        self.retranslate()
        self.tint()

    def retranslate(self) -> None:
        for (_, name), stage in zip(self._parts, self._stages, strict=False):
            name.setText(stage_name(stage))
            name.setObjectName("heading" if stage is self._now else "muted")
            style = name.style()
            if style is not None:
                style.polish(name)

    def tint(self) -> None:
        tokens = self._appearance.tokens
        for (sign, _), stage in zip(self._parts, self._stages, strict=False):
            if stage in self._seen and stage is not self._now:
                drawn = icon("done", tokens.accent)
            elif stage is self._now:
                drawn = icon("play", tokens.accent)
            else:
                drawn = icon("pending", tokens.muted)
            sign.setPixmap(drawn.pixmap(_SIGN_SIDE, _SIGN_SIDE))


def stage_name(stage: StageName) -> str:
    """A stage in words."""
    return QCoreApplication.translate("TrainingStage", _NAMES[stage])
