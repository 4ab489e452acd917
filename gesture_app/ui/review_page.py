"""The page where a gesture's pictures are looked through: what does not belong there goes."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from gesture_app.engine.recognition import ReadyModel
from gesture_app.ui.background import Background
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.widgets import make_heading


class ReviewPage(QWidget):
    """Shows the pictures of one gesture at a time.

    Args:
        open_model: the model that is asked about the pictures, see `TeachingServices`.
    """

    back = pyqtSignal()
    record_asked = pyqtSignal(str)

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
        self._background = background
        self._open_model = open_model
        self._label = ""
        self._title = make_heading(1.35)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addStretch(1)

    def show_gesture(self, label: str) -> None:
        """Look through this one's pictures from now on."""
        self._label = label
        entry = self._collection.entry(label)
        self._title.setText(label if entry is None else entry.name)

    def shut_down(self) -> None:
        """End what runs in the background; the window closes."""

    def retranslate(self) -> None:
        """Texts, after the language has changed."""

    def tint(self) -> None:
        """Icons and painted colours, after the theme has changed."""
        self.update()
