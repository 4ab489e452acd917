"""What a person is asked about a version of the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gesture_app.store.archive import SUFFIX
from gesture_app.ui.wording import filled

_NOT_IN_FILE_NAMES = '<>:"/\\|?*'
"""Of any of the systems that the file may be taken to."""


class VersionDialogs(QObject):
    """Asks on top of the window that ``parent`` is in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent

    def what_to_import(self) -> Path | None:
        path, _ = QFileDialog.getOpenFileName(
            self._widget.window(), self.tr("Import a model"), "", self._kinds()
        )
        return Path(path) if path else None

    def where_to_export(self, name: str) -> Path | None:
        """Args: name: of the version."""
        plain = "".join("_" if one in _NOT_IN_FILE_NAMES else one for one in name)
        path, _ = QFileDialog.getSaveFileName(
            self._widget.window(),
            self.tr("Export this version"),
            f"{plain}{SUFFIX}",
            self._kinds(),
        )
        if not path:
            return None
        return Path(path) if Path(path).suffix else Path(path + SUFFIX)

    def whether_to_remove(self, name: str, remove: Callable[[], object]) -> QMessageBox:
        """Calls ``remove`` if that is the wish; does not wait."""
        box = QMessageBox(self._widget.window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Remove a version"))
        box.setText(filled(self.tr("Remove “%1”?"), name))
        box.setInformativeText(
            self.tr("It is deleted for good. Your gestures and pictures stay as they are.")
        )
        yes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        assert yes is not None
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        yes.clicked.connect(remove)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
        return box

    def _kinds(self) -> str:
        return f"{self.tr('Models')} (*{SUFFIX})"
