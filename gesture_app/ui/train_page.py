"""The page where the recorded gestures are learnt: plan, progress, judgement, switching."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError
from gesture_app.engine.training_hardware import TrainingHardware, probe_training_hardware
from gesture_app.store.library import InstalledModel
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.background import Background
from gesture_app.ui.banner import Banner
from gesture_app.ui.closing_question import ClosingQuestion
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.messages import to_sentence, translated
from gesture_app.ui.model_activation import ModelActivation
from gesture_app.ui.plan_view import PlanView
from gesture_app.ui.progress_view import ProgressView
from gesture_app.ui.result_view import Decision, ResultView
from gesture_app.ui.services import TeachingServices
from gesture_app.ui.session import LiveSession, Phase
from gesture_app.ui.state_card import CardAction, CardContent, StateCard
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.training_notices import notice_of
from gesture_app.ui.training_plan import plan_training
from gesture_app.ui.training_run import TrainingPhase, TrainingRun
from gesture_app.ui.unfinished_bar import UnfinishedBar
from gesture_app.ui.widgets import make_heading, make_label

_STOP_TIMEOUT_S = 2.0
_RUNNING = (Phase.STARTING, Phase.RUNNING)


class TrainPage(QWidget):
    """Shows a `TrainingRun`, and what could be trained while there is none."""

    gestures_asked = pyqtSignal()
    record_asked = pyqtSignal(str)
    live_asked = pyqtSignal()
    noticed = pyqtSignal(AppError)
    """To be said wherever the person is, since this page is not shown."""

    def __init__(
        self,
        appearance: Appearance,
        collection: GestureCollection,
        session: LiveSession,
        services: TeachingServices,
        background: Background,
        thumbnails: Thumbnails,
    ) -> None:
        super().__init__()
        self._collection = collection
        self._session = session
        self._background = background
        self.hardware: TrainingHardware | None = None
        self._probed = False
        self._closing = False
        self._activated: InstalledModel | None = None
        self.question: ClosingQuestion | None = None
        self.run = TrainingRun(services, background, self)
        self.activation = ModelActivation(services.active, session, background, self)
        self._title, self._subtitle = make_heading(1.35), make_label("muted", wraps=True)
        self.banner = Banner(appearance)
        self.unfinished = UnfinishedBar(appearance)
        self.empty, self.failure = StateCard(appearance), StateCard(appearance)
        self.plan = PlanView(appearance)
        self.progress = ProgressView(appearance, self.run)
        self.result = ResultView(appearance, thumbnails)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.run.look_for_interrupted()

    def may_close(self, close: Callable[[], object]) -> bool:
        """Whether the window may close now. While training goes on the person is asked first, and
        ``close`` is called if that is the wish."""
        if self._closing or not self.run.busy:
            return True
        if self.question is None:
            self.question = self._ask_about_closing(close)
        self.question.open()
        return False

    def agree_to_close(self) -> None:
        """Nobody is asked any more."""
        self._closing = True

    def shut_down(self) -> None:
        """End the process; the window closes. The run can be gone on with next time."""
        self.run.shut_down(_STOP_TIMEOUT_S)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        if not self._probed:
            self._probed = True
            self._background.run(probe_training_hardware, self._take_hardware)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Train"))
        self._subtitle.setText(
            self.tr("Teaches the app the gestures that you recorded. Nothing leaves this machine.")
        )
        for part in (self.banner, self.unfinished, self.plan, self.progress, self.result):
            part.retranslate()
        self._show_state()

    def tint(self) -> None:
        """Icons and painted colours, after the theme has changed."""
        for part in (
            self.banner,
            self.unfinished,
            self.empty,
            self.failure,
            self.plan,
            self.progress,
            self.result,
        ):
            part.tint()

    def _lay_out(self) -> None:
        for part in (self.empty, self.failure, self.progress):
            self._stack.addWidget(_centred(part))
        self._stack.addWidget(self.plan)
        self._stack.addWidget(self.result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle)
        layout.addWidget(self.banner)
        layout.addWidget(self.unfinished)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._collection.changed.connect(self._show_plan)
        self.run.changed.connect(self._follow_run)
        self.plan.train_asked.connect(self._train)
        self.plan.record_asked.connect(self.record_asked)
        self.progress.cancel_asked.connect(self.run.cancel)
        self.unfinished.go_on_asked.connect(self.run.go_on)
        self.unfinished.discard_asked.connect(self.run.discard)
        self.result.switch_asked.connect(self._switch_on)
        self.result.try_out_asked.connect(self._try_out)
        self.result.keep_asked.connect(self._keep)
        self.result.done.connect(self.run.discard)
        self.result.go_back_asked.connect(self.activation.go_back)
        self.result.live_asked.connect(self.live_asked)
        self.activation.activated.connect(self._take_activated)
        self.activation.failed.connect(self._take_refusal)
        self._session.models_changed.connect(self._follow_models)
        self._session.state_changed.connect(self._follow_models)

    def _show_plan(self) -> None:
        plan = plan_training(self._collection.entries)
        self.plan.show_plan(plan, self.hardware)
        self._show_state()

    def _show_state(self) -> None:
        """The view that fits how training stands."""
        state, empty = self.run.state, plan_training(self._collection.entries).empty
        self.unfinished.setVisible(state.phase is TrainingPhase.INTERRUPTED and not empty)
        if state.job is not None:
            self.unfinished.show_job(state.job)
        if self.run.busy:
            self._show(self.progress)
        elif state.phase is TrainingPhase.DONE:
            self._show(self.result)
        elif state.error is not None:
            self.failure.show_content(self._failure(state.error))
            self._show(self.failure)
        elif empty:
            self.empty.show_content(self._nothing_yet())
            self._show(self.empty)
        else:
            self._show(self.plan)

    def _show(self, part: QWidget) -> None:
        parent = part.parentWidget()
        shown = part if parent is self._stack else parent
        self._stack.setCurrentWidget(shown)

    def _follow_run(self) -> None:
        state = self.run.state
        if state.phase is TrainingPhase.DONE and state.result is not None:
            self._activated = None
            self.result.show_result(state.result)
        self._show_state()
        if not self.isVisible() and (notice := notice_of(state.phase)) is not None:
            self.noticed.emit(notice)

    def _take_hardware(self, hardware: TrainingHardware) -> None:
        self.hardware = hardware
        self._show_plan()

    def _train(self, mode: TeachingMode) -> None:
        now = datetime.now().strftime("%Y-%m-%d %H:%M")
        self.banner.dismiss()
        self.run.start(mode, self.tr("My gestures, %1").replace("%1", now))

    def _switch_on(self) -> None:
        result = self.run.state.result
        if result is not None:
            self.banner.dismiss()
            self.result.show_decision(Decision.SWITCHING)
            self.activation.activate(result.model.id)

    def _try_out(self) -> None:
        result = self.run.state.result
        if result is not None:
            self._session.try_out(result.model.folder)
            self.live_asked.emit()

    def _keep(self) -> None:
        self._session.try_out(None)
        self.run.discard()

    def _take_activated(self, model: InstalledModel) -> None:
        self._activated = model
        self._follow_models()

    def _follow_models(self) -> None:
        """Say what became of the new model: it is live when the run has taken it over."""
        result, chosen, running = self.run.state.result, self._activated, self._session.models
        if result is None or chosen is None:
            return
        if chosen.id != result.model.id:
            self.result.show_decision(Decision.OPEN)
        elif self._session.state.phase in _RUNNING and running.active is not None:
            live = running.active.folder == chosen.folder
            self.result.show_decision(Decision.LIVE if live else Decision.SWITCHING)
        else:
            self.result.show_decision(Decision.LIVE)

    def _take_refusal(self, error: AppError) -> None:
        self._activated = None
        if self.run.state.result is not None:
            self.result.show_decision(Decision.OPEN)
        self.banner.show_notice(error)

    def _nothing_yet(self) -> CardContent:
        return CardContent(
            "train",
            self.tr("Nothing to learn yet"),
            self.tr("Add a gesture, record it twice, then come back and press one button."),
            actions=(CardAction(self.tr("Add a gesture"), self.gestures_asked.emit),),
        )

    def _failure(self, error: AppError) -> CardContent:
        actions = [CardAction(self.tr("Back"), self.run.discard)]
        if self.run.state.job is not None:
            actions.insert(0, CardAction(self.tr("Try again"), self.run.go_on))
        return CardContent(
            "danger",
            translated(error.what),
            to_sentence(translated(error.why)),
            translated(error.next_step),
            tuple(actions),
        )

    def _ask_about_closing(self, close: Callable[[], object]) -> ClosingQuestion:
        question = ClosingQuestion(self.window())

        def agree() -> None:
            self.agree_to_close()
            close()

        def forget() -> None:
            self.question = None

        self.run.changed.connect(question.reject)
        question.finished.connect(forget)
        question.agreed.connect(agree)
        return question


def _centred(part: QWidget) -> QWidget:
    holder = QWidget()
    # A grid: box layouts give lines that wrap too little height when they centre.
    layout = QGridLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(part, 0, 0, Qt.AlignmentFlag.AlignCenter)
    return holder
