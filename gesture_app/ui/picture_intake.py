"""Pictures, videos, folders and zips become samples, in a process beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QMimeData, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gesture_app.core.errors import AppError
from gesture_app.store.training_events import Stage, Taken
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.training_process import TrainingProcess
from gesture_app.ui.widgets import make_label, make_tool

_PICTURES = ("jpg", "jpeg", "png", "bmp", "webp")
_VIDEOS = ("mp4", "m4v", "mov", "avi", "mkv", "webm")


class PictureIntake(QWidget):
    """A button to choose files; while they are looked through, how far that is, and a cancel.

    Args:
        command: starts `gesture-train`.
        root: folder of the gesture set.
    """

    changed = pyqtSignal()
    """Samples may have been added."""

    failed = pyqtSignal(AppError)

    def __init__(self, appearance: Appearance, command: Sequence[str], root: Path) -> None:
        super().__init__()
        self._appearance = appearance
        self._root = root
        self._label = ""
        self._taken: Taken | None = None
        self._stage: Stage | None = None
        self._process = TrainingProcess(command, self, work="Adding pictures")
        self.choose, self.cancel = make_tool(), make_tool()
        self.choose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self.choose)
        self._files, self._folder = QAction(self._menu), QAction(self._menu)
        self._menu.addActions((self._files, self._folder))
        self.choose.setMenu(self._menu)
        self.choose.setPopupMode(self.choose.ToolButtonPopupMode.InstantPopup)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._words = make_label("caption", wraps=True)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()

    @property
    def running(self) -> bool:
        return self._process.running

    def words(self) -> str:
        return str(self._words.text())

    def show_gesture(self, label: str) -> None:
        """What is chosen or dropped from now on is of this label."""
        self._label = label
        self._taken = None
        self._show()

    def take(self, paths: Sequence[Path]) -> None:
        """Look through these. Nothing happens while others are looked through."""
        if not paths or self._process.running:
            return
        self._taken = self._stage = None
        # Absolute, so that no name is taken for an option.
        names = [str(path.absolute()) for path in paths]
        self._process.start(("take", str(self._root), self._label, *names, "--json"))
        self._show()

    def close_process(self, timeout_s: float) -> None:
        """Stop looking through files; what was taken stays."""
        self._process.close(timeout_s)

    def retranslate(self) -> None:
        self.choose.setText(self.tr("Add pictures or videos"))
        self.choose.setAccessibleName(self.choose.text())
        words = self.tr("Pictures, videos, folders or a Teachable Machine zip; or drop them here")
        self.choose.setToolTip(words)
        self.choose.setAccessibleDescription(words)
        self._files.setText(self.tr("Files…"))
        self._folder.setText(self.tr("A folder…"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Stop adding pictures"))
        self.bar.setAccessibleName(self.tr("Looking for hands"))
        self._show()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.choose.setIcon(icon("add", tokens.text))
        self.cancel.setIcon(icon("close", tokens.text))
        self._files.setIcon(icon("file", tokens.muted))
        self._folder.setIcon(icon("folder", tokens.muted))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.choose)
        layout.addLayout(line)
        layout.addWidget(self._words)

    def _connect(self) -> None:
        self._files.triggered.connect(self._ask_for_files)
        self._folder.triggered.connect(self._ask_for_folder)
        self.cancel.clicked.connect(self._process.cancel)
        self._process.stage.connect(self._note_stage)
        self._process.taken.connect(self._note_taken)
        self._process.done.connect(self._finish)
        self._process.cancelled.connect(self._finish)
        self._process.failed.connect(self._fail)

    def _note_stage(self, stage: Stage) -> None:
        self._stage = stage
        self._show()

    def _note_taken(self, taken: Taken) -> None:
        self._taken = taken

    def _finish(self) -> None:
        self._show()
        self.changed.emit()

    def _fail(self, error: AppError) -> None:
        self._show()
        self.changed.emit()
        self.failed.emit(error)

    def _show(self) -> None:
        running = self._process.running
        self.choose.setVisible(not running)
        self.bar.setVisible(running)
        self.cancel.setVisible(running)
        self.cancel.setEnabled(not self._process.cancelling)
        total = 0 if self._stage is None else self._stage.total
        self.bar.setRange(0, total)
        if self._stage is not None and total:
            self.bar.setValue(min(self._stage.done, total))
        text = self._progress_words() if running else self._result_words()
        self._words.setText(text)
        self._words.setVisible(bool(text))
        self.bar.setAccessibleDescription(text)

    def _progress_words(self) -> str:
        stage = self._stage
        if stage is None or stage.total == 0:
            return self.tr("Looking for hands…")
        words = self.tr("Looking for hands: %1 of %2")
        words = words.replace("%1", str(stage.done)).replace("%2", str(stage.total))
        if stage.eta_s is None:
            return words
        return f"{words} · {self.tr('%1 s left').replace('%1', f'{stage.eta_s:.0f}')}"

    def _result_words(self) -> str:
        if self._taken is None:
            return ""
        return (
            self.tr("Hands in %1 of %2 pictures; new here: %3")
            .replace("%1", str(self._taken.with_hand))
            .replace("%2", str(self._taken.pictures))
            .replace("%3", str(self._taken.new))
        )

    def _ask_for_files(self) -> None:
        endings = " ".join(f"*.{ending}" for ending in (*_PICTURES, *_VIDEOS, "zip"))
        names, _ = QFileDialog.getOpenFileNames(
            self.window(),
            self.tr("Add pictures or videos"),
            "",
            f"{self.tr('Pictures, videos, zips')} ({endings});;{self.tr('All files')} (*)",
        )
        self.take([Path(name) for name in names])

    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window(), self.tr("Add a folder"))
        self.take([Path(name)] if name else [])


def paths_in(data: QMimeData | None) -> list[Path]:
    """The files and folders that are being dropped."""
    if data is None or not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
