"""A bar that says what was just done and offers to take it back."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_label, make_tool


class UndoBar(QFrame):
    """Shown as long as the collection has something to undo and nobody has put the bar away.

    Ctrl+Z works as long as the page that the bar is on is shown, also after it was put away.
    """

    def __init__(
        self, appearance: Appearance, collection: GestureCollection, page: QWidget
    ) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._collection = collection
        self.setObjectName("banner")
        self._text = make_label("text", wraps=True)
        self.undo, self.close_bar = make_tool("flat"), make_tool("flat")
        self.close_bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self.close_bar)
        self.undo.clicked.connect(collection.undo)
        self.close_bar.clicked.connect(self.hide)
        collection.undoable.connect(self._show_words)
        # Wherever the focus is while the page is shown: what had it may just have been deleted.
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), page, collection.undo)
        self.retranslate()
        self.tint()
        self._show_words(collection.undo_words())

    def text(self) -> str:
        return str(self._text.text())

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.undo.setText(self.tr("Undo"))
        self.undo.setAccessibleName(self.tr("Undo"))
        self.undo.setToolTip(self.tr("Undo (Ctrl+Z)"))
        self.close_bar.setAccessibleName(self.tr("Put this bar away"))
        self.close_bar.setToolTip(self.tr("Put this bar away"))

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.undo.setIcon(icon("undo", tokens.text))
        self.close_bar.setIcon(icon("close", tokens.muted))

    def _show_words(self, words: str) -> None:
        self._text.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
