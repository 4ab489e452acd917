"""The page where a gesture's pictures are looked through: what does not belong there goes."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError
from gesture_app.engine.recognition import ReadyModel
from gesture_app.ui.background import Background
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.gesture_names import OwnNames
from gesture_app.ui.icons import icon
from gesture_app.ui.review_bar import ReviewBar
from gesture_app.ui.reviewed_samples import ReviewedSamples
from gesture_app.ui.sample_model import SampleModel
from gesture_app.ui.sample_preview import SamplePreview
from gesture_app.ui.sample_rows import Arrangement, Order, Suspicions
from gesture_app.ui.sample_view import SampleView
from gesture_app.ui.selection_bar import SelectionBar
from gesture_app.ui.state_card import CardAction, CardContent, StateCard
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.undo_bar import UndoBar
from gesture_app.ui.widgets import SqueezableLabel, make_heading, make_tool

_TITLE_WIDTH = 360


class ReviewPage(QWidget):
    """Shows the pictures of one gesture at a time.

    Args:
        open_model: the model that is asked about the pictures, see `TeachingServices`.
    """

    back = pyqtSignal()
    record_asked = pyqtSignal(str)
    problem = pyqtSignal(AppError)

    def __init__(
        self,
        appearance: Appearance,
        collection: GestureCollection,
        thumbnails: Thumbnails,
        background: Background,
        open_model: Callable[[], ReadyModel],
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._collection = collection
        self._thumbnails = thumbnails
        self._label = ""
        self._from_top = True
        self.model = SampleModel(self)
        self.samples = ReviewedSamples(collection, background, open_model, self)
        self._title = make_heading(1.35)
        self._status = SqueezableLabel("muted")
        self.leave, self.record = make_tool("flat"), make_tool()
        self.bar = ReviewBar(appearance)
        self.view = SampleView(appearance, self.model, thumbnails)
        self.preview = SamplePreview(appearance, collection.store, background)
        self.preview.hide()
        self.empty = StateCard(appearance)
        self.selection = SelectionBar(appearance, collection)
        self.undo_bar = UndoBar(appearance, collection, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()

    def show_gesture(self, label: str) -> None:
        """Look through this one's pictures from now on."""
        self._label = label
        self._from_top = True
        self.preview.hide()
        self.model.show(Arrangement(), {})
        self.view.set_section_sizes(())
        self.selection.show_gesture(label)
        self.bar.show_all_sessions()
        self.samples.watch(label)
        self._follow()

    def shut_down(self) -> None:
        """End what runs in the background; the window closes."""
        self.samples.shut_down()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.samples.resume()

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self.samples.pause()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape and self.preview.isVisible():
            self._close_preview()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.leave.setText(self.tr("Back"))
        self.leave.setToolTip(self.tr("Back (Escape)"))
        self.record.setText(self.tr("Record more"))
        self.view.setAccessibleName(self.tr("Pictures"))
        self.view.setAccessibleDescription(
            self.tr("Space shows a picture in large, Del deletes, M moves to another gesture")
        )
        for part in (self.bar, self.selection, self.preview, self.model):
            part.retranslate()
        self._follow()

    def tint(self) -> None:
        """Icons and painted colours, after the theme has changed."""
        tokens = self._appearance.tokens
        self.leave.setIcon(icon("back", tokens.text))
        self.record.setIcon(icon("record", tokens.text))
        for part in (self.view, self.selection, self.preview, self.empty, self.undo_bar):
            part.tint()

    def _connect(self) -> None:
        self.leave.clicked.connect(self.back)
        self.record.clicked.connect(lambda: self.record_asked.emit(self._label))
        self.bar.order_chosen.connect(self._choose_order)
        self.bar.session_chosen.connect(self._choose_session)
        self.bar.size_chosen.connect(self.view.set_tile)
        self.samples.arranged.connect(self._show)
        self.samples.marked.connect(self._mark)
        self.samples.failed.connect(self.problem)
        self.view.chosen.connect(self._follow_selection)
        self.view.opened.connect(self._toggle_preview)
        self.preview.closed.connect(self._close_preview)
        self.selection.delete_asked.connect(self.delete_selected)
        self.selection.move_asked.connect(self.move_selected)
        self._collection.changed.connect(self._follow)
        for keys, run in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self.delete_selected),
            (QKeySequence("Backspace"), self.delete_selected),
            (QKeySequence("M"), self.selection.open_menu),
        ):
            shortcut = QShortcut(keys, self.view, run)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def delete_selected(self) -> None:
        """Out of the gesture; can be taken back."""
        ids = [sample.id for sample in self.view.selected()]
        if ids:
            self._collection.delete(ids)

    def move_selected(self, label: str) -> None:
        """Give the selected pictures to another gesture."""
        ids = [sample.id for sample in self.view.selected()]
        if ids:
            self._collection.move(ids, label)

    def _choose_order(self, order: Order) -> None:
        self._from_top = True
        self.samples.set_order(order)

    def _choose_session(self, recording: str) -> None:
        self._from_top = True
        self.samples.set_recording(recording)

    def _own_names(self) -> OwnNames:
        return {one.label: one.name for one in self._collection.entries if not one.built_in}

    def _follow(self) -> None:
        """Title, sessions, and the card where there are no pictures."""
        entry = self._collection.entry(self._label)
        name = self._label if entry is None else entry.name
        metrics = self._title.fontMetrics()
        title = self.tr("Review: %1").replace("%1", name)
        self._title.setText(metrics.elidedText(title, Qt.TextElideMode.ElideRight, _TITLE_WIDTH))
        self._title.setAccessibleName(title)
        self._thumbnails.retry()
        self.bar.show_sessions(self._collection.recordings(self._label))
        nothing = self._collection.loaded and not self._collection.samples(self._label)
        self._stack.setCurrentIndex(1 if nothing else 0)
        for part in (self.bar, self.selection, self.record, self._status):
            part.setVisible(not nothing)
        if nothing:
            self.preview.hide()
            self.empty.show_content(self._empty_card(name))
        self._say_status()

    def _show(self, arrangement: Arrangement) -> None:
        self.view.show_samples(arrangement, self._own_names(), from_top=self._from_top)
        self._from_top = False
        self._follow_selection()
        self._say_status()

    def _mark(self, suspicions: Suspicions, sample_ids: tuple[str, ...]) -> None:
        self.model.mark(suspicions, sample_ids)
        current = self.view.current()
        if current is not None and current.id in sample_ids:
            self._fill_preview()
        self._say_status()

    def _follow_selection(self) -> None:
        self.selection.show_count(len(self.view.selected_rows()))
        self._fill_preview()

    def _toggle_preview(self) -> None:
        if self.preview.isVisible():
            self._close_preview()
        elif self.view.current() is not None:
            self.preview.show()
            self._fill_preview()
            self.view.scrollTo(self.view.currentIndex())

    def _close_preview(self) -> None:
        self.preview.hide()
        self.view.setFocus()

    def _fill_preview(self) -> None:
        current = self.view.current()
        if current is None:
            self.preview.hide()
        elif self.preview.isVisible():
            reasons = self.model.reasons(current.id)
            answer = self.samples.answer(current.id)
            self.preview.show_sample(current, reasons, answer, self._own_names())

    def _say_status(self) -> None:
        done, total = self.samples.progress
        samples = self._collection.samples(self._label)
        text = self.tr("Pictures: %1").replace("%1", str(len(samples)))
        if total:
            asking = self.tr("the model looks at them: %1 of %2")
            asking = asking.replace("%2", str(total)).replace("%1", str(done))
            text = f"{text} · {asking}"
        elif count := self.model.suspicious():
            text = f"{text} · {self.tr('worth a second look: %1').replace('%1', str(count))}"
        self._status.setText(text)
        self._status.setAccessibleName(text)

    def _empty_card(self, name: str) -> CardContent:
        return CardContent(
            "review",
            self.tr("No pictures of “%1” yet").replace("%1", name),
            self.tr("Here you review what was recorded, and take out what went wrong."),
            actions=(CardAction(self.tr("Record"), lambda: self.record_asked.emit(self._label)),),
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.leave)
        head.addWidget(self._title)
        head.addWidget(self._status, 1)
        head.addWidget(self.record)
        around = QWidget()
        middle = QGridLayout(around)
        middle.addWidget(self.empty, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.view)
        self._stack.addWidget(around)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self._stack, 1)
        body.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addLayout(body, 1)
        layout.addWidget(self.undo_bar)
        layout.addWidget(self.selection)
