"""The page where a gesture is recorded: the live picture, the coach, and what is saved so far."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gesture_app.ui.camera_search import CameraSearch
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.session import LiveSession
from gesture_app.ui.source_picker import SourcePicker
from gesture_app.ui.theme import Appearance
from gesture_app.ui.video_view import VideoView
from gesture_app.ui.widgets import make_tool
from gesture_app.vision.sources import SourceSpec


class RecordPage(QWidget):
    """Records samples of one gesture at a time.

    Args:
        training_command: starts `gesture-train`, see `TrainingProcess`.
    """

    back = pyqtSignal()
    review_asked = pyqtSignal(str)
    train_asked = pyqtSignal()
    source_chosen = pyqtSignal(SourceSpec)

    def __init__(
        self,
        appearance: Appearance,
        session: LiveSession,
        search: CameraSearch,
        collection: GestureCollection,
        training_command: tuple[str, ...],
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._session = session
        self._collection = collection
        self._command = training_command
        self._label = ""
        self.leave = make_tool("flat")
        self.picker = SourcePicker(appearance, search)
        self.video = VideoView(appearance)
        self._lay_out()

    def show_gesture(self, label: str) -> None:
        """Record this one from now on: an own label, `NO_GESTURE` or a built-in one."""
        self._label = label

    def set_mirrored(self, mirrored: bool) -> None:
        self.video.set_mirrored(mirrored)

    def shut_down(self) -> None:
        """End the recording and every thread and process; the window closes."""

    def retranslate(self) -> None:
        self.leave.setText(self.tr("Back"))

    def tint(self) -> None:
        """Icons and painted colours, after the theme has changed."""
        self.update()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.leave)
        bar.addWidget(self.picker)
        layout = QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(self.video, 1)
