"""How far an export or import is, with a way to stop it; afterwards, what came of it."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from gesture_app.store.set_merging import ImportedSet
from gesture_app.ui.icons import icon
from gesture_app.ui.set_transfer import SetTransfer
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_label, make_tool


class TransferBar(QFrame):
    """Hidden while nothing is to be said."""

    def __init__(self, appearance: Appearance, transfer: SetTransfer) -> None:
        super().__init__()
        self._appearance = appearance
        self._transfer = transfer
        self.setObjectName("banner")
        self._text = make_label("text", wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel, self.close_bar = make_tool("flat"), make_tool("flat")
        self.close_bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.setSpacing(12)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        layout.addWidget(self.close_bar)
        self.cancel.clicked.connect(transfer.cancel)
        self.close_bar.clicked.connect(self.hide)
        transfer.progressed.connect(self._show_progress)
        transfer.exported.connect(self._show_exported)
        transfer.imported.connect(self._show_imported)
        transfer.ended.connect(self.hide)
        self.retranslate()
        self.tint()
        self.hide()

    def text(self) -> str:
        return str(self._text.text())

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Cancel"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.close_bar.setAccessibleName(self.tr("Put this bar away"))
        self.close_bar.setToolTip(self.tr("Put this bar away"))

    def tint(self) -> None:
        self.close_bar.setIcon(icon("close", self._appearance.tokens.muted))

    def _show_progress(self, done: int, total: int, left_s: float) -> None:
        if not self._transfer.running:
            return
        words = self.tr("%1 of %2 pictures, %3 s left").replace("%1", str(done))
        self._say(words.replace("%2", str(total)).replace("%3", f"{left_s:.0f}"), busy=True)
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def _show_exported(self, target: Path, samples: int) -> None:
        words = self.tr("Saved to %2. Pictures: %1").replace("%1", str(samples))
        self._say(words.replace("%2", str(target)), busy=False)

    def _show_imported(self, imported: ImportedSet) -> None:
        words = self.tr("New gestures: %1. New pictures: %2. Here before: %3.")
        words = words.replace("%1", str(len(imported.gestures)))
        words = words.replace("%2", str(imported.samples)).replace("%3", str(imported.known))
        self._say(words, busy=False)

    def _say(self, words: str, *, busy: bool) -> None:
        self._text.setText(words)
        self.setAccessibleName(words)
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.close_bar.setVisible(not busy)
        self.show()
