"""Choosing what to look at: a camera by its name, a file, a network stream or the demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence, QPaintEvent
from PyQt6.QtWidgets import (
    QFileDialog,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
)

from gesture_app.ui.camera_search import CameraSearch
from gesture_app.ui.icons import icon
from gesture_app.ui.services import CameraChoice
from gesture_app.ui.stream_dialog import StreamDialog
from gesture_app.ui.theme import Appearance
from gesture_app.vision.sources import SourceKind, SourceSpec
from gesture_app.vision.sources.stream import without_password

_ICONS = {
    SourceKind.CAMERA: "camera",
    SourceKind.FILE: "file",
    SourceKind.FOLDER: "file",
    SourceKind.STREAM: "stream",
    SourceKind.DEMO: "demo",
}
_CHEVRON = 16
_CHEVRON_ROOM = 28
_MINIMUM_WIDTH = 150


class SourcePicker(QToolButton):
    """A button that names the source in use and opens the menu of others."""

    chosen = pyqtSignal(SourceSpec)

    def __init__(self, appearance: Appearance, search: CameraSearch) -> None:
        super().__init__()
        self._appearance = appearance
        self._search = search
        self._cameras: tuple[CameraChoice, ...] = ()
        self._spec: SourceSpec | None = None
        self._name = ""
        self.setObjectName("picker")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(20, 20))
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._group = QActionGroup(self._menu)
        """The cameras in the menu; made anew with them."""
        self._open_file = self._action("Ctrl+O", self._ask_for_file)
        self._open_stream = self._action("Ctrl+U", self._ask_for_stream)
        self._open_demo = self._action("Ctrl+D", self._choose_demo)
        self._look_again = self._action("F5", search.start)
        self._menu.aboutToShow.connect(search.start)
        self._menu.aboutToShow.connect(self._fill_menu)
        search.found.connect(self._take_cameras)
        self.retranslate()
        self.tint()

    def show_source(self, spec: SourceSpec, name: str = "") -> None:
        """Name the source in use; without a name, what was asked for."""
        self._spec, self._name = spec, name
        self.retranslate()
        self.tint()

    def cameras(self) -> tuple[CameraChoice, ...]:
        return self._cameras

    def retranslate(self) -> None:
        self._open_file.setText(self.tr("Open a video file…"))
        self._open_stream.setText(self.tr("Network stream…"))
        self._open_demo.setText(self.tr("Demo clip"))
        self._look_again.setText(self.tr("Look for cameras again"))
        name = self._shown_name()
        self.setText(name)
        self.setToolTip(self.tr("Choose a camera, a file or a stream"))
        self.setAccessibleName(self.tr("Source: %1").replace("%1", name))
        self.setAccessibleDescription(self.tr("Choose a camera, a file or a stream"))
        self._fill_menu()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        kind = SourceKind.CAMERA if self._spec is None else self._spec.kind
        self.setIcon(icon(_ICONS[kind], tokens.text))
        self._open_file.setIcon(icon("file", tokens.muted))
        self._open_stream.setIcon(icon("stream", tokens.muted))
        self._open_demo.setIcon(icon("demo", tokens.muted))
        self._look_again.setIcon(icon("refresh", tokens.muted))
        self._fill_menu()

    def minimumSizeHint(self) -> QSize:
        return QSize(_MINIMUM_WIDTH, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """As usual, with a long name elided in its middle, and a sign that there is a menu."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        missing = self.sizeHint().width() - self.width()
        if missing > 0:
            metrics = self.fontMetrics()
            room = metrics.horizontalAdvance(self.text()) - missing
            option.text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        top = (self.height() - _CHEVRON) // 2
        place = QRect(self.width() - _CHEVRON_ROOM, top, _CHEVRON, _CHEVRON)
        icon("down", self._appearance.tokens.muted).paint(painter, place)

    def _action(self, shortcut: str, run: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(run)
        self.addAction(action)
        return action

    def _shown_name(self) -> str:
        if self._spec is None:
            return self.tr("Choose a source")
        if self._spec.kind is SourceKind.DEMO:
            return self.tr("Demo clip")
        return self._name or self._asked_for(self._spec)

    def _asked_for(self, spec: SourceSpec) -> str:
        """A source in words, before it has said itself what it is called."""
        if spec.kind is SourceKind.STREAM:
            return without_password(spec.target)
        if spec.kind is SourceKind.CAMERA and spec.target.isdecimal():
            return self.tr("Camera %1").replace("%1", spec.target)
        return spec.target if spec.kind is SourceKind.CAMERA else Path(spec.target).name

    def _fill_menu(self) -> None:
        menu, tokens = self._menu, self._appearance.tokens
        for action in menu.actions():
            menu.removeAction(action)
        self._group.deleteLater()
        self._group = group = QActionGroup(menu)
        for camera in self._cameras:
            action = QAction(camera.name.replace("&", "&&"), group)
            action.setCheckable(True)
            used = camera.spec == self._spec
            action.setChecked(used)
            # Styled menus show either an icon or a tick, so the tick is an icon.
            action.setIcon(icon("done", tokens.accent) if used else icon("camera", tokens.muted))
            action.triggered.connect(lambda _checked, spec=camera.spec: self.chosen.emit(spec))
            menu.addAction(action)
        if not self._cameras:
            searching = self._search.running
            text = self.tr("Looking for cameras…") if searching else self.tr("No camera found")
            action = QAction(text, group)
            action.setEnabled(False)
            menu.addAction(action)
        menu.addAction(self._look_again)
        menu.addSeparator()
        for action in (self._open_file, self._open_stream, self._open_demo):
            menu.addAction(action)

    def _take_cameras(self, cameras: tuple[CameraChoice, ...]) -> None:
        if cameras != self._cameras or not cameras:
            self._cameras = cameras
            self._fill_menu()

    def _ask_for_file(self) -> None:
        videos = " ".join(f"*.{ending}" for ending in ("mp4", "m4v", "mov", "avi", "mkv", "webm"))
        path, _ = QFileDialog.getOpenFileName(
            self.window(),
            self.tr("Open a video file"),
            "",
            f"{self.tr('Videos')} ({videos});;{self.tr('All files')} (*)",
        )
        if path:
            self.chosen.emit(SourceSpec(SourceKind.FILE, path, paced=True))

    def _ask_for_stream(self) -> None:
        dialog = StreamDialog(self.window())
        dialog.accepted.connect(lambda: self.chosen.emit(SourceSpec(SourceKind.STREAM, dialog.url)))
        dialog.open()

    def _choose_demo(self) -> None:
        self.chosen.emit(demo_spec())


def demo_spec() -> SourceSpec:
    """The demo, again from its start at its end."""
    return SourceSpec(SourceKind.DEMO, paced=True, loop=True)
