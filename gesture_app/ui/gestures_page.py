"""All gestures, own and built-in: named, recorded, switched, and where their pictures are."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import MAX_NAME_LENGTH, Gesture
from gesture_app.ui.background import Background
from gesture_app.ui.banner import Banner
from gesture_app.ui.built_in_tile import BuiltInTile
from gesture_app.ui.first_steps import FirstSteps
from gesture_app.ui.gesture_card import GestureCard
from gesture_app.ui.gesture_collection import GestureCollection, GestureEntry
from gesture_app.ui.icons import icon
from gesture_app.ui.set_footer import SetFooter
from gesture_app.ui.set_transfer import SetTransfer
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.tile_grid import TileGrid
from gesture_app.ui.transfer_bar import TransferBar
from gesture_app.ui.undo_bar import UndoBar
from gesture_app.ui.widgets import make_heading, make_label, make_tool

_CARD_WIDTH, _TILE_WIDTH = 350, 236
_BUILDING_MS = 4
"""For new cards at a time; the rest follows when the window has had its turn."""

Tile = GestureCard | BuiltInTile


class GesturesPage(QWidget):
    """Lists the entries of the collection and changes them."""

    record_asked = pyqtSignal(str)
    review_asked = pyqtSignal(str)
    train_asked = pyqtSignal()

    def __init__(
        self,
        appearance: Appearance,
        collection: GestureCollection,
        thumbnails: Thumbnails,
        background: Background,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._collection = collection
        self._thumbnails = thumbnails
        self._tiles: dict[str, Tile] = {}
        self._problems_told = 0
        self._title, self._built_in_title = make_heading(1.35), make_heading(1.1)
        self._built_in_hint = make_label("muted", wraps=True)
        self.name, self.add, self.train = QLineEdit(), make_tool(), make_tool()
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.problems = Banner(appearance)
        self.steps = FirstSteps(appearance)
        self.own, self.built_in = TileGrid(_CARD_WIDTH), TileGrid(_TILE_WIDTH)
        self.undo_bar = UndoBar(appearance, collection, self)
        self.transfer = SetTransfer(collection, background)
        self._refused: AppError | None = None
        self.transfer_bar = TransferBar(appearance, self.transfer)
        self.footer = SetFooter(appearance, collection, self.transfer)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()
        self._show_entries()

    @property
    def tiles(self) -> dict[str, Tile]:
        """By label; an own gesture's may still be missing for a moment."""
        return self._tiles

    def shut_down(self) -> None:
        """End an export or import; the window closes."""
        self.transfer.cancel()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._thumbnails.retry()
        self._collection.reload()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Gestures"))
        self.name.setPlaceholderText(self.tr("Name of a new gesture"))
        self.name.setAccessibleName(self.tr("Name of a new gesture"))
        self._built_in_title.setText(self.tr("Built in"))
        self._built_in_hint.setText(
            self.tr("The app knows these already. Switch off what you do not use.")
        )
        for button, text, description in (
            (self.add, self.tr("Add and record"), self.tr("Add this gesture and record it")),
            (self.train, self.tr("Train"), self.tr("Teach the app what you have recorded")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setAccessibleDescription(description)
            button.setToolTip(description)
        self.problems.retranslate()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.add.setIcon(icon("add", tokens.text))
        self.train.setIcon(icon("train", tokens.text))
        for part in (
            self.problems,
            self.steps,
            self.undo_bar,
            self.transfer_bar,
            self.footer,
        ):
            part.tint()
        for tile in self._tiles.values():
            tile.tint()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self._title)
        bar.addStretch(1)
        bar.addWidget(self.name, 2)
        bar.addWidget(self.add)
        bar.addWidget(self.train)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(12)
        inside.addWidget(self.steps)
        inside.addWidget(self.own)
        inside.addSpacing(6)
        inside.addWidget(self._built_in_title)
        inside.addWidget(self._built_in_hint)
        inside.addWidget(self.built_in)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("plain")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addLayout(bar)
        layout.addWidget(self.problems)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.undo_bar)
        layout.addWidget(self.transfer_bar)
        layout.addWidget(self.footer)

    def _connect(self) -> None:
        self._collection.changed.connect(self._show_entries)
        # A switch that could not be kept shows again what holds.
        self._collection.failed.connect(self._show_entries)
        self.name.returnPressed.connect(self._add)
        self.name.textChanged.connect(self._enable)
        self.add.clicked.connect(self._add)
        self.train.clicked.connect(self.train_asked)
        self.footer.problem.connect(self.problems.show_notice)
        self.transfer.failed.connect(self._say_refused)
        for succeeded in (self.transfer.exported, self.transfer.imported):
            succeeded.connect(lambda *_: self.problems.withdraw(self._refused))

    def _say_refused(self, problem: AppError) -> None:
        """Until an export or import succeeds."""
        self._refused = problem
        self.problems.show_notice(problem)

    def _add(self) -> None:
        if self.name.text().strip():
            self._collection.add(self.name.text(), self._go_and_record)

    def _go_and_record(self, gesture: Gesture) -> None:
        self.name.clear()
        self.record_asked.emit(gesture.label)

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.name.text().strip()))
        self.train.setEnabled(any(entry.samples for entry in self._collection.entries))

    def _show_entries(self) -> None:
        entries = {entry.label: entry for entry in self._collection.entries}
        for label in self._tiles.keys() - entries.keys():
            tile = self._tiles.pop(label)
            tile.hide()
            tile.deleteLater()
        for label, tile in self._tiles.items():
            tile.show_entry(entries[label])
        own = any(not entry.built_in for entry in entries.values())
        self.steps.setVisible(self._collection.loaded and not own)
        self._enable()
        self._show_problems()
        self._build_missing()

    def _build_missing(self) -> None:
        """Tiles for entries that have none yet, as many as there is time for."""
        clock = QElapsedTimer()
        clock.start()
        for entry in self._collection.entries:
            if entry.label in self._tiles:
                continue
            if clock.elapsed() > _BUILDING_MS:
                QTimer.singleShot(0, self._build_missing)
                break
            self._tiles[entry.label] = tile = self._make_tile(entry)
            # Now and not all together when the page is shown.
            tile.ensurePolished()
        ready = [e for e in self._collection.entries if e.label in self._tiles]
        own = [e for e in ready if not e.built_in or e.label == NO_GESTURE]
        self.own.set_tiles([self._tiles[entry.label] for entry in own])
        self.built_in.set_tiles([self._tiles[e.label] for e in ready if e not in own])

    def _make_tile(self, entry: GestureEntry) -> Tile:
        large = not entry.built_in or entry.label == NO_GESTURE
        make: Callable[..., Tile] = GestureCard if large else BuiltInTile
        tile = make(self._appearance, self._collection, self._thumbnails, entry)
        tile.record_asked.connect(self.record_asked)
        tile.review_asked.connect(self.review_asked)
        return tile

    def _show_problems(self) -> None:
        """Pictures that cannot be read are said, once; each costs only itself."""
        problems = self._collection.problems
        before, self._problems_told = self._problems_told, len(problems)
        if len(problems) <= before:
            return
        first = problems[0]
        what = self.tr("Pictures that cannot be read: %1").replace("%1", str(len(problems)))
        self.problems.show_notice(AppError(what, first.why, first.next_step))
