"""What training would learn, what is missing for it, and the one button that starts it."""

from __future__ import annotations

from PyQt6.QtCore import QElapsedTimer, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gesture_app.engine.training_hardware import TrainingHardware
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.icons import icon
from gesture_app.ui.mode_choice import ModeChoice
from gesture_app.ui.theme import Appearance
from gesture_app.ui.training_plan import LEAST_SAMPLES, Missing, PlanRow, TrainingPlan
from gesture_app.ui.widgets import SqueezableLabel, make_button, make_heading, make_label

_SIDE_WIDTH = 300
_DOT_SIDE = 12
_SIGN_SIDE = 20
_BUILDING_MS = 8
"""For new rows at a time; the rest follows when the window has had its turn."""


class PlanView(QWidget):
    """The list of gestures on the left, the choice and the button on the right."""

    train_asked = pyqtSignal(TeachingMode)
    record_asked = pyqtSignal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._plan = TrainingPlan()
        self._title = make_heading()
        self.rows: list[PlanRowView] = []
        self.choice = ModeChoice()
        self.train = make_button("primary", "")
        self.train.clicked.connect(lambda: self.train_asked.emit(self.choice.mode))
        self._hint = make_label("muted", wraps=True)
        self._list = QVBoxLayout()
        self._lay_out()
        self.retranslate()

    def show_plan(self, plan: TrainingPlan, hardware: TrainingHardware | None) -> None:
        """Args: hardware: None while it is not known yet."""
        self._plan = plan
        self.choice.show_choice(hardware, plan.pictures)
        for surplus in self.rows[len(plan.rows) :]:
            surplus.hide()
            surplus.deleteLater()
        del self.rows[len(plan.rows) :]
        for view, row in zip(self.rows, plan.rows, strict=False):
            view.show_row(row)
        self._build_missing()
        self.train.setEnabled(plan.ready)
        self._show_hint()

    def retranslate(self) -> None:
        self._title.setText(self.tr("What will be learnt"))
        self.train.setText(self.tr("Train"))
        self.train.setAccessibleName(self.train.text())
        self.choice.retranslate()
        for row in self.rows:
            row.retranslate()
        self._show_hint()

    def tint(self) -> None:
        for row in self.rows:
            row.tint()

    def hint(self) -> str:
        """What stands under the button."""
        return str(self._hint.text())

    def _build_missing(self) -> None:
        """Rows that are not there yet, as many as there is time for."""
        clock = QElapsedTimer()
        clock.start()
        for row in self._plan.rows[len(self.rows) :]:
            if clock.elapsed() > _BUILDING_MS:
                QTimer.singleShot(0, self._build_missing)
                return
            added = PlanRowView(self._appearance)
            added.record_asked.connect(self.record_asked)
            self.rows.append(added)
            self._list.insertWidget(self._list.count() - 1, added)
            added.show_row(row)

    def _show_hint(self) -> None:
        if self._plan.ready:
            text = self.tr(
                "The gestures that the app knows already stay. Nothing changes before you have "
                "seen how good the new model is."
            )
        elif blocking := self._plan.blocking:
            text = self.tr("Record more of these first, or delete them: %1.").replace(
                "%1", ", ".join(blocking)
            )
        else:
            text = self.tr("Record one of your gestures first.")
        self._hint.setText(text)
        self.train.setAccessibleDescription(text)

    def _lay_out(self) -> None:
        rows = QWidget()
        rows.setObjectName("scrolled")
        rows.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(2)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(rows)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = _card()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(18, 16, 10, 12)
        left_layout.setSpacing(10)
        left_layout.addWidget(self._title)
        left_layout.addWidget(scroll, 1)
        right = _card()
        right.setFixedWidth(_SIDE_WIDTH)
        right_layout = QVBoxLayout(right)
        right_layout.setContentsMargins(18, 16, 18, 16)
        right_layout.setSpacing(10)
        right_layout.addWidget(self.choice)
        right_layout.addStretch(1)
        right_layout.addWidget(self.train)
        right_layout.addWidget(self._hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(left, 1)
        layout.addWidget(right)


class PlanRowView(QWidget):
    """One gesture: its colour and name, how much was recorded, and what to record next."""

    record_asked = pyqtSignal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._row: PlanRow | None = None
        self._dot, self._sign = QLabel(), QLabel()
        self._dot.setFixedSize(_DOT_SIDE, _DOT_SIDE)
        self._sign.setFixedSize(_SIGN_SIDE, _SIGN_SIDE)
        self._name, self._count = SqueezableLabel("heading"), make_label("muted")
        self._name.setFont(make_heading().font())
        self._advice = make_label("caption", wraps=True)
        self.record: QPushButton = make_button("secondary", "")
        self.record.clicked.connect(self._ask)
        text = QVBoxLayout()
        text.setSpacing(1)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._name, 1)
        line.addWidget(self._count)
        text.addLayout(line)
        text.addWidget(self._advice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 7, 0, 7)
        layout.setSpacing(12)
        layout.addWidget(self._dot)
        layout.addLayout(text, 1)
        layout.addWidget(self._sign)
        layout.addWidget(self.record)

    def show_row(self, row: PlanRow) -> None:
        self._row = row
        self.retranslate()
        self.tint()

    def text(self) -> str:
        """Everything that the row says."""
        return f"{self._name.text()}: {self._count.text()}. {self._advice.text()}".strip()

    def retranslate(self) -> None:
        if self._row is None:
            return
        entry, missing = self._row.entry, self._row.missing
        self._name.setText(entry.name)
        count = self.tr("Pictures: %1 · Recordings: %2")
        self._count.setText(
            count.replace("%1", str(entry.samples)).replace("%2", str(entry.recordings))
        )
        self._advice.setText(self._in_words(missing))
        self._advice.setVisible(missing is not Missing.NOTHING)
        self._sign.setVisible(missing is Missing.NOTHING)
        self.record.setVisible(missing is not Missing.NOTHING)
        self.record.setText(self.tr("Record"))
        self.record.setAccessibleName(self.tr("Record %1").replace("%1", entry.name))
        self.record.setAccessibleDescription(self._advice.text())
        self.setAccessibleName(self.text())

    def tint(self) -> None:
        if self._row is None:
            return
        tokens = self._appearance.tokens
        color = self._row.entry.color or tokens.muted
        self._dot.setStyleSheet(f"background: {color}; border-radius: {_DOT_SIDE // 2}px;")
        self._sign.setPixmap(icon("done", tokens.accent).pixmap(_SIGN_SIDE, _SIGN_SIDE))

    def _in_words(self, missing: Missing) -> str:
        return {
            Missing.NOTHING: "",
            Missing.FIRST: self.tr("Not recorded yet, so it is not learnt."),
            Missing.MORE: self.tr("Too few to learn from: record %1 at least.").replace(
                "%1", str(LEAST_SAMPLES)
            ),
            Missing.SECOND_RECORDING: self.tr(
                "Record it a second time in another place or posture: only then can it be judged "
                "honestly."
            ),
            Missing.NEGATIVES: self.tr(
                "Record what is no gesture (typing, drinking, scratching your nose), so that it is "
                "not taken for one."
            ),
        }[missing]

    def _ask(self) -> None:
        if self._row is not None:
            self.record_asked.emit(self._row.entry.label)


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    return card
