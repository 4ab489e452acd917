"""Asks whether to close the window though a training run is under way."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QMessageBox, QWidget


class ClosingQuestion(QMessageBox):
    """Escape trains on. Goes by itself when it is answered, or has nothing to ask any more."""

    agreed = pyqtSignal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training goes on"))
        self.setText(self.tr("Your gestures are still being learnt."))
        self.setInformativeText(
            self.tr("If you close now, training stops. It can be gone on with the next time.")
        )
        train_on = self.addButton(self.tr("Train on"), QMessageBox.ButtonRole.RejectRole)
        self.stop = self.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(train_on)
        self.setEscapeButton(train_on)
        self.finished.connect(self._answer)

    def _answer(self) -> None:
        self.deleteLater()
        if self.clickedButton() is self.stop:
            self.agreed.emit()
