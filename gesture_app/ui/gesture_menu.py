"""What else can be done with a gesture: the menu of its card."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QMenu, QWidget

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import COLORS
from gesture_app.ui.gesture_collection import GestureCollection, GestureEntry
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance

_SWATCH = 18


class GestureMenu(QMenu):
    """Filled anew each time it opens, since it lists all other gestures."""

    record_asked = pyqtSignal()
    review_asked = pyqtSignal()
    rename_asked = pyqtSignal()

    def __init__(
        self, appearance: Appearance, collection: GestureCollection, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._collection = collection
        self._entry: GestureEntry | None = None
        self._color, self._merge = QMenu(self), QMenu(self)
        self.aboutToShow.connect(self.fill)

    def show_entry(self, entry: GestureEntry) -> None:
        self._entry = entry

    def fill(self) -> None:
        """With what can be done with the gesture now."""
        self.clear()
        entry = self._entry
        if entry is None:
            return
        if entry.built_in and entry.label != NO_GESTURE:
            self._add("record", self.tr("Record pictures"), self.record_asked.emit)
            if entry.samples:
                self._add("review", self.tr("Review pictures"), self.review_asked.emit)
        if not entry.built_in:
            self._add("rename", self.tr("Rename") + "\tF2", self.rename_asked.emit)
            self._add_colors(entry)
        if entry.samples:
            self._add_merge(entry)
        if not entry.built_in:
            self.addSeparator()
            text = self.tr("Delete") + "\tDel"
            self._add("delete", text, lambda: self._collection.remove(entry.label))

    # The keys in the texts are those of `GestureCard`; a menu's own would work in every card.

    def _add(self, sign: str, text: str, run: Callable[[], object]) -> None:
        action = QAction(icon(sign, self._appearance.tokens.muted), text, self)
        action.triggered.connect(lambda _checked: run())
        self.addAction(action)

    def _add_colors(self, entry: GestureEntry) -> None:
        self._color.clear()
        self._color.setTitle(self.tr("Colour"))
        self._color.setIcon(_swatch(entry.color))
        for place, color in enumerate(COLORS, start=1):
            text = self.tr("Colour %1").replace("%1", str(place))
            if color == entry.color:
                text = self.tr("Colour %1 (now)").replace("%1", str(place))
            action = QAction(_swatch(color), text, self._color)
            action.triggered.connect(
                lambda _checked, color=color: self._collection.recolor(entry.label, color)
            )
            self._color.addAction(action)
        self.addMenu(self._color)

    def _add_merge(self, entry: GestureEntry) -> None:
        self._merge.clear()
        self._merge.setTitle(self.tr("Merge into"))
        self._merge.setIcon(icon("merge", self._appearance.tokens.muted))
        for other in self._collection.entries:
            if other.label == entry.label:
                continue
            action = QAction(other.name.replace("&", "&&"), self._merge)
            action.triggered.connect(
                lambda _checked, target=other.label: self._collection.merge(entry.label, target)
            )
            self._merge.addAction(action)
        self.addMenu(self._merge)


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(2, 2, _SWATCH - 4, _SWATCH - 4)
    painter.end()
    return QIcon(pixmap)
