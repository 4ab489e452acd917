"""What can be done with the selected pictures."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gesture_app.core.types import NO_GESTURE
from gesture_app.ui.gesture_collection import GestureCollection, GestureEntry
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_label, make_tool


class SelectionBar(QWidget):
    """Says how many are selected; deletes them, or gives them to another gesture."""

    delete_asked = pyqtSignal()
    move_asked = pyqtSignal(str)
    """The label of the gesture that they belong to."""

    def __init__(self, appearance: Appearance, collection: GestureCollection) -> None:
        super().__init__()
        self._appearance = appearance
        self._collection = collection
        self._label = ""
        self._count = 0
        self._text = make_label("muted")
        self.delete, self.move_to = make_tool(), make_tool()
        self._menu, self._built_in = QMenu(self), QMenu(self)
        self.move_to.setMenu(self._menu)
        self.move_to.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.aboutToShow.connect(self.fill_menu)
        self.delete.clicked.connect(self.delete_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.move_to)
        layout.addWidget(self.delete)
        self.show_count(0)
        self.retranslate()
        self.tint()

    def show_gesture(self, label: str) -> None:
        """Whose pictures they are: all other gestures are offered."""
        self._label = label

    def show_count(self, count: int) -> None:
        self._count = count
        self.delete.setEnabled(count > 0)
        self.move_to.setEnabled(count > 0)
        self._say_count()

    def text(self) -> str:
        return str(self._text.text())

    def open_menu(self) -> None:
        if self._count:
            self.move_to.showMenu()

    def fill_menu(self) -> None:
        """The gestures that the pictures can be given to, own ones first."""
        self._menu.clear()
        self._built_in.clear()
        for entry in self._collection.entries:
            if entry.label == self._label:
                continue
            near = not entry.built_in or entry.label == NO_GESTURE or entry.samples > 0
            self._add(self._menu if near else self._built_in, entry)
        if not self._built_in.isEmpty():
            self._menu.addSeparator()
            self._menu.addMenu(self._built_in)

    def retranslate(self) -> None:
        self.delete.setText(self.tr("Delete"))
        self.delete.setToolTip(self.tr("Delete the selected pictures (Del)"))
        self.delete.setAccessibleName(self.tr("Delete the selected pictures"))
        self.move_to.setText(self.tr("Move to"))
        self.move_to.setToolTip(self.tr("Give the selected pictures to another gesture (M)"))
        self.move_to.setAccessibleName(self.tr("Give the selected pictures to another gesture"))
        self._built_in.setTitle(self.tr("Built-in gestures"))
        self._say_count()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.delete.setIcon(icon("delete", tokens.text))
        self.move_to.setIcon(icon("merge", tokens.text))

    def _add(self, menu: QMenu, entry: GestureEntry) -> None:
        action = QAction(entry.name.replace("&", "&&"), menu)
        action.triggered.connect(lambda: self.move_asked.emit(entry.label))
        menu.addAction(action)

    def _say_count(self) -> None:
        hint = self.tr("Click pictures to select them; with Shift or Ctrl, several.")
        text = self.tr("Selected: %1").replace("%1", str(self._count))
        self._text.setText(text if self._count else hint)
